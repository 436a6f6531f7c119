package io.icespar.engine.catalog;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.catalog.TableDefinition.ReferenceDefinition;
import io.icespar.engine.config.Problems;
import io.icespar.engine.config.SettingsFile;
import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All tables and cubes as the catalog folder declares them: one YAML file a schema.
 *
 * <pre>{@code
 * schema: retail
 * backend: duckdb
 * tables:
 *   Sales:
 *     file: sales.csv                 # relative to this file
 *     key: Sale ID                    # or a list
 *     columns: {Unit price: "DECIMAL(10, 2) NOT NULL"}   # the rest is inferred
 *     references:
 *       - columns: Shop               # or a list
 *         table: Shops                # of this schema, unless `schema:` says another
 *         key: Shop ID                # may be left out
 * cubes:
 *   Sales cube: {fact: Sales, mode: auto}   # see CubeSections
 * }</pre>
 *
 * @param tables the tables, in the order of the files
 * @param cubes likewise; of what they name, only the fact tables are known to be there
 */
public record CatalogDefinition(List<TableDefinition> tables, List<CubeDefinition> cubes) {
    private static final String ENDING = ".yaml";

    /** Schemas that backends, tools or Icespar itself have for themselves, and databases of DuckDB, which it takes for schemas. */
    private static final Set<Name> RESERVED = Stream.of(
                    "icespar",
                    "information_schema",
                    "main",
                    "memory",
                    "metadata",
                    "pg_catalog",
                    "system",
                    "tables",
                    "temp",
                    "visible_keys")
            .map(Name::of)
            .collect(Collectors.toUnmodifiableSet());

    /** The kinds of backends that a schema can be kept in. */
    private enum BackendKind {
        DUCKDB
    }

    /** Checks and copies. */
    public CatalogDefinition {
        tables = List.copyOf(tables);
        cubes = List.copyOf(cubes);
    }

    /**
     * Reads the catalog folder. The tables' files exist, but are not opened.
     *
     * @throws io.icespar.security.error.IcesparException {@code CONFIGURATION} with all problems of all files
     */
    public static CatalogDefinition read(Path folder) {
        var problems = new Problems();
        List<TableDefinition> tables = new ArrayList<>();
        List<CubeDefinition> cubes = new ArrayList<>();
        Map<Name, Text> schemas = new HashMap<>();
        for (Path file : files(folder, problems)) {
            SettingsFile.read(file, problems, root -> schema(root, schemas)).ifPresent(schema -> {
                tables.addAll(schema.tables());
                cubes.addAll(schema.cubes());
            });
        }
        problems.throwIfAny();
        var catalog = new CatalogDefinition(tables, cubes);
        catalog.checkReferences(problems);
        catalog.checkFacts(problems);
        problems.throwIfAny();
        return catalog;
    }

