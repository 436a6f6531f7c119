package io.icespar.engine.sql;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlJdbcDataTypeName;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlBasicAggFunction;
import org.apache.calcite.sql.fun.SqlLeadLagAggFunction;
import org.apache.calcite.sql.fun.SqlNthValueAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;
import org.apache.calcite.util.Static;
import org.jspecify.annotations.Nullable;

/** Functions of the standard or PostgreSQL that Calcite's tables lack, or give another type. */
public final class EngineFunctions {
    /** {@code MOD(x, y)}, which to Calcite is of exact numbers only: of others it would make decimals. */
    public static final SqlFunction MOD =
            function("MOD", EngineFunctions::remainder, OperandTypes.NUMERIC_NUMERIC, SqlFunctionCategory.NUMERIC);

    /** {@code DATE_TRUNC('unit', date or timestamp)}, a timestamp. */
    public static final SqlFunction DATE_TRUNC = function(
            "DATE_TRUNC",
            ReturnTypes.explicit(SqlTypeName.TIMESTAMP).andThen(SqlTypeTransforms.TO_NULLABLE),
            OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.DATE)
                    .or(OperandTypes.family(SqlTypeFamily.CHARACTER, SqlTypeFamily.TIMESTAMP)),
            SqlFunctionCategory.TIMEDATE);

    /** {@code TO_TIMESTAMP(text, format)}; a {@code TIMESTAMP}, as there are no time zones. */
    public static final SqlFunction TO_TIMESTAMP = function(
            "TO_TIMESTAMP", ReturnTypes.TIMESTAMP_NULLABLE, OperandTypes.STRING_STRING, SqlFunctionCategory.TIMEDATE);

    /** {@code TIMESTAMPDIFF(unit, from, to)}; parts of a second are many, and so a {@code BIGINT}. */
    public static final SqlFunction TIMESTAMP_DIFF = new Difference();

    /** {@code REGEXP_SUBSTR(text, pattern)}: the first part that matches, or NULL. */
    public static final SqlFunction REGEXP_SUBSTR = function(
            "REGEXP_SUBSTR",
            ReturnTypes.VARCHAR_FORCE_NULLABLE,
            OperandTypes.STRING_STRING,
            SqlFunctionCategory.STRING);

    /** {@code REGEXP_COUNT(text, pattern)}: how many parts match. */
    public static final SqlFunction REGEXP_COUNT = function(
            "REGEXP_COUNT", ReturnTypes.INTEGER_NULLABLE, OperandTypes.STRING_STRING, SqlFunctionCategory.STRING);

    /** {@code REGEXP_INSTR(text, pattern)}: where the first part that matches begins, from 1, or 0. */
    public static final SqlFunction REGEXP_INSTR = function(
            "REGEXP_INSTR", ReturnTypes.INTEGER_NULLABLE, OperandTypes.STRING_STRING, SqlFunctionCategory.STRING);

    /** {@code PERCENTILE_CONT}, a {@code DOUBLE} of any numbers: what lies between two whole numbers is none. */
    public static final SqlAggFunction PERCENTILE_CONT =
            percentile(SqlKind.PERCENTILE_CONT, ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE));

    /** {@code PERCENTILE_DISC}, which of no rows is NULL. */
    public static final SqlAggFunction PERCENTILE_DISC = percentile(
            SqlKind.PERCENTILE_DISC, ReturnTypes.PERCENTILE_DISC_CONT.andThen(SqlTypeTransforms.FORCE_NULLABLE));

    /** {@code LISTAGG}, which of no rows is NULL; Calcite's own (1.42) never is where its argument is not, and as long as that. */
    public static final SqlAggFunction LISTAGG = texts("LISTAGG");

    /** {@code STRING_AGG}, which is {@link #LISTAGG} by another name once {@link QueryValidator} has seen its order. */
    public static final SqlAggFunction STRING_AGG = texts("STRING_AGG");

    /** {@code ARRAY_AGG}, as {@link #LISTAGG}. */
    public static final SqlAggFunction ARRAY_AGG = SqlBasicAggFunction.create(
                    SqlKind.ARRAY_AGG, ReturnTypes.TO_ARRAY.andThen(SqlTypeTransforms.FORCE_NULLABLE), OperandTypes.ANY)
            .withFunctionType(SqlFunctionCategory.SYSTEM)
            .withSyntax(SqlSyntax.ORDERED_FUNCTION)
            .withAllowsNullTreatment(true);

    /** {@code VAR_SAMP}, which of one row is NULL; Calcite's own (1.42) is not. */
    public static final SqlAggFunction VAR_SAMP = ofSample("VAR_SAMP", SqlKind.VAR_SAMP, OperandTypes.NUMERIC);

    /** {@code VARIANCE}, as {@link #VAR_SAMP}. */
    public static final SqlAggFunction VARIANCE = ofSample("VARIANCE", SqlKind.VAR_SAMP, OperandTypes.NUMERIC);

    /** {@code COVAR_SAMP}, as {@link #VAR_SAMP}. */
    public static final SqlAggFunction COVAR_SAMP =
            ofSample("COVAR_SAMP", SqlKind.COVAR_SAMP, OperandTypes.NUMERIC_NUMERIC);

    /** {@code NTH_VALUE}, NULL where there are fewer rows; Calcite's own (1.42) is not. */
    public static final SqlAggFunction NTH_VALUE = new NthValue();

    /** {@code LAG}: what stands for a row that is not there stands for no NULL in one that is, as with Calcite's own (1.42). */
    public static final SqlAggFunction LAG = new Neighbour(SqlKind.LAG);

    /** {@code LEAD}, as {@link #LAG}. */
    public static final SqlAggFunction LEAD = new Neighbour(SqlKind.LEAD);

    /** The correlation of two columns. */
    public static final SqlAggFunction CORR = ofPairs("CORR");

    /** The rest of the standard's linear regression: {@code y} comes first. */
    public static final Set<SqlAggFunction> REGRESSION = Set.of(
            ofPairs("REGR_SLOPE"),
            ofPairs("REGR_INTERCEPT"),
            ofPairs("REGR_R2"),
            ofPairs("REGR_AVGX"),
            ofPairs("REGR_AVGY"),
            ofPairs("REGR_SXY"));

    /** {@code LPAD(text, length[, filling])}, NULL if one of them is. */
    public static final SqlFunction LPAD = padding("LPAD");

    /** {@code RPAD(text, length[, filling])}, NULL if one of them is. */
    public static final SqlFunction RPAD = padding("RPAD");

    /** {@code DAYNAME(date or timestamp)}, in English. */
    public static final SqlFunction DAYNAME = nameOf("DAYNAME");

    /** {@code MONTHNAME(date or timestamp)}, in English. */
    public static final SqlFunction MONTHNAME = nameOf("MONTHNAME");

    /** {@code CURRENT_SCHEMA}: where names without a schema are looked up, or NULL if they are nowhere. */
    static final SqlFunction CURRENT_SCHEMA = new OfConnection("CURRENT_SCHEMA");

    /** {@code CURRENT_CATALOG}: NULL, as there are schemas and no catalogs. */
    static final SqlFunction CURRENT_CATALOG = new OfConnection("CURRENT_CATALOG");

    /** Names of the functions of Calcite in whose place stand those above. */
    static final Set<String> REPLACED = Set.of(
            "MOD",
            "TO_TIMESTAMP",
            "TIMESTAMPDIFF",
            "PERCENTILE_CONT",
            "PERCENTILE_DISC",
            "LISTAGG",
            "STRING_AGG",
            "ARRAY_AGG",
            "VAR_SAMP",
            "VARIANCE",
            "COVAR_SAMP",
            "NTH_VALUE",
            "LAG",
            "LEAD",
            "LPAD",
            "RPAD",
            "DAYNAME",
            "MONTHNAME",
            "CURRENT_SCHEMA",
            "CURRENT_CATALOG");

    /** In place of those that the parser puts into a query. */
    private static final Map<SqlKind, SqlAggFunction> PARSED = Map.of(
            SqlKind.PERCENTILE_CONT,
            PERCENTILE_CONT,
            SqlKind.PERCENTILE_DISC,
            PERCENTILE_DISC,
            SqlKind.STRING_AGG,
            STRING_AGG,
            SqlKind.ARRAY_AGG,
            ARRAY_AGG);

    private EngineFunctions() {}

    /**
     * Puts the aggregates and {@link #MOD} that are defined here into a query, where the parser put Calcite's, and casts
     * for the conversions of JDBC, in which Calcite looks up no names wherever they are written out twice.
     */
    static void putInto(SqlNode query) {
        query.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlCall call) {
                SqlAggFunction aggregate = PARSED.get(call.getKind());
                if (aggregate != null && call instanceof SqlBasicCall basic) {
                    basic.setOperator(aggregate);
                }
                boolean remainder = call.getOperator().equals(SqlStdOperatorTable.PERCENT_REMAINDER)
                        || call.getOperator().getName().equals("{fn MOD}");
                if (remainder && call instanceof SqlBasicCall basic) {
                    basic.setOperator(MOD);
                }
                if (call.getOperator().getName().equals("{fn CONVERT}") && call instanceof SqlBasicCall basic) {
                    cast(basic);
                }
                return super.visit(call);
            }
        });
    }

    private static void cast(SqlBasicCall conversion) {
        if (conversion.operandCount() == 2
                && conversion.operand(1) instanceof SqlLiteral type
                && type.getValue() instanceof SqlJdbcDataTypeName name) {
            conversion.setOperator(SqlStdOperatorTable.CAST);
            conversion.setOperand(1, name.createDataType(type.getParserPosition()));
        }
    }

    private static RelDataType remainder(SqlOperatorBinding binding) {
        boolean exact = binding.collectOperandTypes().stream().noneMatch(SqlTypeUtil::isApproximateNumeric);
        return exact
                ? ReturnTypes.NULLABLE_MOD.inferReturnType(binding)
                : ReturnTypes.DOUBLE_NULLABLE.inferReturnType(binding);
    }

    private static SqlFunction padding(String name) {
        return function(
                name,
                ReturnTypes.VARCHAR.andThen(SqlTypeTransforms.TO_NULLABLE),
                OperandTypes.STRING_NUMERIC_OPTIONAL_STRING,
                SqlFunctionCategory.STRING);
    }

    private static SqlFunction nameOf(String name) {
        return function(name, ReturnTypes.VARCHAR_NULLABLE, OperandTypes.DATETIME, SqlFunctionCategory.TIMEDATE);
    }

    private static SqlFunction function(
            String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands, SqlFunctionCategory category) {
        return SqlBasicFunction.create(name, type, operands, category);
    }

    private static SqlAggFunction percentile(SqlKind kind, SqlReturnTypeInference type) {
        return SqlBasicAggFunction.create(kind, type, OperandTypes.UNIT_INTERVAL_NUMERIC_LITERAL)
                .withFunctionType(SqlFunctionCategory.SYSTEM)
                .withGroupOrder(Optionality.MANDATORY)
                .withPercentile(true)
                .withAllowsFraming(false);
    }

    private static SqlAggFunction texts(String name) {
        return SqlBasicAggFunction.create(
                        name,
                        SqlKind.LISTAGG,
                        ReturnTypes.VARCHAR_FORCE_NULLABLE,
                        OperandTypes.STRING.or(OperandTypes.STRING_STRING))
                .withFunctionType(SqlFunctionCategory.SYSTEM)
                .withGroupOrder(Optionality.OPTIONAL);
    }

    private static SqlAggFunction ofPairs(String name) {
        return ofSample(name, SqlKind.OTHER_FUNCTION, OperandTypes.NUMERIC_NUMERIC);
    }

    private static SqlAggFunction ofSample(String name, SqlKind kind, SqlOperandTypeChecker operands) {
        return SqlBasicAggFunction.create(
                name, kind, ReturnTypes.DOUBLE.andThen(SqlTypeTransforms.FORCE_NULLABLE), operands);
    }

    private static final class NthValue extends SqlNthValueAggFunction {
        NthValue() {
            super(SqlKind.NTH_VALUE);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            return binding.getTypeFactory().createTypeWithNullability(super.inferReturnType(binding), true);
        }
    }

    private static final class Neighbour extends SqlLeadLagAggFunction {
        Neighbour(SqlKind kind) {
            super(kind);
        }

        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            RelDataType type = super.inferReturnType(binding);
            return binding.getOperandType(0).isNullable()
                    ? binding.getTypeFactory().createTypeWithNullability(type, true)
                    : type;
        }
    }

    /** What is called without parentheses and may be NULL, which Calcite's own never are. */
    private static final class OfConnection extends SqlFunction {
        OfConnection(String name) {
            super(
                    name,
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.VARCHAR_FORCE_NULLABLE,
                    null,
                    OperandTypes.NILADIC,
                    SqlFunctionCategory.SYSTEM);
        }

        @Override
        public SqlSyntax getSyntax() {
            return SqlSyntax.FUNCTION_ID;
        }
    }

    /** As Calcite's own, but for the type. */
    private static final class Difference extends SqlFunction {
        private static final Set<TimeUnit> PARTS_OF_A_SECOND =
                Set.of(TimeUnit.MILLISECOND, TimeUnit.MICROSECOND, TimeUnit.NANOSECOND);

        Difference() {
            super(
                    "TIMESTAMPDIFF",
                    SqlKind.TIMESTAMP_DIFF,
                    Difference::type,
                    null,
                    OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME),
                    SqlFunctionCategory.TIMEDATE);
        }

        private static RelDataType type(SqlOperatorBinding binding) {
            RelDataTypeFactory types = binding.getTypeFactory();
            TimeUnit unit = binding.getOperandLiteralValue(0, TimeUnit.class);
            boolean nullable = List.of(1, 2).stream()
                    .anyMatch(operand -> binding.getOperandType(operand).isNullable());
            return types.createTypeWithNullability(
                    types.createSqlType(
                            unit != null && PARTS_OF_A_SECOND.contains(unit)
                                    ? SqlTypeName.BIGINT
                                    : SqlTypeName.INTEGER),
                    nullable);
        }

        @Override
        public void validateCall(
                SqlCall call, SqlValidator validator, SqlValidatorScope scope, SqlValidatorScope operandScope) {
            super.validateCall(call, validator, scope, operandScope);
            if (call.operand(0) instanceof SqlIntervalQualifier unit) {
                validator.validateTimeFrame(unit);
                if (unit.timeFrameName == null && unit.timeUnitRange.startUnit.multiplier == null) {
                    throw validator.newValidationError(
                            unit,
                            Static.RESOURCE.invalidTimeFrameInOperation(unit.timeUnitRange.toString(), getName()));
                }
            }
        }
    }
}
