package io.icespar.engine.cube;

import io.icespar.engine.cube.CompiledMeasure.Lifted;
import io.icespar.engine.cube.CompiledMeasure.OrderKey;
import io.icespar.engine.cube.CompiledMeasure.Part;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
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
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Puts the tables beneath in the place of each cube that a query names, and what measures mean in the place of {@code
 * AGGREGATE}. What comes of it is a query like any other, whose scans are restricted as those of any other are.
 *
 * <p>An aggregate that is taken {@code AT (ALL level)} is computed over the same rows, grouped by what else the query
 * groups by, and joined to the query's own groups.
 */
public final class CubeExpansion {
    private final Function<TableName, RelNode> scans;
    private final CubeReads reads;
    private final RexBuilder rexBuilder;

    private CubeExpansion(RelNode root, Function<TableName, RelNode> scans) {
        this.scans = scans;
        this.reads = CubeReads.of(root);
        this.rexBuilder = root.getCluster().getRexBuilder();
    }

    /**
     * The query over tables.
     *
     * @param root with all its sub-queries
     * @param scans gives a scan of a table in the query's cluster
     * @throws IcesparException {@code INVALID_STATEMENT} or {@code FEATURE_NOT_SUPPORTED} if a measure is not aggregated,
     *     or not so that it has a meaning
     */
    public static RelNode expand(RelNode root, Function<TableName, RelNode> scans) {
        CubeExpansion expansion = new CubeExpansion(root, scans);
        expansion.checkMeasures();
        return expansion.expanded(root);
    }

    /** What to say of hierarchies that a query does not name, and that are not taken as a whole therefore. */
    public static List<String> notes(RelNode root) {
        CubeReads reads = CubeReads.of(root);
        List<String> notes = new ArrayList<>();
        for (CubeScan scan : reads.scans()) {
            CubeShape shape = scan.shape();
            // One that is hidden is not spoken of either.
            Set<Name> shown = shape.hierarchies().stream().map(Hierarchy::name).collect(Collectors.toSet());
            CubeRows.takenAt(shape, reads.read(scan)).forEach((hierarchy, member) -> {
                if (shown.contains(hierarchy)) {
                    notes.add("hierarchy `" + hierarchy + "` of cube `" + shape.cube().name()
                            + "` is not named, and is taken at " + member);
                }
            });
        }
        return notes.stream().distinct().toList();
    }

    /**
     * Sees that a restriction's condition names no cube.
     *
     * @throws IcesparException {@code INVALID_RESTRICTION}
     */
    public static void checkNone(RelNode root) {
        CubeReads.of(root).scans().stream().findFirst().ifPresent(scan -> {
            throw new IcesparException(
                    ErrorCode.INVALID_RESTRICTION,
                    "a restriction's condition reads tables, and cannot read cube `"
                            + scan.shape().cube().name() + "`");
        });
    }

    private void checkMeasures() {
        for (CubeScan scan : reads.scans()) {
            for (int field : reads.read(scan)) {
                if (scan.shape().fields().get(field) instanceof CubeField.OfMeasure measure) {
                    throw notAggregated(measure.name());
                }
            }
        }
    }

    /** A measure stands by itself. */
    public static IcesparException notAggregated(String measure) {
        return new IcesparException(
                ErrorCode.INVALID_STATEMENT,
                "`" + measure + "` is a measure, which is computed of groups of rows: write `AGGREGATE(\""
                        + measure.replace("\"", "\"\"") + "\")`");
    }

