package io.icespar.security.cube;

import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All cubes, and what was said of them. Immutable.
 *
 * @param created those that were created by commands
 * @param declared those that the catalog's files declare; never stored
 * @param said what commands said
 * @param provided what providers say; never stored
 */
public record Cubes(
        SortedMap<TableName, Cube> created, SortedMap<TableName, Cube> declared, CubeRules said, CubeRules provided) {
    private static final Comparator<TableName> BY_NAME =
            Comparator.comparing(TableName::schema).thenComparing(TableName::table);
    private static final Cubes NONE = new Cubes(List.of(), CubeRules.none());

    /** Checks and copies. */
    public Cubes {
        created = copy(created.values());
        declared = copy(declared.values());
    }

    /** What a store holds: cubes that commands created, and what commands said. */
    public Cubes(Collection<Cube> created, CubeRules said) {
        this(copy(created), copy(List.of()), said, CubeRules.none());
    }

    private static SortedMap<TableName, Cube> copy(Collection<Cube> cubes) {
        SortedMap<TableName, Cube> copy = new TreeMap<>(BY_NAME);
        for (Cube cube : cubes) {
            if (copy.put(cube.name(), cube) != null) {
                throw new IllegalArgumentException("two cubes have one name");
            }
        }
        return Collections.unmodifiableSortedMap(copy);
    }

    /** There are none. */
    public static Cubes none() {
        return NONE;
    }

    /** With the cube created, in the place of the one of its name if there is one. */
    public Cubes with(Cube cube) {
        // Equal cubes may be spelled differently, and a store would not be told.
        if (cube.equals(created.get(cube.name()))) {
            return this;
        }
        SortedMap<TableName, Cube> changed = new TreeMap<>(created);
        changed.put(cube.name(), cube);
        return new Cubes(changed, declared, said, provided);
    }

    /** Without the created cube of that name. */
    public Cubes without(TableName cube) {
        SortedMap<TableName, Cube> left = new TreeMap<>(created);
        left.remove(cube);
        return new Cubes(left, declared, said, provided);
    }

    /** With these cubes, and no others, as those that the catalog's files declare. */
    public Cubes withDeclared(Collection<Cube> newDeclared) {
        return new Cubes(created, copy(newDeclared), said, provided);
    }

    /** With other words of commands. */
    public Cubes withSaid(CubeRules newSaid) {
        return new Cubes(created, declared, newSaid, provided);
    }

    /** With other words of providers. */
    public Cubes withProvided(CubeRules newProvided) {
        return new Cubes(created, declared, said, newProvided);
    }

    /** All cubes, in the order of their names; one that is declared stands before one that was created by its name. */
    public List<Cube> all() {
        return Stream.concat(
                        declared.values().stream(),
                        created.values().stream().filter(cube -> !declared.containsKey(cube.name())))
                .sorted(Comparator.comparing(Cube::name, BY_NAME))
                .toList();
    }

    /** Whether there are the same cubes, whatever was said of them. */
    public boolean hasSameCubes(Cubes other) {
        return created.equals(other.created) && declared.equals(other.declared);
    }

    /** The cube of that name; empty if there is none. */
    public Optional<Cube> find(TableName name) {
        return Optional.ofNullable(declared.get(name)).or(() -> Optional.ofNullable(created.get(name)));
    }

    /**
     * Whether a hierarchy exists for a caller. What is said of the hierarchy counts before what is said of its dimension,
     * and then what is said to the role of higher authority; of roles of one authority, that one hides is enough.
     * What is said to {@code PUBLIC} counts where nothing was said to a role of the caller's.
     */
    public boolean isShown(Caller caller, Cube cube, Hierarchy hierarchy, AuthorityComparator authorities) {
        Part itself = new Part(cube.name(), Part.Kind.HIERARCHY, hierarchy.name());
        Part dimension = new Part(cube.name(), Part.Kind.DIMENSION, hierarchy.dimension());
        return isShown(caller, itself, authorities)
                .or(() -> isShown(caller, dimension, authorities))
                .orElse(true);
    }

    /**
     * Whether a measure exists for a caller; of several roles that one is heard which has the higher authority, and
     * {@code PUBLIC} where none was spoken to.
     */
    public boolean isShown(Caller caller, Cube cube, Measure measure, AuthorityComparator authorities) {
        return isShown(caller, new Part(cube.name(), Part.Kind.MEASURE, measure.name()), authorities)
                .orElse(true);
    }

    private Optional<Boolean> isShown(Caller caller, Part part, AuthorityComparator authorities) {
        if (caller.isAdministrator()) {
            return Optional.of(true);
        }
        List<Name> roles = caller.roles().stream()
                .filter(role -> isShown(part, role).isPresent())
                .toList();
        return roles.stream()
                .max(authorities)
                .map(highest -> roles.stream()
                        .filter(role -> authorities.compare(role, highest) == 0)
                        .allMatch(role -> isShown(part, role).orElse(true)))
                .or(() -> isShown(part, ReservedRoles.PUBLIC));
    }

    /** A provider is heard before commands. */
    private Optional<Boolean> isShown(Part part, Name role) {
        return provided.isShown(part, role).or(() -> said.isShown(part, role));
    }

    /**
     * The member at which a caller's queries take a hierarchy that they do not name: what was set for the user, then what
     * was set for the role of the highest authority, the first by name of several, with what a provider says before what a
     * command says.
     *
     * @return empty if nothing was set
     */
    public Optional<DefaultMember> defaultMember(
            Caller caller, HierarchyName hierarchy, AuthorityComparator authorities) {
        return said.defaultMember(hierarchy, new Grantee.User(caller.name()))
                .or(() -> caller.roles().stream()
                        .sorted(authorities.reversed().thenComparing(Comparator.naturalOrder()))
                        .flatMap(role -> defaultMember(hierarchy, new Grantee.Role(role)).stream())
                        .findFirst());
    }

    private Optional<DefaultMember> defaultMember(HierarchyName hierarchy, Grantee role) {
        return provided.defaultMember(hierarchy, role).or(() -> said.defaultMember(hierarchy, role));
    }
}
