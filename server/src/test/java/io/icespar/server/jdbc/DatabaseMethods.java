package io.icespar.server.jdbc;

import static io.icespar.server.jdbc.Conformance.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.RowIdLifetime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a database says of itself to {@code bob}, who sees all. */
final class DatabaseMethods {
    private static final String TRUE = """
            allProceduresAreCallable allTablesAreSelectable dataDefinitionCausesTransactionCommit
            isCatalogAtStart isReadOnly nullPlusNonNullIsNull nullsAreSortedHigh storesMixedCaseIdentifiers
            storesMixedCaseQuotedIdentifiers supportsANSI92EntryLevelSQL supportsColumnAliasing
            supportsCoreSQLGrammar supportsCorrelatedSubqueries supportsDifferentTableCorrelationNames
            supportsExpressionsInOrderBy supportsFullOuterJoins supportsGroupBy supportsGroupByBeyondSelect
            supportsGroupByUnrelated supportsLikeEscapeClause supportsLimitedOuterJoins
            supportsMinimumSQLGrammar supportsMultipleTransactions supportsNonNullableColumns
            supportsOpenCursorsAcrossCommit supportsOpenCursorsAcrossRollback supportsOpenStatementsAcrossCommit
            supportsOpenStatementsAcrossRollback supportsOrderByUnrelated supportsOuterJoins
            supportsSchemasInDataManipulation supportsSchemasInPrivilegeDefinitions
            supportsSubqueriesInComparisons supportsSubqueriesInExists supportsSubqueriesInIns
            supportsSubqueriesInQuantifieds supportsTableCorrelationNames supportsTransactions supportsUnion
            supportsUnionAll""";

    private static final String FALSE = """
            autoCommitFailureClosesAllResultSets dataDefinitionIgnoredInTransactions doesMaxRowSizeIncludeBlobs
            generatedKeyAlwaysReturned locatorsUpdateCopy nullsAreSortedAtEnd nullsAreSortedAtStart
            nullsAreSortedLow storesLowerCaseIdentifiers storesLowerCaseQuotedIdentifiers
            storesUpperCaseIdentifiers storesUpperCaseQuotedIdentifiers supportsANSI92FullSQL
            supportsANSI92IntermediateSQL supportsAlterTableWithAddColumn supportsAlterTableWithDropColumn
            supportsBatchUpdates supportsCatalogsInDataManipulation supportsCatalogsInIndexDefinitions
            supportsCatalogsInPrivilegeDefinitions supportsCatalogsInProcedureCalls
            supportsCatalogsInTableDefinitions supportsConvert
            supportsDataDefinitionAndDataManipulationTransactions supportsDataManipulationTransactionsOnly
            supportsExtendedSQLGrammar supportsGetGeneratedKeys supportsIntegrityEnhancementFacility
            supportsMixedCaseIdentifiers supportsMixedCaseQuotedIdentifiers supportsMultipleOpenResults
            supportsMultipleResultSets supportsNamedParameters supportsPositionedDelete supportsPositionedUpdate
            supportsRefCursors supportsSavepoints supportsSchemasInIndexDefinitions
            supportsSchemasInProcedureCalls supportsSchemasInTableDefinitions supportsSelectForUpdate
            supportsSharding supportsStatementPooling supportsStoredFunctionsUsingCallSyntax
            supportsStoredProcedures usesLocalFilePerTable usesLocalFiles""";

    /** Limits, where 0 is: none, or none known. */
    private static final String UNLIMITED = """
            getMaxBinaryLiteralLength getMaxCatalogNameLength getMaxCharLiteralLength
            getMaxColumnsInGroupBy getMaxColumnsInIndex getMaxColumnsInOrderBy getMaxColumnsInSelect
            getMaxColumnsInTable getMaxConnections getMaxCursorNameLength getMaxIndexLength getMaxLogicalLobSize
            getMaxProcedureNameLength getMaxRowSize getMaxStatementLength
            getMaxStatements getMaxTablesInSelect""";

    /** The longest names; see {@link JdbcListingsTest}. */
    private static final String NAMES =
            "getMaxColumnNameLength getMaxSchemaNameLength getMaxTableNameLength" + " getMaxUserNameLength";

    private DatabaseMethods() {}

    static Conformance<DatabaseMetaData> of(JdbcShop.Way way) {
        var methods = new Conformance<>(DatabaseMetaData.class);
        gives(methods, TRUE, true);
        gives(methods, FALSE, false);
        gives(methods, UNLIMITED, 0L);
        gives(methods, NAMES, 128L);
        facts(methods, way);
        listings(methods);
        return methods;
    }

