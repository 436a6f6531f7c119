package io.icespar.avatica;

import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta.Signature;

/** What the columns of rows are. Nothing of it can be written to. */
final class IcesparResultSetMetaData implements ResultSetMetaData {
    private final Signature signature;

    IcesparResultSetMetaData(Signature signature) {
        this.signature = signature;
    }

    private ColumnMetaData column(int column) throws SQLException {
        if (column < 1 || column > signature.columns.size()) {
            throw JdbcError.UNDEFINED_COLUMN.error(
                    "there is no column " + column + ": the rows have " + signature.columns.size());
        }
        return signature.columns.get(column - 1);
    }

    @Override
    public int getColumnCount() {
        return signature.columns.size();
    }

    @Override
    public boolean isAutoIncrement(int column) throws SQLException {
        return column(column).autoIncrement;
    }

    /** Whether case counts when values are compared: of texts, it does. */
    @Override
    public boolean isCaseSensitive(int column) throws SQLException {
        var type = column(column).type.id;
        return type == Types.VARCHAR || type == Types.CHAR;
    }

    @Override
    public boolean isSearchable(int column) throws SQLException {
        return column(column).searchable;
    }

    @Override
    public boolean isCurrency(int column) throws SQLException {
        return column(column).currency;
    }

    @Override
    public int isNullable(int column) throws SQLException {
        return column(column).nullable;
    }

    @Override
    public boolean isSigned(int column) throws SQLException {
        return column(column).signed;
    }

    @Override
    public int getColumnDisplaySize(int column) throws SQLException {
        return column(column).displaySize;
    }

    @Override
    public String getColumnLabel(int column) throws SQLException {
        return column(column).label;
    }

    @Override
    public String getColumnName(int column) throws SQLException {
        return column(column).columnName;
    }

    @Override
    public String getSchemaName(int column) throws SQLException {
        var name = column(column).schemaName;
        return name == null ? "" : name;
    }

    @Override
    public int getPrecision(int column) throws SQLException {
        return Math.max(column(column).precision, 0);
    }

    @Override
    public int getScale(int column) throws SQLException {
        return Math.max(column(column).scale, 0);
    }

    @Override
    public String getTableName(int column) throws SQLException {
        var name = column(column).tableName;
        return name == null ? "" : name;
    }

    /** Empty: there are no catalogs. */
    @Override
    public String getCatalogName(int column) throws SQLException {
        column(column);
        return "";
    }

    @Override
    public int getColumnType(int column) throws SQLException {
        return column(column).type.id;
    }

    @Override
    public String getColumnTypeName(int column) throws SQLException {
        return column(column).type.name;
    }

    @Override
    public boolean isReadOnly(int column) throws SQLException {
        column(column);
        return true;
    }

    @Override
    public boolean isWritable(int column) throws SQLException {
        column(column);
        return false;
    }

    @Override
    public boolean isDefinitelyWritable(int column) throws SQLException {
        column(column);
        return false;
    }

    /** The class that {@code getObject} gives: JDBC's for the type, which for small numbers is {@link Integer}. */
    @Override
    public String getColumnClassName(int column) throws SQLException {
        var described = column(column);
        return javaClass(described.type.id, described.columnClassName);
    }

    static String javaClass(int jdbcType, String otherwise) {
        switch (jdbcType) {
            case Types.BOOLEAN:
            case Types.BIT:
                return Boolean.class.getName();
            case Types.TINYINT:
            case Types.SMALLINT:
            case Types.INTEGER:
                return Integer.class.getName();
            case Types.DATE:
                return Date.class.getName();
            case Types.TIME:
                return Time.class.getName();
            case Types.TIMESTAMP:
                return Timestamp.class.getName();
            case Types.BINARY:
            case Types.VARBINARY:
                return byte[].class.getName();
            default:
                return otherwise;
        }
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return JdbcError.unwrap(this, type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
