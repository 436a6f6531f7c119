package io.icespar.engine.cube;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A measure as what a backend can compute: aggregates over the columns of the cube's tree, and an expression over their
 * results.
 *
 * @param aggregates in an order to which the result refers
 * @param result over the aggregates, as if they were the columns of a row
 */
public record CompiledMeasure(List<Part> aggregates, RexNode result) {
    /** Checks and copies. */
    public CompiledMeasure {
        aggregates = List.copyOf(aggregates);
    }

    /** Whatever an aggregate is computed of is the same for all members of these levels, or of all levels. */
    public record Lifted(ImmutableBitSet columns, boolean isAll) {
        /** It is computed for each group. */
        static final Lifted NOTHING = new Lifted(ImmutableBitSet.of(), false);

        /** It is computed for all rows. */
        static final Lifted ALL = new Lifted(ImmutableBitSet.of(), true);

        /** Lifted over both. */
        Lifted union(Lifted other) {
            return new Lifted(columns.union(other.columns), isAll || other.isAll);
        }
    }

    /**
     * One aggregate, its operands over the columns of the tree.
     *
     * @param filter which rows it is of; empty for all
     * @param order of the rows, if it hangs on one
     * @param lifted over which levels it is taken, whatever the query groups by
     */
    public record Part(
            SqlAggFunction function,
            boolean isDistinct,
            boolean isApproximate,
            boolean ignoresNulls,
            List<RexNode> operands,
            Optional<RexNode> filter,
            List<OrderKey> order,
            Lifted lifted) {
        /** Checks and copies. */
        public Part {
            operands = List.copyOf(operands);
            order = List.copyOf(order);
        }

        Part with(Optional<RexNode> newFilter, Lifted newLifted) {
            return new Part(function, isDistinct, isApproximate, ignoresNulls, operands, newFilter, order, newLifted);
        }

        /** All expressions in it. */
        List<RexNode> expressions() {
            return ImmutableList.<RexNode>builder()
                    .addAll(operands)
                    .addAll(filter.stream().toList())
                    .addAll(order.stream().map(OrderKey::value).toList())
                    .build();
        }
    }

    /** What rows are ordered by. */
    public record OrderKey(
            RexNode value, RelFieldCollation.Direction direction, RelFieldCollation.NullDirection nulls) {}

    /** All expressions over columns of the tree. */
    public Collection<RexNode> expressions() {
        return aggregates.stream().flatMap(part -> part.expressions().stream()).toList();
    }
}
