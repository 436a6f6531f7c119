package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;

/**
 * One step from a table of a cube to one that it references; a row that refers to none has NULL in the columns there.
 *
 * @param columns the referencing columns
 * @param target the table that is referred to
 * @param targetColumns its key, in the order that matches {@code columns}
 */
public record Join(List<Name> columns, TableName target, List<Name> targetColumns) {
    /** Checks and copies. */
    public Join {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        if (columns.isEmpty() || columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException("a join has as many columns on both sides, and at least one");
        }
    }
}
