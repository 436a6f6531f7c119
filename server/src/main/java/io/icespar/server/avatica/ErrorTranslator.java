package io.icespar.server.avatica;

import org.apache.calcite.avatica.remote.Service.ErrorResponse;

/** Makes of a failure what its caller may read of it. The rest goes to the log. */
@FunctionalInterface
public interface ErrorTranslator {

    /** The error for the caller: a text, a SQLSTATE, and no trace. */
    ErrorResponse translate(Throwable failure);
}
