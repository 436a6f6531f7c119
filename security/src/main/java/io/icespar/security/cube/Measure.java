package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A measure: what is computed of the cube's rows, whatever they are grouped by.
 *
 * @param name its name, which is that of a column of the cube
 * @param expression an aggregate expression over the cube's columns, as text that the engine has checked
 * @param format how tools may show it, in the patterns of {@link java.text.DecimalFormat}
 * @param description what it means, for people
 * @param reads the levels and measures of the cube that the expression names
 * @param contextValues the context values that the expression reads
 */
public record Measure(
        Name name,
        String expression,
        Optional<String> format,
        Optional<String> description,
        Set<Name> reads,
        Set<Name> contextValues) {
    /** Checks and copies. */
    public Measure {
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
        contextValues = Collections.unmodifiableSortedSet(new TreeSet<>(contextValues));
    }
}
