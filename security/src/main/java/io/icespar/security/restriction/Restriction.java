package io.icespar.security.restriction;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;

/**
 * A restriction: which rows of one table the roles that hold it may see.
 *
 * @param name its name, unique in the system
 * @param table the table whose rows it restricts
 * @param condition a SQL condition over the table's columns, as text that the engine has checked; only TRUE passes
 * @param subject what it restricts, which decides how it combines with others
 */
public record Restriction(Name name, TableName table, String condition, Subject subject) {}
