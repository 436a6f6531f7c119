package io.icespar.engine.cube;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.Objects;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlQualified;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorTable;
import org.apache.calcite.util.Optionality;
import org.jspecify.annotations.Nullable;

/**
 * {@code AGGREGATE(measure)}: what the measure gives for each group of rows, after J. Hyde and J. Fremlin, "Measures in
 * SQL" (2024). {@code AGGREGATE(measure) AT (ALL level, …)} is a call with the levels as further operands, or with {@code
 * TRUE} for all.
 */
public final class MeasureFunction extends SqlAggFunction {
    /** The function. */
    public static final MeasureFunction INSTANCE = new MeasureFunction();

    private MeasureFunction() {
        // Calcite lets functions of a few kinds only have rolled-up columns as operands; this one is known by its
        // class.
        super(
                "AGGREGATE",
                null,
                SqlKind.MAX,
                ReturnTypes.ARG0.andThen(SqlTypeTransforms.FORCE_NULLABLE),
                null,
                new Operands(),
                SqlFunctionCategory.NUMERIC,
                false,
                false,
                Optionality.FORBIDDEN);
    }

    private static final class Operands implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            SqlNode measure = binding.operand(0);
            if (find(measure, binding.getScope()) instanceof CubeField.OfMeasure) {
                for (SqlNode level : binding.operands().subList(1, binding.getOperandCount())) {
                    boolean isAll = level instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.BOOLEAN;
                    if (!isAll && !(find(level, binding.getScope()) instanceof CubeField.OfRows)) {
                        throw refused("`AT (ALL …)` names levels of the cube, and `" + level + "` is none", level);
                    }
                }
                return true;
            }
            throw refused("`AGGREGATE` takes a measure of a cube, and `" + measure + "` is none", measure);
        }

        private static @Nullable CubeField find(SqlNode operand, @Nullable SqlValidatorScope scope) {
            if (!(operand instanceof SqlIdentifier identifier) || identifier.isStar()) {
                return null;
            }
            SqlQualified qualified = Objects.requireNonNull(scope).fullyQualify(identifier);
            SqlValidatorTable table = qualified.namespace == null ? null : qualified.namespace.getTable();
            CubeShape shape = table == null ? null : table.unwrap(CubeShape.class);
            String name = identifier.names.get(identifier.names.size() - 1);
            return shape == null
                    ? null
                    : shape.fields().stream()
                            .filter(field -> Name.of(field.name()).equals(Name.of(name)))
                            .findFirst()
                            .orElse(null);
        }

        private static IcesparException refused(String what, SqlNode where) {
            SqlParserPos position = where.getParserPosition();
            return new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    what + " (line " + position.getLineNum() + ", column " + position.getColumnNum() + ")");
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return SqlOperandCountRanges.from(1);
        }

        @Override
        public String getAllowedSignatures(SqlOperator op, String opName) {
            return opName + "(<MEASURE>)";
        }
    }
}
