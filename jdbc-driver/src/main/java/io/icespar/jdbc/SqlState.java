package io.icespar.jdbc;

import java.sql.SQLException;

/** The SQLSTATEs of the errors that the driver finds by itself. Those of statements come from the server. */
enum SqlState {
    /** The connection cannot be made: no server there, or a URL that cannot be right. */
    CANNOT_CONNECT("08001"),
    /** The server answers, and refuses the connection. */
    CONNECTION_REJECTED("08004"),
    /** The connection broke. */
    CONNECTION_FAILURE("08006"),
    /** The user may not enter. */
    INVALID_AUTHORIZATION("28000"),
    /** Too many logins failed; the next is to wait. */
    TOO_MANY_LOGINS("28T01"),
    /** An option or argument has a value it cannot have. */
    INVALID_PARAMETER("22023"),
    /** A value is of another type than was asked for. */
    CANNOT_CONVERT("22000"),
    /** There is no such statement, or it was closed. */
    NO_STATEMENT("26000"),
    /** There is no such connection, or it was closed. */
    NO_CONNECTION("08003"),
    /** The statement took longer than it was given. */
    CANCELLED("57014"),
    /** JDBC has it, Icespar has not. */
    FEATURE_NOT_SUPPORTED("0A000");

    private final String code;

    SqlState(String code) {
        this.code = code;
    }

    /** The five characters. */
    String code() {
        return code;
    }

    /** An error of this kind. */
    SQLException error(String text) {
        return new SQLException(text, code);
    }
}
