package io.icespar.engine.catalog;

import io.icespar.security.cube.Cubes;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.view.Views;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All tables, views and cubes, as an immutable snapshot.
 *
 * @param tables in the order of their names
 * @param views likewise; none has a table's name
 * @param cubes likewise; none has a table's or view's name, and each is on a table that there is
 */
public record Catalog(List<Table> tables, List<View> views, List<Cube> cubes) {
    private static final Comparator<TableName> BY_NAME =
            Comparator.comparing(TableName::schema).thenComparing(TableName::table);

    /** Sorts and copies. */
    public Catalog {
        tables = tables.stream()
                .sorted(Comparator.comparing(Table::name, BY_NAME))
                .toList();
        views = views.stream().sorted(Comparator.comparing(View::name, BY_NAME)).toList();
        cubes = cubes.stream().sorted(Comparator.comparing(Cube::name, BY_NAME)).toList();
    }

    /** A catalog without views and cubes. */
    public Catalog(List<Table> tables) {
        this(tables, List.of(), List.of());
    }

    /** The table of that name; empty if there is none. */
    public Optional<Table> find(TableName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /** The view of that name; empty if there is none. */
    public Optional<View> findView(TableName name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    /** The cube of that name; empty if there is none. */
    public Optional<Cube> findCube(TableName name) {
        return cubes.stream().filter(cube -> cube.name().equals(name)).findFirst();
    }

    /**
     * The same tables with these cubes and views, but for those whose name a table or cube has, or that read what is not
     * there.
     */
    public Catalog with(Cubes wantedCubes, Views wantedViews) {
        Catalog whole = new Catalog(tables)
                .withCubes(wantedCubes.all().stream()
                        .filter(cube -> find(cube.name()).isEmpty())
                        .map(Cube::new)
                        .toList());
        return whole.with(wantedViews.all().stream()
                .filter(view -> whole.find(view.name()).isEmpty()
                        && whole.findCube(view.name()).isEmpty())
                .map(view -> new View(view, view.columnNames()))
                .toList());
    }

    /** The same with each cube as {@code shown} gives it. */
    public Catalog withCubes(UnaryOperator<Cube> shown) {
        return cubes.isEmpty()
                ? this
                : new Catalog(tables)
                        .withCubes(cubes.stream().map(shown).toList())
                        .with(views);
    }

    private Catalog withCubes(List<Cube> wanted) {
        return new Catalog(
                tables,
                views,
                wanted.stream()
                        .filter(cube -> find(cube.definition().fact()).isPresent())
                        .toList());
    }

    /** The names of the cube's columns that exist, with those of the fact table that might be columns of it. */
    public List<Name> columnNames(Cube cube) {
        return List.copyOf(cube.columnNames(facts(cube)));
    }

    private List<Column> facts(Cube cube) {
        return find(cube.definition().fact()).map(Table::columns).orElse(List.of());
    }

    // A view is there once all that it reads is: round after round, for views read views, though never each other.
    private Catalog with(List<View> wanted) {
        if (wanted.isEmpty()) {
            return this;
        }
        Map<TableName, Set<Name>> there = new HashMap<>();
        cubes.forEach(cube -> there.put(cube.name(), cube.columnNames(facts(cube))));
        tables.forEach(table -> there.put(
                table.name(), table.columns().stream().map(Column::name).collect(Collectors.toSet())));
        List<View> found = new ArrayList<>();
        List<View> open = new ArrayList<>(wanted);
        int before;
        do {
            before = found.size();
            for (Iterator<View> rest = open.iterator(); rest.hasNext(); ) {
                View view = rest.next();
                if (holds(there, view.definition().reads())) {
                    there.put(view.name(), Set.copyOf(view.columns()));
                    found.add(view);
                    rest.remove();
                }
            }
        } while (found.size() > before);
        return new Catalog(tables, found, cubes);
    }

    private static boolean holds(Map<TableName, Set<Name>> there, Map<TableName, Set<Name>> wanted) {
        return wanted.entrySet().stream()
                .allMatch(read -> there.containsKey(read.getKey())
                        && there.getOrDefault(read.getKey(), Set.of()).containsAll(read.getValue()));
    }

    /**
     * The part of the catalog that those columns are. A table or view without any is not in it, nor is a key or a
     * reference of which a column is not, nor a view that reads what is not.
     */
    public Catalog part(BiPredicate<TableName, Name> columns) {
        List<Table> parts = tables.stream()
                .map(table -> table.part(column -> columns.test(table.name(), column)))
                .filter(table -> !table.columns().isEmpty())
                .toList();
        Catalog part = new Catalog(parts);
        return new Catalog(parts.stream()
                        .map(table -> table.withReferences(table.references().stream()
                                .filter(reference -> part.find(reference.target())
                                        .filter(target -> target.has(reference.targetColumns()))
                                        .isPresent())
                                .toList()))
                        .toList())
                .withCubes(cubes.stream()
                        .map(cube -> cube.part(facts(cube), column -> columns.test(cube.name(), column)))
                        .toList())
                .with(views.stream()
                        .map(view -> view.part(column -> columns.test(view.name(), column)))
                        .filter(view -> !view.columns().isEmpty())
                        .toList());
    }

    /** The same with those columns nullable, whatever they hold. */
    public Catalog withNullable(BiPredicate<TableName, Name> columns) {
        return new Catalog(
                tables.stream()
                        .map(table -> table.withNullable(column -> columns.test(table.name(), column)))
                        .toList(),
                views,
                cubes);
    }

    /** The same without the keys and references that those columns are part of. */
    public Catalog withoutFactsOn(BiPredicate<TableName, Name> columns) {
        return new Catalog(
                tables.stream()
                        .map(table -> table.withoutKey(column -> columns.test(table.name(), column))
                                .withReferences(table.references().stream()
                                        .filter(reference -> reference.columns().stream()
                                                        .noneMatch(column -> columns.test(table.name(), column))
                                                && reference.targetColumns().stream()
                                                        .noneMatch(column -> columns.test(reference.target(), column)))
                                        .toList()))
                        .toList(),
                views,
                cubes);
    }

    /** The schemas, each once, in the order of their names. */
    public List<Name> schemas() {
        return Stream.of(
                        tables.stream().map(Table::name),
                        views.stream().map(View::name),
                        cubes.stream().map(Cube::name))
                .flatMap(names -> names)
                .map(TableName::schema)
                .distinct()
                .sorted()
                .toList();
    }
}
