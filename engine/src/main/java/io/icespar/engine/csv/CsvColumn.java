package io.icespar.engine.csv;

import io.icespar.engine.catalog.ColumnType;
import io.icespar.security.identity.Name;

/**
 * A column of a file.
 *
 * @param name its name in the header
 * @param type its type
 * @param declared whether the type was declared, not inferred
 * @param nullable whether a value may be absent: empty without quotes
 */
public record CsvColumn(Name name, ColumnType type, boolean declared, boolean nullable) {}
