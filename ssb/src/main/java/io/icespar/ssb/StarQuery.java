package io.icespar.ssb;

import java.util.List;
import java.util.stream.Stream;

/**
 * One of the 13 queries.
 *
 * @param name such as {@code Q1.1}
 */
public record StarQuery(String name) {
    /** All of them, in four flights: more dimensions in each. */
    public static final List<StarQuery> ALL = Stream.of(
                    "Q1.1", "Q1.2", "Q1.3", "Q2.1", "Q2.2", "Q2.3", "Q3.1", "Q3.2", "Q3.3", "Q3.4", "Q4.1", "Q4.2",
                    "Q4.3")
            .map(StarQuery::new)
            .toList();

    /** The query on the tables, as published but for the names of answers and the quotes of {@code "date"}. */
    public String onTables() {
        return StarSchema.resource(name + ".sql");
    }

    @Override
    public String toString() {
        return name;
    }
}
