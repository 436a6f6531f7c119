package io.icespar.engine.plan;

import io.icespar.engine.sql.EngineFunctions;
import io.icespar.engine.tree.FlatConditions;
import io.icespar.engine.tree.PlanParameters;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Says an expression that passed {@link BackendOperators} in such a way that DuckDB 2.0 means the same by it: the
 * standard's meaning where it has one, else PostgreSQL's.
 */
final class BackendExpressions extends RexShuttle {
    private static final BigDecimal MILLIS_PER_DAY = BigDecimal.valueOf(86_400_000);
    private static final int MONTHS_PER_YEAR = 12;

    /** How many digits a decimal has at most. */
    private static final int MAX_DIGITS = 38;

    /** How large an expression may become: some say their operands several times. A list of values is as large as it is long. */
    private static final int MAX_NODES = 500_000;

    // Division of whole numbers gives a whole number; in DuckDB that is another operator.
    static final SqlOperator WHOLE_DIVISION = new SqlBinaryOperator(
            "//",
            SqlKind.OTHER,
            60,
            true,
            ReturnTypes.QUOTIENT_NULLABLE,
            InferTypes.FIRST_KNOWN,
            OperandTypes.DIVISION_OPERATOR);

    // As one list, however many there are; as alternatives, DuckDB would go from one to the next by recursion.
    private static final SqlOperator IN_LIST =
            new SqlSpecialOperator(
                    "IN", SqlKind.OTHER, 32, true, ReturnTypes.BOOLEAN_NULLABLE, null, OperandTypes.VARIADIC) {
                @Override
                public void unparse(SqlWriter writer, SqlCall call, int leftPrecedence, int rightPrecedence) {
                    call.operand(0).unparse(writer, getLeftPrec(), getRightPrec());
                    writer.sep("IN");
                    SqlWriter.Frame list = writer.startList("(", ")");
                    for (SqlNode value : call.getOperandList().subList(1, call.operandCount())) {
                        writer.sep(",");
                        value.unparse(writer, 0, 0);
                    }
                    writer.endList(list);
                }
            };

    private static final SqlOperator DATE_TRUNC = BackendWords.function("DATE_TRUNC");
    private static final SqlOperator EPOCH_MS = BackendWords.function("EPOCH_MS");
    private static final SqlOperator TO_MILLISECONDS = BackendWords.function("TO_MILLISECONDS");
    private static final SqlOperator TO_MONTHS = BackendWords.function("TO_MONTHS");
    private static final SqlOperator RANDOM = BackendWords.function("RANDOM");
    private static final SqlOperator TRUNC = BackendWords.function("TRUNC");
    private static final SqlOperator ENCODE = BackendWords.function("ENCODE");
    private static final SqlOperator RTRIM = BackendWords.function("RTRIM");
    private static final SqlOperator TRY = BackendWords.function("TRY");

    private final RexBuilder rexBuilder;
    private final BackendFunctions functions;
    private final Optional<BoundedTexts> texts;

    /** Says what a restriction or mask computes, which has no bound but the backend's. */
    BackendExpressions(RexBuilder rexBuilder) {
        this(rexBuilder, Optional.empty());
    }

    /** Says what a query computes, of which no function makes a text of more octets than {@code most}. */
    BackendExpressions(RexBuilder rexBuilder, int most) {
        this(rexBuilder, Optional.of(new BoundedTexts(rexBuilder, most)));
    }

    private BackendExpressions(RexBuilder rexBuilder, Optional<BoundedTexts> texts) {
        this.rexBuilder = rexBuilder;
        this.functions = new BackendFunctions(rexBuilder, texts);
        this.texts = texts;
    }

    /** The unit that the operand of a function names; null if it is none. */
    static @Nullable TimeUnitRange unit(RexNode node) {
        if (!(node instanceof RexLiteral literal)) {
            return null;
        }
        if (literal.getTypeName() == SqlTypeName.SYMBOL) {
            return literal.getValueAs(Enum.class) instanceof TimeUnitRange unit ? unit : null;
        }
        String name = SqlTypeUtil.inCharFamily(literal.getType()) ? literal.getValueAs(String.class) : null;
        for (TimeUnitRange unit : TimeUnitRange.values()) {
            if (unit.name().equalsIgnoreCase(name)) {
                return unit;
            }
        }
        return null;
    }

