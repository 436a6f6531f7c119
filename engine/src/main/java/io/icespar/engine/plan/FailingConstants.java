package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.SecuredScan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Util;

/**
 * The expressions of a query's own that read no row and can fail, such as {@code 1 / 0}. Whether a backend computes one where
 * no row may come to it depends on what it knows of the tables, their hidden rows among it; so each is computed before the
 * query, and where one fails the query does.
 */
final class FailingConstants extends RexShuttle {
    private static final Set<SqlKind> LOGICAL = Set.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT);

    private final Collection<RexNode> found = new LinkedHashSet<>();
    private boolean readsTables;

    private FailingConstants() {}

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
        // A backend may know how a comparison comes out without computing what is compared, or not know it.
        boolean compares = call.isA(SqlKind.COMPARISON) || call.isA(LOGICAL);
        if (compares
                || !BackendOperators.isSimple(call.getType())
                || CannotFail.expression(call)
                || !isConstant(call)) {
            return super.visitCall(call);
        }
        found.add(call);
        return call;
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