    private RelNode expanded(RelNode root) {
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof CubeScan scan) {
                    return rows(scan, List.of());
                }
                if (other instanceof Aggregate aggregate && hasMeasures(aggregate)) {
                    return aggregated(aggregate);
                }
                checkWindows(other);
                return SubQueries.rewriteOwn(super.visit(other), CubeExpansion.this::expanded);
            }
        });
    }

    private static boolean hasMeasures(Aggregate aggregate) {
        return aggregate.getAggCallList().stream().anyMatch(CubeExpansion::isOfMeasure);
    }

    private static boolean isOfMeasure(AggregateCall call) {
        return call.getAggregation() instanceof MeasureFunction;
    }

    private static void checkWindows(RelNode rel) {
        rel.accept(new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                if (over.getAggOperator() instanceof MeasureFunction) {
                    throw new IcesparException(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "`AGGREGATE` has no window: group the rows, and write `SUM(AGGREGATE(…)) OVER (…)`");
                }
                return super.visitOver(over);
            }
        });
    }

    private RelNode rows(CubeScan scan, List<RexNode> extras) {
        return new CubeRows(scan.getCluster(), scan.shape(), scans)
                .rows(reads.read(scan), reads.filtered(scan), extras, scan.getRowType());
    }

    /** Where a field of some rows comes from. */
    private static RexNode origin(RelNode rows, int field) {
        if (rows instanceof Project project) {
            RexNode expression = project.getProjects().get(field);
            return expression instanceof RexInputRef reference
                    ? origin(project.getInput(), reference.getIndex())
                    : expression;
        }
        return rows instanceof Filter filter
                ? origin(filter.getInput(), field)
                : rows.getCluster().getRexBuilder().makeInputRef(rows, field);
    }

    /** The fields of the cube that a field of some rows is computed from. */
    private static ImmutableBitSet cubeFields(RelNode rows, int field) {
        if (rows instanceof Project project) {
            ImmutableBitSet fields = ImmutableBitSet.of();
            for (int input : inputs(project.getProjects().get(field))) {
                fields = fields.union(cubeFields(project.getInput(), input));
            }
            return fields;
        }
        return rows instanceof Filter filter ? cubeFields(filter.getInput(), field) : ImmutableBitSet.of(field);
    }

    private static ImmutableBitSet inputs(RexNode expression) {
        return RelOptUtil.InputFinder.bits(expression);
    }

    /** The cube whose rows these are, chosen and with columns computed, but each there once. */
    private static CubeScan cube(RelNode rows) {
        RelNode rel = rows;
        while (rel instanceof Project || rel instanceof Filter) {
            rel = rel.getInput(0);
        }
        if (rel instanceof CubeScan scan) {
            return scan;
        }
        throw new IcesparException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "a measure is aggregated over the rows of its cube alone, for a join could repeat them:"
                        + " aggregate it in a sub-query, and join what that gives");
    }

    private RelNode aggregated(Aggregate aggregate) {
        return new Grouping(aggregate).build();
    }

    /** The compiled measures of one aggregate of a query, as they are put together. */
    private final class Grouping {
        private final Aggregate aggregate;
        private final CubeScan scan;

        /** Expressions over the tree that are carried up to the aggregate, each once. */
        private final Map<RexNode, Integer> carried = new LinkedHashMap<>();

        /** The aggregates of the measures, by the keys that they are not grouped by. */
        private final Map<ImmutableBitSet, List<Wanted>> wanted = new LinkedHashMap<>();

        Grouping(Aggregate aggregate) {
            this.aggregate = aggregate;
            this.scan = cube(aggregate.getInput());
        }

        /** An aggregate of a measure, the call that it is for, and where its result will be. */
        private record Wanted(Part part, AggregateCall call) {}

        private record Place(ImmutableBitSet dropped, int index) {}

        RelNode build() {
            List<List<Place>> places = new ArrayList<>();
            for (AggregateCall call : aggregate.getAggCallList()) {
                places.add(isOfMeasure(call) ? collect(call) : List.of());
            }
            RelNode input = withFilters(carrying(aggregate.getInput()));
            wanted.putIfAbsent(ImmutableBitSet.of(), List.of());
            boolean isSimple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
            Map<ImmutableBitSet, Side> sides = new LinkedHashMap<>();
            List<AggregateCall> own = new ArrayList<>(aggregate.getAggCallList().stream()
                    .filter(call -> !isOfMeasure(call))
                    .toList());
            int keys = aggregate.getGroupCount();
            sides.put(ImmutableBitSet.of(), new Side(0, keys + own.size()));
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
            RelNode rows = LogicalAggregate.create(
                    input, List.of(), aggregate.getGroupSet(), aggregate.getGroupSets(), own);
            for (Map.Entry<ImmutableBitSet, List<Wanted>> entry : wanted.entrySet()) {
                if (!entry.getKey().isEmpty()) {
                    rows = joined(rows, input, entry.getKey(), entry.getValue(), groupings, sides);
                }
            }
            return projected(rows, places, sides);
        }

        private static boolean hasEmptyGroup(List<ImmutableBitSet> sets) {
            return sets.stream().anyMatch(ImmutableBitSet::isEmpty);
        }

        /** Where the calls for measures begin in the joined rows. */
        private record Side(int first, int calls) {}

        private List<Place> collect(AggregateCall call) {
            if (call.isDistinct() || !call.getCollation().getFieldCollations().isEmpty() || call.ignoreNulls()) {
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "`AGGREGATE` takes a measure as it is, without `DISTINCT` or order");
            }
            CubeField.OfMeasure measure = measure(call);
            Lifted lifted = lifted(call, aggregate.getInput());
            List<Place> places = new ArrayList<>();
            for (Part part : measure.compiled().aggregates()) {
                part.expressions().forEach(expression -> carried.putIfAbsent(expression, carried.size()));
                ImmutableBitSet dropped = dropped(part.lifted().union(lifted));
                List<Wanted> of = wanted.computeIfAbsent(dropped, key -> new ArrayList<>());
                places.add(new Place(dropped, of.size()));
                of.add(new Wanted(part, call));
            }
            return places;
        }

        private CubeField.OfMeasure measure(AggregateCall call) {
            return CubeExpansion.measure(call, aggregate.getInput(), scan);
        }

        /** The keys that are computed from the levels that something is lifted over. */
        private ImmutableBitSet dropped(Lifted lifted) {
            if (lifted.isAll()) {
                return aggregate.getGroupSet();
            }
            ImmutableBitSet.Builder dropped = ImmutableBitSet.builder();
            for (int key : aggregate.getGroupSet()) {
                for (int field : cubeFields(aggregate.getInput(), key)) {
                    if (scan.shape().fields().get(field) instanceof CubeField.OfRows rows
                            && lifted.columns().get(rows.column())) {
                        dropped.set(key);
                    }
                }
            }
            return dropped.build();
        }

        /** The same rows with what is carried behind them. */
        private RelNode carrying(RelNode rel) {
            if (rel instanceof CubeScan cube) {
                return rows(cube, List.copyOf(carried.keySet()));
            }
            checkWindows(rel);
            RelNode own = SubQueries.rewriteOwn(rel, CubeExpansion.this::expanded);
            RelNode input = carrying(rel.getInput(0));
            if (own instanceof Project project) {
                List<RexNode> projects = new ArrayList<>(project.getProjects());
                List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
                int fields = input.getRowType().getFieldCount();
                for (int field = fields - carried.size(); field < fields; field++) {
                    projects.add(rexBuilder.makeInputRef(input, field));
                    names.add("$" + names.size());
                }
                return LogicalProject.create(input, List.of(), projects, names, project.getVariablesSet());
            }
            return own.copy(own.getTraitSet(), List.of(input));
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
                RelNode rows,
                RelNode input,
                ImmutableBitSet dropped,
                List<Wanted> of,
                Map<ImmutableBitSet, Integer> groupings,
                Map<ImmutableBitSet, Side> sides) {
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
            int before = rows.getRowType().getFieldCount();
            List<RexNode> same = new ArrayList<>();
            for (int key : left) {
                int own = aggregate.getGroupSet().indexOf(key);
                int its = left.indexOf(key);
                same.add(rexBuilder.makeCall(
                        SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                        rexBuilder.makeInputRef(rows, own),
                        shifted(side, its, before)));
            }
            if (grouping != null) {
                same.add(rexBuilder.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        rexBuilder.makeInputRef(rows, grouping),
                        shifted(side, left.cardinality() + of.size(), before)));
            }
            sides.put(dropped, new Side(before, before + left.cardinality()));
            return LogicalJoin.create(
                    rows,
                    side,
                    List.of(),
                    RexUtil.composeConjunction(rexBuilder, same),
                    Set.of(),
                    JoinRelType.LEFT);
        }

        private RexNode shifted(RelNode side, int field, int by) {
            return rexBuilder.makeInputRef(
                    side.getRowType().getFieldList().get(field).getType(), field + by);
        }

        private RelNode projected(RelNode rows, List<List<Place>> places, Map<ImmutableBitSet, Side> sides) {
            List<RexNode> projects = new ArrayList<>();
            int keys = aggregate.getGroupCount();
            for (int key = 0; key < keys; key++) {
                projects.add(rexBuilder.makeInputRef(rows, key));
            }
            int plain = keys;
            for (int i = 0; i < aggregate.getAggCallList().size(); i++) {
                AggregateCall call = aggregate.getAggCallList().get(i);
                if (isOfMeasure(call)) {
                    projects.add(result(call, places.get(i), sides, rows));
                } else {
                    projects.add(rexBuilder.makeInputRef(rows, plain++));
                }
            }
            return LogicalProject.create(
                    rows, List.of(), projects, aggregate.getRowType().getFieldNames(), Set.of());
        }

        private RexNode result(
                AggregateCall call, List<Place> places, Map<ImmutableBitSet, Side> sides, RelNode rows) {
            RexNode value = measure(call).compiled().result().accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef reference) {
                    Place place = places.get(reference.getIndex());
                    int calls = Optional.ofNullable(sides.get(place.dropped()))
                            .orElseThrow()
                            .calls();
                    return rexBuilder.makeInputRef(rows, calls + place.index());
                }
            });
            RelDataType type = call.getType();
            return value.getType().equals(type) ? value : rexBuilder.makeAbstractCast(type, value, false);
        }
    }

    /** The measure that a call aggregates. */
    private static CubeField.OfMeasure measure(AggregateCall call, RelNode input, CubeScan scan) {
        RexNode origin = origin(input, call.getArgList().get(0));
        if (origin instanceof RexInputRef reference
                && scan.shape().fields().get(reference.getIndex()) instanceof CubeField.OfMeasure measure) {
            return measure;
        }
        throw new IcesparException(
                ErrorCode.FEATURE_NOT_SUPPORTED, "`AGGREGATE` takes a measure of a cube that is named in the same query");
    }

    /** Over which levels a call lifts its measure. */
    private static Lifted lifted(AggregateCall call, RelNode input) {
        CubeScan scan = cube(input);
        Lifted lifted = Lifted.NOTHING;
        for (int operand : call.getArgList().subList(1, call.getArgList().size())) {
            RexNode origin = origin(input, operand);
            if (origin instanceof RexLiteral) {
                lifted = lifted.union(new Lifted(ImmutableBitSet.of(), true));
            } else if (origin instanceof RexInputRef reference
                    && scan.shape().fields().get(reference.getIndex()) instanceof CubeField.OfRows rows) {
                lifted = lifted.union(new Lifted(ImmutableBitSet.of(rows.column()), false));
            } else {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT, "`AT (ALL …)` names levels of the measure's cube");
            }
        }
        return lifted;
    }

    /**
     * What the definition of a measure means.
     *
     * @param definition a query that gives nothing but the measure, over all rows of its cube's tree
     * @param types to make expressions with
     * @return empty if it aggregates nothing
     */
    public static Optional<CompiledMeasure> compile(RelNode definition, RexBuilder types) {
        RelNode rel = definition;
        RexNode result = types.makeInputRef(rel, 0);
        while (rel instanceof Project project) {
            result = RelOptUtil.pushPastProject(result, project);
            rel = project.getInput();
        }
        if (!(rel instanceof Aggregate aggregate) || aggregate.getGroupCount() > 0) {
            return Optional.empty();
        }
        RelNode input = aggregate.getInput();
        CubeScan scan = cube(input);
        List<Part> parts = new ArrayList<>();
        List<RexNode> results = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            Optional<RexNode> filter =
                    call.filterArg < 0 ? Optional.empty() : Optional.of(overTree(input, call.filterArg, scan));
            if (isOfMeasure(call)) {
                int first = parts.size();
                CompiledMeasure inner = measure(call, input, scan).compiled();
                Lifted lifted = lifted(call, input);
                for (Part part : inner.aggregates()) {
                    parts.add(part.with(and(part.filter(), filter, types), part.lifted().union(lifted)));
                }
                results.add(types.makeAbstractCast(call.getType(), RexUtil.shift(inner.result(), first), false));
            } else {
                results.add(types.makeInputRef(call.getType(), parts.size()));
                parts.add(new Part(
                        call.getAggregation(),
                        call.isDistinct(),
                        call.isApproximate(),
                        call.ignoreNulls(),
                        call.getArgList().stream()
                                .map(operand -> overTree(input, operand, scan))
                                .toList(),
                        filter,
                        call.getCollation().getFieldCollations().stream()
                                .map(key -> new OrderKey(
                                        overTree(input, key.getFieldIndex(), scan),
                                        key.direction,
                                        key.nullDirection))
                                .toList(),
                        Lifted.NOTHING));
            }
        }
        RexNode composed = result.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return results.get(reference.getIndex());
            }
        });
        return Optional.of(new CompiledMeasure(parts, composed));
    }

    private static Optional<RexNode> and(Optional<RexNode> left, Optional<RexNode> right, RexBuilder types) {
        return left.isEmpty() || right.isEmpty()
                ? left.or(() -> right)
                : Optional.of(types.makeCall(SqlStdOperatorTable.AND, left.get(), right.get()));
    }

    /** A field of a definition's rows as an expression over the columns of the tree. */
    private static RexNode overTree(RelNode rows, int field, CubeScan scan) {
        RelNode rel = rows;
        RexNode expression = rel.getCluster().getRexBuilder().makeInputRef(rel, field);
        while (rel instanceof Project project) {
            expression = RelOptUtil.pushPastProject(expression, project);
            rel = project.getInput();
        }
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                if (scan.shape().fields().get(reference.getIndex()) instanceof CubeField.OfRows column) {
                    return new RexInputRef(column.column(), reference.getType());
                }
                CubeField field = scan.shape().fields().get(reference.getIndex());
                throw notAggregated(Name.of(field.name()).spelling());
            }
        });
    }
}
