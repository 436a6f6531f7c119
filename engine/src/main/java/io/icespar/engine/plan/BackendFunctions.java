package io.icespar.engine.plan;

import io.icespar.engine.sql.EngineFunctions;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Says a call of a function by other functions that DuckDB has, so that it means what it does in PostgreSQL. */
final class BackendFunctions {
    private static final SqlOperator DATE_TRUNC = BackendWords.function("DATE_TRUNC");
    private static final SqlOperator EPOCH_US = BackendWords.function("EPOCH_US");
    private static final SqlOperator TO_MICROSECONDS = BackendWords.function("TO_MICROSECONDS");
    private static final SqlOperator REGEXP_MATCHES = BackendWords.function("REGEXP_MATCHES");
    private static final SqlOperator REGEXP_REPLACE = BackendWords.function("REGEXP_REPLACE");
    private static final SqlOperator REGEXP_EXTRACT = BackendWords.function("REGEXP_EXTRACT");
    private static final SqlOperator REGEXP_EXTRACT_ALL = BackendWords.function("REGEXP_EXTRACT_ALL");
    private static final SqlOperator REGEXP_FULL_MATCH = BackendWords.function("REGEXP_FULL_MATCH");
    private static final SqlOperator STRFTIME = BackendWords.function("STRFTIME");
    private static final SqlOperator STRPTIME = BackendWords.function("STRPTIME");
    private static final SqlOperator LEN = BackendWords.function("LEN");
    private static final SqlOperator XOR = BackendWords.function("XOR");
    private static final SqlOperator WHOLE_DIVISION = BackendExpressions.WHOLE_DIVISION;

    /** The months of a unit of whole months. */
    private static final Map<TimeUnitRange, Integer> MONTHS = Map.of(
            TimeUnitRange.MONTH, 1,
            TimeUnitRange.QUARTER, 3,
            TimeUnitRange.YEAR, 12,
            TimeUnitRange.DECADE, 120,
            TimeUnitRange.CENTURY, 1200,
            TimeUnitRange.MILLENNIUM, 12_000);

    /** The microseconds of a unit that always has as many. */
    private static final Map<TimeUnitRange, Long> MICROS = Map.of(
            TimeUnitRange.MICROSECOND, 1L,
            TimeUnitRange.MILLISECOND, 1_000L,
            TimeUnitRange.SECOND, 1_000_000L,
            TimeUnitRange.MINUTE, 60_000_000L,
            TimeUnitRange.HOUR, 3_600_000_000L,
            TimeUnitRange.DAY, 86_400_000_000L,
            TimeUnitRange.WEEK, 604_800_000_000L);

    private static final long NANOS_PER_MICRO = 1000;

    private final RexBuilder rexBuilder;
    private final Optional<BoundedTexts> texts;

    /**
     * Says calls.
     *
     * @param texts bounds what they make; empty for what has no bound
     */
    BackendFunctions(RexBuilder rexBuilder, Optional<BoundedTexts> texts) {
        this.rexBuilder = rexBuilder;
        this.texts = texts;
    }