    private static void gives(Conformance<DatabaseMetaData> methods, String names, Object expected) {
        for (var name : names.strip().split("\\s+", -1)) {
            methods.works(name + "()", metaData -> {
                var value = DatabaseMetaData.class.getMethod(name).invoke(metaData);
                assertEquals(expected, value instanceof Integer number ? (Object) (long) number : value);
            });
        }
    }

    private static void facts(Conformance<DatabaseMetaData> methods, JdbcShop.Way way) {
        methods.works("getDatabaseProductName()", m -> assertEquals("Icespar", m.getDatabaseProductName()))
                .works("getDatabaseProductVersion()", m -> assertNotNull(m.getDatabaseProductVersion()))
                .works("getDatabaseMajorVersion()", m -> assertEquals(0, m.getDatabaseMajorVersion()))
                .works("getDatabaseMinorVersion()", m -> assertTrue(m.getDatabaseMinorVersion() >= 0))
                .works("getDriverName()", m -> assertTrue(m.getDriverName().contains("JDBC driver")))
                .works("getDriverVersion()", m -> assertNotNull(m.getDriverVersion()))
                .works("getDriverMajorVersion()", m -> assertEquals(0, m.getDriverMajorVersion()))
                .works("getDriverMinorVersion()", m -> assertTrue(m.getDriverMinorVersion() >= 0))
                .works("getJDBCMajorVersion()", m -> assertEquals(4, m.getJDBCMajorVersion()))
                .works("getJDBCMinorVersion()", m -> assertEquals(3, m.getJDBCMinorVersion()))
                .works(
                        "getURL()",
                        m -> assertTrue(m.getURL()
                                .startsWith(
                                        way == JdbcShop.Way.REMOTE ? "jdbc:icespar:http" : "jdbc:icespar:embedded")))
                .works("getUserName()", m -> assertEquals("bob", m.getUserName()))
                .works("getConnection()", m -> assertFalse(m.getConnection().isClosed()))
                .works("getIdentifierQuoteString()", m -> assertEquals("\"", m.getIdentifierQuoteString()))
                .works("getSearchStringEscape()", m -> assertEquals("\\", m.getSearchStringEscape()))
                .works("getExtraNameCharacters()", m -> assertEquals("", m.getExtraNameCharacters()))
                .works("getSchemaTerm()", m -> assertEquals("schema", m.getSchemaTerm()))
                .works("getProcedureTerm()", m -> assertEquals("procedure", m.getProcedureTerm()))
                .works("getCatalogTerm()", m -> assertEquals("catalog", m.getCatalogTerm()))
                .works("getCatalogSeparator()", m -> assertEquals(".", m.getCatalogSeparator()))
                .works("getSQLStateType()", m -> assertEquals(DatabaseMetaData.sqlStateSQL, m.getSQLStateType()))
                .works(
                        "getResultSetHoldability()",
                        m -> assertEquals(ResultSet.HOLD_CURSORS_OVER_COMMIT, m.getResultSetHoldability()))
                .works("getRowIdLifetime()", m -> assertEquals(RowIdLifetime.ROWID_UNSUPPORTED, m.getRowIdLifetime()))
                .works(
                        "getDefaultTransactionIsolation()",
                        m -> assertEquals(Connection.TRANSACTION_READ_COMMITTED, m.getDefaultTransactionIsolation()))
                .works("supportsTransactionIsolationLevel(int)", m -> {
                    assertTrue(m.supportsTransactionIsolationLevel(Connection.TRANSACTION_READ_COMMITTED));
                    assertFalse(m.supportsTransactionIsolationLevel(Connection.TRANSACTION_SERIALIZABLE));
                    assertFalse(m.supportsTransactionIsolationLevel(Connection.TRANSACTION_NONE));
                })
                .works("supportsResultSetType(int)", m -> {
                    assertTrue(m.supportsResultSetType(ResultSet.TYPE_FORWARD_ONLY));
                    assertFalse(m.supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE));
                })
                .works("supportsResultSetConcurrency(int,int)", m -> {
                    assertTrue(m.supportsResultSetConcurrency(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY));
                    assertFalse(
                            m.supportsResultSetConcurrency(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_UPDATABLE));
                })
                .works("supportsResultSetHoldability(int)", m -> {
                    assertTrue(m.supportsResultSetHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT));
                    assertFalse(m.supportsResultSetHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT));
                })
                .works("supportsConvert(int,int)", m -> assertFalse(m.supportsConvert(4, 12)))
                // Whether each of these runs is seen in ScalarFunctionsTest.
                .works(
                        "getNumericFunctions()",
                        m -> assertTrue(words(m.getNumericFunctions()).contains("ABS")))
                .works(
                        "getStringFunctions()",
                        m -> assertTrue(words(m.getStringFunctions()).contains("UCASE")))
                .works(
                        "getSystemFunctions()",
                        m -> assertTrue(words(m.getSystemFunctions()).contains("USER")))
                .works(
                        "getTimeDateFunctions()",
                        m -> assertTrue(words(m.getTimeDateFunctions()).contains("CURDATE")))
                .works("getSQLKeywords()", m -> {
                    var keywords = words(m.getSQLKeywords());
                    assertTrue(keywords.contains("QUALIFY"));
                    assertFalse(keywords.contains("SELECT"), "words of SQL:2003 are left out");
                })
                .works(
                        "ownUpdatesAreVisible(int)",
                        m -> assertFalse(m.ownUpdatesAreVisible(ResultSet.TYPE_FORWARD_ONLY)))
                .works(
                        "ownDeletesAreVisible(int)",
                        m -> assertFalse(m.ownDeletesAreVisible(ResultSet.TYPE_FORWARD_ONLY)))
                .works(
                        "ownInsertsAreVisible(int)",
                        m -> assertFalse(m.ownInsertsAreVisible(ResultSet.TYPE_FORWARD_ONLY)))
                .works(
                        "othersUpdatesAreVisible(int)",
                        m -> assertFalse(m.othersUpdatesAreVisible(ResultSet.TYPE_FORWARD_ONLY)))
                .works(
                        "othersDeletesAreVisible(int)",
                        m -> assertFalse(m.othersDeletesAreVisible(ResultSet.TYPE_FORWARD_ONLY)))
                .works(
                        "othersInsertsAreVisible(int)",
                        m -> assertFalse(m.othersInsertsAreVisible(ResultSet.TYPE_FORWARD_ONLY)))
                .works("updatesAreDetected(int)", m -> assertFalse(m.updatesAreDetected(ResultSet.TYPE_FORWARD_ONLY)))
                .works("deletesAreDetected(int)", m -> assertFalse(m.deletesAreDetected(ResultSet.TYPE_FORWARD_ONLY)))
                .works("insertsAreDetected(int)", m -> assertFalse(m.insertsAreDetected(ResultSet.TYPE_FORWARD_ONLY)))
                .works("unwrap(Class) isWrapperFor(Class)", m -> {
                    assertTrue(m.isWrapperFor(DatabaseMetaData.class));
                    assertFalse(m.isWrapperFor(String.class));
                    assertNotNull(m.unwrap(DatabaseMetaData.class));
                    fails("22023", () -> m.unwrap(String.class));
                });
    }

    private static List<String> words(String list) {
        return List.of(list.split(",", -1));
    }

    private static void listings(Conformance<DatabaseMetaData> methods) {
        methods.works("getSchemas()", m -> assertEquals(List.of("retail|null"), list(m.getSchemas())))
                .works("getSchemas(String,String)", m -> {
                    assertEquals(List.of("retail|null"), list(m.getSchemas(null, "RET%")));
                    assertEquals(List.of(), list(m.getSchemas("other", null)));
                })
                .works("getCatalogs()", m -> assertEquals(List.of(), list(m.getCatalogs())))
                .works("getTableTypes()", m -> assertEquals(List.of("TABLE", "VIEW"), list(m.getTableTypes())))
                .works(
                        "getTables(String,String,String,String[])",
                        m -> assertEquals(
                                List.of("null|retail|Sales|TABLE|null", "null|retail|Shops|TABLE|null"),
                                list(m.getTables(null, null, "s____", null), 5)))
                .works(
                        "getColumns(String,String,String,String)",
                        m -> assertEquals(
                                List.of("null|retail|Kinds|d|3|DECIMAL|10|null|2|10|1"),
                                list(m.getColumns(null, "retail", "Kinds", "d"), 11)))
                .works(
                        "getPrimaryKeys(String,String,String)",
                        m -> assertEquals(
                                List.of("null|retail|Shops|Shop ID|1"), list(m.getPrimaryKeys(null, null, "Shops"), 5)))
                .works(
                        "getImportedKeys(String,String,String)",
                        m -> assertEquals(
                                List.of("null|retail|Shops|Shop ID|null|retail|Sales|Shop|1|3|3"),
                                list(m.getImportedKeys(null, null, "Sales"), 11)))
                .works(
                        "getExportedKeys(String,String,String)",
                        m -> assertEquals(
                                2, list(m.getExportedKeys(null, null, "Shops")).size()))
                .works(
                        "getCrossReference(String,String,String,String,String,String)",
                        m -> assertEquals(
                                1,
                                list(m.getCrossReference(null, null, "Shops", null, null, "Sales"))
                                        .size()))
                .works(
                        "getBestRowIdentifier(String,String,String,int,boolean)",
                        m -> assertEquals(
                                List.of("2|k|-5|BIGINT|19|null|0|1"),
                                list(m.getBestRowIdentifier(
                                        null, null, "Kinds", DatabaseMetaData.bestRowSession, true))))
                .works(
                        "getTablePrivileges(String,String,String)",
                        m -> assertEquals(
                                List.of("null|retail|Shops|null|bob|SELECT|NO"),
                                list(m.getTablePrivileges(null, null, "Shops"))))
                .works(
                        "getColumnPrivileges(String,String,String,String)",
                        m -> assertEquals(
                                List.of("null|retail|Shops|City|null|bob|SELECT|NO"),
                                list(m.getColumnPrivileges(null, "retail", "Shops", "C%"))))
                .works("getTypeInfo()", m -> {
                    var types = list(m.getTypeInfo(), 2);
                    assertTrue(
                            types.containsAll(List.of("BIGINT|-5", "DECIMAL|3", "VARCHAR|12", "DATE|91")),
                            types::toString);
                })
                .works("getFunctions(String,String,String)", m -> {
                    var functions = list(m.getFunctions(null, null, "UPP%"));
                    assertEquals(List.of("null|null|UPPER|null|1|UPPER"), functions);
                })
                .works(
                        "getIndexInfo(String,String,String,boolean,boolean)",
                        m -> assertEquals(List.of(), list(m.getIndexInfo(null, null, "Shops", false, false))))
                .works(
                        "getProcedures(String,String,String)",
                        m -> assertEquals(List.of(), list(m.getProcedures(null, null, "%"))))
                .works(
                        "getProcedureColumns(String,String,String,String)",
                        m -> assertEquals(List.of(), list(m.getProcedureColumns(null, null, "%", "%"))))
                .works(
                        "getFunctionColumns(String,String,String,String)",
                        m -> assertEquals(List.of(), list(m.getFunctionColumns(null, null, "%", "%"))))
                .works(
                        "getVersionColumns(String,String,String)",
                        m -> assertEquals(List.of(), list(m.getVersionColumns(null, null, "Shops"))))
                .works(
                        "getUDTs(String,String,String,int[])",
                        m -> assertEquals(List.of(), list(m.getUDTs(null, null, "%", null))))
                .works(
                        "getSuperTypes(String,String,String)",
                        m -> assertEquals(List.of(), list(m.getSuperTypes(null, null, "%"))))
                .works(
                        "getSuperTables(String,String,String)",
                        m -> assertEquals(List.of(), list(m.getSuperTables(null, null, "%"))))
                .works(
                        "getAttributes(String,String,String,String)",
                        m -> assertEquals(List.of(), list(m.getAttributes(null, null, "%", "%"))))
                .works("getClientInfoProperties()", m -> assertEquals(List.of(), list(m.getClientInfoProperties())))
                .works(
                        "getPseudoColumns(String,String,String,String)",
                        m -> assertEquals(List.of(), list(m.getPseudoColumns(null, null, "%", "%"))));
    }

    static List<String> list(ResultSet rows) throws SQLException {
        return list(rows, Integer.MAX_VALUE);
    }

    /** Each row with so many of its columns, with | between. */
    static List<String> list(ResultSet rows, int columns) throws SQLException {
        var lines = new ArrayList<String>();
        try (rows) {
            var count = Math.min(columns, rows.getMetaData().getColumnCount());
            while (rows.next()) {
                var line = new ArrayList<String>();
                for (int i = 1; i <= count; i++) {
                    line.add(String.valueOf(rows.getString(i)));
                }
                lines.add(String.join("|", line));
            }
        }
        return lines;
    }
}
