package io.icespar.security.error;

/**
 * An error of Icespar: a code, and a text for the code's audience.
 *
 * <p>The text says what happened, which thing (in backticks) and where; it never holds a value from a row.
 */
public final class IcesparException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;

    /** Creates an error with a text for {@code code}'s audience. */
    public IcesparException(ErrorCode code, String message) {
        super(message);
        this.code = code;
    }

    /** Creates an error with its cause, which is for the log only and never for a caller. */
    public IcesparException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** What kind of error this is. */
    public ErrorCode code() {
        return code;
    }

    /** The text; never null, unlike that of other throwables. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
