package io.icespar.security.cube;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A cube: a table and all it references, seen flat.
 *
 * @param name its name, which no table or view has
 * @param fact the table whose rows it has
 * @param hierarchies in their order
 * @param measures in their order; no two have one name, nor a measure that of a level
 */
public record Cube(TableName name, TableName fact, List<Hierarchy> hierarchies, List<Measure> measures) {
    /** Checks and copies. */
    public Cube {
        hierarchies = List.copyOf(hierarchies);
        measures = List.copyOf(measures);
        List<Name> names = hierarchies.stream().map(Hierarchy::name).toList();
        List<Name> columns = Stream.concat(
                        hierarchies.stream()
                                .flatMap(each -> each.levels().stream())
                                .map(Level::name),
                        measures.stream().map(Measure::name))
                .toList();
        if (names.stream().distinct().count() != names.size()
                || columns.stream().distinct().count() != columns.size()) {
            throw new IllegalArgumentException("two parts of a cube have one name");
        }
    }

    /** The hierarchy of that name; empty if it has none. */
    public Optional<Hierarchy> findHierarchy(Name hierarchy) {
        return hierarchies.stream()
                .filter(each -> each.name().equals(hierarchy))
                .findFirst();
    }

    /** The measure of that name; empty if it has none. */
    public Optional<Measure> findMeasure(Name measure) {
        return measures.stream().filter(each -> each.name().equals(measure)).findFirst();
    }

    /** The hierarchy that the level of that name is of; empty if it has no such level. */
    public Optional<Hierarchy> hierarchyOf(Name level) {
        return hierarchies.stream().filter(each -> each.find(level).isPresent()).findFirst();
    }

    /** Whether the part is one of this cube's. */
    public boolean has(Part part) {
        return findName(part).isPresent();
    }

    /** The name of the part as it was first written; empty if this cube does not have it. */
    public Optional<Name> findName(Part part) {
        if (!part.cube().equals(name)) {
            return Optional.empty();
        }
        return switch (part.kind()) {
            case HIERARCHY -> findHierarchy(part.name()).map(Hierarchy::name);
            case MEASURE -> findMeasure(part.name()).map(Measure::name);
            case DIMENSION ->
                hierarchies.stream()
                        .map(Hierarchy::dimension)
                        .filter(part.name()::equals)
                        .findFirst();
        };
    }

    /** The names of all levels, in order, and then of all measures. */
    public List<Name> columns() {
        return Stream.concat(
                        hierarchies.stream()
                                .flatMap(hierarchy -> hierarchy.levels().stream())
                                .map(Level::name),
                        measures.stream().map(Measure::name))
                .toList();
    }

    /** The level of that name; empty if it has none. */
    public Optional<Level> findLevel(Name level) {
        return hierarchies.stream().flatMap(each -> each.find(level).stream()).findFirst();
    }

    /** The first measure that reads itself, directly or through others; empty if none does. */
    public Optional<Measure> findCycle() {
        return measures.stream()
                .filter(measure -> isReadBy(measure.name(), measure, new HashSet<>()))
                .findFirst();
    }

    private boolean isReadBy(Name read, Measure reader, Set<Name> seen) {
        return reader.reads().contains(read)
                || reader.reads().stream()
                        .filter(seen::add)
                        .flatMap(each -> findMeasure(each).stream())
                        .anyMatch(each -> isReadBy(read, each, seen));
    }
}
