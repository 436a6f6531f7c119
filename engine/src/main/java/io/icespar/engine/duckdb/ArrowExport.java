package io.icespar.engine.duckdb;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.sql.SQLException;
import org.apache.arrow.c.jni.JniLoader;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBResultSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is left of long results, in Apache Arrow's format: whole columns in memory outside of Java, without a call or an
 * object for each value. Arrow for Java needs native code of its own, and {@code --add-opens=java.base/java.nio=ALL-UNNAMED};
 * where it has not got them, results stay rows. It is loaded for the first long result, since that takes a while.
 */
final class ArrowExport implements AutoCloseable {
    /** As many as DuckDB computes at a time, so that there is no more of them in memory than without. */
    private static final int ROWS = 2_048;

    private static final Logger LOG = LoggerFactory.getLogger(ArrowExport.class);

    private final ReadChunk chunk = new ReadChunk();

    /** Guarded by {@code this}, as {@code isLoaded}. */
    private @Nullable BufferAllocator allocator;

    private boolean isLoaded;

    /** Whether Arrow works here. */
    boolean isThere() {
        return memory() != null;
    }

    /** Whether no row is between those that were read and those that are left. */
    boolean canTakeOver(DuckDBResultSet rows) {
        return chunk.isAtItsEnd(rows);
    }

    /**
     * What is left of a result that {@link #canTakeOver}; the caller closes it before the result.
     *
     * @throws IcesparException {@code INTERNAL} unless Arrow {@link #isThere}
     */
    ArrowReader rest(DuckDBResultSet rows) throws SQLException {
        BufferAllocator memory = memory();
        if (memory == null) {
            throw new IcesparException(
                    ErrorCode.INTERNAL, "a result is asked for in Arrow's format, which is not there");
        }
        return (ArrowReader) rows.arrowExportStream(memory, ROWS);
    }

    private synchronized @Nullable BufferAllocator memory() {
        if (!isLoaded) {
            isLoaded = true;
            try {
                JniLoader.get().ensureLoaded();
                allocator = new RootAllocator();
            } catch (RuntimeException | LinkageError e) {
                LOG.info("arrow=unavailable reason=\"{}\": long answers are read row by row", String.valueOf(e));
            }
        }
        return allocator;
    }

    @Override
    public synchronized void close() {
        if (allocator != null) {
            try {
                allocator.close();
            } catch (IllegalStateException e) {
                LOG.warn("arrow=\"not all of its memory was given back\"");
            }
            allocator = null;
        }
    }
}
