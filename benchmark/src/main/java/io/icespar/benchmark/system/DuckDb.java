package io.icespar.benchmark.system;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;

/** DuckDB in this process, with its own settings for threads and memory. */
public final class DuckDb implements AutoCloseable {
    private final DuckDBConnection connection;

    private DuckDb(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Opens a database that is there. */
    public static DuckDb open(Path file) throws SQLException {
        return open(file.toString(), "SELECT 1");
    }

    /**
     * Opens a database and runs a script.
     *
     * @param place a file, or nothing for memory
     */
    public static DuckDb open(String place, String script) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:" + place);
        try (Statement statement = connection.createStatement()) {
            statement.execute(script);
            return new DuckDb(connection.unwrap(DuckDBConnection.class));
        } catch (SQLException | RuntimeException | Error e) {
            connection.close();
            throw e;
        }
    }

    /** One more connection to the same database, which whoever gets it closes. */
    public Connection connect() throws SQLException {
        Connection another = connection.duplicate();
        try (Statement statement = another.createStatement()) {
            // As Icespar reads its answers.
            statement.execute("SET jdbc_stream_results = true");
        }
        return another;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
