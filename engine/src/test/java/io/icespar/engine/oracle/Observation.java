package io.icespar.engine.oracle;

import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.error.IcesparException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that someone who executes a statement gets to know.
 *
 * @param parameters the statement's parameters
 * @param columns the columns of the rows
 * @param rows the rows as text, in their order if the statement gives them one, else sorted
 * @param sqlState of the error, empty if there is none
 * @param failure the text of the error, empty if there is none
 */
public record Observation(
        List<ResultColumn> parameters, List<ResultColumn> columns, List<String> rows, String sqlState, String failure) {

    /** Checks and copies. */
    public Observation {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    static Observation rows(
            List<ResultColumn> parameters, List<ResultColumn> columns, List<@Nullable Object[]> rows, boolean ordered) {
        Stream<String> texts = rows.stream().map(Observation::text);
        return new Observation(parameters, columns, (ordered ? texts : texts.sorted()).toList(), "", "");
    }

    static Observation done() {
        return new Observation(List.of(), List.of(), List.of(), "", "");
    }

    static Observation failure(IcesparException e) {
        return new Observation(List.of(), List.of(), List.of(), e.code().sqlState(), e.getMessage());
    }

    private static String text(@Nullable Object[] row) {
        return Stream.of(row)
                .map(Observation::text)
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
    }

    // In which order floating point numbers are added up is not for anyone to rely on.
    private static String text(@Nullable Object value) {
        return value instanceof Double number && Double.isFinite(number)
                ? new BigDecimal(number, new MathContext(10))
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }

    /** The rows in one line. */
    public String text() {
        return String.join("; ", rows);
    }

    /** The same, but for the words of the error. */
    public Observation withoutWords() {
        return new Observation(parameters, columns, rows, sqlState, "");
    }

    /** The same, but for whether values of the columns may be absent: a mask makes that possible. */
    public Observation withoutNullability() {
        return new Observation(
                parameters.stream().map(Observation::notNull).toList(),
                columns.stream().map(Observation::notNull).toList(),
                rows,
                sqlState,
                failure);
    }

    private static ResultColumn notNull(ResultColumn column) {
        return new ResultColumn(
                column.label(),
                column.schema(),
                column.table(),
                column.typeName(),
                column.jdbcType(),
                column.precision(),
                column.scale(),
                false,
                column.form());
    }

    public boolean mentions(String token) {
        return toString().contains(token);
    }
}
