package io.icespar.benchmark.system;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One who asks a system: a query is asked from its text to the last value of its last row. */
public final class Asking {
    private final Statement statement;

    /** Asks by a statement, which stays open. */
    public Asking(Statement statement) {
        this.statement = statement;
    }

    /**
     * Asks, and reads every value.
     *
     * @return how many rows there were
     * @throws IllegalStateException if it fails, with the text of the query
     */
    public long ask(String sql) {
        try (ResultSet rows = statement.executeQuery(sql)) {
            return read(rows);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Reads every value of all rows that are left, and counts them. */
    public static long read(ResultSet rows) throws SQLException {
        int columns = rows.getMetaData().getColumnCount();
        long count = 0;
        while (rows.next()) {
            for (int column = 1; column <= columns; column++) {
                rows.getObject(column);
            }
            count++;
        }
        return count;
    }
}
