package io.icespar.engine.plan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.icespar.engine.secure.CallerReads;
import io.icespar.engine.secure.Slot;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.apache.calcite.sql.SqlDialect;
import org.jspecify.annotations.Nullable;

/** A query as the text that a backend will run, made from a secured plan that the guard has passed. */
public final class PlannedQuery {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    /** For how many callers' values it is remembered that the checks do not fail. */
    private static final int MAX_HELD = 1_000;

    private final PlannedText text;
    private final List<Integer> outputs;
    private final List<ResultColumn> columns;
    private final List<PlannedText> checks;
    private final int parameters;
    private final List<Slot> slots;
    private final CallerReads reads;
    private final SqlDialect dialect;

    /**
     * With which literals those checks did not fail which depend on nothing else: nor will they ever, as what a plan reads
     * does not change.
     */
    private final Cache<List<String>, Boolean> held =
            Caffeine.newBuilder().maximumSize(MAX_HELD).build();

    /**
     * Creates a query.
     *
     * @param checks what is to be computed before the query, so that it fails where one of them does, whatever the tables
     *     hold
     * @param parameters how many the statement has
     * @param slots by their numbers
     * @param reads what of the caller's own it was made from
     */
    PlannedQuery(
            PlannedText text,
            List<Integer> outputs,
            List<ResultColumn> columns,
            List<PlannedText> checks,
            int parameters,
            List<Slot> slots,
            CallerReads reads,
            SqlDialect dialect) {
        this.text = text;
        this.outputs = List.copyOf(outputs);
        this.columns = List.copyOf(columns);
        this.checks = List.copyOf(checks);
        this.parameters = parameters;
        this.slots = List.copyOf(slots);
        this.reads = reads;
        this.dialect = dialect;
    }

    /** The text. There may be more columns in its rows than the query gives, to sort by. */
    public PlannedText text() {
        return text;
    }

    /** For each column of the query which of the text's columns it is, from 0. */
    public List<Integer> outputs() {
        return outputs;
    }

    /** The columns of the query. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** What is to be computed before the query only to see whether it fails. */
    public List<PlannedText> checks() {
        return checks;
    }

    /** What is filled in when the query runs, in the order in which {@link #bind} takes it. */
    public List<Slot> slots() {
        return slots;
    }

    /** What of the caller's own it was made from: it is the plan of each caller who answers alike. */
    public CallerReads reads() {
        return reads;
    }

    /** How many characters all its texts have. */
    public int length() {
        return text.length() + checks.stream().mapToInt(PlannedText::length).sum();
    }

    /**
     * A query with all its values.
     *
     * @param checks what must be computed before, as it may fail
     * @param rows what gives the rows
     * @param whenChecked to be run once when the checks are done
     */
    public record Bound(List<PlannedText.Filled> checks, PlannedText.Filled rows, Runnable whenChecked) {
        /** Checks and copies. */
        public Bound {
            checks = List.copyOf(checks);
        }
    }

    /**
     * Fills in values.
     *
     * @param values of the statement's parameters
     * @param contents of the slots, as {@link Slot#content} gives them
     * @param moment when the query is asked
     */
    public Bound bind(List<@Nullable Object> values, List<Object> contents, LocalDateTime moment) {
        if (contents.size() != slots.size()) {
            throw new IllegalArgumentException(contents.size() + " values for " + slots.size() + " slots");
        }
        List<String> literals = contents.stream().map(this::literal).toList();
        var filling = new PlannedText.Filling(values, literals, moment);
        boolean hold = held.getIfPresent(literals) != null;
        List<PlannedText.Filled> before = checks.stream()
                .filter(check -> !hold || check.dependsOnStatement(parameters))
                .map(check -> check.filled(filling))
                .toList();
        return new Bound(before, text.filled(filling), () -> held.put(literals, true));
    }

    // The text around it says the type.
    private String literal(Object content) {
        if (content instanceof Integer || content instanceof Long) {
            return content.toString();
        }
        StringBuilder quoted = new StringBuilder();
        dialect.quoteStringLiteral(quoted, null, spelled(content));
        return quoted.toString();
    }

    private static String spelled(Object content) {
        if (content instanceof LocalDateTime time) {
            return TIMESTAMP.format(time);
        }
        if (content instanceof String || content instanceof LocalDate) {
            return content.toString();
        }
        throw new IllegalArgumentException("no slot holds a " + content.getClass());
    }
}
