package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;

/**
 * A hierarchy: levels, each of which divides the members of the one before it.
 *
 * @param name its name, unique in the cube
 * @param dimension the name of the dimension that it is part of
 * @param isSlicing whether it has no member that stands for all: who does not name it is shown one member of its first
 *     level
 * @param levels from the coarsest to the finest, at least one
 */
public record Hierarchy(Name name, Name dimension, boolean isSlicing, List<Level> levels) {
    /** Checks and copies. */
    public Hierarchy {
        levels = List.copyOf(levels);
        if (levels.isEmpty()) {
            throw new IllegalArgumentException("a hierarchy has at least one level");
        }
    }

    /** The level of that name; empty if it has none. */
    public Optional<Level> find(Name level) {
        return levels.stream().filter(each -> each.name().equals(level)).findFirst();
    }

    /** The columns of its levels, in order. */
    public List<CubeColumn> columns() {
        return levels.stream().map(Level::column).toList();
    }
}
