package io.icespar.server.avatica;

import io.icespar.engine.jdbc.Times;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.http.Reply;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.eclipse.jetty.http.HttpStatus;

/**
 * One of the two forms of Avatica's requests.
 *
 * <p>Statuses are those that Avatica's clients know: 200 with the answer and 500 with an {@link ErrorResponse}, of
 * which they make an exception with its SQLSTATE. They read no other status' body. 503 is never sent, since they
 * would repeat the request at once and forever.
 */
interface Wire {

    /** Carries out the request in {@code body}; a failure is an answer too. */
    Reply answer(Service service, byte[] body);

    /** The times that the client takes. */
    default Times times() {
        return Times.MILLISECONDS;
    }

    /** The status that goes with a failure. */
    static int status(Throwable failure) {
        return failure instanceof MalformedRequest ? HttpStatus.BAD_REQUEST_400 : HttpStatus.INTERNAL_SERVER_ERROR_500;
    }

    /** The failure in words of ours. */
    static Throwable describe(Throwable failure) {
        return failure instanceof MalformedRequest
                ? new IcesparException(ErrorCode.INVALID_PARAMETER, String.valueOf(failure.getMessage()), failure)
                : failure;
    }
}
