package io.icespar.security.audit;

import java.io.IOException;

/** Where events of the audit are written to, in order. Safe for use by several threads. */
public interface AuditLog extends AutoCloseable {

    /**
     * Writes an event. When this returns, the event is with the operating system; a crash of the server does not lose
     * it.
     *
     * @throws IOException if it could not be written; a later event may fare better
     */
    void write(AuditEvent event) throws IOException;

    @Override
    void close();
}
