package io.icespar.engine.plan;

import com.google.common.collect.ImmutableList;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.secure.ArrayRows;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.secure.SecuredScan;
import io.icespar.engine.tree.Recursion;
import io.icespar.engine.tree.RecursionRows;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Writes a plan as the one text of a backend's dialect. */
final class BackendText {
    private static final Set<Class<? extends RelNode>> KNOWN = Set.of(
            Aggregate.class,
            ArrayRows.class,
            Correlate.class,
            Fence.class,
            Filter.class,
            Intersect.class,
            Join.class,
            Minus.class,
            Project.class,
            Recursion.class,
            RecursionRows.class,
            RepeatedJoin.class,
            SecuredScan.class,
            Sort.class,
            Uncollect.class,
            Union.class,
            Values.class,
            VisibleKeys.class);

    /** By how many operators a list that stands over another may become longer as both become one. */
    private static final int MAX_BLOAT = 100;

    private BackendText() {}

    /**
     * Writes a plan.
     *
     * @param parameters how many parameters the statement has
     * @param ofEach how many octets one function may make of one row
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if the plan holds what the backend has no words for
     */
    static PlannedText write(RelNode plan, int parameters, int ofEach, SqlDialect dialect) {
        BackendOperators.check(plan);
        return written(BoundedRow.of(plan, ofEach), parameters, ofEach, dialect);
    }

    /**
     * Writes a plan as a text that computes each value of it and gives one row, of a {@code BOOLEAN}, that tells nothing.
     *
     * @param parameters as in {@link #write}, like the others
     */
    static PlannedText whole(RelNode plan, int parameters, int ofEach, SqlDialect dialect) {
        BackendOperators.check(plan);
        PlannedText text = written(plan, parameters, ofEach, dialect);
        String columns = IntStream.range(0, plan.getRowType().getFieldCount())
                .mapToObj(i -> "c" + i)
                .collect(Collectors.joining(", "));
        return text.within(
                "SELECT BIT_XOR(HASH(" + columns + ")) IS NULL FROM (",
                ") AS part (" + columns + ")",
                List.of(ColumnForm.BOOLEAN));
    }

