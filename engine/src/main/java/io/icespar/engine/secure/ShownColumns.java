package io.icespar.engine.secure;

import io.icespar.security.identity.Name;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/**
 * What a caller is shown of a table's columns.
 *
 * @param names the names of those that exist for the caller, in the table's order
 * @param expressions for each what is shown, over the columns of the whole table
 * @param isWhole whether that is all columns as they are
 * @param isMasked whether something else is shown in place of a column
 */
public record ShownColumns(List<Name> names, List<RexNode> expressions, boolean isWhole, boolean isMasked) {
    /** Checks and copies. */
    public ShownColumns {
        names = List.copyOf(names);
        expressions = List.copyOf(expressions);
    }
}
