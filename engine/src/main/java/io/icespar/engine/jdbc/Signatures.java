package io.icespar.engine.jdbc;

import io.icespar.engine.Session.Prepared;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.plan.ResultColumn;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.DatabaseMetaData;
import java.sql.Date;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.AvaticaType;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta.CursorFactory;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.Meta.StatementType;

/** What Avatica calls a signature: the columns and parameters of a statement in its terms. */
final class Signatures {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    private Signatures() {}

    /** The signature of a statement. */
    static Signature of(Prepared prepared, Times times) {
        var parameters =
                prepared.parameters().stream().map(Signatures::parameter).toList();
        return signature(
                columns(prepared.columns(), times),
                prepared.sql(),
                parameters,
                CursorFactory.LIST,
                prepared.columns().isEmpty() ? StatementType.OTHER_DDL : StatementType.SELECT);
    }

    /** The signature of the rows that a statement gives. */
    static Signature ofRows(List<ResultColumn> columns, Times times) {
        return of(columns(columns, times));
    }

    /** The signature of rows with columns that are in Avatica's terms already. */
    static Signature of(List<ColumnMetaData> columns) {
        return signature(columns, "", List.of(), CursorFactory.ARRAY, StatementType.SELECT);
    }

    private static Signature signature(
            List<ColumnMetaData> columns,
            String sql,
            List<AvaticaParameter> parameters,
            CursorFactory rows,
            StatementType type) {
        return new Signature(columns, sql, parameters, Map.of(), rows, type);
    }

    private static List<ColumnMetaData> columns(List<ResultColumn> columns, Times times) {
        var result = new ArrayList<ColumnMetaData>();
        for (var column : columns) {
            result.add(column(result.size(), column, times));
        }
        return result;
    }

    /** A column in Avatica's terms, at the {@code ordinal} counted from 0. */
    static ColumnMetaData column(int ordinal, ResultColumn column, Times times) {
        var type = type(column);
        var precision = isTime(column) ? Math.min(column.precision(), times.digits()) : column.precision();
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                true,
                false,
                column.nullable() ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
                isSigned(column.form()),
                displaySize(column, times),
                column.label(),
                column.label(),
                column.schema(),
                precision,
                column.scale(),
                column.table(),
                "",
                type,
                true,
                false,
                false,
                javaClass(column.form()).getName());
    }

    private static AvaticaParameter parameter(ResultColumn parameter) {
        return new AvaticaParameter(
                isSigned(parameter.form()),
                parameter.precision(),
                parameter.scale(),
                parameter.jdbcType(),
                parameter.typeName(),
                javaClass(parameter.form()).getName(),
                parameter.label());
    }

    private static AvaticaType type(ResultColumn column) {
        if (column.form() == ColumnForm.LIST) {
            // The values inside carry their own types.
            var component = ColumnMetaData.scalar(Types.JAVA_OBJECT, "ANY", Rep.OBJECT);
            return ColumnMetaData.array(component, column.typeName(), Rep.ARRAY);
        }
        // Avatica's client has no way to read the type itself, which is sent as a text.
        var jdbcType = column.form() == ColumnForm.TIMESTAMP_WITH_TIME_ZONE ? Types.VARCHAR : column.jdbcType();
        return ColumnMetaData.scalar(jdbcType, column.typeName(), representation(column.form()));
    }

    /** In which form the values of a column go to Avatica; {@link WireValues} brings them into it. */
    private static Rep representation(ColumnForm form) {
        return switch (form) {
            case BOOLEAN -> Rep.BOOLEAN;
            case BYTE -> Rep.BYTE;
            case SHORT -> Rep.SHORT;
            case INTEGER, DATE, TIME -> Rep.INTEGER;
            case LONG, TIMESTAMP -> Rep.LONG;
            case FLOAT -> Rep.FLOAT;
            case DOUBLE -> Rep.DOUBLE;
            case DECIMAL -> Rep.NUMBER;
            case STRING, TIMESTAMP_WITH_TIME_ZONE -> Rep.STRING;
            case BYTES -> Rep.BYTE_STRING;
            case LIST -> Rep.ARRAY;
        };
    }

    /** The class that {@link java.sql.ResultSet#getObject(int)} gives. */
    private static Class<?> javaClass(ColumnForm form) {
        return switch (form) {
            case BOOLEAN -> Boolean.class;
            case BYTE -> Byte.class;
            case SHORT -> Short.class;
            case INTEGER -> Integer.class;
            case LONG -> Long.class;
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            case DECIMAL -> BigDecimal.class;
            case STRING, TIMESTAMP_WITH_TIME_ZONE -> String.class;
            case BYTES -> byte[].class;
            case DATE -> Date.class;
            case TIME -> Time.class;
            case TIMESTAMP -> Timestamp.class;
            case LIST -> Array.class;
        };
    }

    private static boolean isSigned(ColumnForm form) {
        return switch (form) {
            case BYTE, SHORT, INTEGER, LONG, FLOAT, DOUBLE, DECIMAL -> true;
            case BOOLEAN, STRING, BYTES, DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_TIME_ZONE, LIST -> false;
        };
    }

    private static boolean isTime(ResultColumn column) {
        return column.form() == ColumnForm.TIME || column.form() == ColumnForm.TIMESTAMP;
    }

    /** How many characters a value takes at most when it is written out. */
    private static int displaySize(ResultColumn column, Times times) {
        return switch (column.form()) {
            case BOOLEAN -> "false".length();
            case BYTE -> "-128".length();
            case SHORT -> "-32768".length();
            case INTEGER -> "-2147483648".length();
            case LONG -> "-9223372036854775808".length();
            case FLOAT -> "-1.17549435E-38".length();
            case DOUBLE -> "-2.2250738585072014E-308".length();
            case DECIMAL -> column.precision() + "-.".length();
            case DATE -> "2000-01-01".length();
            case TIME -> "00:00:00.".length() + times.digits();
            case TIMESTAMP -> "2000-01-01 00:00:00.".length() + times.digits();
            case TIMESTAMP_WITH_TIME_ZONE -> "2000-01-01T00:00:00.000000+00:00".length();
            case STRING -> column.precision() > 0 ? column.precision() : UNLIMITED;
            case BYTES -> column.precision() > 0 ? 2 * Math.min(column.precision(), UNLIMITED / 2) : UNLIMITED;
            case LIST -> UNLIMITED;
        };
    }
}
