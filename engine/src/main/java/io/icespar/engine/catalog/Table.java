package io.icespar.engine.catalog;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;

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
}
