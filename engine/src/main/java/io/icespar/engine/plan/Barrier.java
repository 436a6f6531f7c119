package io.icespar.engine.plan;

import com.google.common.collect.ImmutableSet;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.secure.Rights;
import io.icespar.engine.secure.SecuredScan;
import io.icespar.engine.tree.SubQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelShuttle;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * The barrier of DESIGN §5: decides where fences are needed and lets only expressions that cannot fail pass them.
 *
 * <p>A fence costs the backend its freedom to filter early. So in a query in which nothing can fail all are open, and in the
 * others the conditions that cannot fail are moved below, where the backend can use them.
 */
final class Barrier {
    private Barrier() {}

    /** The tree with those fences closed that it needs, and without the conditions that its own joins imply. */
    static RelNode place(RelNode root, Rights rights) {
        if (CannotFail.everywhere(root)) {
            return opened(joined(root, rights, Fence::open));
        }
        RelNode inside = withConditionsInside(root);
        return joined(FailingParts.readsTable(inside) ? withFailuresAbove(inside) : inside, rights, Fence::closed);
    }

    /**
     * The tree with a fence around what is joined, in place of those around each table: the backend finds the order of joins
     * itself, and no table's rows need be looked up to be visible where the join does so.
     *
     * @see JoinRegion#implied
     */
    private static RelNode joined(RelNode root, Rights rights, UnaryOperator<RelNode> fence) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof Fence fence && fence.isOfTable()) {
                    return other;
                }
                if (other instanceof Fence fence) {
                    RelNode inside = visit(fence.getInput());
                    return inside instanceof Fence ? inside : Fence.ofPart(inside);
                }
                Optional<JoinRegion> found = other instanceof Project ? Optional.empty() : JoinRegion.of(other);
                if (found.isEmpty()) {
                    return SubQueries.rewriteOwn(super.visit(other), subQuery -> joined(subQuery, rights, fence));
                }
                JoinRegion region = found.get();
                RelNode joined = region.over(leaves(region, this, rights));
                return region.leaves().stream().anyMatch(Barrier::isFencedTable) ? fence.apply(joined) : joined;
            }
        });
    }

    private static boolean isFencedTable(RelNode leaf) {
        return leaf instanceof Fence && JoinRegion.table(leaf).isPresent();
    }

    private static List<RelNode> leaves(JoinRegion region, RelShuttle elsewhere, Rights rights) {
        List<RelNode> leaves = new ArrayList<>();
        for (RelNode leaf : region.leaves()) {
            Optional<Table> table = JoinRegion.table(leaf);
            if (leaf instanceof Fence fence && table.isPresent()) {
                Set<Reference> implied = region.implied(leaves.size(), rights);
                leaves.add(
                        Fence.open(implied.isEmpty() ? fence.getInput() : without(implied, fence.getInput(), rights)));
            } else {
                leaves.add(leaf.accept(elsewhere));
            }
        }
        return leaves;
    }

    /** The rows of a table under what was moved there of the query's own conditions, of which those directly over the scan are not. */
    private static RelNode without(Set<Reference> implied, RelNode rows, Rights rights) {
        Filter filter = (Filter) rows;
        return filter.getInput() instanceof SecuredScan scan
                ? rights.rowsWithout(scan.scannedTable(), implied, scan.getCluster())
                : filter.copy(filter.getTraitSet(), List.of(without(implied, filter.getInput(), rights)));
    }

    private static RelNode opened(RelNode root) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return other instanceof Fence fence && fence.isOfTable()
                        ? Fence.open(fence.getInput() instanceof Mask mask ? opened(mask) : fence.getInput())
                        : SubQueries.rewriteOwn(super.visit(other), Barrier::opened);
            }
        });
    }

    /**
     * The tree with a fence beneath what can fail, where that stands over what is joined or looked up: it is computed of the
     * rows that are left then, in whatever order a backend finds them.
     */
    private static RelNode withFailuresAbove(RelNode root) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof Fence) {
                    return other;
                }
                RelNode visited = SubQueries.rewriteOwn(super.visit(other), Barrier::withFailuresAbove);
                if (visited instanceof Filter filter) {
                    return withFailuresLast(filter);
                }
                if (visited instanceof Sort sort && (sort.fetch != null || sort.offset != null)) {
                    return withFailuresLast(sort);
                }
                if (visited instanceof Join join && join.getJoinType() == JoinRelType.INNER) {
                    return withFailuresLast(join);
                }
                boolean canFail = visited instanceof Project project
                        && !project.getProjects().stream().allMatch(CannotFail::expression);
                return canFail ? visited.copy(visited.getTraitSet(), List.of(cut(visited.getInput(0)))) : visited;
            }
        });
    }

    private static RelNode withFailuresLast(Filter filter) {
        List<RexNode> first = new ArrayList<>();
        List<RexNode> last = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            boolean lookedUp = RexUtil.SubQueryFinder.find(conjunct) != null;
            (lookedUp || CannotFail.expression(conjunct) ? first : last).add(conjunct);
        }
        RelNode rows = filter.getInput();
        if (!first.isEmpty()) {
            rows = filter.copy(
                    filter.getTraitSet(),
                    rows,
                    RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), first));
        }
        return last.isEmpty() ? rows : filtered(cut(rows), last);
    }

    // What is computed of each row is computed of those that are left, unless they are ordered by it.
    private static RelNode withFailuresLast(Sort sort) {
        if (!(sort.getInput() instanceof Project project)
                || project instanceof Mask
                || !project.getVariablesSet().isEmpty()
                || project.containsOver()
                || project.getProjects().stream().allMatch(CannotFail::expression)
                || RexUtil.SubQueryFinder.containsSubQuery(project)) {
            return sort;
        }
        List<RelFieldCollation> order = new ArrayList<>();
        for (RelFieldCollation field : sort.getCollation().getFieldCollations()) {
            if (!(project.getProjects().get(field.getFieldIndex()) instanceof RexInputRef column)) {
                return sort;
            }
            order.add(field.withFieldIndex(column.getIndex()));
        }
        RelNode rows =
                LogicalSort.create(withoutFence(project.getInput()), RelCollations.of(order), sort.offset, sort.fetch);
        RelNode computed = project.copy(project.getTraitSet(), List.of(Fence.ofPart(rows)));
        return order.isEmpty() ? computed : LogicalSort.create(computed, sort.getCollation(), null, null);
    }

    private static RelNode withoutFence(RelNode rows) {
        return rows instanceof Fence fence && !fence.isOfTable() ? fence.getInput() : rows;
    }

    // A comparison may be what a backend joins by, and stays.
    private static RelNode withFailuresLast(Join join) {
        List<RexNode> first = new ArrayList<>();
        List<RexNode> last = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            boolean stays = CannotFail.expression(conjunct)
                    || conjunct.isA(SqlKind.EQUALS)
                    || RexUtil.SubQueryFinder.find(conjunct) != null;
            (stays ? first : last).add(conjunct);
        }
        if (last.isEmpty() || !join.getVariablesSet().isEmpty()) {
            return join;
        }
        RelNode joined = join.copy(
                join.getTraitSet(),
                RexUtil.composeConjunction(join.getCluster().getRexBuilder(), first),
                join.getLeft(),
                join.getRight(),
                join.getJoinType(),
                join.isSemiJoinDone());
        return filtered(cut(joined), last);
    }

    // A fence that depends on a row outside would be one for each such row.
    private static RelNode cut(RelNode rows) {
        return joins(rows) && RelOptUtil.getVariablesUsed(rows).isEmpty() ? Fence.ofPart(rows) : rows;
    }

    /** Whether a tree joins, subtracts or looks up anything without a fence around it. */
    private static boolean joins(RelNode node) {
        return !(node instanceof Fence)
                && (node instanceof Join
                        || node instanceof Correlate
                        || node instanceof Minus
                        || node instanceof Intersect
                        || (node instanceof Filter filter && RexUtil.SubQueryFinder.find(filter.getCondition()) != null)
                        || node.getInputs().stream().anyMatch(Barrier::joins));
    }

    private static RelNode withConditionsInside(RelNode root) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                // What is inside is the restrictions' own, and stays as the rights made it.
                if (other instanceof Fence) {
                    return other;
                }
                RelNode visited = SubQueries.rewriteOwn(super.visit(other), Barrier::withConditionsInside);
                return visited instanceof Filter filter ? pushed(filter) : visited;
            }
        });
    }

    // The conjuncts that cannot fail and have no sub-query go down to the fences they speak of; the rest stays.
    private static RelNode pushed(Filter filter) {
        List<RexNode> safe = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        // What all alternatives demand, such as what tables are joined by, can be moved where the alternatives cannot.
        RexNode condition = RexUtil.pullFactors(filter.getCluster().getRexBuilder(), filter.getCondition());
        for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
            boolean movable = CannotFail.expression(conjunct)
                    && RexUtil.isDeterministic(conjunct)
                    && RexUtil.SubQueryFinder.find(conjunct) == null
                    && !RexUtil.containsCorrelation(conjunct);
            (movable ? safe : rest).add(conjunct);
        }
        if (safe.isEmpty()) {
            return filter;
        }
        RelNode input = filter.getInput();
        List<RexNode> left = new ArrayList<>();
        RelNode below = push(input, safe, left);
        rest.addAll(left);
        return rest.isEmpty()
                ? below
                : LogicalFilter.create(
                        below,
                        RexUtil.composeConjunction(filter.getCluster().getRexBuilder(), rest),
                        ImmutableSet.copyOf(filter.getVariablesSet()));
    }

    // Puts what it can of the conditions below, and into `left` what must stay above.
    private static RelNode push(RelNode rel, List<RexNode> conditions, List<RexNode> left) {
        if (conditions.isEmpty()) {
            return rel;
        }
        if (rel instanceof Fence fence) {
            List<RexNode> inside = new ArrayList<>();
            RelNode input = push(fence.getInput(), conditions, inside);
            return Fence.closed(filtered(input, inside));
        }
        if (rel instanceof Mask mask && mask.getInput() instanceof Fence) {
            return pushBelow(mask, conditions, left);
        }
        if (rel instanceof Join join && join.getVariablesSet().isEmpty()) {
            int leftFields = join.getLeft().getRowType().getFieldCount();
            List<RexNode> toLeft = new ArrayList<>();
            List<RexNode> toRight = new ArrayList<>();
            List<RexNode> toBoth = new ArrayList<>();
            for (RexNode condition : conditions) {
                var fields = RelOptUtil.InputFinder.bits(condition);
                if (fields.isEmpty()) {
                    left.add(condition);
                } else if (fields.length() <= leftFields && !join.getJoinType().generatesNullsOnLeft()) {
                    toLeft.add(condition);
                } else if (fields.nextSetBit(0) >= leftFields
                        && !join.getJoinType().generatesNullsOnRight()
                        && join.getJoinType().projectsRight()) {
                    toRight.add(RexUtil.shift(condition, -leftFields));
                } else if (join.getJoinType() == JoinRelType.INNER) {
                    toBoth.add(condition);
                } else {
                    left.add(condition);
                }
            }
            List<RexNode> leftOver = new ArrayList<>();
            List<RexNode> rightOver = new ArrayList<>();
            RelNode newLeft = filtered(push(join.getLeft(), toLeft, leftOver), leftOver);
            RelNode newRight = filtered(push(join.getRight(), toRight, rightOver), rightOver);
            RelNode joined = join.copy(
                    join.getTraitSet(),
                    join.getCondition(),
                    newLeft,
                    newRight,
                    join.getJoinType(),
                    join.isSemiJoinDone());
            return filtered(joined, toBoth);
        }
        left.addAll(conditions);
        return rel;
    }

    // What is said of columns that are shown as they are can be said of the rows beneath.
    private static RelNode pushBelow(Mask mask, List<RexNode> conditions, List<RexNode> left) {
        List<RexNode> below = new ArrayList<>();
        for (RexNode condition : conditions) {
            boolean plain = RelOptUtil.InputFinder.bits(condition).asList().stream()
                    .allMatch(field -> mask.getProjects().get(field) instanceof RexInputRef);
            if (plain) {
                below.add(RelOptUtil.pushPastProject(condition, mask));
            } else {
                left.add(condition);
            }
        }
        return mask.copy(mask.getTraitSet(), List.of(push(mask.getInput(), below, new ArrayList<>())));
    }

    private static RelNode filtered(RelNode rel, List<RexNode> conditions) {
        return conditions.isEmpty()
                ? rel
                : LogicalFilter.create(
                        rel, RexUtil.composeConjunction(rel.getCluster().getRexBuilder(), conditions));
    }
}
