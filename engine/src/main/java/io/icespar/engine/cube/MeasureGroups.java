package io.icespar.engine.cube;

import io.icespar.engine.cube.CompiledMeasure.Lifted;
import io.icespar.engine.cube.CompiledMeasure.Part;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * One aggregate of a query, in which each {@code AGGREGATE} is replaced by the aggregates that its measure is made of. For
 * one use.
 */
final class MeasureGroups {
    private final Aggregate aggregate;
    private final CubeExpansion expansion;
    private final ChosenRows rows;
    private final RexBuilder rexBuilder;

    /** Expressions over the tree that are carried up to the aggregate, each once. */
    private final Map<RexNode, Integer> carried = new LinkedHashMap<>();

    /** The aggregates of the measures, by the keys that they are not grouped by. */
    private final Map<ImmutableBitSet, List<Wanted>> wanted = new LinkedHashMap<>();

    MeasureGroups(Aggregate aggregate, CubeExpansion expansion) {
        this.aggregate = aggregate;
        this.expansion = expansion;
        this.rows = ChosenRows.of(aggregate.getInput());
        this.rexBuilder = aggregate.getCluster().getRexBuilder();
    }

    /** An aggregate of a measure, the call that it is for, and where its result will be. */
    private record Wanted(Part part, AggregateCall call) {}

    private record Place(ImmutableBitSet dropped, int index) {}

