package io.icespar.security.identity;

/**
 * The full name of a table.
 *
 * @param schema the schema the table is in
 * @param table the table's name in that schema
 */
public record TableName(Name schema, Name table) {

    /** The table called {@code table} in {@code schema}. */
    public static TableName of(String schema, String table) {
        return new TableName(Name.of(schema), Name.of(table));
    }

    /** The name as SQL has it in quotes. */
    public String quoted() {
        return schema.quoted() + "." + table.quoted();
    }

    @Override
    public String toString() {
        return schema + "." + table;
    }
}
