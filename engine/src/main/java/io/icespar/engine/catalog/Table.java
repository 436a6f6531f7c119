package io.icespar.engine.catalog;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.function.Predicate;

/**
 * A table as it was declared and loaded.
 *
 * @param name its full name; the backend keeps it under the same schema and table name
 * @param columns its columns, in order
 * @param key the columns of its primary key, empty if it has none
 * @param references its references to other tables
 */
public record Table(TableName name, List<Column> columns, List<Name> key, List<Reference> references) {
    /** Checks and copies. */
    public Table {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        references = List.copyOf(references);
    }

    /** Whether it has all of these columns. */
    public boolean has(List<Name> names) {
        return names.stream()
                .allMatch(name -> columns.stream().map(Column::name).anyMatch(name::equals));
    }

    /** The table with some of its columns only, and with those keys and references of which all columns are left. */
    Table part(Predicate<Name> wanted) {
        Table part = new Table(
                name,
                columns.stream().filter(column -> wanted.test(column.name())).toList(),
                key,
                references);
        return new Table(
                name,
                part.columns,
                part.has(key) ? key : List.of(),
                references.stream()
                        .filter(reference -> part.has(reference.columns()))
                        .toList());
    }

    Table withNullable(Predicate<Name> wanted) {
        List<Column> changed = columns.stream()
                .map(column -> wanted.test(column.name()) ? new Column(column.name(), column.type(), true) : column)
                .toList();
        return new Table(name, changed, key, references);
    }

    Table withoutKey(Predicate<Name> ifAny) {
        return new Table(name, columns, key.stream().anyMatch(ifAny) ? List.of() : key, references);
    }

    Table withReferences(List<Reference> newReferences) {
        return new Table(name, columns, key, newReferences);
    }
}
