package io.icespar.engine.oracle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A query of the corpus.
 *
 * @param name what it is there for
 * @param sql its text
 * @param parameters the values of its parameters
 */
public record CorpusQuery(String name, String sql, List<@Nullable Object> parameters) {
    /** Checks and copies. */
    public CorpusQuery {
        parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    @Override
    public String toString() {
        return name;
    }
}
