package io.icespar.tpch;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * One of the 22 queries.
 *
 * @param number from 1
 */
public record TpchQuery(int number) {
    private static final int LAST = 22;

    /** All of them. */
    public static final List<TpchQuery> ALL =
            IntStream.rangeClosed(1, LAST).mapToObj(TpchQuery::new).toList();

    /** Such as {@code Q1}. */
    public String name() {
        return "Q" + number;
    }

    /** The query as published, with the parameters of its validation. */
    public String sql() {
        return TpchSchema.resource(String.format(Locale.ROOT, "q%02d.sql", number));
    }

    @Override
    public String toString() {
        return name();
    }
}
