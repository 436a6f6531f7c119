package io.icespar.security.store;

import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Masks;
import io.icespar.security.privilege.Privileges;
import java.util.Set;

/**
 * What was decided of tables beside restrictions.
 *
 * @param restrictionRequired the tables of which nobody but administrators sees a row without holding a restriction
 * @param privileges who may read what
 * @param masks what is shown in place of columns
 */
record TableRules(Set<TableName> restrictionRequired, Privileges privileges, Masks masks) {
    static final TableRules NONE = new TableRules(Set.of(), Privileges.none(), Masks.none());

    /** Checks and copies. */
    TableRules {
        restrictionRequired = Set.copyOf(restrictionRequired);
    }

    TableRules withRestrictionRequired(Set<TableName> tables) {
        return new TableRules(tables, privileges, masks);
    }

    TableRules withPrivileges(Privileges newPrivileges) {
        return new TableRules(restrictionRequired, newPrivileges, masks);
    }

    TableRules withMasks(Masks newMasks) {
        return new TableRules(restrictionRequired, privileges, newMasks);
    }
}
