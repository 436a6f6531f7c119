package io.icespar.engine.backend;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One query for a backend.
 *
 * @param sql the text in the backend's dialect, with a {@code ?} for each parameter
 * @param parameters the values in the order of their question marks: null, Boolean, Integer, Long, Double, BigDecimal,
 *     String, byte[], LocalDate, LocalTime or LocalDateTime
 * @param columns how each column of the answer is to be read
 * @param keys the parts of the text, in their order and apart, that are whole queries, whose rows are the keys of what a
 *     caller may see. Many queries have the same, and they give the same rows as long as the tables hold the same, so that
 *     a backend may keep their rows
 * @param mebibytes how much memory its sorts, joins and groups may hold on to; empty for as much as there is
 */
public record BackendQuery(
        String sql,
        List<@Nullable Object> parameters,
        List<ColumnForm> columns,
        List<TextPart> keys,
        OptionalLong mebibytes) {
    /** What a backend's error says where a query makes a text or list that is too long, of whatever kind the error is. */
    public static final String TOO_LONG = "icespar: too long";

    /** Checks and copies. */
    public BackendQuery {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
    }
}
