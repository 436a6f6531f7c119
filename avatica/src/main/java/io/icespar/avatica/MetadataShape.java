package io.icespar.avatica;

import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.ColumnMetaData.Rep;
import org.apache.calcite.avatica.Meta.CursorFactory;
import org.apache.calcite.avatica.Meta.Signature;
import org.apache.calcite.avatica.Meta.StatementType;
import org.apache.calcite.avatica.remote.MetaDataOperation;

/**
 * The columns of each answer of {@link java.sql.DatabaseMetaData}, as JDBC 4.3 lays them down.
 *
 * <p>Each is a list of names; {@code :int}, {@code :short}, {@code :long} and {@code :boolean} give a type other than
 * text.
 */
public enum MetadataShape {
    ATTRIBUTES("TYPE_CAT TYPE_SCHEM TYPE_NAME ATTR_NAME DATA_TYPE:int ATTR_TYPE_NAME ATTR_SIZE:int DECIMAL_DIGITS:int"
            + " NUM_PREC_RADIX:int NULLABLE:int REMARKS ATTR_DEF SQL_DATA_TYPE:int SQL_DATETIME_SUB:int"
            + " CHAR_OCTET_LENGTH:int ORDINAL_POSITION:int IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA SCOPE_TABLE"
            + " SOURCE_DATA_TYPE:short"),
    BEST_ROW_IDENTIFIER("SCOPE:short COLUMN_NAME DATA_TYPE:int TYPE_NAME COLUMN_SIZE:int BUFFER_LENGTH:int"
            + " DECIMAL_DIGITS:short PSEUDO_COLUMN:short"),
    CATALOGS("TABLE_CAT"),
    CLIENT_INFO_PROPERTIES("NAME MAX_LEN:int DEFAULT_VALUE DESCRIPTION"),
    COLUMN_PRIVILEGES("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE"),
    COLUMNS("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:int TYPE_NAME COLUMN_SIZE:int BUFFER_LENGTH:int"
            + " DECIMAL_DIGITS:int NUM_PREC_RADIX:int NULLABLE:int REMARKS COLUMN_DEF SQL_DATA_TYPE:int"
            + " SQL_DATETIME_SUB:int CHAR_OCTET_LENGTH:int ORDINAL_POSITION:int IS_NULLABLE SCOPE_CATALOG SCOPE_SCHEMA"
            + " SCOPE_TABLE SOURCE_DATA_TYPE:short IS_AUTOINCREMENT IS_GENERATEDCOLUMN"),
    FOREIGN_KEYS("PKTABLE_CAT PKTABLE_SCHEM PKTABLE_NAME PKCOLUMN_NAME FKTABLE_CAT FKTABLE_SCHEM FKTABLE_NAME"
            + " FKCOLUMN_NAME KEY_SEQ:short UPDATE_RULE:short DELETE_RULE:short FK_NAME PK_NAME DEFERRABILITY:short"),
    FUNCTION_COLUMNS("FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME COLUMN_NAME COLUMN_TYPE:short DATA_TYPE:int TYPE_NAME"
            + " PRECISION:int LENGTH:int SCALE:short RADIX:short NULLABLE:short REMARKS CHAR_OCTET_LENGTH:int"
            + " ORDINAL_POSITION:int IS_NULLABLE SPECIFIC_NAME"),
    FUNCTIONS("FUNCTION_CAT FUNCTION_SCHEM FUNCTION_NAME REMARKS FUNCTION_TYPE:short SPECIFIC_NAME"),
    INDEX_INFO("TABLE_CAT TABLE_SCHEM TABLE_NAME NON_UNIQUE:boolean INDEX_QUALIFIER INDEX_NAME TYPE:short"
            + " ORDINAL_POSITION:short COLUMN_NAME ASC_OR_DESC CARDINALITY:long PAGES:long FILTER_CONDITION"),
    PRIMARY_KEYS("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME KEY_SEQ:short PK_NAME"),
    PROCEDURE_COLUMNS("PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME COLUMN_NAME COLUMN_TYPE:short DATA_TYPE:int"
            + " TYPE_NAME PRECISION:int LENGTH:int SCALE:short RADIX:short NULLABLE:short REMARKS COLUMN_DEF"
            + " SQL_DATA_TYPE:int SQL_DATETIME_SUB:int CHAR_OCTET_LENGTH:int ORDINAL_POSITION:int IS_NULLABLE"
            + " SPECIFIC_NAME"),
    PROCEDURES("PROCEDURE_CAT PROCEDURE_SCHEM PROCEDURE_NAME RESERVED1 RESERVED2 RESERVED3 REMARKS"
            + " PROCEDURE_TYPE:short SPECIFIC_NAME"),
    PSEUDO_COLUMNS("TABLE_CAT TABLE_SCHEM TABLE_NAME COLUMN_NAME DATA_TYPE:int COLUMN_SIZE:int DECIMAL_DIGITS:int"
            + " NUM_PREC_RADIX:int COLUMN_USAGE REMARKS CHAR_OCTET_LENGTH:int IS_NULLABLE"),
    SCHEMAS("TABLE_SCHEM TABLE_CATALOG"),
    SUPER_TABLES("TABLE_CAT TABLE_SCHEM TABLE_NAME SUPERTABLE_NAME"),
    SUPER_TYPES("TYPE_CAT TYPE_SCHEM TYPE_NAME SUPERTYPE_CAT SUPERTYPE_SCHEM SUPERTYPE_NAME"),
    TABLE_PRIVILEGES("TABLE_CAT TABLE_SCHEM TABLE_NAME GRANTOR GRANTEE PRIVILEGE IS_GRANTABLE"),
    TABLE_TYPES("TABLE_TYPE"),
    TABLES("TABLE_CAT TABLE_SCHEM TABLE_NAME TABLE_TYPE REMARKS TYPE_CAT TYPE_SCHEM TYPE_NAME"
            + " SELF_REFERENCING_COL_NAME REF_GENERATION"),
    TYPE_INFO("TYPE_NAME DATA_TYPE:int PRECISION:int LITERAL_PREFIX LITERAL_SUFFIX CREATE_PARAMS NULLABLE:short"
            + " CASE_SENSITIVE:boolean SEARCHABLE:short UNSIGNED_ATTRIBUTE:boolean FIXED_PREC_SCALE:boolean"
            + " AUTO_INCREMENT:boolean LOCAL_TYPE_NAME MINIMUM_SCALE:short MAXIMUM_SCALE:short SQL_DATA_TYPE:int"
            + " SQL_DATETIME_SUB:int NUM_PREC_RADIX:int"),
    UDTS("TYPE_CAT TYPE_SCHEM TYPE_NAME CLASS_NAME DATA_TYPE:int REMARKS BASE_TYPE:short"),
    VERSION_COLUMNS("SCOPE:short COLUMN_NAME DATA_TYPE:int TYPE_NAME COLUMN_SIZE:int BUFFER_LENGTH:int"
            + " DECIMAL_DIGITS:short PSEUDO_COLUMN:short");

