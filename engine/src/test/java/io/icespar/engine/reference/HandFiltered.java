package io.icespar.engine.reference;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The same tables in a DuckDB of their own, from which hidden rows are removed by SQL written for the purpose. */
public final class HandFiltered implements AutoCloseable {
    private final Connection connection;

    private HandFiltered(Connection connection) {
        this.connection = connection;
    }

    /** Opens a DuckDB in memory, and makes its tables by a script. */
    public static HandFiltered open(String script) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            // A query that goes astray fails when the memory is full, not when the disk is.
            statement.execute("SET temp_directory = ''");
            statement.execute(script);
        }
        return new HandFiltered(connection);
    }

    /** Makes a schema with the visible rows of each table; the script names the schema with all rows {@code main}. */
    public void filter(String schema, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("USE " + schema);
            statement.execute(script);
            statement.execute("USE main");
        }
    }

    /** The answer of DuckDB on the tables of a schema. */
    public Rows query(String schema, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("USE " + schema);
            try (ResultSet result = statement.executeQuery(sql)) {
                return Rows.of(result);
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
