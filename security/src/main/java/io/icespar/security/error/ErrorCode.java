package io.icespar.security.error;

/**
 * A kind of error, with the SQLSTATE that tools know it by and who may read its text.
 *
 * <p>SQLSTATEs follow ISO/IEC 9075-2 and, where that is silent, PostgreSQL's appendix A ("PostgreSQL Error Codes"). Those
 * with an {@code I} in the middle are of neither: they are Icespar's own.
 */
public enum ErrorCode {
    /** The text is not a statement. */
    SYNTAX("42601", Audience.CALLER),
    /** No such table, or one that the caller may not see. */
    UNDEFINED_TABLE("42P01", Audience.CALLER),
    /** No such column, or one that the caller may not see. */
    UNDEFINED_COLUMN("42703", Audience.CALLER),
    /** No such function for the given argument types. */
    UNDEFINED_FUNCTION("42883", Audience.CALLER),
    /** No such schema. */
    UNDEFINED_SCHEMA("3F000", Audience.CALLER),
    /** No such role, user or restriction. */
    UNDEFINED_OBJECT("42704", Audience.CALLER),
    /** A role, user or restriction of that name is there already. */
    DUPLICATE_OBJECT("42710", Audience.CALLER),
    /** There is such an object, but of another kind: a view where a table is needed. */
    WRONG_OBJECT_TYPE("42809", Audience.CALLER),
    /** The name is reserved, or not fit for what it is to name. */
    INVALID_NAME("42939", Audience.CALLER),
    /** A type does not fit where it stands. */
    DATATYPE_MISMATCH("42804", Audience.CALLER),
    /** The statement is well formed, but breaks another rule of the language. */
    INVALID_STATEMENT("42000", Audience.CALLER),
    /** A restriction's condition is not one that may restrict, or a mask's expression not one that may mask. */
    INVALID_RESTRICTION("42P17", Audience.CALLER),
    /** The object is still in use by others, which would be left dangling. */
    DEPENDENT_OBJECTS("2BP01", Audience.CALLER),
    /** The caller may not do this. */
    INSUFFICIENT_PRIVILEGE("42501", Audience.CALLER),
    /** The session changes nothing at present. */
    READ_ONLY("25006", Audience.CALLER),
    /** The login is refused, or the caller does not hold {@code ROLE_USER}. */
    INVALID_AUTHORIZATION("28000", Audience.CALLER),
    /** Too many logins failed for the user or from the address; the next is to wait. */
    TOO_MANY_LOGINS("28T01", Audience.CALLER),
    /** A value in the data, or in a parameter, does not fit the operation; the text never names the value. */
    DATA_EXCEPTION("22000", Audience.CALLER),
    /** A parameter of the call is out of its range. */
    INVALID_PARAMETER("22023", Audience.CALLER),
    /** The number or type of bound parameters does not fit the statement. */
    WRONG_PARAMETERS("07001", Audience.CALLER),
    /** The statement was cancelled, by the caller or by a time limit. */
    CANCELLED("57014", Audience.CALLER),
    /** The statement needs something Icespar does not have. */
    FEATURE_NOT_SUPPORTED("0A000", Audience.CALLER),
    /** No such connection, or another caller's. */
    NO_CONNECTION("08003", Audience.CALLER),
    /** No such statement, or another connection's. */
    NO_STATEMENT("26000", Audience.CALLER),
    /** A cursor or connection is used after it was closed. */
    INVALID_STATE("55000", Audience.CALLER),
    /** A limit of the server (connections, statements, sizes) is reached. */
    LIMIT_REACHED("53400", Audience.CALLER),
    /** What is asked cannot be recorded in the audit, and must be. */
    AUDIT("58000", Audience.CALLER),
    /** What the caller may see is not known for certain, as the security store cannot be reached. */
    STALE("57P03", Audience.CALLER),
    /** A plug-in failed, so that it is not known what the caller may see. */
    PLUGIN("58I01", Audience.CALLER),
    /** An identity provider does not answer, so that it is not known who asks. */
    PROVIDER("58I02", Audience.CALLER),
    /** A query needs a context value that nobody set. */
    MISSING_CONTEXT_VALUE("55I01", Audience.CALLER),
    /** A query took longer than the caller's limit allows. */
    TIME_LIMIT_REACHED("57I01", Audience.CALLER),
    /** A query gave more rows than the caller's limit allows. */
    RESULT_LIMIT_REACHED("53I01", Audience.CALLER),
    /** The caller runs as many queries as the caller's limit allows. */
    CONCURRENCY_LIMIT_REACHED("53I02", Audience.CALLER),
    /** A configuration or data file is wrong; start-up ends. */
    CONFIGURATION("F0000", Audience.OPERATOR),
    /** The security store cannot be read or written. */
    STORE("58030", Audience.OPERATOR),
    /** A fault of Icespar's own, the guard's refusals among them. */
    INTERNAL("XX000", Audience.OPERATOR);

    /** Who may read the text of an error. */
    public enum Audience {
        /** The caller whose statement failed. */
        CALLER,
        /** Whoever runs the server; callers are told "internal error" and an id to look up in the log. */
        OPERATOR
    }

    private final String sqlState;
    private final Audience audience;

    ErrorCode(String sqlState, Audience audience) {
        this.sqlState = sqlState;
        this.audience = audience;
    }

    /** The five characters of the SQLSTATE. */
    public String sqlState() {
        return sqlState;
    }

    /** Who may read the text. */
    public Audience audience() {
        return audience;
    }
}
