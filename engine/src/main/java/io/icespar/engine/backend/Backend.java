package io.icespar.engine.backend;

/** A backend: it runs SQL text that was generated from a secured plan. Safe for use by several threads. */
public interface Backend extends AutoCloseable {

    /**
     * Starts a query. The rows stream from the cursor, which the caller closes.
     *
     * @throws io.icespar.security.error.IcesparException {@code DATA_EXCEPTION} for an error of evaluation (with a
     *     text that holds no value), {@code INTERNAL} for any other
     */
    RowCursor execute(BackendQuery query);

    @Override
    void close();
}