    private static PlannedText written(RelNode plan, int parameters, int most, SqlDialect dialect) {
        BackendWriter writer = new BackendWriter(dialect, parameters);
        RelNode prepared = prepare(RepeatedJoin.in(plan), OptionalInt.of(most));
        NestingLimit.check(prepared);
        SqlNode statement = writer.visitRoot(prepared).asStatement();
        var text = new MarkedText(dialect, parameters);
        text.with(writer.common());
        statement.unparse(text, 0, 0);
        if (text.sql().indexOf('\0') >= 0) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "a text or name with a NUL character is not supported");
        }
        return new PlannedText(
                text.sql(),
                text.marks(),
                writer.values(),
                plan.getRowType().getFieldList().stream()
                        .map(RelDataTypeField::getType)
                        .map(ResultTypes::form)
                        .toList(),
                text.keys());
    }

    /** With a bound for the texts that functions make; restrictions and masks have none, as they are not the caller's. */
    private static RelNode prepare(RelNode root, OptionalInt most) {
        RexBuilder rexBuilder = root.getCluster().getRexBuilder();
        RexShuttle unbounded = new BackendExpressions(rexBuilder);
        RexShuttle expressions = most.isPresent() ? new BackendExpressions(rexBuilder, most.getAsInt()) : unbounded;
        UnaryOperator<RelNode> inside = subQuery -> prepare(subQuery, most);
        return root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof Fence fence && fence.isOfTable() && most.isPresent()) {
                    return prepare(VisibleKeys.in(fence), OptionalInt.empty());
                }
                if (KNOWN.stream().noneMatch(known -> known.isInstance(other))) {
                    throw new IcesparException(
                            ErrorCode.FEATURE_NOT_SUPPORTED, "`" + what(other) + "` is not supported");
                }
                RelNode visited = super.visit(plain(other));
                if (visited instanceof Fence fence && !fence.isClosed()) {
                    return fence.getInput();
                }
                // Whatever stands above speaks of columns, not of what is shown in them: a mask that is the number 1
                // would be a position where it is grouped by.
                if (visited instanceof Mask mask) {
                    return new Named(SubQueries.rewriteOwn(
                                    withoutFailures(mask), subQuery -> prepare(subQuery, OptionalInt.empty()))
                            .accept(unbounded));
                }
                if (visited instanceof Recursion recursion) {
                    return typed(recursion);
                }
                RelNode own = ColumnNames.unique(SubQueries.rewriteOwn(visited, inside));
                RelNode named = withNamedInputs(own);
                if (named instanceof Values values) {
                    return typed(values);
                }
                RelNode said = named.accept(expressions);
                return said instanceof Aggregate aggregate && most.isPresent()
                        ? BoundedRow.aggregated(aggregate, most.getAsInt())
                        : said;
            }
        });
    }

    private static RelNode plain(RelNode rel) {
        if (rel instanceof Aggregate aggregate) {
            return Separators.written(aggregate);
        }
        if (rel instanceof Filter filter && asksFarAround(filter)) {
            return lookedUpFirst(filter);
        }
        if (rel instanceof Filter filter && isWrittenWithType(filter.getCondition())) {
            RexNode holds =
                    filter.getCluster().getRexBuilder().makeCall(SqlStdOperatorTable.IS_TRUE, filter.getCondition());
            return filter.copy(filter.getTraitSet(), filter.getInput(), holds);
        }
        return rel instanceof Fence fence && !fence.isOfTable() ? JoinedKeys.in(fence) : rel;
    }

    // No filter may be a mere cast, as these become.
    private static boolean isWrittenWithType(RexNode condition) {
        return condition instanceof RexDynamicParam || RexLiteral.isNullLiteral(condition);
    }

    private static boolean asksFarAround(RelNode rel) {
        return FailingParts.subQueries(rel).stream()
                .anyMatch(subQuery -> !rel.getVariablesSet().containsAll(RelOptUtil.getVariablesUsed(subQuery.rel)));
    }

    /** A filter as two: what asks for rows further out comes after all else. */
    private static RelNode lookedUpFirst(Filter filter) {
        RelNode rows = filter.getInput();
        Map<Boolean, List<RexNode>> conditions = RelOptUtil.conjunctions(filter.getCondition()).stream()
                .collect(Collectors.partitioningBy(
                        condition -> asksFarAround(filter.copy(filter.getTraitSet(), rows, condition))));
        List<RexNode> first = conditions.getOrDefault(false, List.of());
        if (first.stream().allMatch(condition -> RexUtil.SubQueryFinder.find(condition) == null)) {
            return filter;
        }
        RexBuilder rexBuilder = filter.getCluster().getRexBuilder();
        RelNode lookedUp = filter.copy(filter.getTraitSet(), rows, RexUtil.composeConjunction(rexBuilder, first));
        return filter.copy(
                filter.getTraitSet(),
                lookedUp,
                RexUtil.composeConjunction(rexBuilder, conditions.getOrDefault(true, List.of())));
    }

    // Where a mask fails it shows nothing: an error would tell of the values beneath, and that of one row hide all
    // others.
    private static Mask withoutFailures(Mask mask) {
        RexBuilder rexBuilder = mask.getCluster().getRexBuilder();
        return mask.copy(
                mask.getTraitSet(),
                mask.getInput(),
                mask.getProjects().stream()
                        .map(shown -> BackendExpressions.orNull(shown, rexBuilder))
                        .toList(),
                mask.getRowType());
    }

    private static String what(RelNode rel) {
        return switch (rel.getRelTypeName()) {
            case "LogicalMatch" -> "MATCH_RECOGNIZE";
            case "LogicalTableFunctionScan" -> "TABLE (function)";
            case "Sample" -> "TABLESAMPLE";
            default -> rel.getRelTypeName();
        };
    }

    // A row of which DuckDB sees only a NULL has no type. No rows at all are a row that is left out: Calcite calls
    // those
    // by a name of its own, which is not the one that it then refers to.
    private static RelNode typed(Values values) {
        if (values.getTuples().isEmpty()) {
            RexBuilder rexBuilder = values.getCluster().getRexBuilder();
            List<RexLiteral> row = values.getRowType().getFieldList().stream()
                    .map(field -> rexBuilder.makeNullLiteral(
                            rexBuilder.getTypeFactory().createTypeWithNullability(field.getType(), true)))
                    .toList();
            RelNode one = LogicalValues.create(
                    values.getCluster(),
                    nullable(values.getRowType(), rexBuilder.getTypeFactory()),
                    ImmutableList.of(ImmutableList.copyOf(row)));
            return new Named(LogicalFilter.create(cast(one, values.getRowType()), rexBuilder.makeLiteral(false)));
        }
        boolean typed =
                values.getTuples().stream().noneMatch(row -> row.stream().anyMatch(RexLiteral::isNull));
        if (typed) {
            return values;
        }
        return cast(values, values.getRowType());
    }

    // DuckDB gives the seed's types to all rows. A text may grow with each step.
    private static RelNode typed(Recursion recursion) {
        RelDataTypeFactory types = recursion.getCluster().getTypeFactory();
        RelDataTypeFactory.Builder builder = types.builder();
        for (RelDataTypeField field : recursion.getRowType().getFieldList()) {
            RelDataType type = SqlTypeUtil.inCharFamily(field.getType())
                    ? types.createTypeWithNullability(
                            types.createSqlType(SqlTypeName.VARCHAR),
                            field.getType().isNullable())
                    : field.getType();
            builder.add(field.getName(), type);
        }
        RelDataType rowType = builder.build();
        return recursion.copy(
                recursion.getTraitSet(),
                List.of(cast(recursion.getLeft(), rowType), cast(recursion.getRight(), rowType)));
    }

    private static RelNode cast(RelNode rows, RelDataType rowType) {
        RexBuilder rexBuilder = rows.getCluster().getRexBuilder();
        return LogicalProject.create(
                rows,
                List.of(),
                rowType.getFieldList().stream()
                        .map(field -> rexBuilder.makeAbstractCast(
                                field.getType(), rexBuilder.makeInputRef(rows, field.getIndex()), false))
                        .toList(),
                rowType.getFieldNames(),
                Set.of());
    }

    private static RelDataType nullable(RelDataType rowType, RelDataTypeFactory types) {
        RelDataTypeFactory.Builder builder = types.builder();
        rowType.getFieldList()
                .forEach(field -> builder.add(field.getName(), field.getType()).nullable(true));
        return builder.build();
    }

    private static RelNode withNamedInputs(RelNode rel) {
        if (rel instanceof Correlate correlate) {
            return rel.copy(rel.getTraitSet(), List.of(named(correlate.getLeft()), new Named(correlate.getRight())));
        }
        if (rel instanceof Aggregate aggregate && aggregate.getInput() instanceof Project project) {
            // A question mark in a group's expression would be two, of which DuckDB does not know that they are equal.
            // A number to group by would be that of a column. What is computed over a window would be computed over
            // groups.
            boolean marked = project.containsOver()
                    || project.getInput() instanceof Project
                    || project.getProjects().stream().anyMatch(BackendText::hasParameter)
                    || aggregate.getGroupSet().toList().stream()
                            .anyMatch(key -> isConstant(project.getProjects().get(key)));
            // Calcite writes what a function orders by as the number of a column, as at the end of a query.
            boolean ordered = aggregate.getAggCallList().stream()
                    .anyMatch(call -> !call.getCollation().getFieldCollations().isEmpty());
            // Over rows that are a query of their own, a list becomes one more, and a constant one of its columns.
            return marked || ordered || Separators.areIn(aggregate)
                    ? rel.copy(rel.getTraitSet(), List.of(namedButArguments(project, aggregate)))
                    : rel;
        }
        // In HAVING a backend takes what a function's own words call an argument for a column to group by.
        if (rel instanceof Filter && rel.getInput(0) instanceof Aggregate aggregate) {
            return rel.copy(rel.getTraitSet(), List.of(new Named(aggregate)));
        }
        // Whoever sorts by the name of a constant column shall not sort by a constant, which DuckDB refuses.
        if (rel instanceof Sort sort) {
            boolean constant = sort.getCollation().getFieldCollations().stream()
                    .anyMatch(field -> isConstant(sort.getInput(), field.getFieldIndex()));
            return constant ? rel.copy(rel.getTraitSet(), List.of(new Named(sort.getInput()))) : rel;
        }
        // Calcite writes one list over another as one, in which an expression stands as often as it is referred to.
        // Where one over a window is left out, it takes the rows for a group (1.42).
        if (rel instanceof Project project
                && project.getInput() instanceof Project inner
                && (inner.containsOver()
                        || repeatsOrDropsSubQuery(project, inner)
                        || RelOptUtil.pushPastProjectUnlessBloat(project.getProjects(), inner, MAX_BLOAT) == null)) {
            return rel.copy(rel.getTraitSet(), List.of(new Named(inner)));
        }
        // DuckDB (2.0) fails on a sub-query that asks for a row further out than that around it, if the same SELECT
        // looks the rows around it up in another sub-query.
        if (rel.getInputs().size() == 1 && areLookedUp(rel.getInput(0)) && asksFarAround(rel)) {
            return rel.copy(rel.getTraitSet(), List.of(new Named(rel.getInput(0))));
        }
        // Calcite knows the name by which a sub-query refers to a row only if the row is that of a table.
        boolean referred = !rel.getVariablesSet().isEmpty() && (rel instanceof Project || rel instanceof Filter);
        return referred ? rel.copy(rel.getTraitSet(), List.of(named(rel.getInput(0)))) : rel;
    }

    // DuckDB would look it up as often. Where one with an aggregate is left out, Calcite takes the rows for a group.
    private static boolean repeatsOrDropsSubQuery(Project project, Project inner) {
        int[] times = new int[inner.getProjects().size()];
        new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitInputRef(RexInputRef column) {
                times[column.getIndex()]++;
                return null;
            }
        }.visitEach(project.getProjects());
        return IntStream.range(0, times.length)
                .anyMatch(i -> times[i] != 1
                        && RexUtil.SubQueryFinder.find(inner.getProjects().get(i)) != null);
    }

    private static boolean areLookedUp(RelNode rows) {
        if (rows instanceof Project || rows instanceof Aggregate) {
            return areLookedUp(rows.getInput(0));
        }
        return rows instanceof Filter filter && RexUtil.SubQueryFinder.find(filter.getCondition()) != null;
    }

    private static boolean isConstant(RelNode rel, int column) {
        if (rel instanceof Aggregate aggregate) {
            return column < aggregate.getGroupCount()
                    && isConstant(aggregate.getInput(), aggregate.getGroupSet().nth(column));
        }
        return rel instanceof Project project
                && isConstant(project.getProjects().get(column));
    }

    // Not literals only: DuckDB takes the negative of a number for one.
    private static boolean isConstant(RexNode node) {
        return RelOptUtil.InputFinder.bits(node).isEmpty();
    }

    private static RelNode named(RelNode rel) {
        return rel instanceof SecuredScan || rel instanceof Fence || rel instanceof Named ? rel : new Named(rel);
    }

    // Some arguments of functions, such as what stands between texts, must be literals. A number must not that is also
    // grouped by.
    private static RelNode namedButArguments(Project project, Aggregate aggregate) {
        Set<Integer> arguments = aggregate.getAggCallList().stream()
                .flatMap(call -> call.getArgList().stream())
                .collect(Collectors.toSet());
        RelNode named = new Named(project);
        RexBuilder rexBuilder = project.getCluster().getRexBuilder();
        return LogicalProject.create(
                named,
                List.of(),
                IntStream.range(0, project.getProjects().size())
                        .mapToObj(i -> arguments.contains(i)
                                        && project.getProjects().get(i) instanceof RexLiteral literal
                                        && (!aggregate.getGroupSet().get(i)
                                                || SqlTypeUtil.inCharFamily(literal.getType()))
                                ? literal
                                : rexBuilder.makeInputRef(named, i))
                        .toList(),
                project.getRowType().getFieldNames(),
                Set.of());
    }

    private static boolean hasParameter(RexNode node) {
        return !RexUtil.isDeterministic(node) || new ParameterFinder().find(node);
    }

    /** Finds what becomes a question mark. */
    private static final class ParameterFinder extends RexShuttle {
        private boolean found;

        boolean find(RexNode node) {
            node.accept(this);
            return found;
        }

        @Override
        public RexNode visitDynamicParam(RexDynamicParam parameter) {
            found = true;
            return parameter;
        }

        // Such as the current time.
        @Override
        public RexNode visitCall(RexCall call) {
            found |= call.getOperator().isDynamicFunction();
            return super.visitCall(call);
        }

        // The rows of an array in it become question marks.
        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            found = true;
            return subQuery;
        }
    }
}
