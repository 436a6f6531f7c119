package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.SecuredScan;
import io.icespar.engine.tree.SubQueries;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Util;

/**
 * The expressions of a query's own that read no row and can fail, such as {@code 1 / 0}. Whether a backend computes one where
 * no row may come to it depends on what it knows of the tables, their hidden rows among it; so each is computed before the
 * query, and where one fails the query does.
 */
final class FailingConstants extends RexShuttle {
    private static final Set<SqlKind> LOGICAL = Set.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT);

    /** Stands around a constant that is computed before the query; no backend knows it. */
    private static final SqlOperator MARK = new SqlFunction(
            "COMPUTED_BEFORE",
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.ARG0,
            null,
            OperandTypes.ANY,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);

    private final Collection<RexNode> found = new LinkedHashSet<>();
    private boolean readsTables;

    private FailingConstants() {}

    /**
     * The tree with those marked that a backend may compute anywhere, as they are computed before: {@link CannotFail} takes
     * what is marked for harmless, and {@link #of} finds it.
     */
    static RelNode marked(RelNode root) {
        return of(root).isEmpty() ? root : new Marking(root.getCluster().getRexBuilder()).in(root);
    }

    /** The tree without marks. */
    static RelNode unmarked(RelNode root) {
        return SubQueries.rewriteExpressions(root, new Unmarking());
    }

    private static final class Unmarking extends RexShuttle {
        @Override
        public RexNode visitCall(RexCall call) {
            return isMarked(call) ? call.getOperands().get(0) : super.visitCall(call);
        }
    }

    /** Whether it is a constant that is computed before the query. */
    static boolean isMarked(RexNode node) {
        return node instanceof RexCall call && call.getOperator().equals(MARK);
    }

    private static final class Marking extends RexShuttle {
        private final RexBuilder rexBuilder;

        Marking(RexBuilder rexBuilder) {
            this.rexBuilder = rexBuilder;
        }

        RelNode in(RelNode root) {
            return root.accept(new RelHomogeneousShuttle() {
                @Override
                public RelNode visit(RelNode other) {
                    return other instanceof Fence fence && fence.isOfTable()
                            ? other
                            : super.visit(other).accept(Marking.this);
                }
            });
        }

        @Override
        public RexNode visitCall(RexCall call) {
            return isFailingConstant(call) && hasOneType(call)
                    ? rexBuilder.makeCall(call.getType(), MARK, List.of(call))
                    : super.visitCall(call);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
            return visited.clone(in(visited.rel));
        }
    }

    // Of other types, such as decimals that are not cast, a backend finds digits of its own, and converts what is
    // compared
    // with them.
    private static boolean hasOneType(RexCall call) {
        SqlTypeName type = call.getType().getSqlTypeName();
        return SqlTypeName.INT_TYPES.contains(type)
                || type == SqlTypeName.DATE
                || type == SqlTypeName.TIMESTAMP
                || type == SqlTypeName.VARCHAR
                || (type == SqlTypeName.DECIMAL && call.getKind() == SqlKind.CAST);
    }

    /** Those of a tree, each once; none if it reads no table. */
    static List<RexNode> of(RelNode root) {
        var search = new FailingConstants();
        search.in(root);
        return search.readsTables ? new ArrayList<>(search.found) : List.of();
    }

    private void in(RelNode root) {
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                boolean ofTable = other instanceof Fence fence && fence.isOfTable();
                readsTables |= ofTable || other instanceof SecuredScan;
                // What is behind is the restrictions' own.
                return ofTable ? other : super.visit(other.accept(FailingConstants.this));
            }
        });
    }

    @Override
    public RexNode visitCall(RexCall call) {
        if (isMarked(call)) {
            found.add(call.getOperands().get(0));
        } else if (isFailingConstant(call)) {
            found.add(call.accept(new Unmarking()));
        } else {
            return super.visitCall(call);
        }
        return call;
    }

    private static boolean isFailingConstant(RexCall call) {
        // A backend may know how a comparison comes out without computing what is compared, or not know it.
        boolean compares = call.isA(SqlKind.COMPARISON) || call.isA(LOGICAL);
        return !compares
                && BackendOperators.isSimple(call.getType())
                && !CannotFail.expression(call)
                && isConstant(call);
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subQuery) {
        in(subQuery.rel);
        return super.visitSubQuery(subQuery);
    }

    private static boolean isConstant(RexCall call) {
        try {
            call.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public Void visitInputRef(RexInputRef column) {
                    throw Util.FoundOne.NULL;
                }

                @Override
                public Void visitCorrelVariable(RexCorrelVariable row) {
                    throw Util.FoundOne.NULL;
                }

                @Override
                public Void visitOver(RexOver over) {
                    throw Util.FoundOne.NULL;
                }

                @Override
                public Void visitSubQuery(RexSubQuery subQuery) {
                    throw Util.FoundOne.NULL;
                }
            });
        } catch (Util.FoundOne e) {
            return false;
        }
        return RexUtil.isDeterministic(call);
    }
}
