package io.icespar.engine.backend;

import org.jspecify.annotations.Nullable;

/** Rows as they come from a backend. Used by one thread, but for {@link #cancel}. Closing ends the work at once. */
public interface RowCursor extends AutoCloseable {

    /**
     * The next row, one value a column in the type its {@link ColumnForm} names, or null after the last row. The array
     * belongs to whoever receives it.
     *
     * @throws io.icespar.security.error.IcesparException as {@link Backend#execute}; {@code CANCELLED} after
     *     {@link #cancel}
     */
    @Nullable
    Object @Nullable [] next();

    /** Stops the work from another thread; harmless when it is done already. */
    void cancel();

    @Override
    void close();
}
