package io.icespar.engine.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/**
 * Types of parameters that are arguments of functions, such as {@code UPPER(?)}: Calcite (1.42) knows only those of
 * operators, and of these not where the first argument has a parameter deeper inside. A parameter has the first type
 * that the function takes there: that of the other arguments where all have one, then a text, a number, a time.
 */
final class ParameterTypes {
    /** Functions whose arguments, and result, are of one type. */
    private static final Set<String> OF_ONE_TYPE =
            Set.of("COALESCE", "NULLIF", "NVL", "IFNULL", "GREATEST", "LEAST", "MOD", "ARRAY");

    /** Functions of numbers that need not be whole, the second neither. */
    private static final Set<String> OF_ANY_NUMBERS = Set.of("POWER", "POW", "ATAN2", "LOG");

    private static final Set<SqlKind> OF_CONDITIONS = Set.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT);

    /** So many may have different types: all that they may have are tried out. */
    private static final int MAX_DIFFERENT = 4;

    private final SqlValidatorImpl validator;
    private final Map<Integer, RelDataType> known = new HashMap<>();
    private final Set<SqlNode> begun = Collections.newSetFromMap(new IdentityHashMap<>());
    private boolean isAny;

    ParameterTypes(SqlValidatorImpl validator) {
        this.validator = validator;
    }

    /** Takes notice of a parameter before anything is validated. */
    void found() {
        isAny = true;
    }

    /** Takes notice of a parameter's type. */
    void known(SqlDynamicParam parameter, RelDataType type) {
        known.put(parameter.getIndex(), type);
    }

    /** Whether there are parameters. */
    boolean isAny() {
        return isAny;
    }

    /** Whether a parameter's type is known already; then it has it wherever else it stands, as of a copy. */
    boolean isKnown(SqlDynamicParam parameter) {
        RelDataType type = known.get(parameter.getIndex());
        if (type != null) {
            validator.setValidatedNodeType(parameter, type);
        }
        return type != null;
    }

    /** Whether it asks whether a parameter is NULL, for which Calcite would take it for a text. */
    static boolean isNullTest(SqlNode node) {
        return node instanceof SqlCall test
                && (test.getKind() == SqlKind.IS_NULL || test.getKind() == SqlKind.IS_NOT_NULL)
                && test.operand(0) instanceof SqlDynamicParam;
    }

    /**
     * Those of a call's arguments that have parameters inside, if it hangs on their types what the other arguments are,
     * and have not been given before.
     */
    List<SqlNode> unfinished(SqlCall call) {
        return isAny && !OF_CONDITIONS.contains(call.getKind())
                ? call.getOperandList().stream()
                        .filter(operand -> operand instanceof SqlCall inner
                                && !inner.isA(SqlKind.QUERY)
                                && inner.getKind() != SqlKind.ROW
                                && begun.add(inner)
                                && hasParameter(inner))
                        .toList()
                : List.of();
    }

    private static boolean hasParameter(SqlCall call) {
        try {
            call.accept(new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlCall inner) {
                    return inner.isA(SqlKind.QUERY) ? null : super.visit(inner);
                }

                @Override
                public @Nullable Void visit(SqlDynamicParam parameter) {
                    throw Util.FoundOne.NULL;
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }

    /**
     * Finds types for the parameters that are arguments of a call, unless they have some.
     *
     * @param expected the type of the call where it is known, or Calcite's unknown
     * @param isFinal whether it will not be known any better
     */
    void find(SqlCall call, RelDataType expected, boolean isFinal, SqlValidatorScope scope) {
        if (!isAny || call.getKind() == SqlKind.ROW) {
            return;
        }
        if (call instanceof SqlCase choice) {
            find(choice, expected, scope);
            return;
        }
        boolean ofOneType = OF_ONE_TYPE.contains(call.getOperator().getName());
        if (call.getOperandList().stream().noneMatch(operand -> operand instanceof SqlDynamicParam)) {
            return;
        }
        if (!isFinal && (ofOneType || !(call.getOperator() instanceof SqlFunction))) {
            return;
        }
        var binding = new SqlCallBinding(validator, scope, call);
        List<SqlDynamicParam> parameters = unknown(binding, expected);
        if (!parameters.isEmpty()) {
            // What the others are is found out while Calcite converts.
            List<RelDataType> others = types(binding.operands(), scope);
            boolean anyNumbers = !(call.getOperator() instanceof SqlFunction)
                    || OF_ANY_NUMBERS.contains(call.getOperator().getName());
            boolean isFirst = binding.operands().get(0) == parameters.get(0);
            List<RelDataType> types = new ArrayList<>();
            if (ofOneType) {
                types.addAll(others);
                types.add(expected);
            }
            types.addAll(usual(anyNumbers || isFirst));
            types.removeIf(validator.getUnknownType()::equals);
            List<SqlCallBinding> bindings = meant(call).stream()
                    .map(meant -> new SqlCallBinding(validator, scope, meant))
                    .toList();
            boolean coerces = validator.config().typeCoercionEnabled();
            try {
                // Of what Calcite converts, it would take anything, and write it into the call.
                validator.transform(config -> config.withTypeCoercionEnabled(false));
                BooleanSupplier check = () -> bindings.stream().anyMatch(ParameterTypes::passes);
                boolean found = (ofOneType || parameters.size() > MAX_DIFFERENT)
                        ? findOne(parameters, types, check)
                        : findEach(parameters, types, usual(anyNumbers), check);
                if (found) {
                    keep(parameters);
                } else {
                    parameters.forEach(validator::removeValidatedNodeType);
                }
            } finally {
                validator.transform(config -> config.withTypeCoercionEnabled(coerces));
            }
        }
    }

    private List<SqlDynamicParam> unknown(SqlCallBinding binding, RelDataType expected) {
        List<SqlNode> operands = binding.operands();
        List<SqlDynamicParam> unknown = new ArrayList<>();
        RelDataType[] inferred = IntStream.range(0, operands.size())
                .mapToObj(i -> validator.getUnknownType())
                .toArray(RelDataType[]::new);
        var inference = binding.getOperator().getOperandTypeInference();
        if (inference != null) {
            inference.inferOperandTypes(binding, expected, inferred);
        }
        for (int i = 0; i < inferred.length; i++) {
            if (operands.get(i) instanceof SqlDynamicParam parameter
                    && inferred[i].equals(validator.getUnknownType())
                    && !isKnown(parameter)) {
                unknown.add(parameter);
            }
        }
        return unknown;
    }

    /** The types of those that are no parameters, and not NULL. */
    private List<RelDataType> types(List<SqlNode> arguments, SqlValidatorScope scope) {
        List<RelDataType> types = new ArrayList<>();
        for (SqlNode argument : arguments) {
            if (!(argument instanceof SqlDynamicParam) && !SqlUtil.isNullLiteral(argument, true)) {
                types.add(validator.deriveType(scope, argument));
            }
        }
        return types;
    }

    private List<RelDataType> usual(boolean anyNumbers) {
        RelDataTypeFactory factory = validator.getTypeFactory();
        return Stream.of(
                        SqlTypeName.VARCHAR,
                        anyNumbers ? SqlTypeName.DOUBLE : SqlTypeName.INTEGER,
                        anyNumbers ? SqlTypeName.INTEGER : SqlTypeName.DOUBLE,
                        SqlTypeName.TIMESTAMP,
                        SqlTypeName.DATE,
                        SqlTypeName.BOOLEAN)
                .map(name -> name == SqlTypeName.TIMESTAMP
                        ? factory.createSqlType(name, factory.getTypeSystem().getMaxPrecision(name))
                        : factory.createSqlType(name))
                .toList();
    }

    // `COALESCE` and `NULLIF` have become such by then, in which the same parameter stands in a condition and in a
    // result.
    private void find(SqlCase choice, RelDataType expected, SqlValidatorScope scope) {
        List<SqlNode> results = new ArrayList<>(choice.getThenOperands());
        results.add(choice.getElseOperand());
        results.replaceAll(ParameterTypes::withoutProof);
        List<SqlDynamicParam> parameters = results.stream()
                .filter(result -> result instanceof SqlDynamicParam)
                .map(SqlDynamicParam.class::cast)
                .filter(parameter -> !isKnown(parameter))
                .toList();
        if (!parameters.isEmpty()) {
            Stream.concat(types(results, scope).stream(), Stream.of(expected))
                    .filter(type -> !type.equals(validator.getUnknownType()))
                    .findFirst()
                    .ifPresent(type -> {
                        parameters.forEach(parameter -> set(parameter, type));
                        keep(parameters);
                    });
        }
    }

    private static SqlNode withoutProof(SqlNode result) {
        return result.getKind() == SqlKind.CAST_NOT_NULL ? ((SqlCall) result).operand(0) : result;
    }

    private boolean findOne(List<SqlDynamicParam> parameters, List<RelDataType> types, BooleanSupplier check) {
        for (RelDataType type : new LinkedHashSet<>(types)) {
            parameters.forEach(parameter -> set(parameter, type));
            if (check.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }

    private boolean findEach(
            List<SqlDynamicParam> parameters,
            List<RelDataType> types,
            List<RelDataType> typesOfOthers,
            BooleanSupplier check) {
        SqlDynamicParam first = parameters.get(0);
        List<SqlDynamicParam> others = parameters.subList(1, parameters.size());
        for (RelDataType type : types) {
            set(first, type);
            if (others.isEmpty() ? check.getAsBoolean() : findEach(others, typesOfOthers, typesOfOthers, check)) {
                return true;
            }
        }
        return false;
    }

    private void keep(List<SqlDynamicParam> parameters) {
        parameters.forEach(parameter -> known(parameter, validator.getValidatedNodeType(parameter)));
    }

    private void set(SqlDynamicParam parameter, RelDataType type) {
        RelDataTypeFactory factory = validator.getTypeFactory();
        // A text that is written in a query has the length that it has.
        RelDataType any = SqlTypeUtil.inCharFamily(type) ? factory.createSqlType(SqlTypeName.VARCHAR) : type;
        validator.setValidatedNodeType(parameter, factory.createTypeWithNullability(any, true));
    }

    private static boolean passes(SqlCallBinding binding) {
        try {
            return binding.getOperator().checkOperandTypes(binding, true);
        } catch (CalciteContextException e) {
            return false;
        }
    }

    /** The call, or those that it may become: which of several functions of a name is meant is found out later. */
    private List<SqlCall> meant(SqlCall call) {
        if (!(call.getOperator() instanceof SqlFunction function)) {
            return List.of(call);
        }
        List<SqlOperator> functions = new ArrayList<>();
        validator
                .getOperatorTable()
                .lookupOperatorOverloads(
                        function.getNameAsId(),
                        function.getFunctionType(),
                        SqlSyntax.FUNCTION,
                        functions,
                        validator.getCatalogReader().nameMatcher());
        List<SqlCall> meant = functions.stream()
                .filter(found -> found.getOperandCountRange().isValidCount(call.operandCount()))
                .map(found ->
                        found.createCall(call.getFunctionQuantifier(), call.getParserPosition(), call.getOperandList()))
                .toList();
        return meant.isEmpty() ? List.of(call) : meant;
    }
}
