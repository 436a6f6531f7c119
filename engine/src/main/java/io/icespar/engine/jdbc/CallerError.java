package io.icespar.engine.jdbc;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.ErrorCode.Audience;
import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.avatica.AvaticaSeverity;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a caller is told of an error, whichever way it leaves: as an {@link SQLException} from the embedded driver, or as
 * an Avatica response from the server.
 *
 * <p>Only texts that are meant for callers go out. Any other error becomes "internal error" with an id, and the error
 * itself is in the log under that id. Nothing that goes out holds a stack trace or the name of a class.
 *
 * @param code what kind of error it is
 * @param text what the caller reads
 */
public record CallerError(ErrorCode code, String text) {
    private static final Logger LOG = LoggerFactory.getLogger(CallerError.class);

    /** The vendor code of every error but a missing connection: the SQLSTATE says it all. */
    private static final int NO_VENDOR_CODE = 0;

    /**
     * What a caller is told of {@code error}. Writes one line to the log if that is less than the error says itself.
     *
     * @param error whatever was thrown while a call of the caller was carried out
     */
    public static CallerError of(Throwable error) {
        if (error instanceof IcesparException known && known.code().audience() == Audience.CALLER) {
            return new CallerError(known.code(), known.getMessage());
        }
        if (error instanceof NoSuchConnectionException) {
            return new CallerError(ErrorCode.NO_CONNECTION, "there is no such connection, or it was closed");
        }
        if (error instanceof NoSuchStatementException) {
            return new CallerError(ErrorCode.NO_STATEMENT, "there is no such statement, or it was closed");
        }
        if (error instanceof IOException) {
            // The only input that Avatica's handlers read is the request.
            LOG.debug("event=unreadable-request", error);
            return new CallerError(ErrorCode.INVALID_PARAMETER, "the request is not one of Avatica's protocol");
        }
        var id = UUID.randomUUID();
        var code = error instanceof IcesparException known ? known.code() : ErrorCode.INTERNAL;
        LOG.error("event=internal-error id={} code={}", id, code, error);
        return new CallerError(ErrorCode.INTERNAL, "internal error [" + id + "]");
    }

    /** As JDBC reports it. */
    public SQLException toSqlException() {
        return new SQLException(text, code.sqlState(), vendorCode());
    }

    /** As Avatica's protocol reports it, without the stack traces that Avatica itself would send. */
    public ErrorResponse toErrorResponse() {
        return new ErrorResponse(List.of(), text, vendorCode(), code.sqlState(), AvaticaSeverity.ERROR, null);
    }

    private int vendorCode() {
        // Avatica's own client opens the connection anew at this number, where it is told to.
        return code == ErrorCode.NO_CONNECTION ? ErrorResponse.MISSING_CONNECTION_ERROR_CODE : NO_VENDOR_CODE;
    }
}
