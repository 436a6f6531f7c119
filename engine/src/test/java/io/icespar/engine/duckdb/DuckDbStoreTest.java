package io.icespar.engine.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.backend.RowCursor;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.CatalogDefinition;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.config.AuditSettings;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.engine.config.StoreSettings;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbStoreTest {
    private final Path folder;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    DuckDbStoreTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder.resolve("catalog"));
    }

    private final class Recorder implements LoadListener {
        @Override
        public void loaded(TableName table, long rows) {
            events.add("loaded " + table + " " + rows);
        }

        @Override
        public void kept(TableName table, long rows) {
            events.add("kept " + table + " " + rows);
        }

        @Override
        public void dropped(TableName table) {
            events.add("dropped " + table);
        }
    }

    private void file(String name, String content) throws IOException {
        Files.writeString(folder.resolve("catalog").resolve(name), content, StandardCharsets.UTF_8);
    }

    /** A catalog with one table {@code T} from {@code t.csv}. */
    private void table(String csv, String... declarations) throws IOException {
        file("t.csv", csv);
        file(
                "s.yaml",
                "schema: s\ntables:\n  T:\n    file: t.csv\n"
                        + Arrays.stream(declarations)
                                .map(line -> "    " + line + "\n")
                                .collect(Collectors.joining()));
    }

    private DuckDbStore open(Storage storage) {
        var settings = new EngineSettings(
                folder.resolve("catalog"),
                folder.resolve("new").resolve("data"),
                storage,
                new StoreSettings.Memory(),
                Optional.empty(),
                LoginLimits.DEFAULT,
                AuditSettings.DEFAULT,
                List.of());
        return DuckDbStore.open(settings, CatalogDefinition.read(settings.catalog()), new Recorder());
    }

    private Path database() {
        return folder.resolve("new").resolve("data").resolve("tables.duckdb");
    }

    private void fails(Storage storage, String message) {
        var e = assertThrows(
                IcesparException.class, () -> open(storage).backend().close());
        assertEquals(
                message,
                e.getMessage().replace(folder.resolve("catalog") + "/", "").replace(folder + "/", ""));
        assertEquals(ErrorCode.CONFIGURATION, e.code());
    }

    private static String query(DuckDbStore store, String sql, ColumnForm... forms) {
        try (RowCursor rows = store.backend()
                .execute(new BackendQuery(sql, List.of(), List.of(forms), List.of(), OptionalLong.empty()))) {
            return Stream.generate(rows::next)
                    .takeWhile(row -> row != null)
                    .map(row -> Arrays.stream(row).map(String::valueOf).collect(Collectors.joining("|")))
                    .collect(Collectors.joining(", "));
        }
    }

    /** The rows of {@code T} as text, in the order of the file, and what is known of its columns. */
    private String loaded(Storage storage) {
        DuckDbStore store = open(storage);
        try {
            Table table = store.catalog().tables().get(0);
            String columns = table.columns().stream()
                    .map(column -> "\"" + column.name() + "\"::VARCHAR")
                    .collect(Collectors.joining(", "));
            ColumnForm[] forms = new ColumnForm[table.columns().size()];
            Arrays.fill(forms, ColumnForm.STRING);
            return describe(store.catalog()) + ": "
                    + query(store, "SELECT " + columns + " FROM s.\"T\" ORDER BY rowid", forms);
        } finally {
            store.backend().close();
        }
    }

    private static String describe(Catalog catalog) {
        return catalog.tables().stream()
                .map(table -> table.columns().stream()
                        .map(column -> column.name() + " " + column.type() + (column.nullable() ? "" : " NOT NULL"))
                        .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(" / "));
    }

    @Test
    void valuesAreLoadedAsTheyAreWritten() throws IOException {
        table("""
                \uFEFFi,d,p,b,day,at,t,n
                -9223372036854775808,1.5e3,123.45,TRUE,0001-01-01,2021-01-06T10:11:12.123456,"x
                ""y"", ",
                007,-.5,.5,false,9999-12-31,2021-03-28 02:30:00,"",23:59:59.999999
                0,2.,-123.4500,False,2020-02-29,0001-01-01 00:00:00.1, Œuvre ,00:00:00
                """.replace("\n", "\r\n"), "columns: {i: BIGINT, p: 'DECIMAL(5, 2)', n: TIME}");
        assertEquals(
                "i BIGINT d DOUBLE p DECIMAL(5, 2) b BOOLEAN day DATE at TIMESTAMP t VARCHAR n TIME: "
                        + "-9223372036854775808|1500.0|123.45|true|0001-01-01|2021-01-06 10:11:12.123456|x\r\n\"y\", |null, "
                        + "7|-0.5|0.50|false|9999-12-31|2021-03-28 02:30:00||23:59:59.999999, "
                        + "0|2.0|-123.45|false|2020-02-29|0001-01-01 00:00:00.1| Œuvre |00:00:00",
                loaded(Storage.MEMORY));
    }

    @Test
    void whatTheFileStoreKeepsIsWhatItLoaded() throws IOException {
        table("k,p,x\n1,2.50,\n2,3,\"\"\n", "key: k", "columns: {p: 'DECIMAL(10, 2)'}");
        String first = loaded(Storage.FILE);
        assertEquals("k BIGINT NOT NULL p DECIMAL(10, 2) x VARCHAR: 1|2.50|null, 2|3.00|", first);
        assertEquals(first, loaded(Storage.FILE));
        assertEquals(List.of("loaded s.T 2", "kept s.T 2"), events);
    }

    @Test
    void aTableIsLoadedAgainWhenItsSourceOrItsDeclarationChanges() throws IOException {
        table("a\n1\n");
        Path csv = folder.resolve("catalog").resolve("t.csv");
        loaded(Storage.FILE);
        Files.setLastModifiedTime(csv, FileTime.fromMillis(0));
        loaded(Storage.FILE);
        file("t.csv", "a\n1\n2\n");
        Files.setLastModifiedTime(csv, FileTime.fromMillis(0));
        loaded(Storage.FILE);
        file("s.yaml", "schema: s\ntables: {T: {file: t.csv, columns: {a: VARCHAR}}}\n");
        assertEquals("a VARCHAR: 1, 2", loaded(Storage.FILE));
        loaded(Storage.FILE);
        assertEquals(List.of("loaded s.T 1", "loaded s.T 1", "loaded s.T 2", "loaded s.T 2", "kept s.T 2"), events);
    }

    @Test
    void aTableThatIsNoLongerDeclaredIsDropped() throws IOException, SQLException {
        table("a\n1\n");
        file("z.yaml", "schema: z\ntables: {U: {file: t.csv}}\n");
        open(Storage.FILE).backend().close();
        Files.delete(folder.resolve("catalog").resolve("z.yaml"));
        open(Storage.FILE).backend().close();
        assertEquals(List.of("loaded s.T 1", "loaded z.U 1", "kept s.T 1", "dropped z.U"), dropsLast(events));
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + database());
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT table_name FROM duckdb_tables() ORDER BY 1")) {
            assertTrue(rows.next());
            assertEquals("T", rows.getString(1));
            assertTrue(rows.next());
            assertEquals("loaded", rows.getString(1));
            assertFalse(rows.next());
        }
    }

    private static List<String> dropsLast(List<String> events) {
        return Stream.concat(
                        events.stream().filter(event -> !event.startsWith("dropped")),
                        events.stream().filter(event -> event.startsWith("dropped")))
                .toList();
    }

    @Test
    void aTableWhoseLoadingFailsIsAbsentAsAWhole() throws IOException, SQLException {
        table("a,b\n1,x\n", "key: a");
        open(Storage.FILE).backend().close();
        table("k,c\n" + "1,x\n".repeat(2), "key: k");
        fails(Storage.FILE, "t.csv:3:1: key `1` of `T` is there twice, first in line 2");
        table("k,c\n1,x\n2,y\n", "key: k");
        assertEquals("k BIGINT NOT NULL c VARCHAR: 1|x, 2|y", loaded(Storage.FILE));
    }

    @Test
    void aDuplicateKeyIsFoundInALargeFile() throws IOException {
        var csv = new StringBuilder("k,t\n");
        for (int i = 0; i < 1_000_000; i++) {
            csv.append(i == 900_000 ? 123_456 : i).append(",x\n");
        }
        table(csv.toString(), "key: k");
        fails(Storage.MEMORY, "t.csv:900002:1: key `123456` of `T` is there twice, first in line 123458");
        fails(Storage.FILE, "t.csv:900002:1: key `123456` of `T` is there twice, first in line 123458");
    }

    @Test
    void aKeyOfSeveralColumnsIsCheckedAsAWhole() throws IOException {
        table("a,b,c\n1,x,p\n1,y,p\n2,x,p\n1,y,q\n", "key: [b, a]");
        fails(Storage.MEMORY, "t.csv:5:1: key `1`, `y` of `T` is there twice, first in line 3");
    }

    @Test
    void theProblemsOfAllFilesAreToldBeforeAnyIsLoaded() throws IOException {
        table("a,a\n");
        file("u.csv", "");
        file("z.yaml", "schema: z\ntables: {U: {file: u.csv}}\n");
        fails(
                Storage.MEMORY,
                "t.csv:1:1: columns 1 and 2 are both called `a`\nu.csv:1:1: the file is empty, expected a header");
    }

    @Test
    void declarationsThatDoNotFitTheFileAreTold() throws IOException {
        table("a,b\n1,x\n", "key: [c]", "columns: {aa: BIGINT}");
        fails(
                Storage.MEMORY,
                "s.yaml:5:11: `t.csv` has no column `c`, did you mean `a`?\n"
                        + "s.yaml:6:15: `t.csv` has no column `aa`, did you mean `a`?");
    }

    @Test
    void errorsInAFileNameItsLineAndColumn() throws IOException {
        table("a,b\n1,x\n2,\"y\nz\"\nfive,w\n", "columns: {a: BIGINT}");
        fails(Storage.MEMORY, "t.csv:5:1: `a` is `five`, expected BIGINT");
    }

    @Test
    void everyFileNameIsTakenAsItIs() throws IOException {
        file("star.csv", "a\n9\n");
        for (String name :
                List.of("st*r.csv", "q?.csv", "b[1].csv", "quo'te.csv", "back\\slash.csv", "x.csv.gz", "{a,b}.csv")) {
            file(name, "a\n1\n");
            file("s.yaml", "schema: s\ntables: {T: {file: '" + name.replace("'", "''") + "'}}\n");
            assertEquals("a BIGINT: 1", loaded(Storage.MEMORY), name);
        }
    }

    @Test
    void everyTableAndColumnNameIsTakenAsItIs() throws IOException {
        file("t.csv", "\"a\"\"b\",it's,select,\"x,y\"\n1,2,3,4\n");
        file("s.yaml", "schema: s \"q\"\ntables: {'T \"1\"': {file: t.csv}}\n");
        DuckDbStore store = open(Storage.FILE);
        assertEquals(
                "1|2",
                query(
                        store,
                        "SELECT \"a\"\"b\", \"it's\" FROM \"s \"\"q\"\"\".\"T \"\"1\"\"\"",
                        ColumnForm.LONG,
                        ColumnForm.LONG));
        store.backend().close();
    }

    @Test
    void aRecordMayBeLongerThanDuckDbTakesByItself() throws IOException {
        table("a,b\n1,\"" + "é".repeat(3_000_000) + "\"\n");
        DuckDbStore store = open(Storage.MEMORY);
        assertEquals("3000000", query(store, "SELECT length(b) FROM s.\"T\"", ColumnForm.LONG));
        store.backend().close();
    }

    @Test
    void aTableMayBeEmpty() throws IOException {
        table("a,b", "key: a");
        assertEquals("a VARCHAR NOT NULL b VARCHAR: ", loaded(Storage.MEMORY));
    }

    @Test
    void progressRunsToTheEnd() throws IOException {
        table("a,b\n" + "1,x\n".repeat(300_000));
        List<Integer> percents = Collections.synchronizedList(new ArrayList<>());
        var settings = new EngineSettings(
                folder.resolve("catalog"),
                folder,
                Storage.MEMORY,
                new StoreSettings.Memory(),
                Optional.empty(),
                LoginLimits.DEFAULT,
                AuditSettings.DEFAULT,
                List.of());
        DuckDbStore.open(settings, CatalogDefinition.read(settings.catalog()), new LoadListener() {
                    @Override
                    public void loading(TableName table, int percent) {
                        percents.add(percent);
                    }
                })
                .backend()
                .close();
        assertTrue(percents.size() > 10, percents.toString());
        assertTrue(percents.get(percents.size() - 1) >= 50, percents.toString());
        assertEquals(percents.stream().sorted().distinct().toList(), percents);
    }

    @Test
    void aDataFolderThatCannotBeMadeIsAnError() throws IOException {
        table("a\n1\n");
        Files.writeString(folder.resolve("new"), "a file where the folder should be");
        for (Storage storage : Storage.values()) {
            fails(storage, "new/data: the data folder cannot be made");
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsRefused() throws IOException {
        table("a\n1\n");
        Files.createDirectories(database().getParent());
        for (String content : List.of("", "x", "this is no database".repeat(10_000))) {
            Files.writeString(database(), content);
            fails(
                    Storage.FILE,
                    "new/data/tables.duckdb: this is not a database of Icespar, or it is damaged;"
                            + " move it away, and the tables are loaded again");
            assertEquals(content, Files.readString(database()));
        }
    }

    @Test
    void aDamagedDatabaseIsRefused() throws IOException {
        table("a\n" + "1\n".repeat(300_000));
        open(Storage.FILE).backend().close();
        byte[] content = Files.readAllBytes(database());
        Files.write(database(), Arrays.copyOf(content, content.length / 2));
        fails(
                Storage.FILE,
                "new/data/tables.duckdb: this is not a database of Icespar, or it is damaged;"
                        + " move it away, and the tables are loaded again");
    }

    @Test
    void aDatabaseOfOthersIsRefusedAndLeftAlone() throws IOException, SQLException {
        table("a\n1\n");
        Files.createDirectories(database().getParent());
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + database());
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE theirs AS SELECT 42");
        }
        fails(
                Storage.FILE,
                "new/data/tables.duckdb: this is not a database of Icespar, or it is damaged;"
                        + " move it away, and the tables are loaded again");
        try (var connection = DriverManager.getConnection("jdbc:duckdb:" + database());
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM duckdb_tables()")) {
            assertTrue(rows.next());
            assertEquals(1, rows.getInt(1));
        }
    }

    @Test
    void aDatabaseIsOpenedByOneEngineOnly() throws IOException {
        table("a\n1\n");
        DuckDbStore first = open(Storage.FILE);
        fails(Storage.FILE, "new/data/tables.duckdb: the database is in use by another process");
        assertEquals("1", query(first, "SELECT a FROM s.\"T\"", ColumnForm.LONG));
        first.backend().close();
        assertEquals("a BIGINT: 1", loaded(Storage.FILE));
    }

    @Test
    void aFileStoreIsReadOnlyOnceItIsLoaded() throws IOException {
        table("a\n1\n");
        DuckDbStore store = open(Storage.FILE);
        for (String sql : List.of(
                "CREATE TABLE s.x (a INTEGER)",
                "DELETE FROM s.\"T\"",
                "SELECT * FROM read_csv('" + folder.resolve("catalog").resolve("t.csv") + "')",
                "COPY (SELECT 1) TO '" + folder.resolve("x.csv") + "'",
                "ATTACH '" + folder.resolve("x.db") + "' AS other",
                "SET threads = 1")) {
            assertThrows(IcesparException.class, () -> query(store, sql, ColumnForm.LONG), sql);
        }
        assertEquals("1", query(store, "SELECT a FROM s.\"T\"", ColumnForm.LONG));
        store.backend().close();
    }
}
