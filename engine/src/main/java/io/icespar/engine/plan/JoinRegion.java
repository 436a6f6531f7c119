package io.icespar.engine.plan;

import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.secure.Rights;
import io.icespar.engine.secure.SecuredScan;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * What a tree joins by inner joins alone: its leaves, and which columns of theirs are equal in every row that comes out.
 * Between the root and the leaves are only inner joins, filters and choices of columns, where no expression can fail, so that
 * a backend may take the leaves in any order, or leave some out. Of leaves that can fail, {@link FailingParts} makes sure
 * before that they do not.
 */
final class JoinRegion {
    private final RelNode root;
    private final List<RelNode> leaves;

    /** For each column of each leaf, leaf after leaf, the number of the set of equal columns that it is in. */
    private final List<Integer> sets;

    private JoinRegion(RelNode root, List<RelNode> leaves, List<Integer> sets) {
        this.root = root;
        this.leaves = leaves;
        this.sets = sets;
    }

    /** The region under {@code root}, if it joins anything. */
    static Optional<JoinRegion> of(RelNode root) {
        // A backend decorrelates what refers to a row outside, and should have it as it is.
        if (!RelOptUtil.getVariablesUsed(root).isEmpty()) {
            return Optional.empty();
        }
        var reader = new Reader();
        reader.read(root);
        // The rows of a recursion's last step cannot be had before.
        boolean canFail = reader.leaves.stream()
                .anyMatch(leaf -> table(leaf).isEmpty()
                        && !CannotFail.computedOrNot(leaf)
                        && FailingParts.readsRowsOfRecursion(leaf));
        return canFail || reader.leaves.size() < 2
                ? Optional.empty()
                : Optional.of(new JoinRegion(root, List.copyOf(reader.leaves), List.copyOf(reader.sets)));
    }

    /** What is joined, from left to right. */
    List<RelNode> leaves() {
        return leaves;
    }

    /** The same region over other leaves, of the same columns. */
    RelNode over(List<RelNode> others) {
        return replace(root, others.iterator());
    }

    /**
     * The references of a leaf's table over which a restriction arrives, for which it need not be demanded again: the region
     * joins each row of the leaf with the row that it refers to, which must be visible where it is read.
     */
    Set<Reference> implied(int leaf, Rights rights) {
        return table(leaves.get(leaf)).stream()
                .flatMap(table -> rights.restrictingReferences(table).stream()
                        .filter(reference -> IntStream.range(0, leaves.size())
                                .anyMatch(other -> joins(leaf, table, reference, other, rights.target(reference)))))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The table of which a leaf has visible rows, with all of its columns. */
    static Optional<Table> table(RelNode leaf) {
        RelNode node = leaf;
        if (leaf instanceof Fence fence && fence.isOfTable()) {
            node = fence.getInput();
            while (node instanceof Filter filter) {
                node = filter.getInput();
            }
        }
        return node instanceof SecuredScan scan ? Optional.of(scan.scannedTable()) : Optional.empty();
    }

    private boolean joins(int leaf, Table table, Reference reference, int other, Table target) {
        return table(leaves.get(other)).equals(Optional.of(target))
                && IntStream.range(0, reference.columns().size())
                        .allMatch(i -> column(leaf, table, reference.columns().get(i))
                                .equals(column(
                                        other, target, reference.targetColumns().get(i))));
    }

    private Integer column(int leaf, Table table, Name column) {
        int first = leaves.subList(0, leaf).stream()
                .mapToInt(before -> before.getRowType().getFieldCount())
                .sum();
        return sets.get(first + CalciteCatalog.indexOf(table, column).orElseThrow());
    }

    private static boolean isLeaf(RelNode node) {
        if (node instanceof Join join) {
            return join.getJoinType() != JoinRelType.INNER
                    || !join.getVariablesSet().isEmpty()
                    || !isHarmless(join.getCondition());
        }
        if (node instanceof Filter filter) {
            return !filter.getVariablesSet().isEmpty() || !isHarmless(filter.getCondition());
        }
        return !(node instanceof Project project)
                || node instanceof Mask
                || !project.getVariablesSet().isEmpty()
                || !project.getProjects().stream().allMatch(JoinRegion::isHarmless);
    }

    private static boolean isHarmless(RexNode expression) {
        return CannotFail.expression(expression) && RexUtil.SubQueryFinder.find(expression) == null;
    }

    private static RelNode replace(RelNode node, Iterator<RelNode> others) {
        if (isLeaf(node)) {
            return others.next();
        }
        List<RelNode> inputs = new ArrayList<>();
        for (RelNode input : node.getInputs()) {
            inputs.add(replace(input, others));
        }
        return node.copy(node.getTraitSet(), inputs);
    }

    /** Goes through a tree from left to right. */
    private static final class Reader {
        private final List<RelNode> leaves = new ArrayList<>();
        private final List<Integer> sets = new ArrayList<>();

        /** For each column of the node the number of the leaf's column that it is, none if it is computed. */
        private List<@Nullable Integer> read(RelNode node) {
            if (isLeaf(node)) {
                int first = sets.size();
                leaves.add(node);
                List<@Nullable Integer> columns = new ArrayList<>();
                for (int i = first; i < first + node.getRowType().getFieldCount(); i++) {
                    sets.add(i);
                    columns.add(i);
                }
                return columns;
            }
            List<@Nullable Integer> inputs = new ArrayList<>();
            node.getInputs().forEach(input -> inputs.addAll(read(input)));
            if (node instanceof Project project) {
                List<@Nullable Integer> columns = new ArrayList<>();
                for (RexNode expression : project.getProjects()) {
                    columns.add(expression instanceof RexInputRef column ? inputs.get(column.getIndex()) : null);
                }
                return columns;
            }
            RexNode condition = node instanceof Join join ? join.getCondition() : ((Filter) node).getCondition();
            RelOptUtil.conjunctions(condition).forEach(conjunct -> equate(conjunct, inputs));
            return inputs;
        }

        private void equate(RexNode conjunct, List<@Nullable Integer> columns) {
            if (conjunct instanceof RexCall call
                    && call.getKind() == SqlKind.EQUALS
                    && call.getOperands().get(0) instanceof RexInputRef left
                    && call.getOperands().get(1) instanceof RexInputRef right
                    && areAlike(left.getType(), right.getType())) {
                Integer one = columns.get(left.getIndex());
                Integer other = columns.get(right.getIndex());
                if (one != null && other != null) {
                    Collections.replaceAll(sets, sets.get(one), sets.get(other));
                }
            }
        }

        private static boolean areAlike(RelDataType left, RelDataType right) {
            return left.getSqlTypeName() == right.getSqlTypeName()
                    && SqlTypeUtil.sameNamedType(left, right)
                    && left.getPrecision() == right.getPrecision()
                    && left.getScale() == right.getScale();
        }
    }
}
