package io.icespar.engine.sql;

import io.icespar.engine.cube.CubeExpansion;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The one place where Calcite's complaints about a statement become errors of Icespar. */
final class SqlErrors {
    private static final Pattern NO_OBJECT = Pattern.compile("^(?:Object|Table) '([^']*)' not found.*", Pattern.DOTALL);
    private static final Pattern MEASURE =
            Pattern.compile("Rolled up column '(.*)' is not allowed in .*", Pattern.DOTALL);
    private static final Pattern UNGROUPED = Pattern.compile("Expression '(.*)' is not being grouped", Pattern.DOTALL);
    private static final Pattern NO_COLUMN = Pattern.compile("^Column '([^']*)' not found.*", Pattern.DOTALL);
    private static final Pattern ENCOUNTERED = Pattern.compile("^Encountered \"(.*?)\" at line.*", Pattern.DOTALL);

    /** Where something stands, in the words of some of Calcite's texts. */
    private static final Pattern PLACE = Pattern.compile(" at line \\d+, column \\d+\\.?$");

    /** JavaCC's way to write a token: its kind, then its text with a space. */
    private static final Pattern TOKEN = Pattern.compile("^\\s*(?:\"[^\"]*\"|<\\w+>) \"(.*)\"\\s*$", Pattern.DOTALL);

    /** Spaces and comments. */
    private static final Pattern GAP = Pattern.compile("(?:\\s|--[^\\r\\n]*|/\\*.*?\\*/)*", Pattern.DOTALL);

    /** What follows is a word, something in quotes or a sign. */
    private static final Pattern NEXT = Pattern.compile("\\w+|'[^']*'|\"[^\"]*\"|\\S");

    /** What may follow the first word of a command: after others the parser gets beyond it by itself. */
    private static final Map<String, String> SECOND_WORDS = Map.of(
            "SHOW",
            "what is listed, as in `SHOW ROLES` or `SHOW CUBES`, or the name of a context value",
            "CREATE",
            "`ROLE`, `USER`, `RESTRICTION`, `MASK`, `CONTEXT VALUE`, `VIEW` or `CUBE`",
            "DROP",
            "`ROLE`, `USER`, `RESTRICTION`, `MASK`, `CONTEXT VALUE`, `VIEW` or `CUBE`",
            "GRANT",
            "roles, `SELECT`, `RESTRICTION` or `MEMBERS`",
            "REVOKE",
            "roles, `SELECT`, `RESTRICTION` or `MEMBERS`",
            "CHECK",
            "`RESTRICTIONS`");

    private SqlErrors() {}

    /** Where a node stands, as the end of a text; empty if it was not written by anyone. */
    static String place(SqlNode node) {
        return place(node.getParserPosition());
    }

    private static String place(SqlParserPos position) {
        return position.getLineNum() == 0
                ? ""
                : " (line " + position.getLineNum() + ", column " + position.getColumnNum() + ")";
    }

    /** The text between two one-character tokens. */
    static String between(String sql, SqlParserPos open, SqlParserPos close) {
        return sql.substring(index(sql, open) + 1, index(sql, close)).strip();
    }

    /** The text before what stands at a position. */
    static String before(String sql, SqlParserPos position) {
        return sql.substring(0, index(sql, position));
    }

    /** The text after what stands at a position. */
    static String after(String sql, SqlParserPos position) {
        return sql.substring(endIndex(sql, position));
    }

    /** The index after what stands at a position. */
    static int endIndex(String sql, SqlParserPos position) {
        return index(sql, new SqlParserPos(position.getEndLineNum(), position.getEndColumnNum())) + 1;
    }

    /** The index of what stands at a position. */
    // Lines end where JavaCC's SimpleCharStream ends them: at CR, LF or CR LF.
    static int index(String sql, SqlParserPos position) {
        int line = 1;
        int index = 0;
        while (line < position.getLineNum()) {
            char c = sql.charAt(index++);
            if (c == '\n' || (c == '\r' && sql.charAt(index) != '\n')) {
                line++;
            }
        }
        return index + position.getColumnNum() - 1;
    }

    /** The text holds no statements. */
    static IcesparException syntax(SqlParseException e, String sql) {
        return Optional.ofNullable(e.getPos())
                .filter(place -> !(e.getCause() instanceof IcesparException))
                .flatMap(place -> secondWord(sql, place))
                .orElseGet(() -> syntax(e));
    }

