package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Locale;

/**
 * A part of a cube that can be shown or hidden.
 *
 * @param cube the cube
 * @param kind what kind of part
 * @param name its name among those of its kind
 */
public record Part(TableName cube, Kind kind, Name name) {

    /** What can be shown or hidden. */
    public enum Kind {
        /** All hierarchies of a dimension of which nothing is said themselves. */
        DIMENSION,
        /** A hierarchy, with all its levels. */
        HIERARCHY,
        /** A measure. */
        MEASURE
    }

    /** The part as an error speaks of it, such as {@code hierarchy `h` of cube `s.c`}. */
    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + " `" + name + "` of cube `" + cube + "`";
    }
}