    private static List<Path> files(Path folder, Problems problems) {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(folder)) {
            all.sorted().forEach(file -> {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(ENDING)) {
                    files.add(file);
                } else if (name.endsWith(".yml")) {
                    problems.add(file, "the file's name ends in `.yml`, expected `" + ENDING + "`");
                }
            });
            if (files.isEmpty() && problems.isEmpty()) {
                problems.add(folder, "the folder has no schema, expected a file `*" + ENDING + "`");
            }
        } catch (IOException e) {
            problems.add(folder, "the folder cannot be read");
        }
        return files;
    }

    private static CatalogDefinition schema(Section root, Map<Name, Text> schemas) {
        var name = new Text(root.text("schema"), root.at("schema"));
        Name schema = Name.of(name.value());
        if (RESERVED.contains(schema)) {
            root.problem(name.at(), "the schema name " + quote(name.value()) + " is reserved");
        }
        Text first = schemas.putIfAbsent(schema, name);
        if (first != null) {
            root.problem(name.at(), "schema " + quote(name.value()) + " is there twice, first in " + first.at());
        }
        root.choice("backend", BackendKind.DUCKDB);
        Map<Name, Text> names = new HashMap<>();
        List<TableDefinition> tables = root.namedSections("tables").stream()
                .map(section -> {
                    checkName(section);
                    checkOnce(section, names, "table", section.name());
                    return table(section, schema);
                })
                .toList();
        return new CatalogDefinition(tables, new CubeSections(schema).read(root, names));
    }

    private static TableDefinition table(Section section, Name schema) {
        Map<Name, Text> keyNames = new HashMap<>();
        List<Text> key = section.texts("key");
        key.forEach(column -> checkOnce(section, keyNames, "key column", column));
        Map<Name, Text> typedNames = new HashMap<>();
        Map<Text, ColumnDefinition> columns = new LinkedHashMap<>();
        section.namedTexts("columns").forEach((column, type) -> {
            checkOnce(section, typedNames, "column", column);
            ColumnDefinition.parse(type.value())
                    .ifPresentOrElse(
                            parsed -> columns.put(column, parsed),
                            () -> section.problem(
                                    type.at(),
                                    quote(type.value()) + " is not a type, expected " + typeNames()
                                            + ", with or without NOT NULL"));
        });
        return new TableDefinition(
                new TableName(schema, Name.of(section.name().value())),
                section.name().at(),
                section.file("file"),
                key,
                columns,
                section.sections("references").stream()
                        .map(reference -> reference(reference, schema))
                        .toList());
    }

    private static ReferenceDefinition reference(Section section, Name schema) {
        List<Text> columns = section.texts("columns");
        if (columns.isEmpty()) {
            section.problem(section.at("columns"), "a reference needs `columns`");
        }
        Name targetSchema = section.findText("schema").map(Name::of).orElse(schema);
        var target = new TableName(targetSchema, Name.of(section.text("table")));
        return new ReferenceDefinition(section.name().at(), columns, target, section.at("table"), section.texts("key"));
    }

    private static void checkName(Section table) {
        if (table.name().value().isBlank()) {
            table.problem(table.name().at(), "the name of a table is blank");
        }
    }

    static void checkOnce(Section section, Map<Name, Text> seen, String what, Text name) {
        Text first = seen.putIfAbsent(Name.of(name.value()), name);
        if (first != null) {
            section.problem(
                    name.at(),
                    what + " " + quote(name.value()) + " is there twice, first in line "
                            + first.at().line());
        }
    }

    private static String typeNames() {
        return Arrays.stream(ColumnType.Kind.values())
                .map(kind -> kind == ColumnType.Kind.DECIMAL ? "DECIMAL(precision, scale)" : kind.name())
                .collect(Collectors.joining(", "));
    }

    /** The declaration of a table; empty if there is none. */
    public Optional<TableDefinition> find(TableName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    private void checkReferences(Problems problems) {
        for (TableDefinition table : tables) {
            for (ReferenceDefinition reference : table.references()) {
                find(reference.target())
                        .ifPresentOrElse(
                                target -> checkTargetKey(reference, target, problems),
                                () -> problems.add(
                                        reference.targetAt(),
                                        missingTable(table.name().schema(), reference.target())));
            }
        }
        if (problems.isEmpty()) {
            Set<TableName> done = new HashSet<>();
            tables.forEach(table -> checkCycle(table, new ArrayDeque<>(), done, problems));
        }
    }

    private void checkFacts(Problems problems) {
        for (CubeDefinition cube : cubes) {
            if (find(cube.fact()).isEmpty()) {
                problems.add(cube.factAt().at(), missingTable(cube.name().schema(), cube.fact()));
            }
        }
    }

    private String missingTable(Name schema, TableName target) {
        List<String> known = tables.stream()
                .map(TableDefinition::name)
                .filter(name -> name.schema().equals(target.schema()))
                .map(name -> name.table().spelling())
                .toList();
        String where = schema.equals(target.schema())
                ? ""
                : " in schema " + quote(target.schema().spelling());
        return "there is no table " + quote(target.table().spelling()) + where
                + Problems.suggest(target.table().spelling(), known);
    }

    private static void checkTargetKey(ReferenceDefinition reference, TableDefinition target, Problems problems) {
        String table = quote(target.name().table().spelling());
        if (target.key().isEmpty()) {
            problems.add(reference.targetAt(), "table " + table + " has no key, so no table can refer to it");
        } else if (!reference.targetColumns().isEmpty()
                && !names(reference.targetColumns()).equals(names(target.key()))) {
            problems.add(
                    reference.targetColumns().get(0).at(),
                    list(reference.targetColumns()) + " is not the key of " + table + ", expected "
                            + list(target.key()));
        } else if (reference.columns().size() != target.key().size()
                || (!reference.targetColumns().isEmpty()
                        && reference.columns().size()
                                != reference.targetColumns().size())) {
            problems.add(
                    reference.columns().get(0).at(),
                    "the key of " + table + " is " + list(target.key()) + ", but " + list(reference.columns())
                            + " refers to it; expected as many columns");
        }
    }

    private static Set<Name> names(List<Text> columns) {
        return columns.stream().map(column -> Name.of(column.value())).collect(Collectors.toSet());
    }

    private static String list(List<Text> columns) {
        return columns.stream().map(column -> quote(column.value())).collect(Collectors.joining(", "));
    }

    /** Depth first; {@code path} holds the tables between the start and {@code table}. */
    private void checkCycle(TableDefinition table, Deque<TableName> path, Set<TableName> done, Problems problems) {
        if (done.contains(table.name())) {
            return;
        }
        path.addLast(table.name());
        for (ReferenceDefinition reference : table.references()) {
            if (path.contains(reference.target())) {
                List<TableName> cycle = path.stream()
                        .dropWhile(name -> !name.equals(reference.target()))
                        .collect(Collectors.toCollection(ArrayList::new));
                cycle.add(cycle.get(0));
                problems.add(
                        reference.at(),
                        "references form a cycle: "
                                + cycle.stream()
                                        .map(name -> quote(name.toString()))
                                        .collect(Collectors.joining(" to ")));
            } else {
                find(reference.target()).ifPresent(target -> checkCycle(target, path, done, problems));
            }
        }
        path.removeLast();
        done.add(table.name());
    }

    /**
     * Checks the declarations against the columns that the tables' files have.
     *
     * @param columns the columns of each table; tables that are not in it are not checked
     */
    public void check(Map<TableName, List<Column>> columns, Problems problems) {
        for (TableDefinition table : tables) {
            List<Column> own = columns.get(table.name());
            if (own != null) {
                table.columns().keySet().forEach(column -> column(table, own, column, problems));
                table.key().forEach(column -> column(table, own, column, problems));
                table.references().forEach(reference -> checkTypes(table, own, reference, columns, problems));
            }
        }
    }

    private void checkTypes(
            TableDefinition table,
            List<Column> own,
            ReferenceDefinition reference,
            Map<TableName, List<Column>> columns,
            Problems problems) {
        List<Column> theirs = columns.get(reference.target());
        List<Name> keys = targetColumns(reference);
        Name target = find(reference.target()).orElseThrow().name().table();
        for (int i = 0; i < reference.columns().size(); i++) {
            Text text = reference.columns().get(i);
            Optional<Column> from = column(table, own, text, problems);
            Name key = keys.get(i);
            Optional<Column> to = theirs == null ? Optional.empty() : find(theirs, key);
            if (from.isPresent()
                    && to.isPresent()
                    && !from.get().type().equals(to.get().type())) {
                problems.add(
                        text.at(),
                        quote(text.value()) + " is " + from.get().type() + ", but "
                                + quote(key.spelling()) + " of "
                                + quote(target.spelling()) + " is "
                                + to.get().type() + "; expected the same type");
            }
        }
    }

    private static Optional<Column> column(TableDefinition table, List<Column> columns, Text name, Problems problems) {
        Optional<Column> found = find(columns, Name.of(name.value()));
        if (found.isEmpty()) {
            problems.add(
                    name.at(),
                    quote(table.file()) + " has no column " + quote(name.value())
                            + Problems.suggest(
                                    name.value(),
                                    columns.stream()
                                            .map(column -> column.name().spelling())
                                            .toList()));
        }
        return found;
    }

    private static Optional<Column> find(List<Column> columns, Name name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    private List<Name> targetColumns(ReferenceDefinition reference) {
        List<Text> columns = reference.targetColumns().isEmpty()
                ? find(reference.target()).map(TableDefinition::key).orElse(List.of())
                : reference.targetColumns();
        return columns.stream().map(column -> Name.of(column.value())).toList();
    }

    /** The catalog of the loaded tables; their columns have passed {@link #check}. */
    public Catalog catalog(Map<TableName, Loaded> loaded) {
        Function<TableDefinition, Table> table = definition -> {
            Loaded rows = Optional.ofNullable(loaded.get(definition.name())).orElseThrow();
            return new Table(
                    definition.name(),
                    rows.columns(),
                    spellings(definition.key(), rows.columns()),
                    definition.references().stream()
                            .map(reference -> new Reference(
                                    spellings(reference.columns(), rows.columns()),
                                    find(reference.target()).orElseThrow().name(),
                                    targetColumns(reference).stream()
                                            .map(key -> find(
                                                            Optional.ofNullable(loaded.get(reference.target()))
                                                                    .orElseThrow()
                                                                    .columns(),
                                                            key)
                                                    .orElseThrow()
                                                    .name())
                                            .toList()))
                            .toList());
        };
        return new Catalog(tables.stream().map(table).toList());
    }

    private static List<Name> spellings(List<Text> names, List<Column> columns) {
        return names.stream()
                .map(name -> find(columns, Name.of(name.value())).orElseThrow().name())
                .toList();
    }

    /**
     * What is known of a table once it is loaded.
     *
     * @param columns its columns, in order
     * @param rowCount how many rows it has
     */
    public record Loaded(List<Column> columns, long rowCount) {
        /** Checks and copies. */
        public Loaded {
            columns = List.copyOf(columns);
        }
    }
}
