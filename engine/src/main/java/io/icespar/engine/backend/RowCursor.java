package io.icespar.engine.backend;

import io.icespar.avatica.columns.Columns;
import org.jspecify.annotations.Nullable;

/** Rows as they come from a backend. Used by one thread, but for {@link #cancel}. Closing ends the work at once. */
public interface RowCursor extends AutoCloseable {

    /**
     * The next row, one value a column in the type its {@link ColumnForm} names, or null after the last row. The array
     * belongs to whoever receives it.
     *
     * @throws io.icespar.security.error.IcesparException {@code DATA_EXCEPTION} for an error of evaluation, with a text
     *     that holds no value and without a cause; {@code CANCELLED} after {@link #cancel}; {@code LIMIT_REACHED} if there
     *     is too little memory; {@code INVALID_STATE} after {@link #close}; {@code INTERNAL} for any other
     */
    @Nullable
    Object @Nullable [] next();

    /**
     * Some of the rows that come next, if the backend has them as columns: days since 1970 for a date, {@link
     * io.icespar.avatica.columns.Microseconds} for a time of day and a timestamp, and all others as in a row. Null means that
     * there are none as columns, and {@link #next} is to be asked for the next row, and for whether there is one; after
     * columns there are no rows but as columns.
     *
     * @param most how many rows at most, at least one
     * @throws io.icespar.security.error.IcesparException as {@link #next} does
     */
    default @Nullable Columns nextColumns(long most) {
        return null;
    }

    /** Stops the work from another thread, and returns when it has stopped; harmless when it is done already. */
    void cancel();

    @Override
    void close();
}
