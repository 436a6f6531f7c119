package io.icespar.engine.sql;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** The SQL types as the engine has them: text is Unicode, decimals have up to 38 digits. */
final class EngineTypes extends JavaTypeFactoryImpl {

    private final Patience patience;

    /** Types that outlive a statement. */
    EngineTypes() {
        this(Patience.ENDLESS);
    }

    /** The types of one statement, which are made only as long as someone waits for it. */
    EngineTypes(Patience patience) {
        super(new Limits());
        this.patience = patience;
    }

    @Override
    public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
        patience.check();
        return super.createTypeWithNullability(type, nullable);
    }

    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule mappingRule) {
        patience.check();
        return super.leastRestrictive(types, mappingRule);
    }

    @Override
    public RelDataType createSqlType(SqlTypeName typeName) {
        patience.check();
        return super.createSqlType(typeName);
    }

    @Override
    public RelDataType createStructType(StructKind kind, List<RelDataType> typeList, List<String> fieldNameList) {
        patience.check();
        return super.createStructType(kind, typeList, fieldNameList);
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }

    /** Whether a column of one type can hold what has the other; that a value may be absent does not matter. */
    static boolean takes(RelDataType column, RelDataType value) {
        if (SqlTypeUtil.isNull(value)) {
            return true;
        }
        return (SqlTypeUtil.inCharFamily(column) && SqlTypeUtil.inCharFamily(value))
                || (SqlTypeUtil.isExactNumeric(column) && SqlTypeUtil.isExactNumeric(value))
                || (SqlTypeUtil.isApproximateNumeric(column) && SqlTypeUtil.isNumeric(value))
                || column.getSqlTypeName() == value.getSqlTypeName();
    }

    private static final class Limits extends RelDataTypeSystemImpl {
        @Override
        public int getMaxPrecision(SqlTypeName typeName) {
            return switch (typeName) {
                case DECIMAL -> 38;
                case TIME, TIMESTAMP -> 6;
                default -> super.getMaxPrecision(typeName);
            };
        }

        @Override
        public int getMaxScale(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? 38 : super.getMaxScale(typeName);
        }

        @Override
        public int getDefaultPrecision(SqlTypeName typeName) {
            return switch (typeName) {
                case DECIMAL -> 38;
                case TIME, TIMESTAMP -> 6;
                default -> super.getDefaultPrecision(typeName);
            };
        }

        // The mean of whole numbers is no whole number (ISO/IEC 9075-2 leaves the type to the implementation).
        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
            return typeFactory.createTypeWithNullability(
                    typeFactory.createSqlType(SqlTypeName.DOUBLE), argumentType.isNullable());
        }

        @Override
        public RelDataType deriveCovarType(RelDataTypeFactory typeFactory, RelDataType first, RelDataType second) {
            return typeFactory.createTypeWithNullability(
                    typeFactory.createSqlType(SqlTypeName.DOUBLE), first.isNullable() || second.isNullable());
        }

        // Nor has the quotient of decimals a scale that fits all: of two sums, 38 digits wide, Calcite's would be 0.
        @Override
        public @Nullable RelDataType deriveDecimalDivideType(
                RelDataTypeFactory typeFactory, RelDataType dividend, RelDataType divisor) {
            boolean decimal = SqlTypeUtil.isDecimal(dividend) || SqlTypeUtil.isDecimal(divisor);
            if (!decimal || !SqlTypeUtil.isExactNumeric(dividend) || !SqlTypeUtil.isExactNumeric(divisor)) {
                return null;
            }
            return typeFactory.createTypeWithNullability(
                    typeFactory.createSqlType(SqlTypeName.DOUBLE), dividend.isNullable() || divisor.isNullable());
        }

        @Override
        public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
            RelDataType sum = switch (argumentType.getSqlTypeName()) {
                case TINYINT, SMALLINT, INTEGER, BIGINT -> typeFactory.createSqlType(SqlTypeName.BIGINT);
                case DECIMAL -> typeFactory.createSqlType(SqlTypeName.DECIMAL, 38, argumentType.getScale());
                case FLOAT, REAL, DOUBLE -> typeFactory.createSqlType(SqlTypeName.DOUBLE);
                default -> argumentType;
            };
            return typeFactory.createTypeWithNullability(sum, argumentType.isNullable());
        }

        @Override
        public boolean shouldConvertRaggedUnionTypesToVarying() {
            return true;
        }
    }
}
