package io.icespar.avatica;

import java.sql.SQLException;

/**
 * A way through Avatica for an {@link SQLException}.
 *
 * <p>Every JDBC method declares it, but the interfaces of Avatica between Icespar and those methods do not, and what
 * Avatica makes of an unchecked exception loses the SQLSTATE and puts words of its own before the text.
 */
public final class Unchecked {
    private Unchecked() {}

    /** Throws {@code error} as it is; returns nothing, so that callers can write {@code throw}. */
    public static RuntimeException raise(Exception error) {
        return Unchecked.<RuntimeException>raiseAs(error);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // E is erased: nothing is cast.
    private static <E extends Exception> RuntimeException raiseAs(Exception error) throws E {
        throw (E) error;
    }

    /** The error that JDBC code is to see: the first of ours among its causes, else what it is. */
    static SQLException plain(SQLException error) {
        Throwable cause = error.getCause();
        while (cause != null) {
            if (cause instanceof SQLException && ((SQLException) cause).getSQLState() != null) {
                return (SQLException) cause;
            }
            cause = cause.getCause();
        }
        return error;
    }
}