    /** The same groups, with what the measures give for each. */
    RelNode build() {
        List<List<Place>> places = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            places.add(CubeExpansion.isOfMeasure(call) ? collect(call) : List.of());
        }
        RelNode input = withFilters(carrying(aggregate.getInput()));
        boolean isSimple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
        // Where the calls for measures begin in the joined rows.
        Map<ImmutableBitSet, Integer> sides = new LinkedHashMap<>();
        List<AggregateCall> own = new ArrayList<>(aggregate.getAggCallList().stream()
                .filter(call -> !CubeExpansion.isOfMeasure(call))
                .toList());
        int keys = aggregate.getGroupCount();
        sides.put(ImmutableBitSet.of(), keys + own.size());
        boolean hasEmptyGroup = hasEmptyGroup(aggregate.getGroupSets());
        own.addAll(calls(wanted.getOrDefault(ImmutableBitSet.of(), List.of()), hasEmptyGroup, input));
        Map<ImmutableBitSet, Integer> groupings = new LinkedHashMap<>();
        for (ImmutableBitSet dropped : wanted.keySet()) {
            ImmutableBitSet left = aggregate.getGroupSet().except(dropped);
            if (!dropped.isEmpty() && !isSimple && !left.isEmpty()) {
                groupings.put(dropped, keys + own.size());
                own.add(grouping(left, hasEmptyGroup, input));
            }
        }
        RelNode groups =
                LogicalAggregate.create(input, List.of(), aggregate.getGroupSet(), aggregate.getGroupSets(), own);
        for (Map.Entry<ImmutableBitSet, List<Wanted>> entry : wanted.entrySet()) {
            if (!entry.getKey().isEmpty()) {
                groups = joined(groups, input, entry.getKey(), entry.getValue(), groupings, sides);
            }
        }
        return projected(groups, places, sides);
    }

    private static boolean hasEmptyGroup(List<ImmutableBitSet> sets) {
        return sets.stream().anyMatch(ImmutableBitSet::isEmpty);
    }

    private List<Place> collect(AggregateCall call) {
        if (call.isDistinct() || !call.getCollation().getFieldCollations().isEmpty() || call.ignoreNulls()) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "`AGGREGATE` takes a measure as it is, without `DISTINCT` or order");
        }
        Lifted lifted = rows.lifted(call);
        List<Part> parts = rows.measure(call).compiled().aggregates();
        if (call.filterArg >= 0 && parts.stream().anyMatch(part -> !part.order().isEmpty())) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "`FILTER` is not supported of a measure that orders its rows: choose them in `WHERE`");
        }
        List<Place> places = new ArrayList<>();
        for (Part part : parts) {
            part.expressions().forEach(expression -> carried.putIfAbsent(expression, carried.size()));
            ImmutableBitSet dropped = dropped(part.lifted().union(lifted));
            List<Wanted> of = wanted.computeIfAbsent(dropped, key -> new ArrayList<>());
            places.add(new Place(dropped, of.size()));
            of.add(new Wanted(part, call));
        }
        return places;
    }

    /** The keys that are computed from the levels that something is lifted over. */
    private ImmutableBitSet dropped(Lifted lifted) {
        if (lifted.isAll()) {
            return aggregate.getGroupSet();
        }
        ImmutableBitSet.Builder dropped = ImmutableBitSet.builder();
        for (int key : aggregate.getGroupSet()) {
            for (int field : rows.cubeFields(key)) {
                if (rows.scan().shape().fields().get(field) instanceof CubeField.OfRows level
                        && lifted.columns().get(level.column())) {
                    dropped.set(key);
                }
            }
        }
        return dropped.build();
    }

    /** The same rows with what is carried behind them. */
    private RelNode carrying(RelNode rel) {
        if (rel instanceof CubeScan cube) {
            return expansion.rows(cube, List.copyOf(carried.keySet()));
        }
        RelNode own = SubQueries.rewriteOwn(rel, expansion::expanded);
        RelNode input = carrying(rel.getInput(0));
        if (own instanceof Project project) {
            List<RexNode> projects = new ArrayList<>(project.getProjects());
            List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
            int fields = input.getRowType().getFieldCount();
            int field = fields - carried.size();
            for (RexNode expression : carried.keySet()) {
                projects.add(carriedOn(expression, input, field++));
                names.add("$" + names.size());
            }
            return CubeExpansion.overRows(
                    LogicalProject.create(input, List.of(), projects, names, project.getVariablesSet()));
        }
        return CubeExpansion.overRows(own.copy(own.getTraitSet(), List.of(input)));
    }

    // Backends want some operands, such as that of a percentile, to be literals where they are used.
    private RexNode carriedOn(RexNode expression, RelNode input, int field) {
        return expression instanceof RexLiteral ? expression : rexBuilder.makeInputRef(input, field);
    }

    /** Where both a call and its measure choose rows, with what both say. */
    private RelNode withFilters(RelNode input) {
        int first = input.getRowType().getFieldCount() - carried.size();
        List<RexNode> both = new ArrayList<>();
        for (List<Wanted> of : wanted.values()) {
            for (Wanted each : of) {
                both(each, first, input).ifPresent(both::add);
            }
        }
        if (both.isEmpty()) {
            return input;
        }
        List<RexNode> projects = new ArrayList<>(rexBuilder.identityProjects(input.getRowType()));
        int field = first;
        for (RexNode expression : carried.keySet()) {
            projects.set(field, carriedOn(expression, input, field));
            field++;
        }
        List<String> names = new ArrayList<>(input.getRowType().getFieldNames());
        for (RexNode filter : both) {
            if (!projects.contains(filter)) {
                projects.add(filter);
                names.add("$" + names.size());
            }
        }
        return LogicalProject.create(input, List.of(), projects, names, Set.of());
    }

    private Optional<RexNode> both(Wanted wanted, int first, RelNode input) {
        int filterArg = wanted.call().filterArg;
        return filterArg < 0
                ? Optional.empty()
                : wanted.part()
                        .filter()
                        .map(filter -> rexBuilder.makeCall(
                                SqlStdOperatorTable.AND,
                                rexBuilder.makeInputRef(input, filterArg),
                                rexBuilder.makeInputRef(input, first + place(filter))));
    }

    private int place(RexNode expression) {
        return Optional.ofNullable(carried.get(expression)).orElseThrow();
    }

    private List<AggregateCall> calls(List<Wanted> of, boolean hasEmptyGroup, RelNode input) {
        return of.stream().map(each -> call(each, hasEmptyGroup, input)).toList();
    }

    private AggregateCall call(Wanted each, boolean hasEmptyGroup, RelNode input) {
        int first = aggregate.getInput().getRowType().getFieldCount();
        Part part = each.part();
        int filterArg = part.filter().map(filter -> first + place(filter)).orElse(each.call().filterArg);
        Optional<RexNode> both = both(each, first, input);
        if (both.isPresent()) {
            List<RexNode> projects = ((Project) input).getProjects();
            filterArg = projects.indexOf(both.get());
        }
        List<RelFieldCollation> order = part.order().stream()
                .map(key -> new RelFieldCollation(first + place(key.value()), key.direction(), key.nulls()))
                .toList();
        return AggregateCall.create(
                part.function(),
                part.isDistinct(),
                part.isApproximate(),
                part.ignoresNulls(),
                List.of(),
                part.operands().stream().map(operand -> first + place(operand)).toList(),
                filterArg,
                null,
                RelCollations.of(order),
                hasEmptyGroup,
                input,
                null,
                null);
    }

    private AggregateCall grouping(ImmutableBitSet keys, boolean hasEmptyGroup, RelNode input) {
        return AggregateCall.create(
                SqlStdOperatorTable.GROUPING,
                false,
                false,
                false,
                List.of(),
                keys.asList(),
                -1,
                null,
                RelCollations.EMPTY,
                hasEmptyGroup,
                input,
                null,
                null);
    }

    private RelNode joined(
            RelNode groups,
            RelNode input,
            ImmutableBitSet dropped,
            List<Wanted> of,
            Map<ImmutableBitSet, Integer> groupings,
            Map<ImmutableBitSet, Integer> sides) {
        ImmutableBitSet left = aggregate.getGroupSet().except(dropped);
        List<ImmutableBitSet> sets = aggregate.getGroupSets().stream()
                .map(set -> set.except(dropped))
                .distinct()
                .sorted(ImmutableBitSet.ORDERING)
                .toList();
        List<AggregateCall> calls = new ArrayList<>(calls(of, hasEmptyGroup(sets), input));
        Integer grouping = groupings.get(dropped);
        if (grouping != null) {
            calls.add(grouping(left, hasEmptyGroup(sets), input));
        }
        RelNode side = LogicalAggregate.create(input, List.of(), left, sets, calls);
        int before = groups.getRowType().getFieldCount();
        List<RexNode> same = new ArrayList<>();
        for (int key : left) {
            int own = aggregate.getGroupSet().indexOf(key);
            int its = left.indexOf(key);
            same.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                    rexBuilder.makeInputRef(groups, own),
                    shifted(side, its, before)));
        }
        if (grouping != null) {
            same.add(rexBuilder.makeCall(
                    SqlStdOperatorTable.EQUALS,
                    rexBuilder.makeInputRef(groups, grouping),
                    shifted(side, left.cardinality() + of.size(), before)));
        }
        sides.put(dropped, before + left.cardinality());
        return LogicalJoin.create(
                groups, side, List.of(), RexUtil.composeConjunction(rexBuilder, same), Set.of(), JoinRelType.LEFT);
    }

    private RexNode shifted(RelNode side, int field, int by) {
        return rexBuilder.makeInputRef(
                side.getRowType().getFieldList().get(field).getType(), field + by);
    }

    private RelNode projected(RelNode groups, List<List<Place>> places, Map<ImmutableBitSet, Integer> sides) {
        List<RexNode> projects = new ArrayList<>();
        int keys = aggregate.getGroupCount();
        for (int key = 0; key < keys; key++) {
            projects.add(rexBuilder.makeInputRef(groups, key));
        }
        int plain = keys;
        for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
            AggregateCall call = aggregate.getAggCallList().get(i);
            if (CubeExpansion.isOfMeasure(call)) {
                projects.add(result(call, places.get(i), sides, groups));
            } else {
                projects.add(rexBuilder.makeInputRef(groups, plain++));
            }
        }
        // As a query on tables has it: what comes above is translated the better, the less lies between.
        return RexUtil.isIdentity(projects, groups.getRowType())
                ? groups
                : LogicalProject.create(
                        groups, List.of(), projects, aggregate.getRowType().getFieldNames(), Set.of());
    }

    private RexNode result(
            AggregateCall call, List<Place> places, Map<ImmutableBitSet, Integer> sides, RelNode groups) {
        RexNode value = rows.measure(call).compiled().result().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                Place place = places.get(reference.getIndex());
                int calls = Optional.ofNullable(sides.get(place.dropped())).orElseThrow();
                return rexBuilder.makeInputRef(groups, calls + place.index());
            }
        });
        RelDataType type = call.getType();
        return value.getType().equals(type) ? value : rexBuilder.makeAbstractCast(type, value, false);
    }
}
