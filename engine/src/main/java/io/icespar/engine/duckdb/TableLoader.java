package io.icespar.engine.duckdb;

import io.icespar.engine.catalog.CatalogDefinition;
import io.icespar.engine.catalog.CatalogDefinition.Loaded;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.TableDefinition;
import io.icespar.engine.config.Problems;
import io.icespar.engine.csv.CsvFile;
import io.icespar.engine.csv.CsvFile.Facts;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Brings a database to what the catalog declares: loads the tables that are new or have changed, keeps the others, and
 * drops those that are no longer declared. Each table is loaded in one transaction, wholly or not at all.
 *
 * <p>What was loaded from where is noted in the table {@code icespar.loaded}.
 */
final class TableLoader {
    private static final String FORMAT = "2";
    private static final int DEFAULT_LINE_SIZE = 2_000_000;
    private static final long PROGRESS_MILLIS = 250;

    private final DuckDBConnection connection;
    private final CatalogDefinition definition;
    private final LoadListener listener;
    private final DuckDbInterrupt interrupt = new DuckDbInterrupt();

    TableLoader(DuckDBConnection connection, CatalogDefinition definition, LoadListener listener) {
        this.connection = connection;
        this.definition = definition;
        this.listener = listener;
    }

    /**
     * Loads what is to be loaded.
     *
     * @return all tables of the catalog
     * @throws IcesparException {@code CONFIGURATION} if a file or a declaration is wrong
     * @throws SQLException if the database cannot be read or written
     */
    Map<TableName, Loaded> load() throws SQLException {
        // Without these the driver knows of no progress; nothing is printed.
        execute("SET enable_progress_bar = true");
        execute("SET enable_progress_bar_print = false");
        execute("SET progress_bar_time = 0");
        Map<TableName, String> noted = noted();
        Map<TableName, Loaded> loaded = new LinkedHashMap<>();
        Map<TableDefinition, CsvFile> changed = new LinkedHashMap<>();
        Map<TableName, List<Column>> columns = new HashMap<>();
        var problems = new Problems();
        for (TableDefinition table : definition.tables()) {
            if (source(table).equals(noted.get(table.name()))) {
                Loaded kept = stored(table.name());
                loaded.put(table.name(), kept);
                columns.put(table.name(), kept.columns());
            } else {
                CsvFile.open(table, problems).ifPresent(file -> {
                    changed.put(table, file);
                    columns.put(table.name(), columns(file));
                });
            }
        }
        definition.check(columns, problems);
        problems.throwIfAny();
        dropUndeclared(noted.keySet());
        loaded.forEach((name, kept) -> listener.kept(name, kept.rowCount()));
        for (Map.Entry<TableDefinition, CsvFile> entry : changed.entrySet()) {
            TableDefinition table = entry.getKey();
            Loaded fresh = load(table, entry.getValue());
            loaded.put(table.name(), fresh);
            listener.loaded(table.name(), fresh.rowCount());
        }
        return loaded;
    }

