package io.icespar.engine.catalog;

import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A cube, as far as it exists for someone.
 *
 * @param definition the cube as it was created
 * @param hidden the names of its columns, be they levels, measures or columns of the fact table, that do not exist
 * @param defaultMembers the members at which hierarchies are taken that a query does not name, by the hierarchy's name
 */
public record Cube(
        io.icespar.security.cube.Cube definition, Set<Name> hidden, Map<Name, DefaultMember> defaultMembers) {
    /** Checks and copies. */
    public Cube {
        hidden = Set.copyOf(hidden);
        defaultMembers = Map.copyOf(defaultMembers);
    }

    /** The whole cube, where nobody's default members count. */
    public Cube(io.icespar.security.cube.Cube definition) {
        this(definition, Set.of(), Map.of());
    }

    /** Its full name. */
    public TableName name() {
        return definition.name();
    }

    /** The hierarchies of which a level exists, with the levels that do. */
    public List<Hierarchy> hierarchies() {
        return definition.hierarchies().stream()
                .filter(hierarchy -> hierarchy.levels().stream().anyMatch(level -> !hidden.contains(level.name())))
                .map(hierarchy -> new Hierarchy(
                        hierarchy.name(),
                        hierarchy.dimension(),
                        hierarchy.isSlicing(),
                        hierarchy.levels().stream()
                                .filter(level -> !hidden.contains(level.name()))
                                .toList()))
                .toList();
    }

    /** The measures that exist, if all that they read does. */
    public List<Measure> measures() {
        return definition.measures().stream()
                .filter(measure -> !hidden.contains(measure.name()))
                .toList();
    }

    /** The names of the levels and measures that exist, and of {@code columns} of the fact table those that do. */
    Set<Name> columnNames(List<Column> columns) {
        Set<Name> names = new TreeSet<>();
        columns.forEach(column -> names.add(column.name()));
        definition
                .hierarchies()
                .forEach(hierarchy ->
                        hierarchy.levels().stream().map(Level::name).forEach(names::add));
        definition.measures().forEach(measure -> names.add(measure.name()));
        names.removeAll(hidden);
        return names;
    }

    /** The cube without these columns. */
    public Cube without(Set<Name> columns) {
        Set<Name> all = new TreeSet<>(hidden);
        all.addAll(columns);
        return new Cube(definition, all, defaultMembers);
    }

    /** The cube with some of its columns only. */
    Cube part(List<Column> columns, Predicate<Name> wanted) {
        Set<Name> others = columnNames(columns);
        others.removeIf(wanted);
        return without(others);
    }

    /** The cube with these default members. */
    public Cube withDefaultMembers(Map<Name, DefaultMember> members) {
        return new Cube(definition, hidden, members);
    }
}
