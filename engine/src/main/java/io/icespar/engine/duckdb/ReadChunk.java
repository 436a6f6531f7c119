package io.icespar.engine.duckdb;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.duckdb.DuckDBResultSet;

/**
 * How far a result has been read.
 *
 * <p>The driver reads some rows at once, and has no word for where they end (seen in 2.0.0.1). So this looks at its own
 * fields.
 */
final class ReadChunk {
    private final MethodHandle chunk;
    private final MethodHandle row;
    private final MethodHandle length;

    /** Finds the driver's fields, which fails if the driver has changed. */
    ReadChunk() {
        try {
            MethodHandles.Lookup driver = MethodHandles.privateLookupIn(DuckDBResultSet.class, MethodHandles.lookup());
            Class<?> vector = driver.findClass("org.duckdb.DuckDBVector");
            chunk = driver.findGetter(DuckDBResultSet.class, "currentChunk", vector.arrayType());
            row = driver.findGetter(DuckDBResultSet.class, "chunkIdx", int.class);
            length = driver.findGetter(vector, "length", int.class);
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    /** Whether all rows have been read that the driver has got, so that the next one is to come from DuckDB. */
    boolean isAtItsEnd(DuckDBResultSet rows) {
        try {
            Object[] vectors = (Object[]) chunk.invoke(rows);
            return vectors.length > 0 && (int) row.invoke(rows) >= (int) length.invoke(vectors[0]);
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static IcesparException failed(Throwable cause) {
        return new IcesparException(ErrorCode.INTERNAL, "this DuckDB driver's rows cannot be followed", cause);
    }
}
