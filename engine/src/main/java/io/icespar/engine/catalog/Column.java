package io.icespar.engine.catalog;

import io.icespar.security.identity.Name;

/**
 * A column of a table.
 *
 * @param name its name, unique in the table
 * @param type the type of its values
 * @param nullable whether a value may be absent
 */
public record Column(Name name, ColumnType type, boolean nullable) {}
