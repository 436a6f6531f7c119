package io.icespar.engine.plan;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;

/** What a query's columns and parameters look like to those who receive or bind them. */
public final class ResultTypes {
    private ResultTypes() {}

    /** The columns of the query's answer. */
    public static List<ResultColumn> columns(ValidatedQuery query) {
        List<ResultColumn> columns = new ArrayList<>();
        List<RelDataTypeField> fields = query.root().validatedRowType.getFieldList();
        for (int i = 0; i < fields.size(); i++) {
            Optional<TableName> origin =
                    i < query.origins().size() ? query.origins().get(i) : Optional.empty();
            columns.add(column(fields.get(i).getName(), fields.get(i).getType(), origin));
        }
        return columns;
    }

    /** Whether values of the type can be given; of a row, those of all its columns. */
    public static boolean canBeGiven(RelDataType type) {
        try {
            if (type.isStruct()) {
                type.getFieldList().forEach(field -> form(field.getType()));
            } else {
                form(type);
            }
            return true;
        } catch (IcesparException e) {
            return false;
        }
    }

    /** The columns of a view, all of which {@linkplain #canBeGiven can be given}. */
    public static List<ResultColumn> columns(TableName view, RelDataType rowType) {
        return rowType.getFieldList().stream()
                .map(field -> column(field.getName(), field.getType(), Optional.of(view)))
                .toList();
    }

    /** A column of a table whose rows a query makes, of a type that {@linkplain #canBeGiven can be given}. */
    public static ResultColumn column(String label, RelDataType type, TableName table) {
        return column(label, type, Optional.of(table));
    }

    /** The parameters of the query. */
    public static List<ResultColumn> parameters(ValidatedQuery query) {
        List<ResultColumn> parameters = new ArrayList<>();
        for (RelDataTypeField field : query.parameters()) {
            parameters.add(column("?" + (parameters.size() + 1), field.getType(), Optional.empty()));
        }
        return parameters;
    }

    private static ResultColumn column(String label, RelDataType type, Optional<TableName> origin) {
        SqlTypeName name = type.getSqlTypeName();
        int precision = type.getPrecision() > 0 && type.getPrecision() != Integer.MAX_VALUE ? type.getPrecision() : 0;
        return new ResultColumn(
                label,
                origin.map(table -> table.schema().spelling()).orElse(""),
                origin.map(table -> table.table().spelling()).orElse(""),
                typeName(name),
                name == SqlTypeName.FLOAT ? SqlTypeName.DOUBLE.getJdbcOrdinal() : name.getJdbcOrdinal(),
                precision,
                name == SqlTypeName.DECIMAL ? type.getScale() : 0,
                type.isNullable(),
                form(type));
    }

    /** What a type is called in SQL, without its digits. */
    public static String typeName(SqlTypeName name) {
        return switch (name) {
            case FLOAT -> "DOUBLE";
            case TIMESTAMP_TZ -> "TIMESTAMP WITH TIME ZONE";
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "TIMESTAMP WITH LOCAL TIME ZONE";
            default -> name.getName();
        };
    }

    /** In which form values of the type are read from a backend. */
    static ColumnForm form(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> ColumnForm.BOOLEAN;
            case TINYINT -> ColumnForm.BYTE;
            case SMALLINT -> ColumnForm.SHORT;
            case INTEGER -> ColumnForm.INTEGER;
            case BIGINT -> ColumnForm.LONG;
            case REAL -> ColumnForm.FLOAT;
            case FLOAT, DOUBLE -> ColumnForm.DOUBLE;
            case DECIMAL -> ColumnForm.DECIMAL;
            case CHAR, VARCHAR, NULL, ANY, UNKNOWN, SYMBOL -> ColumnForm.STRING;
            case BINARY, VARBINARY -> ColumnForm.BYTES;
            case DATE -> ColumnForm.DATE;
            case TIME -> ColumnForm.TIME;
            case TIMESTAMP -> ColumnForm.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> ColumnForm.TIMESTAMP_WITH_TIME_ZONE;
            case ARRAY, MULTISET -> ColumnForm.LIST;
            default ->
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "a column of type `" + type.getSqlTypeName().getName() + "` cannot be given");
        };
    }
}
