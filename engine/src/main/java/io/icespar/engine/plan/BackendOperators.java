package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.sql.EngineOperators;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Checks that {@link BackendText} has words for all that a plan holds, with which a backend means the same as the query
 * does. All else is refused by name, before any text goes to a backend.
 */
final class BackendOperators {
    /** Types with a time zone that can be written, but that no backend is asked for. */
    private static final Set<SqlTypeName> ZONED_TYPES = Set.of(
            SqlTypeName.TIME_TZ,
            SqlTypeName.TIME_WITH_LOCAL_TIME_ZONE,
            SqlTypeName.TIMESTAMP_TZ,
            SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE);

    private static final Set<SqlTypeName> SIMPLE_TYPES = Set.of(
            SqlTypeName.BOOLEAN,
            SqlTypeName.TINYINT,
            SqlTypeName.SMALLINT,
            SqlTypeName.INTEGER,
            SqlTypeName.BIGINT,
            SqlTypeName.DECIMAL,
            SqlTypeName.REAL,
            SqlTypeName.FLOAT,
            SqlTypeName.DOUBLE,
            SqlTypeName.CHAR,
            SqlTypeName.VARCHAR,
            SqlTypeName.DATE,
            SqlTypeName.TIME,
            SqlTypeName.TIMESTAMP,
            SqlTypeName.NULL);

    private static final Set<TimeUnitRange> PARTS = Set.of(
            TimeUnitRange.MILLENNIUM,
            TimeUnitRange.CENTURY,
            TimeUnitRange.DECADE,
            TimeUnitRange.YEAR,
            TimeUnitRange.ISOYEAR,
            TimeUnitRange.QUARTER,
            TimeUnitRange.MONTH,
            TimeUnitRange.WEEK,
            TimeUnitRange.DAY,
            TimeUnitRange.DOW,
            TimeUnitRange.ISODOW,
            TimeUnitRange.DOY,
            TimeUnitRange.HOUR,
            TimeUnitRange.MINUTE,
            TimeUnitRange.SECOND,
            TimeUnitRange.MILLISECOND,
            TimeUnitRange.MICROSECOND,
            TimeUnitRange.EPOCH);

    private BackendOperators() {}

