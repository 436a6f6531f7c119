package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with a query in which another one reads a column that the query around does not group by. Calcite's
 * validator (1.42) lets it pass, and what converts the query fails.
 */
final class GroupedAway {
    private static final Pattern FAILURE = Pattern.compile("Identifier '(.*)' is not a group expr", Pattern.DOTALL);

    private final String column;
    private @Nullable IcesparException error;

    private GroupedAway(String column) {
        this.column = column;
    }

    /** The error that a failure stands for; empty if it is another one. */
    static Optional<IcesparException> find(AssertionError failure, SqlNode validated) {
        Matcher matcher =
                FAILURE.matcher(Optional.ofNullable(failure.getMessage()).orElse(""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        GroupedAway search = new GroupedAway(matcher.group(1));
        search.visit(validated, 0, Optional.empty());
        return Optional.ofNullable(search.error);
    }

    /**
     * Looks for the column.
     *
     * @param depth in how many queries the node stands
     * @param aggregate the aggregate of the innermost of them in which it stands
     */
    private void visit(SqlNode node, int depth, Optional<SqlCall> aggregate) {
        node.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier identifier) {
                if (error == null && depth > 1 && identifier.toString().equals(column)) {
                    error = aggregate
                            .map(GroupedAway::refused)
                            .orElseGet(() -> new IcesparException(
                                    ErrorCode.INVALID_STATEMENT,
                                    "expression `" + column + "` is not being grouped" + SqlErrors.place(identifier)));
                }
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                for (SqlNode operand : call.getOperandList()) {
                    if (operand == null) {
                        continue;
                    }
                    if (call instanceof SqlSelect) {
                        GroupedAway.this.visit(operand, depth + 1, Optional.empty());
                    } else if (call.getOperator().isAggregator()) {
                        GroupedAway.this.visit(operand, depth, Optional.of(call));
                    } else {
                        operand.accept(this);
                    }
                }
                return null;
            }
        });
    }

    // To the standard it is one of the query around, to Calcite one of the query inside.
    private static IcesparException refused(SqlCall aggregate) {
        return new IcesparException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "`" + aggregate.getOperator().getName() + " of the columns of a query around` is not supported"
                        + SqlErrors.place(aggregate));
    }
}
