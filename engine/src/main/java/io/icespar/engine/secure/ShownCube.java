package io.icespar.engine.secure;

import io.icespar.engine.catalog.Cube;
import io.icespar.security.cube.Cubes;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Level;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What of cubes is shown to one caller, and at which members.
 *
 * @param cubes what was said of them
 */
record ShownCube(Cubes cubes, Caller caller, AuthorityComparator authorities) {

    /** The cube as the caller is shown it. */
    Cube of(Cube cube) {
        io.icespar.security.cube.Cube definition = cube.definition();
        Set<Name> hidden = new HashSet<>();
        Map<Name, DefaultMember> members = new HashMap<>();
        definition.hierarchies().forEach(hierarchy -> {
            if (!cubes.isShown(caller, definition, hierarchy, authorities)) {
                hierarchy.levels().stream().map(Level::name).forEach(hidden::add);
            }
            cubes.defaultMember(caller, new HierarchyName(cube.name(), hierarchy.name()), authorities)
                    .ifPresent(member -> members.put(hierarchy.name(), member));
        });
        definition.measures().forEach(measure -> {
            if (!cubes.isShown(caller, definition, measure, authorities)) {
                hidden.add(measure.name());
            }
        });
        return cube.without(hidden).withDefaultMembers(members);
    }
}
