package io.icespar.engine.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.Answer;
import io.icespar.engine.Session;
import io.icespar.engine.run.RowStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an answer, in their order. Numbers but for doubles are compared by value: DuckDB sums up whole numbers in 128
 * bits.
 */
public final class Rows {
    private static final double TOLERANCE = 1e-9;
    private static final String NULL = "NULL";

    private final List<List<Object>> rows;

    private Rows(List<List<@Nullable Object>> rows) {
        this.rows = rows.stream()
                .map(row -> row.stream().map(Rows::normal).toList())
                .toList();
    }

    /** The answer of a session to a query. */
    public static Rows of(Session session, String sql) {
        try (RowStream stream = ((Answer.Rows) session.query(sql)).stream()) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (@Nullable Object[] row = stream.next(); row != null; row = stream.next()) {
                rows.add(Arrays.asList(row));
            }
            return new Rows(rows);
        }
    }

    /** All that is left of a result. */
    static Rows of(ResultSet result) throws SQLException {
        int columns = result.getMetaData().getColumnCount();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int i = 1; i <= columns; i++) {
                row.add(result.getObject(i));
            }
            rows.add(row);
        }
        return new Rows(rows);
    }

    /** Whether there are rows, and values in all of them. */
    public boolean isFound() {
        return !rows.isEmpty() && rows.stream().noneMatch(row -> row.contains(NULL));
    }

    /** Asserts that {@code actual} has the same rows in the same order; the last digits of doubles may differ. */
    public void assertSame(Rows actual) {
        assertEquals(rows.size(), actual.rows.size(), "rows");
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(rows.get(i).size(), actual.rows.get(i).size(), "columns");
            for (int j = 0; j < rows.get(i).size(); j++) {
                assertSame(rows.get(i).get(j), actual.rows.get(i).get(j), "row " + i + ", column " + j);
            }
        }
    }

    private static Object normal(@Nullable Object value) {
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole).stripTrailingZeros();
        }
        if (value instanceof Integer || value instanceof Long) {
            return BigDecimal.valueOf(((Number) value).longValue()).stripTrailingZeros();
        }
        return value instanceof BigDecimal decimal
                ? decimal.stripTrailingZeros()
                : Objects.requireNonNullElse(value, NULL);
    }

    private static void assertSame(Object expected, Object actual, String place) {
        if (expected instanceof Double number) {
            assertEquals(number, (Double) actual, Math.abs(number) * TOLERANCE, place);
        } else {
            assertEquals(expected, actual, place);
        }
    }

    @Override
    public String toString() {
        return rows.toString();
    }
}
