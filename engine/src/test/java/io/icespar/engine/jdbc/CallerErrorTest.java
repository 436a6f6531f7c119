package io.icespar.engine.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.ErrorCode.Audience;
import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.calcite.avatica.Meta.StatementHandle;
import org.apache.calcite.avatica.NoSuchConnectionException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CallerErrorTest {

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void aTextGoesOutOnlyIfItIsForCallers(ErrorCode code) {
        var cause = new IllegalStateException("C4N4RY");
        var error = CallerError.of(new IcesparException(code, "C4N4RY in words", cause));
        if (code.audience() == Audience.CALLER) {
            assertEquals(new CallerError(code, "C4N4RY in words"), error);
        } else {
            assertEquals(ErrorCode.INTERNAL, error.code());
            assertTrue(error.text().matches("internal error \\[[0-9a-f-]{36}]"), error.text());
        }
    }

    static Stream<Throwable> unexpected() {
        return Stream.of(
                new NullPointerException(),
                new IllegalStateException("C4N4RY"),
                new RuntimeException("C4N4RY", new IcesparException(ErrorCode.SYNTAX, "C4N4RY")),
                new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource("unexpected")
    void whatNobodyExpectedIsAnInternalError(Throwable unexpected) {
        var error = CallerError.of(unexpected);
        assertEquals(ErrorCode.INTERNAL, error.code());
        assertFalse(error.text().contains("C4N4RY"));
    }

    @Test
    void whatIsMissingIsSaidWithoutItsName() {
        var connection = CallerError.of(new NoSuchConnectionException("C4N4RY"));
        assertEquals(ErrorCode.NO_CONNECTION, connection.code());
        var statement = CallerError.of(new NoSuchStatementException(new StatementHandle("C4N4RY", 1, null)));
        assertEquals(ErrorCode.NO_STATEMENT, statement.code());
        assertFalse((connection.text() + statement.text()).contains("C4N4RY"));
    }

    @Test
    void aRequestThatCannotBeReadIsTheCallersMistake() {
        assertEquals(
                ErrorCode.INVALID_PARAMETER,
                CallerError.of(new IOException("C4N4RY")).code());
    }

    @Test
    void overTheWireGoesTheTextWithTheSqlStateAndNoTrace() {
        var response = new CallerError(ErrorCode.UNDEFINED_TABLE, "table `t` does not exist").toErrorResponse();
        assertEquals("table `t` does not exist", response.errorMessage);
        assertEquals("42P01", response.sqlState);
        assertEquals(List.of(), response.exceptions);
        assertEquals(0, response.errorCode);
        assertEquals(1, new CallerError(ErrorCode.NO_CONNECTION, "").toErrorResponse().errorCode);
    }

    @Test
    void inProcessTheSqlExceptionHasNoCause() {
        var error = CallerError.of(
                        new IcesparException(ErrorCode.SYNTAX, "line 1: `FORM`", new IllegalStateException("C4N4RY")))
                .toSqlException();
        assertEquals("line 1: `FORM`", error.getMessage());
        assertEquals("42601", error.getSQLState());
        assertNull(error.getCause());
    }
}
