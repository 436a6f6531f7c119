package io.icespar.engine.cube;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
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

        private Part moved(RexShuttle expressions, Map<Integer, Integer> columns) {
            List<Integer> levels =
                    lifted.columns().asList().stream().map(columns::get).toList();
            return new Part(
                    function,
                    isDistinct,
                    isApproximate,
                    ignoresNulls,
                    expressions.visitList(operands),
                    filter.map(condition -> condition.accept(expressions)),
                    order.stream()
                            .map(key -> new OrderKey(key.value().accept(expressions), key.direction(), key.nulls()))
                            .toList(),
                    new Lifted(ImmutableBitSet.of(levels), lifted.isAll()));
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

    /** The same over another tree of the same tables; empty if a column that it is computed from is not in that. */
    public Optional<CompiledMeasure> over(CubeTree from, CubeTree to) {
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < from.columns().size(); i++) {
            int place = i;
            to.indexOf(from.columns().get(i).at()).ifPresent(index -> places.put(place, index));
        }
        boolean isThere = aggregates.stream()
                .allMatch(part ->
                        places.keySet().containsAll(part.lifted().columns().asList())
                                && part.expressions().stream()
                                        .allMatch(expression -> places.keySet()
                                                .containsAll(RelOptUtil.InputFinder.bits(expression)
                                                        .asList())));
        if (!isThere) {
            return Optional.empty();
        }
        RexShuttle moved = new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return new RexInputRef(Objects.requireNonNull(places.get(reference.getIndex())), reference.getType());
            }
        };
        return Optional.of(new CompiledMeasure(
                aggregates.stream().map(part -> part.moved(moved, places)).toList(), result));
    }
}
