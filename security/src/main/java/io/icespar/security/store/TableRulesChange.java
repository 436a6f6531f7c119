package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.RevokeSelect;
import io.icespar.security.command.SecurityCommand.SetRowSecurity;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the commands on tables do to a state's {@link TableRules}, and when they are refused.
 *
 * @param before the state that a command meets
 */
record TableRulesChange(SecurityState before) {

    /** The rules after the command; empty if it is none of those on tables. */
    Optional<TableRules> after(SecurityCommand command) {
        TableRules rules = before.tableRules();
        if (command instanceof SetRowSecurity set) {
            Set<TableName> tables = new HashSet<>(rules.restrictionRequired());
            tables.remove(set.table());
            if (set.restrictionRequired()) {
                tables.add(set.table());
            }
            return Optional.of(rules.withRestrictionRequired(tables));
        } else if (command instanceof GrantSelect grant) {
            Set<Name> grantees = grantees(grant.grantees());
            return Optional.of(rules.withPrivileges(rules.privileges().after(true, grant.on(), grantees)));
        } else if (command instanceof RevokeSelect revoke) {
            Set<Name> grantees = grantees(revoke.grantees());
            return Optional.of(rules.withPrivileges(rules.privileges().after(false, revoke.on(), grantees)));
        }
        return Optional.empty();
    }

    /** The rules without what was said to a role that is dropped. */
    TableRules without(Name role) {
        TableRules rules = before.tableRules();
        return rules.withPrivileges(rules.privileges().without(role::equals));
    }

    private Set<Name> grantees(List<Name> names) {
        Set<Name> grantees = new TreeSet<>();
        for (Name name : names) {
            if (name.equals(ReservedRoles.ADMIN)) {
                throw new IcesparException(
                        ErrorCode.INVALID_NAME,
                        "role `" + name + "` is reserved: it may read everything, whatever is granted");
            }
            if (name.equals(ReservedRoles.USER)) {
                throw new IcesparException(
                        ErrorCode.INVALID_NAME,
                        "role `" + name + "` is reserved and holds no privileges: for everyone but administrators, name"
                                + " `PUBLIC`");
            }
            grantees.add(name.equals(ReservedRoles.PUBLIC) ? ReservedRoles.PUBLIC : role(name));
        }
        return grantees;
    }

    /** The role's name, spelled as it was created. */
    private Name role(Name name) {
        return before.findRole(name)
                .orElseThrow(
                        () -> new IcesparException(ErrorCode.UNDEFINED_OBJECT, "role `" + name + "` does not exist"))
                .name();
    }
}