    // Of a command that goes on as none does, the parser says that it does not begin there.
    private static Optional<IcesparException> secondWord(String sql, SqlParserPos first) {
        int begin = index(sql, first);
        int end = endIndex(sql, first);
        String expected = SECOND_WORDS.get(sql.substring(begin, end).toUpperCase(Locale.ROOT));
        boolean begins = GAP.matcher(sql)
                .region(sql.lastIndexOf(';', begin - 1) + 1, begin)
                .matches();
        if (expected == null || !begins) {
            return Optional.empty();
        }
        Matcher gap = GAP.matcher(sql).region(end, sql.length());
        int next = gap.lookingAt() ? gap.end() : end;
        Matcher word = NEXT.matcher(sql).region(next, sql.length());
        String what = word.lookingAt() && !word.group().equals(";")
                ? "`" + word.group() + "` is not expected here"
                : "the statement ends too early";
        String[] lines = sql.substring(0, next).split("\r\n|\r|\n", -1);
        var place = new SqlParserPos(lines.length, lines[lines.length - 1].length() + 1);
        return Optional.of(new IcesparException(
                ErrorCode.SYNTAX,
                what + ", after `" + sql.substring(begin, end) + "` follows " + expected + place(place)));
    }

    /** The text is no statement. */
    static IcesparException syntax(SqlParseException e) {
        if (e.getCause() instanceof StackOverflowError) {
            return new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
        }
        if (e.getCause() instanceof IcesparException own) {
            return own;
        }
        // Calcite's parser fails so on texts that it did not think of; the message names classes.
        if (e.getCause() instanceof ClassCastException || e.getCause() instanceof AssertionError) {
            return new IcesparException(
                    ErrorCode.SYNTAX, "the text is no statement" + (e.getPos() == null ? "" : place(e.getPos())), e);
        }
        String message = Optional.ofNullable(e.getMessage()).orElse("");
        Matcher encountered = ENCOUNTERED.matcher(message);
        String what;
        if (message.startsWith("Non-query expression encountered")) {
            what = "no statement begins like this";
        } else if (encountered.matches()) {
            Matcher spelled = TOKEN.matcher(encountered.group(1));
            String token = spelled.matches() ? unescaped(spelled.group(1)).strip() : encountered.group(1);
            what = token.equals("<EOF>") ? "the statement ends too early" : "`" + token + "` is not expected here";
        } else {
            String first = message.lines().findFirst().orElse("the text is no statement");
            what = sentence(PLACE.matcher(first).replaceFirst(""));
        }
        return new IcesparException(ErrorCode.SYNTAX, what + (e.getPos() == null ? "" : place(e.getPos())));
    }

    // JavaCC writes tokens as Java's literals.
    private static String unescaped(String token) {
        return token.replaceAll("\\\\(['\"\\\\])", "$1");
    }

    /**
     * The statement is well formed but not valid.
     *
     * @param measures whether a column of that name may be a measure
     */
    static IcesparException invalid(CalciteContextException e, Predicate<Name> measures) {
        String message = e.getCause() == null
                ? ""
                : Optional.ofNullable(e.getCause().getMessage()).orElse("");
        String place = e.getPosLine() == 0 ? "" : " (line " + e.getPosLine() + ", column " + e.getPosColumn() + ")";
        Matcher noObject = NO_OBJECT.matcher(message);
        if (noObject.matches()) {
            return new IcesparException(
                    ErrorCode.UNDEFINED_TABLE, "table `" + noObject.group(1) + "` does not exist" + place);
        }
        Matcher noColumn = NO_COLUMN.matcher(message);
        if (noColumn.matches()) {
            return new IcesparException(
                    ErrorCode.UNDEFINED_COLUMN, "column `" + noColumn.group(1) + "` does not exist" + place);
        }
        Matcher measure = MEASURE.matcher(message);
        Matcher ungrouped = UNGROUPED.matcher(message);
        boolean isMeasure = ungrouped.matches() && measures.test(Name.of(ungrouped.group(1)));
        if (measure.matches() || isMeasure) {
            IcesparException bare = CubeExpansion.notAggregated(isMeasure ? ungrouped.group(1) : measure.group(1));
            return new IcesparException(bare.code(), bare.getMessage() + place);
        }
        if (message.startsWith("Illegal use of dynamic parameter")) {
            return new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "the type of the parameter is not known here, write `CAST(? AS type)`" + place);
        }
        if (message.startsWith("QUALIFY expression")) {
            // The message has the condition as Calcite writes it by then.
            return new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "`QUALIFY` needs a window function; a condition without one belongs in `WHERE` or `HAVING`"
                            + place);
        }
        ErrorCode code = ErrorCode.INVALID_STATEMENT;
        if (message.startsWith("No match found for function signature")) {
            code = ErrorCode.UNDEFINED_FUNCTION;
        } else if (message.startsWith("Cannot apply") || message.startsWith("Cannot assign")) {
            code = ErrorCode.DATATYPE_MISMATCH;
        }
        return new IcesparException(code, sentence(message) + place);
    }

    /** The statement needs what the front end does not have. */
    static IcesparException unsupported(RuntimeException e) {
        return new IcesparException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                sentence(Optional.ofNullable(e.getMessage()).orElse("the statement is not supported")),
                e);
    }

    // Our texts begin small and have no full stop, and name things in backticks.
    private static String sentence(String message) {
        String text = message.replace('\'', '`').replaceAll("\\s*\\R\\s*", ", ").strip();
        if (text.endsWith(".")) {
            text = text.substring(0, text.length() - 1);
        }
        boolean word = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return word ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text;
    }
}
