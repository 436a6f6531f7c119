package io.icespar.engine.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Identity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.BuiltInConnectionProperty;
import org.apache.calcite.avatica.Meta.ConnectionHandle;
import org.apache.calcite.avatica.Meta.Frame;
import org.apache.calcite.avatica.Meta.Pat;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.MetaDataOperation;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IcesparMetaTest {
    private static final ConnectionHandle CONNECTION = new ConnectionHandle("c");

    private final SmallShop shop;
    private Connections connections = new Connections(Connections.Limits.DEFAULT);
    private IcesparMeta meta;

    IcesparMetaTest(@TempDir Path folder) throws IOException {
        shop = SmallShop.open(folder);
        meta = new IcesparMeta(shop.engine(), connections, Identity.local(SmallShop.BOB), Times.MILLISECONDS);
    }

    @AfterAll
    void closeShop() {
        shop.close();
    }

    @BeforeEach
    void open() {
        connections = new Connections(Connections.Limits.DEFAULT);
        meta = new IcesparMeta(shop.engine(), connections, Identity.local(SmallShop.BOB), Times.MILLISECONDS);
        meta.openConnection(CONNECTION, Map.of());
    }

    @AfterEach
    void close() {
        connections.close();
    }

    /** Its initializer tells whether some property had it loaded. */
    public static final class Canary {
        static {
            System.setProperty("icespar.test.canary", "loaded");
        }

        private Canary() {}
    }

    @ParameterizedTest
    @EnumSource(CalciteConnectionProperty.class)
    void noPropertyOfCalciteIsTaken(CalciteConnectionProperty property) {
        if (property != CalciteConnectionProperty.SCHEMA) {
            refusesProperty(property.camelName());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = BuiltInConnectionProperty.class,
            names = {"FACTORY", "HTTP_CLIENT_FACTORY", "HTTP_CLIENT_IMPL", "LB_STRATEGY", "TOKEN_PROVIDER_CLASS", "URL"
            })
    void noPropertyThatLoadsAClassIsTaken(BuiltInConnectionProperty property) {
        refusesProperty(property.camelName());
    }

    private void refusesProperty(String name) {
        var info = Map.of(name, Canary.class.getName());
        var text = fails(ErrorCode.INVALID_PARAMETER, () -> meta.openConnection(new ConnectionHandle("other"), info));
        assertTrue(text.contains("`" + name + "`"), text);
        assertEquals(1, connections.count(Identity.local(SmallShop.BOB)));
        assertEquals(null, System.getProperty("icespar.test.canary"));
    }

    @Test
    void whatAvaticasClientSendsAlongChangesNothing() {
        var other = new ConnectionHandle("other");
        meta.openConnection(other, Map.of("user", "admin", "password", "x", "schema", "RETAIL"));
        assertEquals(
                1,
                new IcesparMeta(shop.engine(), connections, Identity.local(SmallShop.BOB), Times.MILLISECONDS)
                        .getTables(other, null, Pat.of("retail"), Pat.of("Sales"), null)
                        .firstFrame
                        .rows
                        .spliterator()
                        .getExactSizeIfKnown());
        assertEquals(0, connections.count(Identity.local(SmallShop.ADMIN)));
    }

    @Test
    void aSchemaThatIsNotThereOpensNothing() {
        fails(
                ErrorCode.UNDEFINED_SCHEMA,
                () -> meta.openConnection(new ConnectionHandle("other"), Map.of("schema", "nope")));
        assertEquals(1, connections.count(Identity.local(SmallShop.BOB)));
    }

    @Test
    void anIdHasASoundLength() {
        for (var id : List.of("", "x".repeat(101))) {
            fails(ErrorCode.INVALID_PARAMETER, () -> meta.openConnection(new ConnectionHandle(id), Map.of()));
        }
    }

    @Test
    void whoMayNotEnterOpensNothing() {
        var eve = new IcesparMeta(shop.engine(), connections, Identity.local(SmallShop.EVE), Times.MILLISECONDS);
        fails(ErrorCode.INVALID_AUTHORIZATION, () -> eve.openConnection(CONNECTION, Map.of()));
        assertEquals(0, connections.count(Identity.local(SmallShop.EVE)));
    }

    @Test
    void aClosedConnectionIsNotThere() {
        meta.closeConnection(CONNECTION);
        meta.closeConnection(CONNECTION);
        assertThrows(NoSuchConnectionException.class, () -> meta.createStatement(CONNECTION));
    }

    @Test
    void aStatementThatIsNotThereIsSaidToBe() throws Exception {
        var missing = new StatementHandle("c", 99, null);
        assertThrows(NoSuchStatementException.class, () -> meta.fetch(missing, 0, 1));
        assertThrows(NoSuchStatementException.class, () -> meta.execute(missing, List.of(), 1));
        assertThrows(
                NoSuchStatementException.class,
                () -> meta.syncResults(missing, new QueryState(MetaDataOperation.GET_CATALOGS), 0));
        meta.closeStatement(missing);
        meta.cancel(missing);
    }

    @Test
    void rowsAreFetchedOnlyFromWhatWasExecuted() throws Exception {
        var statement = meta.createStatement(CONNECTION);
        assertThrows(MissingResultsException.class, () -> meta.fetch(statement, 0, 1));
        fails(ErrorCode.INVALID_STATE, () -> meta.execute(statement, List.of(), 1));
        fails(ErrorCode.INVALID_STATE, () -> meta.syncResults(statement, new QueryState("SELECT 1"), 0));
    }

    @Test
    void anyMetadataCallCanBePutOnAStatement() throws Exception {
        var statement = meta.createStatement(CONNECTION);
        assertTrue(meta.syncResults(
                statement, new QueryState(MetaDataOperation.GET_PRIMARY_KEYS, null, "retail", "Shops"), 0));
        assertEquals(List.of("Shop ID"), column(meta.fetch(statement, 0, 10), 3));
        assertTrue(meta.syncResults(
                statement, new QueryState(MetaDataOperation.GET_TABLES, null, null, "S%", new String[] {"TABLE"}), 0));
        assertEquals(List.of("Sales"), column(meta.fetch(statement, 0, 1), 2));
        assertEquals(List.of("Shops"), column(meta.fetch(statement, 1, 1), 2));
        fails(
                ErrorCode.INVALID_PARAMETER,
                () -> meta.syncResults(statement, new QueryState(MetaDataOperation.GET_TABLES, 1, 2, 3, 4), 0));
    }

    @Test
    void metadataLeavesNoStatementsOpen() {
        for (int i = 0; i < 2_000; i++) {
            assertTrue(meta.getTableTypes(CONNECTION).firstFrame.done);
        }
        assertFalse(meta.createStatement(CONNECTION).id < 2_000);
    }

    @Test
    void aStatementWithoutTextIsRefused() {
        fails(ErrorCode.INVALID_PARAMETER, () -> meta.prepare(CONNECTION, null, -1));
    }

    @Test
    void aStatementThatFailsToPrepareIsNotKept() {
        for (int i = 0; i < 2_000; i++) {
            fails(ErrorCode.SYNTAX, () -> meta.prepare(CONNECTION, "SELEC", -1));
        }
        assertEquals(0, meta.createStatement(CONNECTION).id);
    }

    @Test
    void theMaximumOfRowsIsKeptFromPreparationOn() throws Exception {
        var statement = meta.prepare(CONNECTION, "SELECT \"n\" FROM \"Numbers\"", 3);
        var frame = meta.execute(statement, List.of(), 100).resultSets.get(0).firstFrame;
        assertEquals(3, column(frame, 0).size());
        assertTrue(frame.done);
    }

    @Test
    void batchesAreNotSupported() {
        var statement = meta.createStatement(CONNECTION);
        fails(ErrorCode.FEATURE_NOT_SUPPORTED, () -> meta.executeBatch(statement, List.of()));
        fails(ErrorCode.FEATURE_NOT_SUPPORTED, () -> meta.prepareAndExecuteBatch(statement, List.of("SELECT 1")));
    }

    private static List<Object> column(Frame frame, int index) {
        var values = new ArrayList<Object>();
        frame.rows.forEach(row -> values.add(((Object[]) row)[index]));
        return values;
    }

    private static String fails(ErrorCode code, Executable call) {
        var error = assertThrows(IcesparException.class, call);
        assertEquals(code, error.code(), error.getMessage());
        return error.getMessage();
    }
}
