package io.icespar.engine.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the catalog file declares of a column.
 *
 * @param type the type of its values
 * @param nullable whether a value may be absent
 */
public record ColumnDefinition(ColumnType type, boolean nullable) {
    private static final Pattern NOT_NULL = Pattern.compile("(.*\\S)\\s+NOT\\s+NULL", Pattern.CASE_INSENSITIVE);

    /** The definition that is written {@code text} in SQL, such as {@code BIGINT NOT NULL}; empty if it is none. */
    public static Optional<ColumnDefinition> parse(String text) {
        Matcher notNull = NOT_NULL.matcher(text);
        boolean nullable = !notNull.matches();
        return ColumnType.parse(nullable ? text : notNull.group(1)).map(type -> new ColumnDefinition(type, nullable));
    }

    /** As it is written in SQL. */
    @Override
    public String toString() {
        return type + (nullable ? "" : " NOT NULL");
    }
}
