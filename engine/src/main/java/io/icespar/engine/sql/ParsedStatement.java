package io.icespar.engine.sql;

import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The text of one statement that is well formed; whether it means anything is not yet known. */
public final class ParsedStatement {
    private static final String REDACTED = "'***'";

    private final String sql;
    private final SqlNode node;
    private final boolean readsFacts;

    ParsedStatement(String sql, SqlNode node) {
        this.sql = sql;
        this.node = node;
        this.readsFacts = FactSchema.isNamedIn(node);
    }

    /** Whether it may read facts of the moment, such as those of {@code INFORMATION_SCHEMA}. */
    public boolean mayReadFacts() {
        return readsFacts;
    }

    String sql() {
        return sql;
    }

    SqlNode node() {
        return node;
    }

    /** What {@code SET SESSION AUTHORIZATION} says, for which nothing need be known of the caller; else empty. */
    public Optional<Statement.SetSessionAuthorization> sessionAuthorization() {
        return node instanceof SqlCommand command && command.command() instanceof Command.SetSessionAuthorization set
                ? Optional.of(new Statement.SetSessionAuthorization(set.user()))
                : Optional.empty();
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