    private Map<TableName, String> noted() throws SQLException {
        execute("CREATE SCHEMA IF NOT EXISTS icespar");
        execute("CREATE TABLE IF NOT EXISTS icespar.loaded ("
                + "schema_name VARCHAR NOT NULL, table_name VARCHAR NOT NULL, source VARCHAR NOT NULL)");
        Map<TableName, String> noted = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT schema_name, table_name, source FROM icespar.loaded")) {
            while (rows.next()) {
                noted.put(TableName.of(rows.getString(1), rows.getString(2)), rows.getString(3));
            }
        }
        return noted;
    }

    /** What a loaded table depends on: if this is the same, so is the table. */
    private static String source(TableDefinition table) {
        try {
            BasicFileAttributes file = Files.readAttributes(table.file(), BasicFileAttributes.class);
            return String.join(
                    "\n",
                    FORMAT,
                    table.name().toString(),
                    table.file().toAbsolutePath().toString(),
                    String.valueOf(file.size()),
                    file.lastModifiedTime().toString(),
                    table.key().stream().map(column -> literal(column.value())).collect(Collectors.joining(",")),
                    table.columns().entrySet().stream()
                            .map(column -> literal(column.getKey().value()) + " " + column.getValue())
                            .collect(Collectors.joining(",")));
        } catch (IOException e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, table.file() + ": the file cannot be read", e);
        }
    }

    /** A table that is in the database. */
    private Loaded stored(TableName name) throws SQLException {
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT column_name, data_type, is_nullable FROM duckdb_columns()"
                        + " WHERE database_name = current_database() AND schema_name = ? AND table_name = ?"
                        + " ORDER BY column_index")) {
            statement.setString(1, name.schema().spelling());
            statement.setString(2, name.table().spelling());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ColumnType type = ColumnType.parse(rows.getString(2)).orElseThrow(() -> new SQLException("type"));
                    columns.add(new Column(Name.of(rows.getString(1)), type, rows.getBoolean(3)));
                }
            }
        }
        return new Loaded(columns, number("SELECT count(*) FROM " + name.quoted()));
    }

    private void dropUndeclared(Set<TableName> noted) throws SQLException {
        for (TableName name : noted) {
            if (definition.find(name).isEmpty()) {
                transaction(() -> {
                    execute("DROP TABLE IF EXISTS " + name.quoted());
                    forget(name);
                    return name;
                });
                listener.dropped(name);
            }
        }
    }

    private void forget(TableName name) throws SQLException {
        execute("DELETE FROM icespar.loaded WHERE schema_name = "
                + literal(name.schema().spelling()) + " AND table_name = "
                + literal(name.table().spelling()));
    }

    private Loaded load(TableDefinition table, CsvFile file) throws SQLException {
        execute("CREATE SCHEMA IF NOT EXISTS " + table.name().schema().quoted());
        try {
            return transaction(() -> load(table, file, DEFAULT_LINE_SIZE));
        } catch (LongRecordException e) {
            return transaction(() -> load(table, file, e.bytes));
        }
    }

    private Loaded load(TableDefinition table, CsvFile file, int lineSize) throws SQLException {
        String source = source(table);
        List<Column> columns = columns(file);
        create(table.name(), columns);
        Facts facts = insertChecked(table, file, lineSize);
        long rows = number("SELECT count(*) FROM " + table.name().quoted());
        if (rows != facts.rows() || !source.equals(source(table))) {
            throw new IcesparException(
                    ErrorCode.CONFIGURATION, table.file() + ": the file changed while it was read; start again");
        }
        checkKey(table, file);
        forget(table.name());
        execute("INSERT INTO icespar.loaded VALUES ("
                + literal(table.name().schema().spelling()) + ", "
                + literal(table.name().table().spelling()) + ", " + literal(source) + ")");
        return new Loaded(columns, rows);
    }

    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException;
    }

    /** Does all of it, or nothing. */
    private <T> T transaction(Work<T> work) throws SQLException {
        execute("BEGIN");
        try {
            T result = work.run();
            execute("COMMIT");
            return result;
        } catch (SQLException | RuntimeException | Error e) {
            try {
                execute("ROLLBACK");
            } catch (SQLException ended) {
                // A commit that failed has ended it already.
                e.addSuppressed(ended);
            }
            throw e;
        }
    }

    /** A record is longer than DuckDB was told that they are. */
    private static final class LongRecordException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int bytes;

        LongRecordException(int bytes, Throwable cause) {
            super(cause);
            this.bytes = bytes;
        }
    }

    private void create(TableName name, List<Column> columns) throws SQLException {
        execute("DROP TABLE IF EXISTS " + name.quoted());
        execute(columns.stream()
                .map(column -> column.name().quoted() + " " + column.type() + (column.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", ", "CREATE TABLE " + name.quoted() + " (", ")")));
    }

    /** DuckDB reads the file while it is checked. */
    private Facts insertChecked(TableDefinition table, CsvFile file, int lineSize) throws SQLException {
        var progress = new Progress(table);
        try (var check = FileCheck.start(file, progress::checked, () -> interrupt.interrupt(connection))) {
            Optional<IcesparException> failure = insert(table, file, lineSize, progress);
            // Where a value is wrong, this says which, and where it stands.
            Facts facts = check.facts();
            if (failure.isEmpty()) {
                return facts;
            }
            if (lineSize == DEFAULT_LINE_SIZE && facts.longestRecord() > lineSize) {
                throw new LongRecordException(facts.longestRecord(), failure.get());
            }
            throw failure.get();
        }
    }

    private static List<Column> columns(CsvFile file) {
        return file.columns().stream()
                .map(column -> new Column(column.name(), column.type(), column.nullable()))
                .toList();
    }

    /** Why the file could not be loaded; empty if it was. */
    private Optional<IcesparException> insert(TableDefinition table, CsvFile file, int lineSize, Progress progress) {
        String sql = "INSERT INTO " + table.name().quoted() + " SELECT * FROM " + readCsv(table.file(), file, lineSize);
        ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "icespar-load-progress");
            thread.setDaemon(true);
            return thread;
        });
        try (DuckDBPreparedStatement statement = connection.prepare(sql)) {
            var unused = watch.scheduleWithFixedDelay(
                    () -> progress.of(statement), PROGRESS_MILLIS, PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
            statement.executeLargeUpdate();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(new IcesparException(
                    ErrorCode.CONFIGURATION,
                    table.file() + ": the file cannot be loaded (" + DuckDbErrors.kind(e)
                            + " Error); there may be too little memory or disk space, or the file changed meanwhile",
                    e));
        } finally {
            stop(watch);
        }
    }

    private static void stop(ScheduledExecutorService watch) {
        watch.shutdownNow();
        try {
            while (!watch.awaitTermination(1, TimeUnit.SECONDS)) {
                // One look at the progress is all there is to wait for.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** RFC 4180 and nothing else: all that DuckDB would find out by itself is said. */
    private static String readCsv(Path path, CsvFile file, int lineSize) {
        String columns = file.columns().stream()
                .map(column -> literal(column.name().spelling()) + ": "
                        + literal(column.type().toString()))
                .collect(Collectors.joining(", ", "{", "}"));
        return "read_csv(" + literal(glob(path)) + ", columns = " + columns
                + ", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', comment = ''"
                + ", nullstr = '', allow_quoted_nulls = false, strict_mode = true, null_padding = false"
                + ", compression = 'none', encoding = 'utf-8', hive_partitioning = false, union_by_name = false"
                + ", filename = false, max_line_size = " + lineSize + ")";
    }

    /** The pattern that only this path matches. */
    private static String glob(Path path) {
        return path.toAbsolutePath().toString().replaceAll("[*?\\[]", "[$0]");
    }

    private void checkKey(TableDefinition table, CsvFile file) throws SQLException {
        if (table.key().isEmpty()) {
            return;
        }
        String name = table.name().quoted();
        String key = table.key().stream()
                .map(column -> Name.of(column.value()).quoted())
                .collect(Collectors.joining(", "));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT 1 FROM " + name + " GROUP BY " + key + " HAVING count(*) > 1 LIMIT 1")) {
            if (!rows.next()) {
                return;
            }
        }
        // Row ids of rows that are not yet committed follow the file's order, but do not start with 0.
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT first - start, row - start FROM (SELECT rowid AS row,"
                        + " min(rowid) OVER (PARTITION BY " + key + ") AS first, min(rowid) OVER () AS start FROM "
                        + name
                        + ") WHERE row > first ORDER BY row LIMIT 1")) {
            rows.next();
            throw file.duplicateKey(rows.getLong(1), rows.getLong(2));
        }
    }

    private long number(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Tells the listener of each percent once: the file's check is one half, DuckDB's reading the other. */
    private final class Progress {
        private final TableName table;
        private final long bytes;
        private int checked;
        private int read;
        private int told = -1;

        Progress(TableDefinition table) {
            this.table = table.name();
            this.bytes = Math.max(1, table.file().toFile().length());
        }

        synchronized void checked(long upTo) {
            checked = (int) Math.min(100, upTo * 100 / bytes);
            tell();
        }

        void of(DuckDBPreparedStatement statement) {
            try {
                read((int) statement.getQueryProgress().getPercentage());
            } catch (SQLException e) {
                // It is over, or has not begun.
            }
        }

        private synchronized void read(int percent) {
            read = Math.max(read, Math.min(100, percent));
            tell();
        }

        private void tell() {
            int percent = (checked + read) / 2;
            if (percent > told) {
                told = percent;
                listener.loading(table, percent);
            }
        }
    }
}
