package io.icespar.engine.catalog;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;

/**
 * A reference: a declared many-to-one join from columns of one table to the key of another. Restrictions travel along
 * it, from the target to the table that has it.
 *
 * @param columns the referencing columns, at least one
 * @param target the table referred to
 * @param targetColumns the target's key columns, in the order that matches {@code columns}
 */
public record Reference(List<Name> columns, TableName target, List<Name> targetColumns) {
    /** Checks and copies. */
    public Reference {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
    }
}
