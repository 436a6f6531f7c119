package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.secure.SecuredScan;
import io.icespar.engine.tree.Recursion;
import io.icespar.engine.tree.RecursionRows;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;

/**
 * The parts of a query's own that can fail and that stand where a backend may leave them out or stop early: what is joined,
 * subtracted, looked up or cut off. Whether it does hangs on the order in which it takes them, and so on what it guesses of the
 * tables, their hidden rows among it. Each part is therefore computed before the query, as a whole, and where one fails
 * the query does.
 */
final class FailingParts {
    private static final Set<SqlKind> LOGICAL = Set.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT);

    private final List<RelNode> parts = new ArrayList<>();

    /** What was looked into already, for it is found again in each of several sub-queries of its rows. */
    private final Set<RelNode> known = Collections.newSetFromMap(new IdentityHashMap<>());

    private FailingParts() {}

    /** Those of a tree in which fences are placed, inner ones first; none if it reads no table. */
    static List<RelNode> of(RelNode root) {
        if (!readsTable(root)) {
            return List.of();
        }
        var search = new FailingParts();
        search.whole(root);
        return search.parts;
    }

    /** Looks into what is computed as a whole. */
    private void whole(RelNode node) {
        if (isTable(node) || !known.add(node)) {
            return;
        }
        Optional<JoinRegion> region = JoinRegion.of(node);
        if (region.isPresent()) {
            region.get().leaves().forEach(this::mayBeLeftOut);
            return;
        }
        if (node instanceof Join join) {
            mayBeLeftOut(join.getLeft());
            mayBeLeftOut(join.getRight());
            compared(join);
        } else if (node instanceof Correlate correlate) {
            mayBeLeftOut(correlate.getLeft());
            mayBeLeftOut(correlate.getRight());
        } else if (node instanceof Minus || node instanceof Intersect) {
            node.getInputs().forEach(this::mayBeLeftOut);
        } else if (node instanceof Sort sort && (sort.fetch != null || sort.offset != null)) {
            cut(sort);
        } else if (node instanceof Filter filter && !subQueries(node).isEmpty()) {
            mayBeLeftOut(filter.getInput());
        } else {
            node.getInputs().forEach(this::whole);
        }
        List<RexSubQuery> subQueries = subQueries(node);
        subQueries.forEach(this::lookedUp);
        if (node instanceof Correlate correlate && !CannotFail.computedOrNot(correlate.getRight())) {
            Decorrelated.of(node).ifPresent(this::whole);
        }
        subQueries.stream()
                .filter(FailingParts::failsForARow)
                .distinct()
                .forEach(subQuery -> Decorrelated.of(node, subQuery).ifPresent(this::whole));
    }

    // All groups are there before the first of them is given, unless nothing is aggregated of them.
    private void cut(Sort sort) {
        boolean stopsEarly = false;
        RelNode rows = sort.getInput();
        while (rows instanceof Project || rows instanceof Filter) {
            stopsEarly |= rows instanceof Project project
                    ? !project.getProjects().stream().allMatch(CannotFail::expression)
                    : !CannotFail.expression(((Filter) rows).getCondition());
            rows = rows.getInput(0);
        }
        boolean ordered = !sort.getCollation().getFieldCollations().isEmpty();
        if (rows instanceof Aggregate groups
                && (ordered || (!stopsEarly && !groups.getAggCallList().isEmpty()))) {
            whole(sort.getInput());
        } else {
            mayBeLeftOut(sort.getInput());
        }
    }

    private static boolean failsForARow(RexSubQuery subQuery) {
        return isCorrelated(subQuery) && !CannotFail.computedOrNot(subQuery.rel);
    }

    private void mayBeLeftOut(RelNode node) {
        if (isTable(node) || CannotFail.computedOrNot(node)) {
            return;
        }
        if (!RelOptUtil.getVariablesUsed(node).isEmpty() || readsRowsOfRecursion(node)) {
            // It cannot be computed apart from what is around it, but what it is made of may.
            node.getInputs().forEach(this::mayBeLeftOut);
            subQueries(node).forEach(this::lookedUp);
            return;
        }
        whole(node);
        if (!CannotFail.computedOrNot(node, parts)) {
            add(node);
        }
    }

    private void add(RelNode part) {
        if (parts.stream().noneMatch(part::deepEquals)) {
            requireSameEachTime(part);
            parts.add(part);
        }
    }

    // What a join compares is computed of rows that it may not come to.
    private void compared(Join join) {
        int left = join.getLeft().getRowType().getFieldCount();
        List<RexNode> ofLeft = new ArrayList<>();
        List<RexNode> ofRight = new ArrayList<>();
        for (RexNode failing : failing(join.getCondition())) {
            var columns = RelOptUtil.InputFinder.bits(failing);
            if (columns.length() <= left) {
                ofLeft.add(failing);
            } else if (columns.nextSetBit(0) >= left) {
                ofRight.add(RexUtil.shift(failing, -left));
            }
        }
        addComputed(join.getLeft(), ofLeft);
        addComputed(join.getRight(), ofRight);
    }

    private void addComputed(RelNode rows, List<RexNode> expressions) {
        if (!expressions.isEmpty()) {
            mayBeLeftOut(LogicalProject.create(rows, List.of(), expressions, (List<String>) null, Set.of()));
        }
    }

    private void lookedUp(RexSubQuery subQuery) {
        RelNode rows = subQuery.rel;
        boolean ofOneValue = subQuery.getKind() == SqlKind.SCALAR_QUERY;
        if (!ofOneValue || !RelOptUtil.getVariablesUsed(rows).isEmpty()) {
            mayBeLeftOut(rows);
            return;
        }
        if (!CannotFail.hasOneRow(rows) || !CannotFail.computedOrNot(rows)) {
            whole(rows);
            add(LogicalProject.create(
                    LogicalValues.createOneRow(rows.getCluster()),
                    List.of(),
                    List.of(subQuery),
                    (List<String>) null,
                    Set.of()));
        }
    }

    /** Whether it is the rows of a table as they are shown, of which a mask that fails shows nothing. */
    static boolean isTable(RelNode node) {
        return node instanceof SecuredScan
                || node instanceof Mask
                || (node instanceof Fence fence && fence.isOfTable());
    }

    /** Whether a tree, or a sub-query in it, reads a table. */
    static boolean readsTable(RelNode root) {
        return has(FailingParts::isTable, root);
    }

    /** Whether a tree reads the rows of a recursion in whose step it stands. */
    static boolean readsRowsOfRecursion(RelNode node) {
        return !(node instanceof Recursion) && has(RecursionRows.class::isInstance, node);
    }

    /** Whether there is such a node in a tree or in its sub-queries. */
    static boolean has(Predicate<RelNode> what, RelNode root) {
        return what.test(root)
                || root.getInputs().stream().anyMatch(input -> has(what, input))
                || subQueries(root).stream().anyMatch(subQuery -> has(what, subQuery.rel));
    }

    /** The outermost sub-queries in a node's own expressions. */
    static List<RexSubQuery> subQueries(RelNode node) {
        var search = new SubQuerySearch();
        node.accept(search);
        return search.found;
    }

    /** The outermost sub-queries in an expression. */
    static List<RexSubQuery> subQueries(RexNode expression) {
        var search = new SubQuerySearch();
        expression.accept(search);
        return search.found;
    }

    private static final class SubQuerySearch extends RexShuttle {
        private final List<RexSubQuery> found = new ArrayList<>();

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            found.add(subQuery);
            return super.visitSubQuery(subQuery);
        }
    }

    /** Whether a sub-query refers to a row outside of it. */
    static boolean isCorrelated(RexSubQuery subQuery) {
        return !RelOptUtil.getVariablesUsed(subQuery.rel).isEmpty();
    }

    /** The largest expressions that can fail, without what combines them and without sub-queries. */
    private static List<RexNode> failing(RexNode condition) {
        List<RexNode> found = new ArrayList<>();
        condition.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitCall(RexCall call) {
                if (LOGICAL.contains(call.getKind())) {
                    return super.visitCall(call);
                }
                int before = found.size();
                if (call.isA(SqlKind.COMPARISON)) {
                    super.visitCall(call);
                }
                if (found.size() == before
                        && !CannotFail.expression(call)
                        && RexUtil.SubQueryFinder.find(call) == null) {
                    found.add(call);
                }
                return null;
            }

            @Override
            public Void visitSubQuery(RexSubQuery subQuery) {
                subQuery.getOperands().forEach(operand -> operand.accept(this));
                return null;
            }
        });
        return found;
    }

    /**
     * What may come out otherwise the next time cannot be tried out.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} naming the function
     */
    private static void requireSameEachTime(RelNode part) {
        if (!isSameEachTime(part)) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "`RANDOM` is not supported in what is joined with tables and can fail");
        }
    }

    /** Whether nothing in a tree, or in its sub-queries, is up to chance. */
    static boolean isSameEachTime(RelNode part) {
        return !has(node -> hasCall(call -> !RexUtil.isDeterministic(call), node), part);
    }

    /** Whether there is such a call in a node's own expressions. */
    static boolean hasCall(Predicate<RexCall> what, RelNode node) {
        var found = new AtomicBoolean();
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                found.compareAndSet(false, what.test(call));
                return super.visitCall(call);
            }
        });
        return found.get();
    }
}
