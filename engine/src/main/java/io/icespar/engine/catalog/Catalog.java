package io.icespar.engine.catalog;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * All tables, as an immutable snapshot.
 *
 * @param tables in the order of their names
 */
public record Catalog(List<Table> tables) {
    /** Sorts and copies. */
    public Catalog {
        tables = tables.stream()
                .sorted(Comparator.comparing((Table table) -> table.name().schema())
                        .thenComparing(table -> table.name().table()))
                .toList();
    }

    /** The table of that name; empty if there is none. */
    public Optional<Table> find(TableName name) {
        return tables.stream().filter(table -> table.name().equals(name)).findFirst();
    }

    /**
     * The part of the catalog that those columns are. A table without any is not in it, nor is a key or a reference of
     * which a column is not.
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
                .toList());
    }

    /** The same with those columns nullable, whatever they hold. */
    public Catalog withNullable(BiPredicate<TableName, Name> columns) {
        return new Catalog(tables.stream()
                .map(table -> table.withNullable(column -> columns.test(table.name(), column)))
                .toList());
    }

    /** The same without the keys and references that those columns are part of. */
    public Catalog withoutFactsOn(BiPredicate<TableName, Name> columns) {
        return new Catalog(tables.stream()
                .map(table -> table.withoutKey(column -> columns.test(table.name(), column))
                        .withReferences(table.references().stream()
                                .filter(reference -> reference.columns().stream()
                                                .noneMatch(column -> columns.test(table.name(), column))
                                        && reference.targetColumns().stream()
                                                .noneMatch(column -> columns.test(reference.target(), column)))
                                .toList()))
                .toList());
    }

    /** The schemas, each once, in the order of their names. */
    public List<Name> schemas() {
        return tables.stream().map(table -> table.name().schema()).distinct().toList();
    }
}
