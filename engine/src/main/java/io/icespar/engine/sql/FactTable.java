package io.icespar.engine.sql;

import io.icespar.engine.catalog.Column;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A table of {@code INFORMATION_SCHEMA}, with the facts that one caller may know at one moment. Only what is of type
 * VARCHAR, BOOLEAN, INTEGER or BIGINT is a fact.
 *
 * @param name its name
 * @param columns its columns, all of them nullable
 * @param rows gives the rows, once a query reads them
 */
public record FactTable(Name name, List<Column> columns, Supplier<List<@Nullable Object[]>> rows) {
    /** The schema that such tables are in. */
    public static final Name SCHEMA = Name.of("INFORMATION_SCHEMA");

    /** Checks and copies. */
    public FactTable {
        columns = List.copyOf(columns);
    }
}
