package io.icespar.engine.generated;

import java.util.Optional;

/**
 * A column that a query can name.
 *
 * @param sql how it is named there
 * @param kind what it holds
 * @param number an expression that makes a number of its texts, where they have one: it fails on others
 */
record Field(String sql, Kind kind, Optional<String> number) {
    static Field of(String sql, Kind kind) {
        return new Field(sql, kind, Optional.empty());
    }

    /** A text that ends in a number, from that character on. */
    static Field numbered(String sql, int from) {
        return new Field(sql, Kind.TEXT, Optional.of("CAST(SUBSTRING(" + sql + " FROM " + from + ") AS INTEGER)"));
    }
}
