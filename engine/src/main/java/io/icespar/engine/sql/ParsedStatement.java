package io.icespar.engine.sql;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The text of one statement that is well formed; whether it means anything is not yet known. */
public final class ParsedStatement {
    private static final String REDACTED = "'***'";

    private final String sql;
    private final SqlNode node;

    ParsedStatement(String sql, SqlNode node) {
        this.sql = sql;
        this.node = node;
    }

    String sql() {
        return sql;
    }

    SqlNode node() {
        return node;
    }

    /** The text as it may be kept: with {@value #REDACTED} where the statement sets a password. */
    public String safeText() {
        if (node instanceof SqlCommand command
                && command.command() instanceof Command.Security security
                && security.password().isPresent()) {
            SqlParserPos password = security.password().get();
            return SqlErrors.before(sql, password) + REDACTED + SqlErrors.after(sql, password);
        }
        return sql;
    }
}
