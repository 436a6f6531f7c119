package io.icespar.engine.generated;

import java.util.Set;

/**
 * A query that was made up.
 *
 * @param sql its text
 * @param used what it is made of
 */
record MadeQuery(String sql, Set<Production> used) {
    /** Checks and copies. */
    MadeQuery {
        used = Set.copyOf(used);
    }

    @Override
    public String toString() {
        return sql;
    }
}
