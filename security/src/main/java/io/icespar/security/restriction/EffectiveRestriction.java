package io.icespar.security.restriction;

import java.util.List;

/**
 * What holds for one caller on one table: the AND over subjects of the OR of the restrictions held on each.
 *
 * @param alternatives one list a subject, of which one restriction must let a row pass, so that an empty list lets none
 *     pass; the order is that of the restrictions' names, so that equal rights give equal values. No list at all: the
 *     caller sees the whole table
 */
public record EffectiveRestriction(List<List<Restriction>> alternatives) {

    /** Checks and copies. */
    public EffectiveRestriction {
        alternatives = alternatives.stream().map(List::copyOf).toList();
    }

    /** Nothing is restricted. */
    public static EffectiveRestriction none() {
        return new EffectiveRestriction(List.of());
    }

    /** The caller sees no row at all. */
    public static EffectiveRestriction nothing() {
        return new EffectiveRestriction(List.of(List.of()));
    }

    /** Whether nothing is restricted. */
    public boolean isNone() {
        return alternatives.isEmpty();
    }
}
