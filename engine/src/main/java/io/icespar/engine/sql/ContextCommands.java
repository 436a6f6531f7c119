package io.icespar.engine.sql;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ClaimPath;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.ContextType.Base;
import io.icespar.security.context.GivenValue;
import io.icespar.security.context.TypedValue;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCollectionTypeNameSpec;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/** The commands on context values: their types and literals, as data. */
final class ContextCommands {
    private ContextCommands() {}

    static SecurityCommand create(Command.CreateContextValue create) {
        return new SecurityCommand.CreateContextValue(
                create.name(),
                type(create.type()),
                create.defaultValue().map(ContextCommands::value),
                create.claim().map(ContextCommands::claim),
                create.isSettable(),
                create.orReplace(),
                create.ifNotExists());
    }

    static Statement forEveryone(Command.ForEveryone command) {
        if (command instanceof Command.SetContextValue set) {
            return new Statement.SetContextValue(set.isGlobal(), set.name(), value(set.value()));
        } else if (command instanceof Command.ResetContextValue reset) {
            return new Statement.ResetContextValue(reset.isGlobal(), reset.name());
        } else if (command instanceof Command.ShowContextValue show) {
            return new Statement.ShowContextValue(show.name());
        } else if (command instanceof Command.ShowContextValues) {
            return new Statement.ShowContextValues();
        }
        throw new IllegalStateException("unknown command " + command.getClass());
    }

    private static ClaimPath claim(SqlNode literal) {
        String text = SqlCommand.text(literal);
        if (!ClaimPath.isValid(text)) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "a claim is named as `'name'` or `'name.part'`" + SqlErrors.place(literal));
        }
        return new ClaimPath(text);
    }

    private static ContextType type(SqlDataTypeSpec type) {
        if (type.getTypeNameSpec() instanceof SqlCollectionTypeNameSpec collection
                && SqlTypeName.ARRAY.getName().equals(collection.getTypeName().getSimple())) {
            return single(collection.getElementTypeName(), type).array();
        }
        return single(type.getTypeNameSpec(), type);
    }

    private static ContextType single(SqlTypeNameSpec spec, SqlDataTypeSpec where) {
        if (spec instanceof SqlBasicTypeNameSpec basic) {
            String name = basic.getTypeName().getSimple();
            int precision = basic.getPrecision();
            int scale = Math.max(basic.getScale(), 0);
            if (name.equals(Base.DECIMAL.name())
                    && precision >= 1
                    && precision <= ContextType.MAX_PRECISION
                    && scale <= precision) {
                return ContextType.decimal(precision, scale);
            }
            for (Base base : Base.values()) {
                if (base != Base.DECIMAL && base.name().equals(name) && precision < 0) {
                    return ContextType.of(base);
                }
            }
        }
        throw new IcesparException(
                ErrorCode.DATATYPE_MISMATCH,
                "a context value is of type `INTEGER`, `BIGINT`, `DOUBLE`, `DECIMAL(precision, scale)`, `VARCHAR`,"
                        + " `BOOLEAN`, `DATE` or `TIMESTAMP`, or an `ARRAY` of one of these"
                        + SqlErrors.place(where));
    }

    /** The value that a literal, or an array of literals, stands for; it need not fit any type yet. */
    static GivenValue value(SqlNode node) {
        return new GivenValue(Optional.ofNullable(content(node)), SqlErrors.place(node));
    }

    private static @Nullable Object content(SqlNode node) {
        return switch (node.getKind()) {
            case ARRAY_VALUE_CONSTRUCTOR -> {
                List<@Nullable Object> elements = new ArrayList<>();
                for (SqlNode element : ((SqlCall) node).getOperandList()) {
                    elements.add(content(element));
                }
                yield elements;
            }
            case MINUS_PREFIX -> number(node).negate();
            case PLUS_PREFIX -> number(node);
            case LITERAL_CHAIN -> literal(SqlLiteral.unchain(node));
            case LITERAL -> literal((SqlLiteral) node);
            default -> throw noLiteral(node);
        };
    }

    private static BigDecimal number(SqlNode signed) {
        SqlNode operand = ((SqlCall) signed).operand(0);
        if (operand.getKind() == SqlKind.LITERAL && literal((SqlLiteral) operand) instanceof BigDecimal number) {
            return number;
        }
        throw noLiteral(signed);
    }

    private static @Nullable Object literal(SqlLiteral literal) {
        if (literal instanceof SqlUnknownLiteral unknown) {
            return switch (unknown.tag) {
                case "DATE" -> time(Base.DATE, unknown);
                case "TIMESTAMP" -> time(Base.TIMESTAMP, unknown);
                default -> throw noLiteral(literal);
            };
        }
        return switch (literal.getTypeName()) {
            case NULL -> null;
            case BOOLEAN -> literal.booleanValue();
            case DECIMAL, DOUBLE, INTEGER, BIGINT -> literal.bigDecimalValue();
            case CHAR -> literal.getValueAs(NlsString.class).getValue();
            default -> throw noLiteral(literal);
        };
    }

    private static Object time(Base base, SqlUnknownLiteral literal) {
        return ContextType.of(base)
                .convert(literal.getValueAs(String.class))
                .flatMap(TypedValue::content)
                .orElseThrow(() -> noLiteral(literal));
    }

    private static IcesparException noLiteral(SqlNode node) {
        return new IcesparException(
                ErrorCode.INVALID_STATEMENT,
                "a context value is a literal, such as `'text'`, `-1.5`, `TRUE`, `DATE '2021-02-04'`,"
                        + " `ARRAY['a', 'b']` or `NULL`"
                        + SqlErrors.place(node));
    }
}
