package io.icespar.engine.duckdb;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/** How a DuckDB instance is opened, and how it is sealed before the first query. */
final class DuckDbInstance {
    private static final String URL = "jdbc:duckdb:";

    /** In the order in which they can be set; the last forbids all changes. */
    private static final List<String> SEAL = List.of(
            "ATTACH ':memory:' AS " + KeptKeys.DATABASE + " (READ_WRITE)",
            "SET jdbc_stream_results = true",
            // DuckDB 2.0 is killed by deeper ones, where the stack of the thread that asks has a megabyte, as is usual.
            "SET max_expression_depth = 500",
            "SET allow_community_extensions = false",
            "SET allow_extension_repositories = 'forbidden'",
            "SET allow_persistent_secrets = false",
            "SET allow_unredacted_secrets = false",
            // The folder for temporary files and the database's own file stay within reach. To disable the local file
            // system would close these too, but then no query could use more than memory.
            "SET enable_external_access = false",
            // What it knows of a column, such as its least and greatest value, is of hidden rows too: where it sees
            // from
            // that that a condition is never true, it leaves out what fails beside it.
            "SET disabled_optimizers = 'statistics_propagation'",
            // Of one connection, which belongs to one query.
            "SET allowed_configs = ['operator_memory_limit']",
            "SET lock_configuration = true");

    /** How queries are answered: as SQL has it, and alike on every machine. */
    private static final List<String> MEANING = List.of(
            "SET GLOBAL TimeZone = 'UTC'",
            // A division by zero is an error, not infinity.
            "SET ieee_floating_point_ops = false",
            // Where long answers are read as columns, texts of any length are.
            "SET GLOBAL arrow_large_buffer_size = true",
            // To sort by a constant is to leave the order open, not an error.
            "SET GLOBAL order_by_non_integer_literal = true");

    private DuckDbInstance() {}

    /** Has the driver load its library, as it does with the first instance. */
    static void load() {
        try {
            connect(URL, new Properties()).close();
        } catch (SQLException e) {
            throw DuckDbErrors.translate(e);
        }
    }

    /** Opens an instance in memory; what does not fit goes to the data folder, which is made if it is not there. */
    static DuckDBConnection inMemory(Path data) {
        makeFolder(data);
        try {
            return connect(URL, properties(data));
        } catch (SQLException e) {
            throw new IcesparException(ErrorCode.INTERNAL, "DuckDB cannot be started", e);
        }
    }

    /** Opens a database file to load tables; makes it and its folder if they are not there. */
    static DuckDBConnection toLoad(Path file) {
        makeFolder(folder(file));
        return open(file, properties(folder(file)));
    }

    private static void makeFolder(Path data) {
        try {
            Files.createDirectories(data);
        } catch (IOException e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, data + ": the data folder cannot be made", e);
        }
    }

    /** Opens a database file for queries only. */
    static DuckDBConnection toQuery(Path file) {
        Properties properties = properties(folder(file));
        properties.setProperty("access_mode", "READ_ONLY");
        return open(file, properties);
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file.toAbsolutePath() : folder;
    }

    private static DuckDBConnection open(Path file, Properties properties) {
        try {
            return connect(URL + file.toAbsolutePath(), properties);
        } catch (SQLException e) {
            throw unusable(file, e);
        }
    }

    /** The error for a database file that cannot be opened or read. */
    static IcesparException unusable(Path file, SQLException e) {
        String text = String.valueOf(e.getMessage());
        boolean inUse = text.contains("Could not set lock")
                || text.contains("different configuration")
                || text.contains("Unique file handle conflict");
        return new IcesparException(
                ErrorCode.CONFIGURATION,
                file
                        + (inUse
                                ? ": the database is in use by another process"
                                : ": this is not a database of Icespar, or it is damaged;"
                                        + " move it away, and the tables are loaded again"),
                e);
    }

    /** Refuses a DuckDB file that has tables which Icespar did not load. */
    static void checkOwn(DuckDBConnection connection, Path file) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT count(*), count(*) FILTER (WHERE schema_name = 'icespar')"
                                + " FROM duckdb_tables() WHERE database_name = current_database()")) {
            rows.next();
            if (rows.getLong(1) > 0 && rows.getLong(2) == 0) {
                throw unusable(file, new SQLException("the file has tables of others"));
            }
        }
    }

    private static Properties properties(Path data) {
        var properties = new Properties();
        properties.setProperty(
                "temp_directory", data.resolve("duckdb-tmp").toAbsolutePath().toString());
        // The files that are loaded are read once.
        properties.setProperty("enable_external_file_cache", "false");
        properties.setProperty("autoinstall_known_extensions", "false");
        properties.setProperty("autoload_known_extensions", "false");
        return properties;
    }

    private static DuckDBConnection connect(String url, Properties properties) throws SQLException {
        return DriverManager.getConnection(url, properties).unwrap(DuckDBConnection.class);
    }

    /** Takes away all access to files, network and extensions, for good. */
    static void seal(DuckDBConnection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : MEANING) {
                statement.execute(setting);
            }
            for (String setting : SEAL) {
                statement.execute(setting);
            }
        }
    }
}
