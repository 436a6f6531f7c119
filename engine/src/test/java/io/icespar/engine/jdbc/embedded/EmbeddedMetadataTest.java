package io.icespar.engine.jdbc.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.jdbc.SmallShop;
import io.icespar.engine.sql.StatementParser;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.sql.parser.SqlParser;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedMetadataTest {
    private final SmallShop shop;
    private final Connection connection;
    private final DatabaseMetaData metadata;

    EmbeddedMetadataTest(@TempDir Path folder) throws IOException, SQLException {
        shop = SmallShop.open(folder);
        connection = EmbeddedConnections.connect(shop.engine(), SmallShop.ALICE);
        metadata = connection.getMetaData();
    }

    @AfterAll
    void close() throws SQLException {
        connection.close();
        shop.close();
    }

    @Test
    void aNameIsQuotedIfTheParserReservesIt() throws SQLException {
        var words = SqlParser.create("", SqlParser.config().withParserFactory(StatementParser.FACTORY))
                .getMetadata();
        try (var statement = connection.createStatement();
                var prepared = connection.prepareStatement("SELECT 1")) {
            for (String word : words.getTokens()) {
                if (word.matches("[A-Z][A-Z0-9_]*")) {
                    boolean reserved = words.isReservedWord(word);
                    String quoted = reserved ? '"' + word + '"' : word;
                    assertEquals(!reserved, statement.isSimpleIdentifier(word), word);
                    assertEquals(quoted, statement.enquoteIdentifier(word, false));
                    assertEquals(quoted, prepared.enquoteIdentifier(word, false));
                    assertEquals(!reserved, prepared.isSimpleIdentifier(word), word);
                }
            }
        }
    }

    @Test
    void tablesAreListedByPatternAndType() throws SQLException {
        assertEquals(
                List.of("retail.Kinds", "retail.Numbers", "retail.Sales", "retail.Shops"),
                list(metadata.getTables(null, null, null, null), "TABLE_SCHEM", "TABLE_NAME"));
        assertEquals(
                List.of("Sales", "Shops"),
                list(metadata.getTables("", "RETAIL", "s%", new String[] {"VIEW", "TABLE"}), "TABLE_NAME"));
        assertEquals(List.of(), list(metadata.getTables(null, null, "s\\%", null), "TABLE_NAME"));
        assertEquals(List.of(), list(metadata.getTables(null, null, "%", new String[] {"VIEW"}), "TABLE_NAME"));
        assertEquals(List.of(), list(metadata.getTables("other", null, "%", null), "TABLE_NAME"));
        assertEquals(List.of(), list(metadata.getTables(null, "other", "%", null), "TABLE_NAME"));
    }

    @Test
    void columnsAreListedWithTheirTypes() throws SQLException {
        assertEquals(
                List.of(
                        "k.BIGINT.-5.19.0.1.NO",
                        "i.INTEGER.4.10.0.2.YES",
                        "b.BOOLEAN.16.1.null.3.YES",
                        "f.DOUBLE.8.53.null.4.YES",
                        "d.DECIMAL.3.10.2.5.YES",
                        "s.VARCHAR.12.2147483647.null.6.YES",
                        "day.DATE.91.10.null.7.YES",
                        "t.TIME.92.15.6.8.YES",
                        "ts.TIMESTAMP.93.26.6.9.YES"),
                list(
                        metadata.getColumns(null, "retail", "Kinds", "%"),
                        "COLUMN_NAME",
                        "TYPE_NAME",
                        "DATA_TYPE",
                        "COLUMN_SIZE",
                        "DECIMAL_DIGITS",
                        "ORDINAL_POSITION",
                        "IS_NULLABLE"));
        assertEquals(
                List.of("Sales.Shop", "Shops.Shop ID"),
                list(metadata.getColumns(null, null, "s%", "Shop%"), "TABLE_NAME", "COLUMN_NAME"));
    }

    @Test
    void keysAreListed() throws SQLException {
        assertEquals(
                List.of("retail.Shops.Shop ID.1.Shops_pkey"),
                list(
                        metadata.getPrimaryKeys(null, "retail", "shops"),
                        "TABLE_SCHEM",
                        "TABLE_NAME",
                        "COLUMN_NAME",
                        "KEY_SEQ",
                        "PK_NAME"));
        assertEquals(List.of(), list(metadata.getPrimaryKeys(null, null, "Numbers"), "COLUMN_NAME"));
        assertEquals(List.of(), list(metadata.getPrimaryKeys(null, null, "%"), "COLUMN_NAME"));
    }

    @Test
    void referencesAreListedFromBothEnds() throws SQLException {
        var names =
                new String[] {"FKTABLE_NAME", "FKCOLUMN_NAME", "PKTABLE_NAME", "PKCOLUMN_NAME", "KEY_SEQ", "FK_NAME"};
        var expected = List.of("Sales.Shop.Shops.Shop ID.1.Sales_Shop_fkey");
        assertEquals(expected, list(metadata.getImportedKeys(null, "retail", "Sales"), names));
        assertEquals(expected, list(metadata.getExportedKeys(null, null, "Shops"), names));
        assertEquals(expected, list(metadata.getCrossReference(null, null, "Shops", null, null, "Sales"), names));
        assertEquals(List.of(), list(metadata.getImportedKeys(null, "retail", "Shops"), names));
        assertEquals(List.of(), list(metadata.getCrossReference(null, null, "Sales", null, null, "Shops"), names));
    }

    @Test
    void typesAndSchemasAreListed() throws SQLException {
        assertEquals(List.of("retail"), list(metadata.getSchemas(), "TABLE_SCHEM"));
        assertEquals(List.of(), list(metadata.getSchemas(null, "x%"), "TABLE_SCHEM"));
        assertEquals(List.of(), list(metadata.getCatalogs(), "TABLE_CAT"));
        assertEquals(List.of("TABLE", "VIEW"), list(metadata.getTableTypes(), "TABLE_TYPE"));
        assertEquals(
                List.of(
                        "TINYINT",
                        "BIGINT",
                        "VARBINARY",
                        "BINARY",
                        "CHAR",
                        "DECIMAL",
                        "INTEGER",
                        "SMALLINT",
                        "REAL",
                        "DOUBLE",
                        "VARCHAR",
                        "BOOLEAN",
                        "DATE",
                        "TIME",
                        "TIMESTAMP",
                        "ARRAY"),
                list(metadata.getTypeInfo(), "TYPE_NAME"));
    }

    private static final Map<String, String> SAMPLES =
            Map.of("DATE", "2020-02-29", "TIME", "01:02:03", "TIMESTAMP", "2020-02-29 01:02:03", "CHAR", "0");

    @Test
    void aTypeThatIsListedIsThatOfValuesCastToIt() throws SQLException {
        try (var statement = metadata.getConnection().createStatement();
                var types = metadata.getTypeInfo()) {
            while (types.next()) {
                var name = types.getString("TYPE_NAME");
                var prefix = types.getString("LITERAL_PREFIX");
                var target = name.equals("ARRAY") ? "INTEGER ARRAY" : name;
                try (var row =
                        statement.executeQuery("SELECT CAST(NULL AS " + target + ") AS x FROM (VALUES (1)) AS v")) {
                    var column = row.getMetaData();
                    assertEquals(name, column.getColumnTypeName(1));
                    assertEquals(types.getInt("DATA_TYPE"), column.getColumnType(1), name);
                    assertTrue(column.getScale(1) <= types.getInt("MAXIMUM_SCALE"), name);
                }
                if (prefix != null) {
                    var literal = prefix + SAMPLES.getOrDefault(name, "00") + types.getString("LITERAL_SUFFIX");
                    try (var row = statement.executeQuery(
                            "SELECT CAST(" + literal + " AS " + target + ") FROM (VALUES (1)) AS v")) {
                        assertTrue(row.next());
                        assertTrue(row.getString(1).startsWith(SAMPLES.getOrDefault(name, "00")), row.getString(1));
                    }
                }
            }
        }
    }

    @Test
    void columnsOfAViewAreOfTypesThatAreListed() throws SQLException {
        shop.command("CREATE VIEW \"retail\".\"Odd\" AS SELECT CAST(\"k\" AS SMALLINT) AS a, CAST(\"i\" AS REAL) AS b,"
                + " CAST(\"s\" AS VARCHAR(7)) AS c, ARRAY[\"k\"] AS d, NULL AS e,"
                + " CAST(\"s\" AS VARCHAR) AS f, CAST(\"d\" AS DECIMAL(9, 1)) AS g FROM \"Kinds\"");
        try {
            assertEquals(
                    List.of(
                            "a.SMALLINT.5.5.0.10",
                            "b.REAL.7.24.null.2",
                            "c.VARCHAR.12.7.null.null",
                            "d.ARRAY.2003.2147483647.null.null",
                            "e.VARCHAR.12.2147483647.null.null",
                            "f.VARCHAR.12.2147483647.null.null",
                            "g.DECIMAL.3.9.1.10"),
                    list(
                            metadata.getColumns(null, null, "Odd", null),
                            "COLUMN_NAME",
                            "TYPE_NAME",
                            "DATA_TYPE",
                            "COLUMN_SIZE",
                            "DECIMAL_DIGITS",
                            "NUM_PREC_RADIX"));
        } finally {
            shop.command("DROP VIEW \"retail\".\"Odd\"");
        }
    }

    static Stream<String> listings() {
        return Arrays.stream(DatabaseMetaData.class.getMethods())
                .filter(method -> method.getReturnType() == ResultSet.class)
                .map(method -> method.getName() + "/" + method.getParameterCount());
    }

    @ParameterizedTest
    @MethodSource("listings")
    void everyListingHasColumnsAndCanBeRead(String listing) throws Exception {
        var method = Arrays.stream(DatabaseMetaData.class.getMethods())
                .filter(candidate -> listing.equals(candidate.getName() + "/" + candidate.getParameterCount()))
                .findFirst()
                .orElseThrow();
        var arguments = Arrays.stream(method.getParameterTypes())
                .map(type -> type == int.class ? (Object) 0 : type == boolean.class ? (Object) false : null)
                .toArray();
        try (var rows = (ResultSet) method.invoke(metadata, arguments)) {
            assertTrue(rows.getMetaData().getColumnCount() > 0);
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    assertFalse(rows.getMetaData().getColumnName(i).isEmpty());
                    rows.getObject(i);
                }
            }
        } catch (InvocationTargetException e) {
            throw new AssertionError(listing, e.getCause());
        }
    }

    @Test
    void whatIcesparCanDoIsSaid() throws SQLException {
        assertEquals("Icespar", metadata.getDatabaseProductName());
        assertEquals("\"", metadata.getIdentifierQuoteString());
        assertTrue(metadata.storesMixedCaseIdentifiers());
        assertTrue(metadata.isReadOnly());
        assertEquals(Connection.TRANSACTION_READ_COMMITTED, metadata.getDefaultTransactionIsolation());
        assertTrue(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_READ_COMMITTED));
        assertFalse(metadata.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE));
        assertFalse(metadata.supportsBatchUpdates());
        assertEquals("\\", metadata.getSearchStringEscape());
    }

    private static List<String> list(ResultSet listing, String... columns) throws SQLException {
        try (listing) {
            var list = new ArrayList<String>();
            while (listing.next()) {
                var values = new ArrayList<String>();
                for (var column : columns) {
                    values.add(String.valueOf(listing.getString(column)));
                }
                list.add(String.join(".", values));
            }
            return list;
        }
    }
}
