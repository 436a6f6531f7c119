package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;

/** Parses texts: statements, and parts of them. */
final class StatementText {
    static final int MAX_NAME_LENGTH = 128;

    static final SqlParser.Config PARSER = SqlParser.config()
            .withParserFactory(StatementParser.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withIdentifierMaxLength(MAX_NAME_LENGTH)
            .withConformance(SqlConformanceEnum.LENIENT);

    private StatementText() {}

    /**
     * One statement; a semicolon may end it.
     *
     * @throws IcesparException {@code SYNTAX} with the place of the first mistake
     */
    static SqlNode statement(String sql) {
        SqlNodeList list = statements(sql);
        if (list.size() != 1) {
            throw new IcesparException(
                    ErrorCode.SYNTAX,
                    list.size() == 0
                            ? "the statement is empty"
                            : "one statement at a time, but here is a second one" + SqlErrors.place(list.get(1)));
        }
        return list.get(0);
    }

    /** Any number of statements. */
    static SqlNodeList statements(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw new IcesparException(
                    ErrorCode.SYNTAX, "the statement holds a NUL character, at index " + sql.indexOf('\0'));
        }
        LongRuns.check(sql);
        try {
            return SqlParser.create(sql, PARSER).parseStmtList();
        } catch (SqlParseException e) {
            throw SqlErrors.syntax(e, sql);
        } catch (StackOverflowError e) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
        }
    }

    /** The query that a text is. */
    static SqlNode query(String sql) {
        try {
            return SqlParser.create(sql, PARSER).parseQuery();
        } catch (SqlParseException e) {
            throw SqlErrors.syntax(e);
        }
    }

    /** The condition or other expression that a text is. */
    static SqlNode expression(String sql) {
        try {
            return SqlParser.create(sql, PARSER).parseExpression();
        } catch (SqlParseException e) {
            throw SqlErrors.syntax(e);
        }
    }
}
