package io.icespar.engine.duckdb;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import org.duckdb.DuckDBConnection;

/**
 * Interrupts what a connection does.
 *
 * <p>The driver's {@code Statement.cancel} does nothing once the first rows have come, and its {@code Connection.close}
 * waits for the next ones (seen in 2.0.0.1). So this calls the driver's own native function, which both are made of.
 */
final class DuckDbInterrupt {
    /** DuckDB forgets an interrupt that comes just before its work starts: so it is interrupted again after this time. */
    static final int AGAIN_MILLIS = 10;

    /** How often at most. */
    static final int MOST = 1_000;

    private final MethodHandle connectionHandle;
    private final MethodHandle interrupt;

    /** Finds the driver's function, which fails if the driver has changed. */
    DuckDbInterrupt() {
        try {
            MethodHandles.Lookup driver = MethodHandles.privateLookupIn(DuckDBConnection.class, MethodHandles.lookup());
            connectionHandle = driver.findGetter(DuckDBConnection.class, "connRef", ByteBuffer.class);
            interrupt = driver.findStatic(
                    driver.findClass("org.duckdb.DuckDBNative"),
                    "duckdb_jdbc_interrupt",
                    MethodType.methodType(void.class, ByteBuffer.class));
        } catch (ReflectiveOperationException e) {
            throw failed(e);
        }
    }

    /** Interrupts the query of a connection that is open and stays so during the call. */
    void interrupt(DuckDBConnection connection) {
        try {
            interrupt.invoke((ByteBuffer) connectionHandle.invoke(connection));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private static IcesparException failed(Throwable cause) {
        return new IcesparException(ErrorCode.INTERNAL, "this DuckDB driver's queries cannot be interrupted", cause);
    }
}