    private final String columns;

    MetadataShape(String columns) {
        this.columns = columns;
    }

    /** The shape of what a call gives. */
    public static MetadataShape of(MetaDataOperation call) {
        switch (call) {
            case GET_ATTRIBUTES:
                return ATTRIBUTES;
            case GET_BEST_ROW_IDENTIFIER:
                return BEST_ROW_IDENTIFIER;
            case GET_CATALOGS:
                return CATALOGS;
            case GET_CLIENT_INFO_PROPERTIES:
                return CLIENT_INFO_PROPERTIES;
            case GET_COLUMN_PRIVILEGES:
                return COLUMN_PRIVILEGES;
            case GET_COLUMNS:
                return COLUMNS;
            case GET_CROSS_REFERENCE:
            case GET_EXPORTED_KEYS:
            case GET_IMPORTED_KEYS:
                return FOREIGN_KEYS;
            case GET_FUNCTION_COLUMNS:
                return FUNCTION_COLUMNS;
            case GET_FUNCTIONS:
                return FUNCTIONS;
            case GET_INDEX_INFO:
                return INDEX_INFO;
            case GET_PRIMARY_KEYS:
                return PRIMARY_KEYS;
            case GET_PROCEDURE_COLUMNS:
                return PROCEDURE_COLUMNS;
            case GET_PROCEDURES:
                return PROCEDURES;
            case GET_PSEUDO_COLUMNS:
                return PSEUDO_COLUMNS;
            case GET_SCHEMAS:
            case GET_SCHEMAS_WITH_ARGS:
                return SCHEMAS;
            case GET_SUPER_TABLES:
                return SUPER_TABLES;
            case GET_SUPER_TYPES:
                return SUPER_TYPES;
            case GET_TABLE_PRIVILEGES:
                return TABLE_PRIVILEGES;
            case GET_TABLES:
                return TABLES;
            case GET_TABLE_TYPES:
                return TABLE_TYPES;
            case GET_TYPE_INFO:
                return TYPE_INFO;
            case GET_UDTS:
                return UDTS;
            case GET_VERSION_COLUMNS:
                return VERSION_COLUMNS;
        }
        throw new IllegalArgumentException(call.name());
    }

    /** The columns in Avatica's terms. */
    public Signature signature() {
        var list = new ArrayList<ColumnMetaData>();
        for (var word : columns.split(" ", -1)) {
            list.add(column(list.size(), word));
        }
        return new Signature(list, "", List.of(), Map.of(), CursorFactory.ARRAY, StatementType.SELECT);
    }

    private static ColumnMetaData column(int ordinal, String word) {
        var colon = word.indexOf(':');
        var name = colon < 0 ? word : word.substring(0, colon);
        switch (colon < 0 ? "" : word.substring(colon + 1)) {
            case "":
                return column(ordinal, name, Types.VARCHAR, "VARCHAR", Rep.STRING, 0, Integer.MAX_VALUE);
            case "boolean":
                return column(ordinal, name, Types.BOOLEAN, "BOOLEAN", Rep.BOOLEAN, 1, "false".length());
            case "short":
                return column(ordinal, name, Types.SMALLINT, "SMALLINT", Rep.SHORT, 5, "-32768".length());
            case "int":
                return column(ordinal, name, Types.INTEGER, "INTEGER", Rep.INTEGER, 10, "-2147483648".length());
            case "long":
                return column(ordinal, name, Types.BIGINT, "BIGINT", Rep.LONG, 19, "-9223372036854775808".length());
            default:
                throw new IllegalArgumentException(word);
        }
    }

    private static ColumnMetaData column(
            int ordinal, String name, int jdbcType, String typeName, Rep rep, int precision, int displaySize) {
        var isNumber = rep == Rep.SHORT || rep == Rep.INTEGER || rep == Rep.LONG;
        return new ColumnMetaData(
                ordinal,
                false,
                true,
                true,
                false,
                DatabaseMetaData.columnNullable,
                isNumber,
                displaySize,
                name,
                name,
                "",
                precision,
                0,
                "",
                "",
                ColumnMetaData.scalar(jdbcType, typeName, rep),
                true,
                false,
                false,
                javaClass(rep).getName());
    }

    private static Class<?> javaClass(Rep rep) {
        switch (rep) {
            case BOOLEAN:
                return Boolean.class;
            case SHORT:
                return Short.class;
            case INTEGER:
                return Integer.class;
            case LONG:
                return Long.class;
            default:
                return String.class;
        }
    }
}
