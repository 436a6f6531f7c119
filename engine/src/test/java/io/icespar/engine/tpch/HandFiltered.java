package io.icespar.engine.tpch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same tables in a DuckDB of their own, from which hidden rows are removed by SQL written for the purpose. */
final class HandFiltered implements AutoCloseable {
    private final Connection connection;

    private HandFiltered(Connection connection) {
        this.connection = connection;
    }

    static HandFiltered open(TpchFiles files) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute(TpchFiles.resource("reference.sql"));
            List<String> tables = new ArrayList<>();
            try (ResultSet names = statement.executeQuery("SELECT table_name FROM duckdb_tables()")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                statement.execute("INSERT INTO " + table + " FROM read_csv('" + quoted(files.csv(table))
                        + "', header = true, all_varchar = true)");
            }
        }
        return new HandFiltered(connection);
    }

    private static String quoted(Path file) {
        return file.toString().replace("'", "''");
    }

    /** Makes a schema with the visible rows of each table; the script names the schema with all rows {@code main}. */
    void filter(String schema, String script) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
            statement.execute("USE " + schema);
            statement.execute(script);
            statement.execute("USE main");
        }
    }

    /** The answer of DuckDB on the tables of a schema. */
    List<List<@Nullable Object>> query(String schema, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("USE " + schema);
            try (ResultSet rows = statement.executeQuery(sql)) {
                int columns = rows.getMetaData().getColumnCount();
                List<List<@Nullable Object>> answer = new ArrayList<>();
                while (rows.next()) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (int i = 1; i <= columns; i++) {
                        row.add(rows.getObject(i));
                    }
                    answer.add(row);
                }
                return answer;
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
