package io.icespar.server.jdbc;

import static io.icespar.server.jdbc.DatabaseMethods.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.server.jdbc.JdbcShop.Way;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code DatabaseMetaData} lists, and for whom. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdbcListingsTest {
    private final JdbcShop shop;

    JdbcListingsTest(@TempDir Path folder) throws IOException {
        shop = new JdbcShop(folder);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    /** Every method that gives rows, asked for everything. */
    private static List<Method> listings() {
        return Conformance.methods(DatabaseMetaData.class).stream()
                .filter(method -> method.getReturnType() == ResultSet.class)
                .toList();
    }

    private static ResultSet ask(DatabaseMetaData metaData, Method listing, String table)
            throws ReflectiveOperationException {
        var types = listing.getParameterTypes();
        var arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            if (types[i] == int.class) {
                arguments[i] = DatabaseMetaData.bestRowSession;
            } else if (types[i] == boolean.class) {
                arguments[i] = false;
            }
        }
        if (types.length >= 3 && types[2] == String.class) {
            arguments[2] = table;
        }
        if (types.length == 6) {
            arguments[5] = table.equals("Shops") ? "Secrets" : "Shops";
        }
        return (ResultSet) listing.invoke(metaData, arguments);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsForbiddenIsInNoListing(Way way) throws SQLException, ReflectiveOperationException {
        try (var alice = shop.connect(way, "alice");
                var bob = shop.connect(way, "bob")) {
            var seenByBob = everything(bob);
            assertTrue(seenByBob.contains("Secrets") && seenByBob.contains("Margin"), seenByBob);
            var seenByAlice = everything(alice);
            assertTrue(seenByAlice.contains("Shops"), seenByAlice);
            assertFalse(seenByAlice.contains("Secrets") || seenByAlice.contains("Margin"), seenByAlice);
            assertFalse(seenByAlice.contains("bob"), seenByAlice);
        }
    }

    private static String everything(Connection connection) throws SQLException, ReflectiveOperationException {
        var text = new ArrayList<String>();
        for (var listing : listings()) {
            for (var table : List.of("%", "Shops", "Sales", "Secrets")) {
                list(ask(connection.getMetaData(), listing, table))
                        .forEach(row -> text.add(listing.getName() + ": " + row));
            }
        }
        return String.join("\n", text);
    }

    @ParameterizedTest
    @EnumSource
    void listingsHaveTheColumnsThatJdbcLaysDown(Way way) throws SQLException, ReflectiveOperationException {
        try (var connection = shop.connect(way, "bob")) {
            var found = new ArrayList<String>();
            for (var listing : listings()) {
                try (var rows = ask(connection.getMetaData(), listing, "%")) {
                    var columns = new ArrayList<String>();
                    var described = rows.getMetaData();
                    for (int i = 1; i <= described.getColumnCount(); i++) {
                        columns.add(described.getColumnLabel(i) + ":"
                                + described.getColumnTypeName(i).charAt(0));
                    }
                    found.add(listing.getName() + " " + String.join(" ", columns));
                }
            }
            assertEquals(SHAPES, String.join("\n", found) + "\n");
        }
    }

    /** From the Javadoc of JDBC 4.3; V: text, I: int, S: short, B: long or boolean. */
    private static final String SHAPES = """
            getAttributes TYPE_CAT:V TYPE_SCHEM:V TYPE_NAME:V ATTR_NAME:V DATA_TYPE:I ATTR_TYPE_NAME:V ATTR_SIZE:I DECIMAL_DIGITS:I NUM_PREC_RADIX:I NULLABLE:I REMARKS:V ATTR_DEF:V SQL_DATA_TYPE:I SQL_DATETIME_SUB:I CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE:V SCOPE_CATALOG:V SCOPE_SCHEMA:V SCOPE_TABLE:V SOURCE_DATA_TYPE:S
            getBestRowIdentifier SCOPE:S COLUMN_NAME:V DATA_TYPE:I TYPE_NAME:V COLUMN_SIZE:I BUFFER_LENGTH:I DECIMAL_DIGITS:S PSEUDO_COLUMN:S
            getCatalogs TABLE_CAT:V
            getClientInfoProperties NAME:V MAX_LEN:I DEFAULT_VALUE:V DESCRIPTION:V
            getColumnPrivileges TABLE_CAT:V TABLE_SCHEM:V TABLE_NAME:V COLUMN_NAME:V GRANTOR:V GRANTEE:V PRIVILEGE:V IS_GRANTABLE:V
            getColumns TABLE_CAT:V TABLE_SCHEM:V TABLE_NAME:V COLUMN_NAME:V DATA_TYPE:I TYPE_NAME:V COLUMN_SIZE:I BUFFER_LENGTH:I DECIMAL_DIGITS:I NUM_PREC_RADIX:I NULLABLE:I REMARKS:V COLUMN_DEF:V SQL_DATA_TYPE:I SQL_DATETIME_SUB:I CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE:V SCOPE_CATALOG:V SCOPE_SCHEMA:V SCOPE_TABLE:V SOURCE_DATA_TYPE:S IS_AUTOINCREMENT:V IS_GENERATEDCOLUMN:V
            getCrossReference PKTABLE_CAT:V PKTABLE_SCHEM:V PKTABLE_NAME:V PKCOLUMN_NAME:V FKTABLE_CAT:V FKTABLE_SCHEM:V FKTABLE_NAME:V FKCOLUMN_NAME:V KEY_SEQ:S UPDATE_RULE:S DELETE_RULE:S FK_NAME:V PK_NAME:V DEFERRABILITY:S
            getExportedKeys PKTABLE_CAT:V PKTABLE_SCHEM:V PKTABLE_NAME:V PKCOLUMN_NAME:V FKTABLE_CAT:V FKTABLE_SCHEM:V FKTABLE_NAME:V FKCOLUMN_NAME:V KEY_SEQ:S UPDATE_RULE:S DELETE_RULE:S FK_NAME:V PK_NAME:V DEFERRABILITY:S
            getFunctionColumns FUNCTION_CAT:V FUNCTION_SCHEM:V FUNCTION_NAME:V COLUMN_NAME:V COLUMN_TYPE:S DATA_TYPE:I TYPE_NAME:V PRECISION:I LENGTH:I SCALE:S RADIX:S NULLABLE:S REMARKS:V CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE:V SPECIFIC_NAME:V
            getFunctions FUNCTION_CAT:V FUNCTION_SCHEM:V FUNCTION_NAME:V REMARKS:V FUNCTION_TYPE:S SPECIFIC_NAME:V
            getImportedKeys PKTABLE_CAT:V PKTABLE_SCHEM:V PKTABLE_NAME:V PKCOLUMN_NAME:V FKTABLE_CAT:V FKTABLE_SCHEM:V FKTABLE_NAME:V FKCOLUMN_NAME:V KEY_SEQ:S UPDATE_RULE:S DELETE_RULE:S FK_NAME:V PK_NAME:V DEFERRABILITY:S
            getIndexInfo TABLE_CAT:V TABLE_SCHEM:V TABLE_NAME:V NON_UNIQUE:B INDEX_QUALIFIER:V INDEX_NAME:V TYPE:S ORDINAL_POSITION:S COLUMN_NAME:V ASC_OR_DESC:V CARDINALITY:B PAGES:B FILTER_CONDITION:V
            getPrimaryKeys TABLE_CAT:V TABLE_SCHEM:V TABLE_NAME:V COLUMN_NAME:V KEY_SEQ:S PK_NAME:V
            getProcedureColumns PROCEDURE_CAT:V PROCEDURE_SCHEM:V PROCEDURE_NAME:V COLUMN_NAME:V COLUMN_TYPE:S DATA_TYPE:I TYPE_NAME:V PRECISION:I LENGTH:I SCALE:S RADIX:S NULLABLE:S REMARKS:V COLUMN_DEF:V SQL_DATA_TYPE:I SQL_DATETIME_SUB:I CHAR_OCTET_LENGTH:I ORDINAL_POSITION:I IS_NULLABLE:V SPECIFIC_NAME:V
            getProcedures PROCEDURE_CAT:V PROCEDURE_SCHEM:V PROCEDURE_NAME:V RESERVED1:V RESERVED2:V RESERVED3:V REMARKS:V PROCEDURE_TYPE:S SPECIFIC_NAME:V
            getPseudoColumns TABLE_CAT:V TABLE_SCHEM:V TABLE_NAME:V COLUMN_NAME:V DATA_TYPE:I COLUMN_SIZE:I DECIMAL_DIGITS:I NUM_PREC_RADIX:I COLUMN_USAGE:V REMARKS:V CHAR_OCTET_LENGTH:I IS_NULLABLE:V
            getSchemas TABLE_SCHEM:V TABLE_CATALOG:V
            getSchemas TABLE_SCHEM:V TABLE_CATALOG:V
            getSuperTables TABLE_CAT:V TABLE_SCHEM:V TABLE_NAME:V SUPERTABLE_NAME:V
            getSuperTypes TYPE_CAT:V TYPE_SCHEM:V TYPE_NAME:V SUPERTYPE_CAT:V SUPERTYPE_SCHEM:V SUPERTYPE_NAME:V
            getTablePrivileges TABLE_CAT:V TABLE_SCHEM:V TABLE_NAME:V GRANTOR:V GRANTEE:V PRIVILEGE:V IS_GRANTABLE:V
            getTableTypes TABLE_TYPE:V
            getTables TABLE_CAT:V TABLE_SCHEM:V TABLE_NAME:V TABLE_TYPE:V REMARKS:V TYPE_CAT:V TYPE_SCHEM:V TYPE_NAME:V SELF_REFERENCING_COL_NAME:V REF_GENERATION:V
            getTypeInfo TYPE_NAME:V DATA_TYPE:I PRECISION:I LITERAL_PREFIX:V LITERAL_SUFFIX:V CREATE_PARAMS:V NULLABLE:S CASE_SENSITIVE:B SEARCHABLE:S UNSIGNED_ATTRIBUTE:B FIXED_PREC_SCALE:B AUTO_INCREMENT:B LOCAL_TYPE_NAME:V MINIMUM_SCALE:S MAXIMUM_SCALE:S SQL_DATA_TYPE:I SQL_DATETIME_SUB:I NUM_PREC_RADIX:I
            getUDTs TYPE_CAT:V TYPE_SCHEM:V TYPE_NAME:V CLASS_NAME:V DATA_TYPE:I REMARKS:V BASE_TYPE:S
            getVersionColumns SCOPE:S COLUMN_NAME:V DATA_TYPE:I TYPE_NAME:V COLUMN_SIZE:I BUFFER_LENGTH:I DECIMAL_DIGITS:S PSEUDO_COLUMN:S
            """;

    @ParameterizedTest
    @EnumSource
    void listingsCloseTheirStatementsWithThem(Way way) throws SQLException {
        try (var connection = shop.connect(way, "bob")) {
            for (int i = 0; i < 1_500; i++) {
                // A connection may have a thousand statements open.
                connection.getMetaData().getPrimaryKeys(null, null, "Shops").close();
            }
            assertEquals(
                    1,
                    list(connection.getMetaData().getPrimaryKeys(null, null, "Shops"))
                            .size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNameMayBeAsLongAsTheLimitSays(Way way) throws SQLException {
        try (var connection = shop.connect(way, "bob");
                var statement = connection.createStatement()) {
            var name = "x".repeat(connection.getMetaData().getMaxColumnNameLength());
            var rows = statement.executeQuery("SELECT 1 AS " + name + " FROM (VALUES (1)) AS v");
            assertEquals(name, rows.getMetaData().getColumnLabel(1));
            Conformance.fails(
                    "42601", () -> statement.executeQuery("SELECT 1 AS " + name + "x FROM (VALUES (1)) AS v"));
        }
    }
}
