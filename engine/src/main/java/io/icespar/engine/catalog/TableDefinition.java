package io.icespar.engine.catalog;

import io.icespar.engine.config.Location;
import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.security.identity.TableName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table as the catalog file declares it, before its columns are known.
 *
 * @param name its full name
 * @param at where it is declared
 * @param file the file with its rows, which exists
 * @param key its key columns, empty if it has no key
 * @param columns what is declared of columns, by name; the types of all others are inferred from the file
 * @param references its references to other tables
 */
public record TableDefinition(
        TableName name,
        Location at,
        Path file,
        List<Text> key,
        Map<Text, ColumnDefinition> columns,
        List<ReferenceDefinition> references) {

    /** Checks and copies. */
    public TableDefinition {
        key = List.copyOf(key);
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        references = List.copyOf(references);
    }

    /**
     * A reference as it is declared.
     *
     * @param at where it is declared
     * @param columns the referencing columns
     * @param target the table referred to, with its place
     * @param targetAt where the target is named
     * @param targetColumns the target's key columns, in the order that matches {@code columns}; empty for the order of
     *     the key itself
     */
    public record ReferenceDefinition(
            Location at, List<Text> columns, TableName target, Location targetAt, List<Text> targetColumns) {
        /** Checks and copies. */
        public ReferenceDefinition {
            columns = List.copyOf(columns);
            targetColumns = List.copyOf(targetColumns);
        }
    }
}
