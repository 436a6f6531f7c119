package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlExplainFormat;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** What can be written but is refused as soon as it is read, since no later stage could name it and say where it stands. */
final class RefusedForms {
    private static final BigDecimal MOST_ROWS = BigDecimal.valueOf(Long.MAX_VALUE);

    private RefusedForms() {}

    /**
     * Checks one call of a statement, but not its operands.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} or {@code INVALID_STATEMENT}, with the place
     */
    static void check(SqlCall call) {
        if (call instanceof SqlJoin join) {
            checkJoin(join);
        } else if (call instanceof SqlOrderBy ordered) {
            checkNumber(ordered.offset);
            checkNumber(ordered.fetch);
        } else if (call instanceof SqlWith with) {
            checkNames(with);
        } else if (call instanceof SqlExplain explain) {
            checkExplain(explain);
        } else if (call.getKind() == SqlKind.TABLESAMPLE
                || call.getKind() == SqlKind.WITHIN_DISTINCT
                || call.getKind() == SqlKind.EXTEND) {
            throw refused(call.getOperator().getName(), call);
        }
    }

    private static void checkJoin(SqlJoin join) {
        JoinType type = join.getJoinType();
        if (type == JoinType.ASOF || type == JoinType.LEFT_ASOF) {
            throw refused("ASOF JOIN", join);
        }
        if (type.generatesNullsOnLeft() && isLateral(join.getRight())) {
            throw refused(type + " JOIN LATERAL", join.getRight());
        }
    }

    private static boolean isLateral(SqlNode node) {
        return node.getKind() == SqlKind.LATERAL
                || (node.getKind() == SqlKind.AS
                        && isLateral(((SqlCall) node).getOperandList().get(0)));
    }

    private static void checkNumber(@Nullable SqlNode rows) {
        if (rows instanceof SqlNumericLiteral number) {
            BigDecimal value = number.bigDecimalValue();
            if (value == null || value.stripTrailingZeros().scale() > 0 || value.compareTo(MOST_ROWS) > 0) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT,
                        "the number of rows after LIMIT or OFFSET must be a whole number up to " + MOST_ROWS
                                + SqlErrors.place(rows));
            }
        }
    }

    private static void checkNames(SqlWith with) {
        Set<Name> names = new HashSet<>();
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            if (!names.add(Name.of(item.name.getSimple()))) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT,
                        "`" + item.name.getSimple() + "` is defined twice by the same WITH"
                                + SqlErrors.place(item.name));
            }
            if (item.recursive.booleanValue()
                    && item.query instanceof SqlCall union
                    && union.getKind() == SqlKind.UNION) {
                checkFirstPart(item.name, union.operand(0));
            }
        }
    }

    private static void checkFirstPart(SqlIdentifier name, SqlNode part) {
        part.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call instanceof SqlSelect select && select.getFrom() != null) {
                    checkRead(select.getFrom());
                }
                if (call instanceof SqlJoin join) {
                    checkRead(join.getLeft());
                    checkRead(join.getRight());
                }
                return super.visit(call);
            }

            private void checkRead(SqlNode from) {
                SqlNode read = from.getKind() == SqlKind.AS ? ((SqlCall) from).operand(0) : from;
                if (read instanceof SqlIdentifier table
                        && table.isSimple()
                        && Name.of(table.getSimple()).equals(Name.of(name.getSimple()))) {
                    throw new IcesparException(
                            ErrorCode.INVALID_STATEMENT,
                            "`" + name.getSimple()
                                    + "` is read in the first part of its WITH RECURSIVE; only what stands"
                                    + " after the last UNION may read it" + SqlErrors.place(table));
                }
            }
        });
    }

    private static void checkExplain(SqlExplain explain) {
        if (explain.getFormat() != SqlExplainFormat.TEXT) {
            throw refused("EXPLAIN PLAN AS " + explain.getFormat(), explain);
        }
        if (explain.withType()) {
            throw refused("EXPLAIN PLAN WITH TYPE", explain);
        }
    }

    /** The error of something that is not supported, with its place. */
    static IcesparException refused(String what, SqlNode where) {
        return new IcesparException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "`" + what + "` is not supported" + SqlErrors.place(where));
    }
}