    /**
     * Checks a tree and all its sub-queries.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} naming the first operator that is not known
     */
    static void check(RelNode root) {
        RexShuttle expressions = new Checker();
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof Aggregate aggregate) {
                    RelNode input = aggregate.getInput();
                    aggregate.getAggCallList().forEach(call -> checkAggregate(call, input));
                    if (input instanceof Project project) {
                        aggregate.getAggCallList().forEach(call -> checkArguments(call, project));
                    }
                }
                if (other instanceof Fence fence && fence.isOfTable()) {
                    checkInside(fence);
                    return other;
                }
                if (other instanceof Uncollect uncollect) {
                    checkArrays(uncollect);
                }
                other.accept(expressions);
                return super.visit(other);
            }
        });
    }

    private static void checkArrays(Uncollect uncollect) {
        for (RelDataTypeField field : uncollect.getInput().getRowType().getFieldList()) {
            RelDataType element = field.getType().getComponentType();
            require(
                    field.getType().getSqlTypeName() == SqlTypeName.ARRAY && element != null && !element.isStruct(),
                    "UNNEST of anything but an array of values");
        }
    }

    // What a restriction says is not for the caller to know.
    private static void checkInside(Fence fence) {
        try {
            check(fence.getInput());
        } catch (IcesparException e) {
            throw new IcesparException(ErrorCode.INTERNAL, "a restriction cannot be written for the backend", e);
        }
    }

    private static void checkAggregate(AggregateCall call, RelNode input) {
        SqlAggFunction function = call.getAggregation();
        boolean ordered = EngineOperators.isOrderedAggregate(function);
        require(
                (EngineOperators.isAggregate(function) || ordered)
                        && !call.ignoreNulls()
                        && call.distinctKeys == null
                        && (ordered || call.getCollation().getFieldCollations().isEmpty()),
                function.getName());
        if (function.getKind() == SqlKind.PERCENTILE_CONT) {
            int field = call.getCollation().getFieldCollations().get(0).getFieldIndex();
            require(
                    SqlTypeUtil.isNumeric(
                            input.getRowType().getFieldList().get(field).getType()),
                    "PERCENTILE_CONT of anything but numbers");
        }
        require(
                Separators.areKnown(call, input),
                function.getName() + " with a separator that is not written in the query");
    }

    // To the standard and a backend it is an aggregate of the query around it, to Calcite one of the sub-query.
    private static void checkArguments(AggregateCall call, Project project) {
        for (int argument : call.getArgList()) {
            RexNode node = project.getProjects().get(argument);
            require(
                    !readsAround(node, project.getVariablesSet())
                            || !RelOptUtil.InputFinder.bits(node).isEmpty(),
                    call.getAggregation().getName() + " of the columns of a query around");
        }
    }

    /** Whether it reads rows that are neither of its own input nor, in a sub-query, given from there as one of {@code own}. */
    private static boolean readsAround(RexNode node, Set<CorrelationId> own) {
        var search = new RelOptUtil.VariableUsedVisitor(null);
        node.accept(search);
        Set<CorrelationId> used = new HashSet<>(search.variables);
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                used.addAll(RelOptUtil.getVariablesUsed(subQuery.rel));
                return super.visitSubQuery(subQuery);
            }
        });
        return !own.containsAll(used);
    }

    // Calcite gives operators that nobody can write names with a dollar sign.
    private static void require(boolean known, String what) {
        if (!known) {
            String written = what.equals("$SLICE") ? "MULTISET" : what.startsWith("$") ? what.substring(1) : what;
            throw new IcesparException(ErrorCode.FEATURE_NOT_SUPPORTED, "`" + written + "` is not supported");
        }
    }

    private static final class Checker extends RexShuttle {

        @Override
        public RexNode visitCall(RexCall call) {
            if (call.getOperator().equals(SqlStdOperatorTable.CURRENT_ROLE)) {
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "`CURRENT_ROLE` is not supported, as there may be several: query `INFORMATION_SCHEMA.ENABLED_ROLES`");
            }
            require(
                    EngineOperators.isScalar(call.getOperator()),
                    call.getOperator().getName());
            BackendFunctions.unsupported(call).ifPresent(what -> require(false, what));
            checkOperands(call);
            return super.visitCall(call);
        }

        @Override
        public RexNode visitOver(RexOver over) {
            SqlAggFunction function = over.getAggOperator();
            require(
                    EngineOperators.isAggregate(function) || EngineOperators.isWindow(function),
                    function.getName() + " OVER");
            boolean fixed = over.getWindow().partitionKeys.stream().allMatch(RexUtil::isDeterministic)
                    && over.getWindow().orderKeys.stream().allMatch(key -> RexUtil.isDeterministic(key.left));
            require(fixed, function.getName() + " OVER what changes from row to row");
            // Not visitCall: the function is none of the scalar ones.
            visitEach(over.getOperands());
            visitEach(over.getWindow().partitionKeys);
            over.getWindow().orderKeys.forEach(key -> key.left.accept(this));
            RexNode lower = over.getWindow().getLowerBound().getOffset();
            RexNode upper = over.getWindow().getUpperBound().getOffset();
            if (lower != null) {
                lower.accept(this);
            }
            if (upper != null) {
                upper.accept(this);
            }
            return over;
        }

        private void visitEach(List<RexNode> nodes) {
            nodes.forEach(node -> node.accept(this));
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            switch (subQuery.getKind()) {
                case IN, NOT_IN, EXISTS, SOME, ALL, SCALAR_QUERY -> {
                    boolean ordered = subQuery.getKind() == SqlKind.SOME || subQuery.getKind() == SqlKind.ALL;
                    require(
                            !ordered || subQuery.getOperands().size() == 1,
                            subQuery.getOperator().getName() + " of rows");
                    check(subQuery.rel);
                    visitEach(subQuery.getOperands());
                }
                default -> require(false, subQuery.getOperator().getName() + " (SELECT ...)");
            }
            return subQuery;
        }

        @Override
        public RexNode visitDynamicParam(RexDynamicParam parameter) {
            require(isSimple(parameter.getType()), "a parameter of type " + typeName(parameter.getType()));
            return parameter;
        }

        @Override
        public RexNode visitLiteral(RexLiteral literal) {
            require(
                    literal.isNull() || !ZONED_TYPES.contains(literal.getTypeName()),
                    "a literal of type " + ResultTypes.typeName(literal.getTypeName()));
            return literal;
        }

        private static void checkOperands(RexCall call) {
            List<RexNode> operands = call.getOperands();
            switch (call.getKind()) {
                case CAST -> checkCast(operands.get(0).getType(), call.getType());
                case EXTRACT -> checkExtract(call);
                case FLOOR, CEIL ->
                    require(
                            operands.size() == 1
                                    || (isPart(operands.get(1))
                                            && operands.get(0).getType().getSqlTypeName() != SqlTypeName.TIME),
                            call.getKind() + " TO that unit");
                case EQUALS,
                        NOT_EQUALS,
                        LESS_THAN,
                        LESS_THAN_OR_EQUAL,
                        GREATER_THAN,
                        GREATER_THAN_OR_EQUAL,
                        IS_DISTINCT_FROM,
                        IS_NOT_DISTINCT_FROM ->
                    require(
                            operands.stream()
                                    .noneMatch(operand -> operand.getType().getSqlTypeName() == SqlTypeName.ARRAY),
                            "a comparison of arrays");
                case REINTERPRET ->
                    require(BackendExpressions.isDifference(operands.get(0)), "an interval taken for a number");
                case LIKE ->
                    require(
                            operands.size() == 2
                                    || (operands.get(2) instanceof RexLiteral literal
                                            && String.valueOf(literal.getValueAs(String.class))
                                                            .length()
                                                    == 1),
                            "LIKE with an escape of other than one character");
                case DIVIDE ->
                    require(operands.stream().noneMatch(BackendOperators::isInterval), "division of an interval");
                default -> {
                    if (call.getOperator().equals(SqlStdOperatorTable.ROUND)
                            || call.getOperator().equals(SqlStdOperatorTable.TRUNCATE)) {
                        require(
                                operands.size() == 1
                                        || operands.get(1) instanceof RexLiteral
                                        || SqlTypeUtil.isApproximateNumeric(
                                                operands.get(0).getType()),
                                call.getOperator().getName() + " of a decimal to other than a fixed number of digits");
                    }
                }
            }
        }

        private static void checkExtract(RexCall call) {
            RexNode from = call.getOperands().get(1);
            require(isPart(call.getOperands().get(0)), "EXTRACT of that unit");
            require(
                    SqlTypeUtil.isDatetime(from.getType())
                            || (BackendExpressions.isDifference(from)
                                    && BackendExpressions.unit(
                                                    call.getOperands().get(0))
                                            == TimeUnitRange.DAY
                                    && !SqlTypeName.YEAR_INTERVAL_TYPES.contains(
                                            from.getType().getSqlTypeName())),
                    "EXTRACT from an interval");
        }

        private static boolean isPart(RexNode unit) {
            return PARTS.contains(BackendExpressions.unit(unit));
        }

        private static void checkCast(RelDataType from, RelDataType to) {
            String cast = "CAST from " + typeName(from) + " to " + typeName(to);
            if (SqlTypeUtil.isBinary(to)) {
                boolean all = to.getSqlTypeName() == SqlTypeName.VARBINARY
                        && to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED;
                require(all && SqlTypeUtil.inCharFamily(from), cast);
                return;
            }
            if (SqlTypeUtil.isInterval(to)) {
                boolean same = isOf(SqlTypeName.YEAR_INTERVAL_TYPES, from, to)
                        || isOf(SqlTypeName.DAY_INTERVAL_TYPES, from, to);
                require(same, cast);
                return;
            }
            require(isSimple(from) && isSimple(to), cast);
            int precision = to.getPrecision();
            if (BackendExpressions.losesDigits(from, to)) {
                boolean cut = to.getSqlTypeName() == SqlTypeName.TIMESTAMP && (precision == 0 || precision == 3);
                require(cut, "CAST to " + typeName(to) + "(" + precision + ")");
            }
        }

        private static boolean isOf(Set<SqlTypeName> types, RelDataType from, RelDataType to) {
            return types.contains(from.getSqlTypeName()) && types.contains(to.getSqlTypeName());
        }

        private static String typeName(RelDataType type) {
            return type.getSqlTypeName().getName();
        }
    }

    /** Whether the type's values are of one piece: no arrays, rows or intervals. */
    static boolean isSimple(RelDataType type) {
        return SIMPLE_TYPES.contains(type.getSqlTypeName());
    }

    private static boolean isInterval(RexNode node) {
        return SqlTypeUtil.isInterval(node.getType());
    }
}