    /** Why the call cannot be said; empty if it can, or is none of those that this knows. */
    static Optional<String> unsupported(RexCall call) {
        List<RexNode> operands = call.getOperands();
        SqlOperator operator = call.getOperator();
        if (operator.equals(EngineFunctions.DATE_TRUNC)) {
            return unless(truncation(operands.get(0)) != null, "DATE_TRUNC to that unit");
        }
        if (operator.equals(EngineFunctions.TIMESTAMP_DIFF)) {
            return unless(canBeSubtracted(operands), "TIMESTAMPDIFF of these in that unit");
        }
        if (operator.equals(SqlStdOperatorTable.TIMESTAMP_ADD)) {
            return unless(
                    !SqlTypeUtil.isDate(operands.get(2).getType()), "TIMESTAMPADD of parts of a second to a date");
        }
        boolean patterned = isPatternFunction(operator)
                || isReplacement(operator)
                || operator.equals(SqlLibraryOperators.REGEXP_LIKE)
                || operator.getKind() == SqlKind.SIMILAR;
        if (patterned && !Patterns.text(operands.get(1)).map(Patterns::isSmall).orElse(true)) {
            return Optional.of(operator.getName() + " with so large a pattern");
        }
        if (isPatternFunction(operator)) {
            // What RE2 reads literally after \Q would go on behind the pattern.
            boolean quoted = Patterns.text(operands.get(1)).orElse("").contains("\\Q");
            return unless(
                            Patterns.text(operands.get(1)).isPresent(),
                            operator.getName() + " with a pattern that is not written in the query")
                    .or(() -> unless(!quoted, operator.getName() + " with \\Q in the pattern"));
        }
        if (operator.equals(SqlLibraryOperators.REGEXP_LIKE)) {
            return unless(
                    Patterns.text(operands.get(1)).isPresent()
                            && (operands.size() == 2
                                    || Patterns.options(operands.get(2), false).isPresent()),
                    "REGEXP_LIKE with a pattern that is not written in the query, or with other flags than i and c");
        }
        if (isReplacement(operator)) {
            return unless(
                    Patterns.text(operands.get(1)).isPresent()
                            && Patterns.replacement(operands.get(2)).isPresent()
                            && (operands.size() == 3
                                    || Patterns.options(operands.get(3), true).isPresent()),
                    "REGEXP_REPLACE with a pattern or replacement that is not written in the query,"
                            + " or with other flags than g, i and c");
        }
        if (operator.getKind() == SqlKind.SIMILAR) {
            return unless(similar(call).isPresent(), "SIMILAR TO with such a pattern");
        }
        if (isFormatted(operator)) {
            return unless(
                            Patterns.text(operands.get(1)).isPresent(),
                            operator.getName() + " with a format that is not written in the query")
                    .or(() -> {
                        DateFormats.Said format = format(call);
                        return unless(format.words().isPresent(), operator.getName() + " with " + format.refused());
                    });
        }
        if (operator.equals(SqlStdOperatorTable.RAND)) {
            return unless(operands.isEmpty(), "RAND with a seed");
        }
        return switch (operator.getKind()) {
            case BITAND, BITOR, BITXOR, BITNOT ->
                unless(
                        operands.stream().allMatch(operand -> SqlTypeUtil.isIntType(operand.getType())),
                        operator.getName() + " of anything but whole numbers");
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean known, String what) {
        return known ? Optional.empty() : Optional.of(what);
    }

    private static boolean isPatternFunction(SqlOperator operator) {
        return operator.equals(EngineFunctions.REGEXP_SUBSTR)
                || operator.equals(EngineFunctions.REGEXP_COUNT)
                || operator.equals(EngineFunctions.REGEXP_INSTR);
    }

    private static boolean isFormatted(SqlOperator operator) {
        return operator.equals(SqlLibraryOperators.TO_CHAR_PG)
                || operator.equals(SqlLibraryOperators.TO_DATE_PG)
                || operator.equals(EngineFunctions.TO_TIMESTAMP);
    }

    private static DateFormats.Said format(RexCall call) {
        String format = Patterns.text(call.getOperands().get(1)).orElseThrow();
        return call.getOperator().equals(SqlLibraryOperators.TO_CHAR_PG)
                ? DateFormats.writing(format)
                : DateFormats.reading(format);
    }

    private static boolean isReplacement(SqlOperator operator) {
        return operator.equals(SqlLibraryOperators.REGEXP_REPLACE_PG_3)
                || operator.equals(SqlLibraryOperators.REGEXP_REPLACE_PG_4);
    }

    private static Optional<String> similar(RexCall call) {
        return Patterns.similar(
                call.getOperands().get(1),
                call.getOperands().size() == 3 ? Optional.of(call.getOperands().get(2)) : Optional.empty());
    }

    private static @Nullable TimeUnitRange truncation(RexNode node) {
        String name = Patterns.text(node).orElse("").toUpperCase(Locale.ROOT);
        for (TimeUnitRange unit : TimeUnitRange.values()) {
            boolean known = MONTHS.containsKey(unit) || MICROS.containsKey(unit);
            if (known && (name.equals(unit.name()) || name.equals(unit.name() + "S"))) {
                return unit;
            }
        }
        return null;
    }

    private static boolean canBeSubtracted(List<RexNode> operands) {
        TimeUnitRange unit = BackendExpressions.unit(operands.get(0));
        boolean times = isTime(operands.get(1)) && isTime(operands.get(2));
        boolean dates = !isTime(operands.get(1)) && !isTime(operands.get(2));
        if (unit == null) {
            return false;
        }
        return MONTHS.containsKey(unit)
                ? dates
                : (times || dates) && (unit == TimeUnitRange.NANOSECOND || MICROS.containsKey(unit));
    }

    private static boolean isTime(RexNode node) {
        return node.getType().getSqlTypeName() == SqlTypeName.TIME;
    }

    /** The call in other words; the operands are said already. */
    RexNode said(RexCall call) {
        List<RexNode> operands = call.getOperands();
        SqlOperator operator = call.getOperator();
        if (operator.equals(EngineFunctions.DATE_TRUNC)) {
            TimeUnitRange unit = Objects.requireNonNull(truncation(operands.get(0)));
            return truncated(call.getType(), unit, operands.get(1));
        }
        if (operator.equals(EngineFunctions.TIMESTAMP_DIFF)) {
            return difference(call);
        }
        if (operator.equals(SqlStdOperatorTable.TIMESTAMP_ADD)) {
            return sum(call);
        }
        if (operator.equals(SqlLibraryOperators.REGEXP_LIKE)) {
            return matches(call, operands.size() == 3 ? Patterns.options(operands.get(2), false) : Optional.empty());
        }
        if (isReplacement(operator)) {
            return replaced(call);
        }
        if (operator.equals(EngineFunctions.REGEXP_SUBSTR)) {
            RexNode part = call(call.getType(), REGEXP_EXTRACT, operands.get(0), operands.get(1), number(0), options());
            return choice(
                    call.getType(), matches(call, Optional.empty()), part, rexBuilder.makeNullLiteral(call.getType()));
        }
        if (operator.equals(EngineFunctions.REGEXP_COUNT)) {
            RexNode parts =
                    call(call.getType(), REGEXP_EXTRACT_ALL, operands.get(0), operands.get(1), number(0), options());
            return cast(call.getType(), call(call.getType(), LEN, parts));
        }
        if (operator.equals(EngineFunctions.REGEXP_INSTR)) {
            return place(call);
        }
        if (operator.getKind() == SqlKind.SIMILAR) {
            return call(
                    call.getType(),
                    REGEXP_FULL_MATCH,
                    operands.get(0),
                    text(similar(call).orElseThrow()),
                    options());
        }
        if (operator.equals(SqlStdOperatorTable.INITCAP)) {
            return call(call.getType(), BackendWords.INITCAP, operands.get(0));
        }
        if (operator.equals(SqlLibraryOperators.CHAR)) {
            return call(call.getType(), SqlLibraryOperators.CHR, whole(operands.get(0)));
        }
        if (operator.equals(SqlLibraryOperators.CHR)) {
            return call(call.getType(), SqlLibraryOperators.CHR, whole(operands.get(0)));
        }
        if (operator.equals(SqlLibraryOperators.SPACE)) {
            return call(call.getType(), SqlLibraryOperators.REPEAT, text(" "), operands.get(0));
        }
        if (operator.equals(EngineFunctions.LPAD) || operator.equals(EngineFunctions.RPAD)) {
            return padded(call);
        }
        if (operator.equals(SqlLibraryOperators.SPLIT_PART)) {
            return part(call);
        }
        if (isFormatted(operator)) {
            RexNode words = text(format(call).words().orElseThrow());
            return operator.equals(SqlLibraryOperators.TO_CHAR_PG)
                    ? call(call.getType(), STRFTIME, operands.get(0), words)
                    : cast(call.getType(), call(as(call, SqlTypeName.TIMESTAMP), STRPTIME, operands.get(0), words));
        }
        return switch (operator.getKind()) {
            case POSITION -> operands.size() == 3 ? placeFrom(call) : call;
            case BITAND -> call(call.getType(), BackendWords.BIT_AND, operands.get(0), operands.get(1));
            case BITOR -> call(call.getType(), BackendWords.BIT_OR, operands.get(0), operands.get(1));
            case BITXOR -> call(call.getType(), XOR, operands.get(0), operands.get(1));
            case BITNOT -> call(call.getType(), BackendWords.BIT_NOT, operands.get(0));
            default -> call;
        };
    }

    /** The start of the unit in which a date or timestamp lies. */
    RexNode truncated(RelDataType type, TimeUnitRange unit, RexNode value) {
        RexNode start = switch (unit) {
            case CENTURY -> call(type, BackendWords.CENTURY, value);
            case MILLENNIUM -> call(type, BackendWords.MILLENNIUM, value);
            default -> call(type, DATE_TRUNC, text(unit.name().toLowerCase(Locale.ROOT)), value);
        };
        return cast(type, start);
    }

    /** How many whole months lie between two dates or timestamps. */
    RexNode months(RelDataType type, RexNode earlier, RexNode later) {
        RelDataType timestamp = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP), type.isNullable());
        return call(type, BackendWords.MONTHS_BETWEEN, cast(timestamp, earlier), cast(timestamp, later));
    }

    private RexNode difference(RexCall call) {
        TimeUnitRange unit = Objects.requireNonNull(
                BackendExpressions.unit(call.getOperands().get(0)));
        RexNode earlier = call.getOperands().get(1);
        RexNode later = call.getOperands().get(2);
        RelDataType bigint = as(call, SqlTypeName.BIGINT);
        Integer months = MONTHS.get(unit);
        if (months != null) {
            RexNode amount = months(bigint, earlier, later);
            return cast(call.getType(), call(bigint, WHOLE_DIVISION, amount, number(months)));
        }
        RexNode micros =
                call(bigint, SqlStdOperatorTable.MINUS, call(bigint, EPOCH_US, later), call(bigint, EPOCH_US, earlier));
        return unit == TimeUnitRange.NANOSECOND
                ? call(bigint, SqlStdOperatorTable.MULTIPLY, micros, number(NANOS_PER_MICRO))
                : cast(
                        call.getType(),
                        call(bigint, WHOLE_DIVISION, micros, number(Objects.requireNonNull(MICROS.get(unit)))));
    }

    private RexNode sum(RexCall call) {
        RelDataType bigint = as(call, SqlTypeName.BIGINT);
        RexNode number = cast(bigint, call.getOperands().get(1));
        boolean nanos = BackendExpressions.unit(call.getOperands().get(0)) == TimeUnitRange.NANOSECOND;
        RexNode micros = nanos ? call(bigint, WHOLE_DIVISION, number, number(NANOS_PER_MICRO)) : number;
        return call(
                call.getType(),
                SqlStdOperatorTable.PLUS,
                call.getOperands().get(2),
                call(bigint, TO_MICROSECONDS, micros));
    }

    private RexNode matches(RexCall call, Optional<String> options) {
        return call(
                as(call, SqlTypeName.BOOLEAN),
                REGEXP_MATCHES,
                call.getOperands().get(0),
                call.getOperands().get(1),
                text(options.orElse(Patterns.options())));
    }

    // What comes before the first part that matches is the shortest that one follows.
    private RexNode place(RexCall call) {
        String pattern = Patterns.text(call.getOperands().get(1)).orElseThrow();
        RexNode before = call(
                as(call, SqlTypeName.VARCHAR),
                REGEXP_EXTRACT,
                call.getOperands().get(0),
                text("^(.*?)(?:" + pattern + ")"),
                number(1),
                options());
        RexNode place = call(
                call.getType(),
                SqlStdOperatorTable.PLUS,
                call(call.getType(), SqlStdOperatorTable.CHAR_LENGTH, before),
                number(1));
        RexNode found = matches(call, Optional.empty());
        return choice(
                call.getType(),
                found,
                place,
                choice(call.getType(), isNull(found), rexBuilder.makeNullLiteral(call.getType()), number(0)));
    }

    private RexNode placeFrom(RexCall call) {
        RexNode sought = call.getOperands().get(0);
        RexNode text = call.getOperands().get(1);
        RelDataType bigint = as(call, SqlTypeName.BIGINT);
        RexNode from = cast(bigint, call.getOperands().get(2));
        RexNode rest = call(text.getType(), SqlStdOperatorTable.SUBSTRING, text, from);
        RexNode place = call(bigint, SqlStdOperatorTable.POSITION, sought, rest);
        RexNode last = call(bigint, SqlStdOperatorTable.CHAR_LENGTH, text);
        RexNode none = or(less(from, number(1)), less(last, from), equal(place, number(0)));
        RexNode sum =
                call(bigint, SqlStdOperatorTable.MINUS, call(bigint, SqlStdOperatorTable.PLUS, place, from), number(1));
        RexNode known = call(bigint, SqlStdOperatorTable.PLUS, place, from);
        return cast(
                call.getType(),
                choice(
                        bigint,
                        isNull(known),
                        rexBuilder.makeNullLiteral(bigint),
                        choice(bigint, none, number(0), sum)));
    }

    // Filled up with nothing, a text stays as it is; DuckDB fails.
    // DuckDB counts characters by INTEGER only.
    private RexNode whole(RexNode number) {
        if (number.getType().getSqlTypeName() == SqlTypeName.INTEGER) {
            return number;
        }
        RelDataTypeFactory types = rexBuilder.getTypeFactory();
        return cast(
                types.createTypeWithNullability(
                        types.createSqlType(SqlTypeName.INTEGER),
                        number.getType().isNullable()),
                number);
    }

    private RexNode replaced(RexCall call) {
        List<RexNode> operands = call.getOperands();
        String replacement = Patterns.replacement(operands.get(2)).orElseThrow();
        RexCall said = (RexCall) call(
                call.getType(),
                REGEXP_REPLACE,
                operands.get(0),
                operands.get(1),
                text(replacement),
                text(
                        operands.size() == 4
                                ? Patterns.options(operands.get(3), true).orElseThrow()
                                : Patterns.options()));
        return texts.map(bounds -> bounds.replaced(said, replacement.getBytes(StandardCharsets.UTF_8).length))
                .orElse(said);
    }

    private RexNode padded(RexCall call) {
        RexNode text = call.getOperands().get(0);
        RexNode whole = whole(call.getOperands().get(1));
        RexNode length = texts.map(bounds -> bounds.length(whole)).orElse(whole);
        RexNode filling = call.getOperands().size() == 3 ? call.getOperands().get(2) : text(" ");
        RexNode padded = call(call.getType(), call.getOperator(), text, length, filling);
        if (Patterns.text(filling).filter(known -> !known.isEmpty()).isPresent()) {
            return padded;
        }
        RexNode cut = call(
                call.getType(),
                SqlLibraryOperators.LEFT,
                text,
                choice(length.getType(), less(length, number(0)), number(0), length));
        return Patterns.text(filling).isPresent() ? cut : choice(call.getType(), equal(filling, text("")), cut, padded);
    }

    // Split at nothing, a text is one part; to DuckDB each character is.
    private RexNode part(RexCall call) {
        RexNode text = call.getOperands().get(0);
        RexNode separator = call.getOperands().get(1);
        RexNode number = call.getOperands().get(2);
        if (Patterns.text(separator).filter(known -> !known.isEmpty()).isPresent()) {
            return call;
        }
        RexNode whole = choice(
                call.getType(),
                or(equal(number, number(1)), equal(number, number(-1))),
                text,
                choice(
                        call.getType(),
                        or(isNull(text), isNull(number)),
                        rexBuilder.makeNullLiteral(call.getType()),
                        text("")));
        return choice(call.getType(), equal(separator, text("")), whole, call);
    }

    private RexNode choice(RelDataType type, RexNode condition, RexNode then, RexNode otherwise) {
        return call(type, SqlStdOperatorTable.CASE, condition, then, otherwise);
    }

    private RexNode equal(RexNode left, RexNode right) {
        return call(truth(), SqlStdOperatorTable.EQUALS, left, right);
    }

    private RexNode less(RexNode left, RexNode right) {
        return call(truth(), SqlStdOperatorTable.LESS_THAN, left, right);
    }

    private RexNode isNull(RexNode node) {
        return call(truth(), SqlStdOperatorTable.IS_NULL, node);
    }

    private RexNode or(RexNode... nodes) {
        return call(truth(), SqlStdOperatorTable.OR, nodes);
    }

    private RelDataType truth() {
        return rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN), true);
    }

    /** A type that may be absent if the call's may. */
    private RelDataType as(RexCall call, SqlTypeName name) {
        return rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(name),
                        call.getType().isNullable());
    }

    private RexNode options() {
        return text(Patterns.options());
    }

    private RexLiteral text(String text) {
        return rexBuilder.makeLiteral(text);
    }

    private RexLiteral number(long number) {
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(number));
    }

    private RexNode cast(RelDataType type, RexNode node) {
        return rexBuilder.makeAbstractCast(type, node, false);
    }

    private RexNode call(RelDataType type, SqlOperator operator, RexNode... operands) {
        return rexBuilder.makeCall(type, operator, List.of(operands));
    }
}
