package io.icespar.engine.backend;

/** A backend: it runs SQL text that was generated from a secured plan. Safe for use by several threads. */
public interface Backend extends AutoCloseable {

    /**
     * Prepares a query, which starts with the first {@link RowCursor#next}: so all of its work can be cancelled by the
     * cursor. The rows stream; the caller closes the cursor.
     *
     * @throws io.icespar.security.error.IcesparException {@code INTERNAL} if the backend refuses the text
     */
    RowCursor execute(BackendQuery query);

    @Override
    void close();
}
