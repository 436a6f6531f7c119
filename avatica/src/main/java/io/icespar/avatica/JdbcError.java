package io.icespar.avatica;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLNonTransientConnectionException;

/** The errors that JDBC's objects find by themselves, with their SQLSTATEs. */
enum JdbcError {
    /** The connection was closed. */
    CONNECTION_CLOSED("08003"),
    /** The statement was closed. */
    STATEMENT_CLOSED("26000"),
    /** There is no row to read from: the rows were closed, or none is current. */
    NO_ROW("24000"),
    /** An argument has a value it cannot have. */
    INVALID_PARAMETER("22023"),
    /** There is no column of that number or label. */
    UNDEFINED_COLUMN("42703"),
    /** There is no parameter of that number. */
    UNDEFINED_PARAMETER("07009"),
    /** A value is of another type than was asked for. */
    CANNOT_CONVERT("22000"),
    /** A number does not fit into the type that was asked for. */
    OUT_OF_RANGE("22003"),
    /** The method cannot be called in the state things are in. */
    WRONG_STATE("55000"),
    /** A transaction cannot be ended, as each statement is one. */
    NO_TRANSACTION("25000");

    private final String sqlState;

    JdbcError(String sqlState) {
        this.sqlState = sqlState;
    }

    /** An error of this kind. */
    SQLException error(String text) {
        switch (this) {
            case CONNECTION_CLOSED:
                return new SQLNonTransientConnectionException(text, sqlState);
            case CANNOT_CONVERT:
            case OUT_OF_RANGE:
                return new SQLDataException(text, sqlState);
            default:
                return new SQLException(text, sqlState);
        }
    }

    /** An error for what JDBC has and Icespar has not. */
    static SQLFeatureNotSupportedException unsupported(String text) {
        return new SQLFeatureNotSupportedException(text, "0A000");
    }

    /** An object of JDBC as another type. */
    static <T> T unwrap(Object object, Class<T> type) throws SQLException {
        if (type.isInstance(object)) {
            return type.cast(object);
        }
        throw INVALID_PARAMETER.error("this is no `" + type.getSimpleName() + "` and holds none");
    }
}
