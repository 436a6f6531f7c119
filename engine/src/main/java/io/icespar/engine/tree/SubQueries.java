package io.icespar.engine.tree;

import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * A walk that does not forget sub-queries. Calcite's shuttles and its Hep planner see a tree's inputs, but not the
 * trees inside its expressions; whoever forgets those leaks.
 */
public final class SubQueries {
    private SubQueries() {}

    /** The tree with each of its outermost sub-queries replaced by what {@code rewrite} makes of it. */
    public static RelNode rewrite(RelNode root, UnaryOperator<RelNode> rewrite) {
        return rewriteOutside(root, shuttle(rewrite));
    }

    /** The tree with all expressions, those in sub-queries too, replaced by what {@code expressions} makes of them. */
    public static RelNode rewriteExpressions(RelNode root, RexShuttle expressions) {
        return rewrite(rewriteOutside(root, expressions), inner -> rewriteExpressions(inner, expressions));
    }

    private static RelNode rewriteOutside(RelNode root, RexShuttle expressions) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(expressions);
            }
        });
    }

    /** The node with each of the outermost sub-queries in its own expressions, not in its inputs', replaced likewise. */
    public static RelNode rewriteOwn(RelNode node, UnaryOperator<RelNode> rewrite) {
        return node.accept(shuttle(rewrite));
    }

    /** The expression with each of its outermost sub-queries replaced by what {@code rewrite} makes of it. */
    public static RexNode rewrite(RexNode expression, UnaryOperator<RelNode> rewrite) {
        return expression.accept(shuttle(rewrite));
    }

    private static RexShuttle shuttle(UnaryOperator<RelNode> rewrite) {
        return new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subQuery);
                return visited.clone(rewrite.apply(visited.rel));
            }
        };
    }
}
