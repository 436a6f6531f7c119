package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl.LexicalState;

/**
 * How many words of a text follow each other without a comma, parenthesis or semicolon. For a row of operators Calcite's
 * parser (1.42) takes time that grows with its square: some ten thousand take a second, and half a megabyte of them minutes.
 */
final class LongRuns {
    private static final int MAX_WORDS = 20_000;

    private LongRuns() {}

    /**
     * Checks a text before it is parsed.
     *
     * @throws IcesparException {@code SYNTAX} with the place where there are too many
     */
    static void check(String sql) {
        if (sql.length() <= MAX_WORDS) {
            return;
        }
        StatementParser parser = (StatementParser) StatementParser.FACTORY.getParser(new StringReader(sql));
        parser.switchTo(LexicalState.forConfig(StatementText.PARSER));
        Deque<Integer> around = new ArrayDeque<>();
        int words = 0;
        try {
            for (Token token = parser.getNextToken();
                    token.kind != StatementParserConstants.EOF;
                    token = parser.getNextToken()) {
                switch (token.kind) {
                    case StatementParserConstants.COMMA, StatementParserConstants.SEMICOLON -> words = 0;
                    case StatementParserConstants.LPAREN -> {
                        around.push(words);
                        words = 0;
                    }
                    case StatementParserConstants.RPAREN -> words = around.isEmpty() ? 0 : around.pop();
                    default -> words++;
                }
                if (words > MAX_WORDS) {
                    throw new IcesparException(
                            ErrorCode.SYNTAX,
                            "the statement is nested too deeply (line " + token.beginLine + ", column "
                                    + token.beginColumn + ")");
                }
            }
        } catch (TokenMgrError e) {
            // What is no word at all the parser tells.
        }
    }
}
