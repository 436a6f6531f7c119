package io.icespar.engine.tree;

import io.icespar.security.context.TypedValue;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;

/** Values as literals of a tree. */
public final class TypedLiterals {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter FRACTION = DateTimeFormatter.ofPattern("SSSSSS");
    private static final int MICROS = 6;

    private TypedLiterals() {}

    /**
     * A literal for what a {@link TypedValue} that is neither NULL nor an array holds.
     *
     * @param nullable the type that the literal is to have, where it may have several
     */
    public static RexLiteral literal(Object content, RelDataType nullable, RexBuilder rexBuilder) {
        RelDataType type = rexBuilder.getTypeFactory().createTypeWithNullability(nullable, false);
        if (content instanceof Boolean truth) {
            return rexBuilder.makeLiteral(truth);
        } else if (content instanceof BigDecimal decimal) {
            return rexBuilder.makeExactLiteral(decimal, type);
        } else if (content instanceof Double number) {
            return rexBuilder.makeApproxLiteral(new BigDecimal(Double.toString(number)), type);
        } else if (content instanceof Number whole) {
            return rexBuilder.makeExactLiteral(BigDecimal.valueOf(whole.longValue()), type);
        } else if (content instanceof LocalDate date) {
            return rexBuilder.makeDateLiteral(new DateString(date.toString()));
        } else if (content instanceof LocalDateTime time) {
            return rexBuilder.makeTimestampLiteral(
                    new TimestampString(TIMESTAMP.format(time)).withFraction(FRACTION.format(time)), MICROS);
        }
        return rexBuilder.makeLiteral((String) content);
    }
}
