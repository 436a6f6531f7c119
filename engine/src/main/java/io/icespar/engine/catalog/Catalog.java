package io.icespar.engine.catalog;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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

    /** The schemas, each once, in the order of their names. */
    public List<Name> schemas() {
        return tables.stream().map(table -> table.name().schema()).distinct().toList();
    }
}
