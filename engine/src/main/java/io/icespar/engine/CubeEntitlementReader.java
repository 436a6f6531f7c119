package io.icespar.engine;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.Cubes;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.entitlement.Entitlement;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Reads what providers say of cubes in the words of the security state. For one thread, and one reading. */
final class CubeEntitlementReader {
    private final Catalog catalog;
    private final Cubes cubes;
    private final List<String> problems;
    private final PathReader paths;

    /**
     * A reader of what is said of cubes over the tables of a catalog.
     *
     * @param problems what does not fit is added here
     */
    CubeEntitlementReader(Catalog catalog, Cubes cubes, List<String> problems) {
        this.catalog = catalog;
        this.cubes = cubes;
        this.problems = problems;
        this.paths = new PathReader(problems, "level");
    }

    /** Whether a part is shown; empty, with a problem added, if there is none such. */
    Optional<Provided.Fact> visibility(String who, Name provider, Entitlement.Visibility said) {
        return part(who, said.part())
                .map(part -> new Provided.SetsVisibility(provider, said.role(), part, said.isShown()));
    }

    /** A default member; empty, with a problem added, if there is none such. */
    Optional<Provided.Fact> defaultMember(String who, Name provider, Entitlement.DefaultMember said) {
        int before = problems.size();
        Optional<Part> part = part(who, part(said.hierarchy()));
        List<Column> columns = part.map(found -> columns(who, found)).orElse(List.of());
        if (part.isEmpty() || problems.size() > before) {
            return Optional.empty();
        }
        HierarchyName hierarchy =
                new HierarchyName(part.get().cube(), part.get().name());
        return paths.read(who + "the default member of " + part.get() + " ", columns, said.path())
                .map(MemberPath::new)
                .map(member -> new Provided.SetsDefaultMember(provider, said.role(), hierarchy, member));
    }

    /**
     * The members of a hierarchy that a role is granted; empty, with problems added, if they do not fit.
     *
     * @param all what the provider says of the hierarchy and role, in one or several places
     */
    Optional<Provided.Fact> members(String who, Name provider, List<Entitlement.HierarchyMembers> all) {
        Entitlement.HierarchyMembers first = all.get(0);
        int before = problems.size();
        Optional<Part> found = part(who, part(first.hierarchy()));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Part part = found.get();
        List<List<Object>> granted =
                all.stream().flatMap(each -> each.paths().stream()).toList();
        List<Column> columns = columns(who, part);
        paths.checkNumber(who, part.toString(), granted);
        if (problems.size() > before) {
            return Optional.empty();
        }
        List<MemberPath> members = paths.read(who, part.toString(), columns, granted).stream()
                .map(MemberPath::new)
                .toList();
        if (problems.size() > before) {
            return Optional.empty();
        }
        Cube cube = cubes.find(part.cube()).orElseThrow();
        return Optional.of(new Provided.GrantsMembers(
                provider,
                new MembersGrant(
                        new HierarchyName(cube.name(), part.name()),
                        first.role(),
                        cube.fact(),
                        hierarchy(part).columns(),
                        new LinkedHashSet<>(members))));
    }

    private static Part part(HierarchyName hierarchy) {
        return new Part(hierarchy.cube(), Part.Kind.HIERARCHY, hierarchy.hierarchy());
    }

    /** The part with its names as they were first written. */
    private Optional<Part> part(String who, Part said) {
        Optional<Cube> cube = cubes.find(said.cube());
        if (cube.isEmpty()) {
            problems.add(who + "cube `" + said.cube() + "` does not exist");
            return Optional.empty();
        }
        Optional<Part> part =
                cube.get().findName(said).map(name -> new Part(cube.get().name(), said.kind(), name));
        if (part.isEmpty()) {
            problems.add(who + said + " does not exist");
        }
        return part;
    }

    private Hierarchy hierarchy(Part part) {
        return cubes.find(part.cube())
                .flatMap(cube -> cube.findHierarchy(part.name()))
                .orElseThrow();
    }

    /** The levels of the hierarchy as columns with the types of their members. */
    private List<Column> columns(String who, Part hierarchy) {
        Cube cube = cubes.find(hierarchy.cube()).orElseThrow();
        List<Column> columns = new ArrayList<>();
        for (Level level : hierarchy(hierarchy).levels()) {
            catalog.find(level.column().table(cube.fact())).stream()
                    .flatMap(table -> table.columns().stream())
                    .filter(column -> column.name().equals(level.column().column()))
                    .findFirst()
                    .ifPresentOrElse(
                            column -> columns.add(new Column(level.name(), column.type(), column.nullable())),
                            () -> problems.add(who + "level `" + level.name() + "` of " + hierarchy
                                    + " is a column that does not exist"));
        }
        return columns;
    }
}
