package io.icespar.engine;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SKELETON: what one user does with an engine. Safe for use by several threads. */
public final class Session {

    /** The user and the roles as they are now; {@code INVALID_AUTHORIZATION} if the user may no longer enter. */
    public Caller caller() {
        throw new UnsupportedOperationException();
    }

    /** The tables that the caller may know of. */
    public Catalog catalog() {
        throw new UnsupportedOperationException();
    }

    /** The schema in which names without one are looked up; empty before {@link #setSchema} if there are several. */
    public Optional<Name> schema() {
        throw new UnsupportedOperationException();
    }

    /** Sets the schema in which names without one are looked up; {@code UNDEFINED_SCHEMA} if there is none. */
    public void setSchema(Name schema) {
        throw new UnsupportedOperationException(schema.toString());
    }

    /** Parses and validates a statement without running it. */
    public Prepared prepare(String sql) {
        throw new UnsupportedOperationException(sql);
    }

    /**
     * Runs a statement, with the rights that the user has at this moment.
     *
     * @param parameters one value for each of {@link Prepared#parameters}, in order
     * @param timeoutSeconds after how long the statement is cancelled, 0 for never
     */
    public Answer execute(Prepared prepared, List<@Nullable Object> parameters, int timeoutSeconds) {
        throw new UnsupportedOperationException(prepared.sql() + parameters + timeoutSeconds);
    }

    /** Runs a statement without parameters. */
    public Answer query(String sql) {
        return execute(prepare(sql), List.of(), 0);
    }

    /**
     * A statement that is parsed and validated.
     *
     * @param sql the text
     * @param columns the columns of its rows; empty for a command, which gives none
     * @param parameters its parameters
     */
    public record Prepared(String sql, List<ResultColumn> columns, List<ResultColumn> parameters) {
        /** Checks and copies. */
        public Prepared {
            columns = List.copyOf(columns);
            parameters = List.copyOf(parameters);
        }
    }
}