    /** Whether the expression is the interval between two dates or times. */
    static boolean isDifference(RexNode node) {
        return node instanceof RexCall call
                && call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)
                && SqlTypeUtil.isInterval(call.getType());
    }

    /** Whether a conversion cuts off digits of a fraction of a second. */
    static boolean losesDigits(RelDataType from, RelDataType to) {
        boolean timed = to.getSqlTypeName() == SqlTypeName.TIMESTAMP || to.getSqlTypeName() == SqlTypeName.TIME;
        int digits = switch (from.getSqlTypeName()) {
            case DATE, NULL -> 0;
            case TIME, TIMESTAMP -> from.getPrecision();
            default -> 6;
        };
        return timed && to.getPrecision() < digits;
    }

    /** The expression, but NULL where it fails; DuckDB says so of what holds no sub-query. */
    static RexNode orNull(RexNode node, RexBuilder rexBuilder) {
        if (!(node instanceof RexCall call) || CannotFail.expression(node)) {
            return node;
        }
        return RexUtil.SubQueryFinder.find(node) == null
                ? rexBuilder.makeCall(call.getType(), TRY, List.of(call))
                : call.clone(
                        call.getType(),
                        call.getOperands().stream()
                                .map(operand -> orNull(operand, rexBuilder))
                                .toList());
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexNode said = said(call);
        if (said.nodeCount() > MAX_NODES) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply");
        }
        return said;
    }

    private RexNode said(RexCall call) {
        if (call.getKind() == SqlKind.REINTERPRET) {
            return cast(call.getType(), amount((RexCall) call.getOperands().get(0)));
        }
        if (call.getKind() == SqlKind.EXTRACT) {
            return extract(call);
        }
        if (isDifference(call)) {
            RexNode amount = amount(call);
            return isMonths(call.getType())
                    ? call(call.getType(), TO_MONTHS, cast(type(SqlTypeName.INTEGER), amount))
                    : call(call.getType(), TO_MILLISECONDS, amount);
        }
        if (call.getKind() == SqlKind.OR) {
            return alternatives(FlatConditions.of(call));
        }
        if (call.getKind() == SqlKind.AND) {
            return FlatConditions.joined(
                    rexBuilder, call.getOperator(), ((RexCall) super.visitCall(call)).getOperands());
        }
        if (texts.isPresent() && BoundedTexts.isConcatenation(call)) {
            return texts.get()
                    .concatenated(
                            call.getType(),
                            BoundedTexts.parts(call).stream()
                                    .map(part -> part.accept(this))
                                    .toList());
        }
        RexNode said = rewritten((RexCall) super.visitCall(call));
        return texts.map(bounds -> bounds.within(said)).orElse(said);
    }

    /** The alternatives, of which those that compare one thing with literals are a list. */
    private RexNode alternatives(List<RexNode> nodes) {
        Map<RexNode, List<RexNode>> values = new LinkedHashMap<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode node : nodes) {
            RexNode said = node.accept(this);
            if (said instanceof RexCall equality
                    && equality.getKind() == SqlKind.EQUALS
                    && equality.getOperands().get(1) instanceof RexLiteral literal
                    && RexUtil.isDeterministic(equality)) {
                values.computeIfAbsent(equality.getOperands().get(0), key -> new ArrayList<>())
                        .add(literal);
            } else {
                others.add(said);
            }
        }
        List<RexNode> all = new ArrayList<>();
        values.forEach((compared, literals) -> all.add(
                literals.size() == 1
                        ? rexBuilder.makeCall(SqlStdOperatorTable.EQUALS, compared, literals.get(0))
                        : listed(compared, literals)));
        all.addAll(others);
        return FlatConditions.joined(rexBuilder, SqlStdOperatorTable.OR, all);
    }

    private RexNode listed(RexNode compared, List<RexNode> literals) {
        List<RexNode> operands = new ArrayList<>(List.of(compared));
        operands.addAll(literals);
        RelDataType truth = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        type(SqlTypeName.BOOLEAN), compared.getType().isNullable());
        return rexBuilder.makeCall(truth, IN_LIST, operands);
    }

    private RexNode rewritten(RexCall call) {
        List<RexNode> operands = call.getOperands();
        if (call.getOperator().equals(SqlStdOperatorTable.ROUND)
                || call.getOperator().equals(SqlStdOperatorTable.TRUNCATE)) {
            return rounded(call);
        }
        if (call.getOperator().equals(EngineFunctions.MOD) || call.getKind() == SqlKind.MOD) {
            return remainder(call);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.SUBSTRING)) {
            return substring(call);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.RAND)
                || call.getOperator().equals(SqlLibraryOperators.RANDOM)) {
            return call(call.getType(), RANDOM);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.SIGN)
                || (call.getOperator().equals(SqlStdOperatorTable.POWER)
                        && call.getType().getSqlTypeName() == SqlTypeName.DECIMAL)) {
            return cast(call.getType(), call);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.CURRENT_TIMESTAMP)
                || call.getOperator().equals(SqlStdOperatorTable.LOCALTIMESTAMP)) {
            return cast(call.getType(), moment());
        }
        if (call.getOperator().equals(SqlStdOperatorTable.CURRENT_DATE)
                || call.getOperator().equals(SqlStdOperatorTable.CURRENT_TIME)
                || call.getOperator().equals(SqlStdOperatorTable.LOCALTIME)) {
            return cast(call.getType(), moment());
        }
        return switch (call.getKind()) {
            case DIVIDE ->
                operands.stream().allMatch(operand -> SqlTypeUtil.isIntType(operand.getType()))
                        ? call(call.getType(), WHOLE_DIVISION, operands.get(0), operands.get(1))
                        : call;
            // A day and an interval give a day, not a timestamp.
            case PLUS, MINUS -> SqlTypeUtil.isDate(call.getType()) ? cast(call.getType(), call) : widened(call);
            case TIMES -> widened(call);
            case FLOOR, CEIL -> operands.size() == 2 ? atUnit(call) : toWhole(call);
            case CAST -> converted(call);
            default -> functions.said(call);
        };
    }

    @Override
    public RexNode visitLiteral(RexLiteral literal) {
        RelDataType type = literal.getType();
        if (literal.isNull()) {
            // A bare NULL is a whole number to DuckDB.
            return type.getSqlTypeName() == SqlTypeName.NULL || SqlTypeUtil.isInterval(type)
                    ? literal
                    : cast(type, literal);
        }
        return SqlTypeUtil.isInterval(type)
                ? interval(Objects.requireNonNull(literal.getValueAs(BigDecimal.class)), type)
                : literal;
    }

    /** When the query is asked: what is computed before it must not find another time. */
    private RexNode moment() {
        RelDataType timestamp = type(SqlTypeName.TIMESTAMP);
        return cast(timestamp, rexBuilder.makeDynamicParam(timestamp, PlanParameters.MOMENT));
    }

    @Override
    public RexNode visitDynamicParam(RexDynamicParam parameter) {
        // A decimal is bound with the digits it has, which may be more than those of what it is compared with.
        boolean asBound = parameter.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                || parameter.getType().getSqlTypeName() == SqlTypeName.NULL;
        return asBound ? parameter : cast(parameter.getType(), parameter);
    }

    // DuckDB reads intervals of one unit only.
    private RexLiteral interval(BigDecimal amount, RelDataType type) {
        return isMonths(type)
                ? rexBuilder.makeIntervalLiteral(amount, qualifier(TimeUnit.MONTH))
                : rexBuilder.makeIntervalLiteral(amount, qualifier(TimeUnit.SECOND));
    }

    private static SqlIntervalQualifier qualifier(TimeUnit unit) {
        return new SqlIntervalQualifier(unit, null, SqlParserPos.ZERO);
    }

    private static boolean isMonths(RelDataType type) {
        return SqlTypeName.YEAR_INTERVAL_TYPES.contains(type.getSqlTypeName());
    }

    /** How many whole months, or milliseconds, lie between two dates or times. */
    private RexNode amount(RexCall difference) {
        RexNode later = difference.getOperands().get(0).accept(this);
        RexNode earlier = difference.getOperands().get(1).accept(this);
        RelDataType bigint = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        type(SqlTypeName.BIGINT), difference.getType().isNullable());
        return isMonths(difference.getType())
                ? functions.months(bigint, earlier, later)
                : call(
                        bigint,
                        SqlStdOperatorTable.MINUS,
                        call(bigint, EPOCH_MS, later),
                        call(bigint, EPOCH_MS, earlier));
    }

    private RexNode extract(RexCall call) {
        TimeUnitRange unit = Objects.requireNonNull(unit(call.getOperands().get(0)));
        RexNode from = call.getOperands().get(1);
        if (isDifference(from)) {
            return call(
                    call.getType(),
                    WHOLE_DIVISION,
                    amount((RexCall) from),
                    rexBuilder.makeExactLiteral(MILLIS_PER_DAY));
        }
        // Of a date that is NULL, it is a DOUBLE to DuckDB.
        RexNode part = call(call.getType(), SqlStdOperatorTable.EXTRACT, rexBuilder.makeFlag(unit), from.accept(this));
        return switch (unit) {
            case EPOCH -> cast(call.getType(), call(type(SqlTypeName.DOUBLE), SqlStdOperatorTable.FLOOR, part));
            // From Sunday, which is 1, as in ODBC; DuckDB counts from 0.
            case DOW -> call(call.getType(), SqlStdOperatorTable.PLUS, cast(call.getType(), part), one());
            default -> cast(call.getType(), part);
        };
    }

    private RexNode atUnit(RexCall call) {
        RexNode value = call.getOperands().get(0);
        TimeUnitRange unit = Objects.requireNonNull(unit(call.getOperands().get(1)));
        RexNode floor = functions.truncated(call.getType(), unit, value);
        if (call.getKind() == SqlKind.FLOOR) {
            return floor;
        }
        RexNode next =
                cast(call.getType(), call(call.getType(), SqlStdOperatorTable.DATETIME_PLUS, floor, length(unit)));
        return call(
                call.getType(),
                SqlStdOperatorTable.CASE,
                call(type(SqlTypeName.BOOLEAN), SqlStdOperatorTable.LESS_THAN, floor, value),
                next,
                floor);
    }

    private RexNode length(TimeUnitRange unit) {
        return switch (unit) {
            case MILLENNIUM -> months(1000 * MONTHS_PER_YEAR);
            case CENTURY -> months(100 * MONTHS_PER_YEAR);
            case DECADE -> months(10 * MONTHS_PER_YEAR);
            case YEAR -> months(MONTHS_PER_YEAR);
            case QUARTER -> months(3);
            case MONTH -> months(1);
            case WEEK -> millis(MILLIS_PER_DAY.multiply(BigDecimal.valueOf(7)));
            default -> millis(unit.startUnit.multiplier);
        };
    }

    private RexNode months(int number) {
        return rexBuilder.makeIntervalLiteral(BigDecimal.valueOf(number), qualifier(TimeUnit.MONTH));
    }

    private RexNode millis(BigDecimal number) {
        return rexBuilder.makeIntervalLiteral(number, qualifier(TimeUnit.SECOND));
    }

    // To DuckDB a literal is as narrow as the column beside it.
    private RexNode widened(RexCall call) {
        boolean narrow = SqlTypeUtil.isIntType(call.getType())
                && call.getOperands().stream().anyMatch(RexLiteral.class::isInstance)
                && call.getOperands().stream()
                        .noneMatch(operand -> operand.getType().getSqlTypeName()
                                        == call.getType().getSqlTypeName()
                                && !(operand instanceof RexLiteral));
        return narrow
                ? call.clone(
                        call.getType(),
                        call.getOperands().stream()
                                .map(operand -> operand instanceof RexLiteral
                                        ? operand
                                        : cast(nullable(call.getType(), operand), operand))
                                .toList())
                : call;
    }

    // Of decimals that have no common type, DuckDB takes the remainder as doubles.
    private RexNode remainder(RexCall call) {
        List<RexNode> operands = call.getOperands();
        int scale = operands.stream().mapToInt(BackendExpressions::scale).max().orElse(0);
        int whole = operands.stream()
                .mapToInt(operand -> operand.getType().getPrecision() - scale(operand))
                .max()
                .orElse(0);
        if (SqlTypeUtil.isApproximateNumeric(call.getType()) || whole + scale <= MAX_DIGITS) {
            return rexBuilder.makeCall(call.getType(), SqlStdOperatorTable.PERCENT_REMAINDER, operands);
        }
        RelDataType common = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, MAX_DIGITS, scale);
        return rexBuilder.makeCall(
                call.getType(),
                SqlStdOperatorTable.PERCENT_REMAINDER,
                operands.stream()
                        .map(operand -> cast(nullable(common, operand), operand))
                        .toList());
    }

    private static int scale(RexNode node) {
        return Math.max(node.getType().getScale(), 0);
    }

    // DuckDB would make a DOUBLE of a whole number.
    private RexNode toWhole(RexCall call) {
        RexNode operand = call.getOperands().get(0);
        return SqlTypeUtil.isIntType(operand.getType()) ? cast(call.getType(), operand) : call;
    }

    private RexNode rounded(RexCall call) {
        if (call.getOperands().size() == 1
                && SqlTypeUtil.isIntType(call.getOperands().get(0).getType())) {
            return toWhole(call);
        }
        return call.getOperator().equals(SqlStdOperatorTable.TRUNCATE)
                ? rexBuilder.makeCall(call.getType(), TRUNC, call.getOperands())
                : call;
    }

    // The standard counts a start before the text as characters that are not there; DuckDB counts it from the end.
    private RexNode substring(RexCall call) {
        RexNode text = call.getOperands().get(0);
        RexNode start = call.getOperands().get(1);
        Optional<RexNode> length =
                call.getOperands().size() == 3 ? Optional.of(call.getOperands().get(2)) : Optional.empty();
        if (isAtLeast(start, 1) && length.map(number -> isAtLeast(number, 0)).orElse(true)) {
            return call;
        }
        RelDataType bigint = type(SqlTypeName.BIGINT);
        RexNode wideStart = cast(nullable(bigint, start), start);
        RexNode from = max(wideStart, 1);
        if (length.isEmpty()) {
            return call(call.getType(), SqlStdOperatorTable.SUBSTRING, text, from);
        }
        RexNode wideLength = cast(nullable(bigint, length.get()), length.get());
        RexNode missing = call(nullable(bigint, start), SqlStdOperatorTable.MINUS, from, wideStart);
        RexNode left = call(nullable(bigint, length.get()), SqlStdOperatorTable.MINUS, wideLength, missing);
        return call(call.getType(), SqlStdOperatorTable.SUBSTRING, text, from, max(left, 0));
    }

    private static boolean isAtLeast(RexNode node, int min) {
        return node instanceof RexLiteral literal
                && !literal.isNull()
                && Objects.requireNonNull(literal.getValueAs(BigDecimal.class)).compareTo(BigDecimal.valueOf(min)) >= 0;
    }

    /** The greater of the two, or NULL. */
    private RexNode max(RexNode node, int min) {
        RexNode literal = rexBuilder.makeExactLiteral(BigDecimal.valueOf(min));
        return call(
                node.getType(),
                SqlStdOperatorTable.CASE,
                call(nullable(type(SqlTypeName.BOOLEAN), node), SqlStdOperatorTable.LESS_THAN, node, literal),
                literal,
                node);
    }

    private RexNode converted(RexCall call) {
        RexNode value = call.getOperands().get(0);
        RelDataType from = value.getType();
        RelDataType to = call.getType();
        if (SqlTypeUtil.isInterval(to)) {
            return value;
        }
        if (SqlTypeUtil.isBinary(to)) {
            return call(to, ENCODE, value);
        }
        if (losesDigits(from, to)) {
            String unit = to.getPrecision() == 0 ? "second" : "millisecond";
            return call(to, DATE_TRUNC, rexBuilder.makeLiteral(unit), call);
        }
        if (!SqlTypeUtil.inCharFamily(to) || to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED) {
            return call;
        }
        // DuckDB's text has any length; the standard's is cut. To compare, spaces at the end of CHAR do not count, and
        // as in PostgreSQL they are gone when it becomes another text: so they are left out from the start.
        RexNode length = rexBuilder.makeExactLiteral(BigDecimal.valueOf(to.getPrecision()));
        boolean fits = SqlTypeUtil.isNull(from)
                || (SqlTypeUtil.inCharFamily(from)
                        && from.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED
                        && (to.getSqlTypeName() == SqlTypeName.VARCHAR || from.getSqlTypeName() == SqlTypeName.CHAR)
                        && from.getPrecision() <= to.getPrecision());
        if (fits) {
            return call;
        }
        RexNode cut = call(to, SqlLibraryOperators.LEFT, call, length);
        return to.getSqlTypeName() == SqlTypeName.VARCHAR ? cut : call(to, RTRIM, cut, rexBuilder.makeLiteral(" "));
    }

    private RelDataType type(SqlTypeName name) {
        return rexBuilder.getTypeFactory().createSqlType(name);
    }

    private RelDataType nullable(RelDataType type, RexNode as) {
        return rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(type, as.getType().isNullable());
    }

    private RexNode one() {
        return rexBuilder.makeExactLiteral(BigDecimal.ONE);
    }

    private RexNode cast(RelDataType type, RexNode node) {
        return rexBuilder.makeAbstractCast(type, node, false);
    }

    private RexNode call(RelDataType type, SqlOperator operator, RexNode... operands) {
        return rexBuilder.makeCall(type, operator, List.of(operands));
    }
}
