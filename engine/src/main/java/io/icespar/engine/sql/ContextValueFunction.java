package io.icespar.engine.sql;

import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextType;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The function {@code CONTEXT_VALUE('name')}: what a context value is for the caller. Its type is the one that is declared
 * for the value.
 *
 * <p>It stands for a value that the securing stage fills in; no backend knows it.
 */
public final class ContextValueFunction extends SqlFunction {
    static final String NAME = "CONTEXT_VALUE";

    private final ContextSettings settings;
    private final boolean restricts;

    /**
     * Creates the function.
     *
     * @param restricts whether it is for a restriction's condition, where it gives no value that callers set
     */
    ContextValueFunction(ContextSettings settings, boolean restricts) {
        super(
                NAME,
                SqlKind.OTHER_FUNCTION,
                null,
                null,
                OperandTypes.LITERAL.and(OperandTypes.CHARACTER),
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.settings = settings;
        this.restricts = restricts;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding call) {
        String place = call instanceof SqlCallBinding binding ? SqlErrors.place(binding.getCall()) : "";
        String text = call.isOperandLiteral(0, false) ? call.getOperandLiteralValue(0, String.class) : null;
        if (text == null) {
            throw new IcesparException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "`CONTEXT_VALUE` takes a name as a literal, as in `CONTEXT_VALUE('name')`" + place);
        }
        Name name = Name.of(text);
        ContextDefinition definition = settings.find(name)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_OBJECT, "context value `" + name + "` does not exist" + place));
        if (restricts && definition.isSettable()) {
            throw new IcesparException(
                    ErrorCode.INVALID_RESTRICTION,
                    "a restriction's condition cannot read context value `" + definition.name()
                            + "`, which callers may set" + place);
        }
        return type(definition.type(), call.getTypeFactory());
    }

    private static RelDataType type(ContextType type, RelDataTypeFactory types) {
        RelDataType element = switch (type.base()) {
            case INTEGER -> types.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> types.createSqlType(SqlTypeName.BIGINT);
            case DOUBLE -> types.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> types.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case VARCHAR -> types.createSqlType(SqlTypeName.VARCHAR);
            case BOOLEAN -> types.createSqlType(SqlTypeName.BOOLEAN);
            case DATE -> types.createSqlType(SqlTypeName.DATE);
            case TIMESTAMP -> types.createSqlType(SqlTypeName.TIMESTAMP);
        };
        return types.createTypeWithNullability(type.isArray() ? types.createArrayType(element, -1) : element, true);
    }

    /** The value that an expression asks for; empty if it is no call of this function. */
    public static Optional<Name> find(RexNode node) {
        return node instanceof RexCall call
                        && call.getOperator() instanceof ContextValueFunction
                        && call.getOperands().get(0) instanceof RexLiteral literal
                ? Optional.ofNullable(literal.getValueAs(String.class)).map(Name::of)
                : Optional.empty();
    }

    /** Whether it compares with the elements of an array that is a context value, as {@code = ANY} does. */
    public static boolean isQuantified(RexCall call) {
        return call.getOperator() instanceof SqlQuantifyOperator
                && find(withoutCast(call.getOperands().get(1))).isPresent();
    }

    /** What an array is before it is made one of a wider type, to be compared with. */
    public static RexNode withoutCast(RexNode array) {
        return array.getKind() == SqlKind.CAST ? ((RexCall) array).getOperands().get(0) : array;
    }

    /** The values that an expression asks for, in sub-queries too. */
    static Set<Name> names(RexNode expression) {
        Set<Name> names = new TreeSet<>();
        expression.accept(collecting(names));
        return names;
    }

    private static RexShuttle collecting(Set<Name> names) {
        return new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                find(call).ifPresent(names::add);
                return super.visitCall(call);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                collect(subQuery.rel, names);
                return super.visitSubQuery(subQuery);
            }
        };
    }

    private static void collect(RelNode root, Set<Name> names) {
        RexShuttle expressions = collecting(names);
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(expressions);
            }
        });
    }
}
