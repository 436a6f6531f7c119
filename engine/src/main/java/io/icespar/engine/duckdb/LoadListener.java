package io.icespar.engine.duckdb;

import io.icespar.security.identity.TableName;

/** Is told how the loading of tables goes on. Calls come from several threads, but never two at once. */
public interface LoadListener {

    /** The file of a table is being read: so many percent of the work are done. A file with a very long record is read twice. */
    default void loading(TableName table, int percent) {}

    /** A table was loaded. */
    default void loaded(TableName table, long rows) {}

    /** A table was not loaded, since neither its file nor its declaration has changed since it was. */
    default void kept(TableName table, long rows) {}

    /** A table was removed from the store, since it is no longer declared. */
    default void dropped(TableName table) {}
}
