package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.NlsString;

/** The node that a command leaves in Calcite's parse tree: no expression, only the command as data. */
final class SqlCommand extends SqlCall {
    private static final SqlOperator OPERATOR = new SqlSpecialOperator("COMMAND", SqlKind.OTHER_DDL);

    private final Command command;

    SqlCommand(SqlParserPos position, Command command) {
        super(position);
        this.command = command;
    }

    Command command() {
        return command;
    }

    /**
     * The value of a string literal.
     *
     * @throws IcesparException {@code SYNTAX} if it is written in several parts, or in hexadecimal digits
     */
    static String text(SqlNode literal) {
        if (literal instanceof SqlLiteral part && part.getValue() instanceof NlsString text) {
            return text.getValue();
        }
        throw new IcesparException(
                ErrorCode.SYNTAX, "a text in one piece is expected here, as `'text'`" + SqlErrors.place(literal));
    }

    /**
     * The name that is written as a string literal.
     *
     * @throws IcesparException those of {@link #text}, {@code INVALID_NAME} if the text is empty
     */
    static Name name(SqlNode literal) {
        String text = text(literal);
        if (text.isEmpty()) {
            throw new IcesparException(
                    ErrorCode.INVALID_NAME, "a name has at least one character" + SqlErrors.place(literal));
        }
        return Name.of(text);
    }

    /** A password is no context value, which would be shown and recorded. */
    static IcesparException passwordIsNoValue(int line, int column) {
        return new IcesparException(
                ErrorCode.SYNTAX,
                "a password is set by `ALTER USER name PASSWORD 'text'` (line " + line + ", column " + column + ")");
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    public List<SqlNode> getOperandList() {
        return List.of();
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        // Not the text: it may hold a password.
        writer.keyword("COMMAND");
    }
}
