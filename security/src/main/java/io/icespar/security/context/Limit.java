package io.icespar.security.context;

import io.icespar.security.context.ContextType.Base;
import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A limit of what queries may take: a context value that is always there and that a caller can lower, never raise. NULL,
 * or no value at all, is no limit.
 */
public enum Limit {
    /** After how many seconds a query is cancelled. */
    QUERIES_TIME_LIMIT("queries_time_limit", Base.INTEGER),
    /** How many rows a query may give. */
    QUERIES_RESULT_LIMIT("queries_result_limit", Base.BIGINT),
    /** How many mebibytes of memory the sorts, joins and groups of a query may hold; others may drive to disk what is more. */
    QUERIES_MEMORY_LIMIT("queries_memory_limit", Base.BIGINT),
    /** How many queries of one caller may run at the same time. */
    MAX_CONCURRENT_QUERIES("max_concurrent_queries", Base.INTEGER);

    private static final SortedMap<Name, ContextDefinition> DEFINITIONS = byName();

    private final String spelling;
    private final Base type;

    Limit(String spelling, Base type) {
        this.spelling = spelling;
        this.type = type;
    }

    /** The name of the context value that the limit is. */
    public Name value() {
        return Name.of(spelling);
    }

    /** Whether the name is that of a limit. */
    public static boolean isLimit(Name name) {
        return DEFINITIONS.containsKey(name);
    }

    /** All limits as context values. */
    public static SortedMap<Name, ContextDefinition> definitions() {
        return DEFINITIONS;
    }

    private static SortedMap<Name, ContextDefinition> byName() {
        SortedMap<Name, ContextDefinition> definitions = new TreeMap<>();
        for (Limit limit : values()) {
            definitions.put(
                    limit.value(),
                    new ContextDefinition(
                            limit.value(), ContextType.of(limit.type), Optional.empty(), Optional.empty(), true));
        }
        return Collections.unmodifiableSortedMap(definitions);
    }
}
