package io.icespar.server.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.server.jdbc.JdbcShop.Way;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers so long that their rows go to the driver as columns have the rows that the engine has in process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongAnswersTest {
    private static final String DIGITS = "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9))";

    private static final String NUMBERS = "(SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n FROM " + DIGITS
            + " AS a(d), " + DIGITS + " AS b(d), " + DIGITS + " AS c(d), " + DIGITS + " AS e(d)) AS numbers";

    private final JdbcShop shop;

    LongAnswersTest(@TempDir Path folder) throws IOException {
        shop = new JdbcShop(folder);
    }

    @AfterAll
    void close() {
        shop.close();
    }

    private static List<List<@Nullable Object>> read(ResultSet rows) throws SQLException {
        List<List<@Nullable Object>> all = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                var value = rows.getObject(i);
                row.add(value instanceof byte[] bytes ? Arrays.toString(bytes) : value);
                row.add(rows.getString(i));
                row.add(rows.wasNull());
            }
            all.add(row);
        }
        return all;
    }

    private List<List<@Nullable Object>> read(Way way, String sql, int fetchSize, int maxRows) throws SQLException {
        try (var connection = shop.connect(way, "bob");
                var statement = connection.createStatement()) {
            statement.setFetchSize(fetchSize);
            statement.setMaxRows(maxRows);
            try (var rows = statement.executeQuery(sql)) {
                return read(rows);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0,0", "10000,0", "700,0", "1000,2048", "5000,9999"})
    void rowsAreThoseOfTheEngine(int fetchSize, int maxRows) throws SQLException {
        var sql =
                "SELECT n, \"Kinds\".*, n / 7.0E0 AS x, CAST(n AS DECIMAL(30, 2)) * 1.01 AS y, 'text ' || CAST(n AS VARCHAR) AS z,"
                        + " n > 5000 AS u, CAST(n + 0.5 AS REAL) AS v"
                        + " FROM \"Kinds\", " + NUMBERS
                        + " WHERE \"k\" = 1 AND (n < 100 OR n > 110) OR n < 40 ORDER BY n, \"k\"";
        var expected = read(Way.EMBEDDED, sql, fetchSize, maxRows);
        assertEquals(maxRows > 0 ? maxRows : 10_029, expected.size());
        assertEquals(expected, read(Way.REMOTE, sql, fetchSize, maxRows));
    }

    @Test
    void anErrorAfterManyRowsIsTheSame() throws SQLException {
        var sql = "SELECT n, CASE WHEN \"Kinds\".\"k\" = 1 THEN 100 / (9999 - n) END FROM \"Kinds\", " + NUMBERS;
        for (var way : Way.values()) {
            var e = assertThrows(SQLException.class, () -> read(way, sql, 0, 0));
            assertEquals("22000", e.getSQLState());
            assertTrue(
                    String.valueOf(e.getMessage()).contains("a value cannot be computed: division by zero"),
                    e.getMessage());
        }
    }

    @Test
    void theNextAnswerOfAStatementIsItsOwn() throws SQLException {
        try (var connection = shop.connect(Way.REMOTE, "bob");
                var statement = connection.createStatement()) {
            for (int i = 0; i < 5; i++) {
                try (var rows =
                        statement.executeQuery("SELECT n FROM " + NUMBERS + " WHERE n >= " + i + " ORDER BY n")) {
                    for (int row = 0; row < 4_000 + i; row++) {
                        assertTrue(rows.next());
                        assertEquals(i + row, rows.getInt(1));
                    }
                }
            }
        }
    }
}
