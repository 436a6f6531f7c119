package io.icespar.engine.duckdb;

import io.icespar.engine.backend.BackendQuery;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * DuckDB's errors in Icespar's words.
 *
 * <p>DuckDB's texts hold values of rows, perhaps of rows that the caller may not see. None of it comes through, and where
 * a text can hold a value even the cause is left out, so that no log holds it either.
 */
final class DuckDbErrors {
    private static final String COMPUTED = "a value cannot be computed";
    private static final Pattern KIND = Pattern.compile("^(?:Query failed: )?([A-Za-z ]{1,40}) Error: ");

    /** These speak of the statement, before any row is read. */
    private static final Set<String> ABOUT_THE_STATEMENT =
            Set.of("Binder", "Catalog", "Not implemented", "Parser", "Permission");

    private DuckDbErrors() {}

    /** The error for a query that failed. */
    static IcesparException translate(SQLException e) {
        String text = String.valueOf(e.getMessage());
        String kind = kind(e);
        if (ABOUT_THE_STATEMENT.contains(kind) && text.contains("Max expression depth limit")) {
            return new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply");
        }
        // Only what is sent with a parameter gets so far.
        if (kind.equals("Binder") && text.contains("LIMIT/OFFSET cannot be negative")) {
            return new IcesparException(
                    ErrorCode.DATA_EXCEPTION, "the number of rows after LIMIT or OFFSET must not be negative");
        }
        if (text.contains(BackendQuery.TOO_LONG)) {
            return new IcesparException(
                    ErrorCode.LIMIT_REACHED,
                    "the query makes too long a text or list: use a smaller number of repetitions, or fewer rows");
        }
        return switch (kind) {
            case "Conversion" -> data("conversion failed");
            case "Out of Range" -> data("out of range");
            case "Invalid Input" -> data(reason(text));
            case "INTERRUPT" -> cancelled();
            case "Out of Memory" ->
                new IcesparException(ErrorCode.LIMIT_REACHED, "the query needs more memory than there is");
            // DuckDB says so of a pattern that a row holds.
            case "Syntax" -> data("an argument is not valid");
            default ->
                ABOUT_THE_STATEMENT.contains(kind)
                        ? new IcesparException(ErrorCode.INTERNAL, "DuckDB refuses a query (" + kind + " Error)", e)
                        : new IcesparException(ErrorCode.INTERNAL, "DuckDB fails on a query (" + kind + " Error)");
        };
    }

    private static String reason(String text) {
        if (text.contains("Division by zero")) {
            return "division by zero";
        }
        return text.contains("More than one row returned by a subquery")
                ? "a sub-query gives more than one row"
                : "an argument is not valid";
    }

    /** The kind of an error, in DuckDB's words, such as {@code Out of Range}. */
    static String kind(SQLException e) {
        if (e instanceof SQLTimeoutException) {
            return "INTERRUPT";
        }
        Matcher matcher = KIND.matcher(String.valueOf(e.getMessage()));
        return matcher.find() ? matcher.group(1) : "unknown";
    }

    /** The error for a value that cannot be handed out. */
    static IcesparException data(String reason) {
        return new IcesparException(ErrorCode.DATA_EXCEPTION, COMPUTED + ": " + reason);
    }

    /** The error for a query that failed for a reason that DuckDB did not tell. */
    static IcesparException data() {
        return new IcesparException(ErrorCode.DATA_EXCEPTION, COMPUTED);
    }

    /** The error for a query that was cancelled. */
    static IcesparException cancelled() {
        return new IcesparException(ErrorCode.CANCELLED, "the query was cancelled");
    }
}
