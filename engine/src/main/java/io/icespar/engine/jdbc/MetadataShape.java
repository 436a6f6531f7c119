package io.icespar.engine.jdbc;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.plan.ResultColumn;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;

/**
 * The columns of each answer of {@link java.sql.DatabaseMetaData}, as JDBC 4.3 lays them down.
 *
 * <p>Each is a list of names; {@code :int}, {@code :short}, {@code :long} and {@code :boolean} give a type other than
 * text.
 */
enum MetadataShape {
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

    // Made once: they are the same for every caller.
    @SuppressWarnings("ImmutableEnumChecker") // ColumnMetaData has only final fields.
    private final List<ColumnMetaData> columns;

    MetadataShape(String text) {
        var list = new ArrayList<ColumnMetaData>();
        for (var word : text.split(" ", -1)) {
            list.add(Signatures.column(list.size(), column(word)));
        }
        this.columns = List.copyOf(list);
    }

    /** The columns in Avatica's terms. */
    List<ColumnMetaData> columns() {
        return columns;
    }

    private static ResultColumn column(String word) {
        var colon = word.indexOf(':');
        var name = colon < 0 ? word : word.substring(0, colon);
        return switch (colon < 0 ? "" : word.substring(colon + 1)) {
            case "" -> column(name, "VARCHAR", Types.VARCHAR, ColumnForm.STRING);
            case "boolean" -> column(name, "BOOLEAN", Types.BOOLEAN, ColumnForm.BOOLEAN);
            case "short" -> column(name, "SMALLINT", Types.SMALLINT, ColumnForm.SHORT);
            case "int" -> column(name, "INTEGER", Types.INTEGER, ColumnForm.INTEGER);
            case "long" -> column(name, "BIGINT", Types.BIGINT, ColumnForm.LONG);
            default -> throw new IllegalArgumentException(word);
        };
    }

    private static ResultColumn column(String name, String typeName, int jdbcType, ColumnForm form) {
        return new ResultColumn(name, "", "", typeName, jdbcType, 0, 0, true, form);
    }
}
