package io.icespar.engine.sql;

import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.NlsString;

/**
 * A restriction's condition as people read it.
 *
 * @param text as it was written
 */
public record ConditionText(String text) {

    /**
     * The text with what it asks about the caller answered; all else is as it was written.
     *
     * @param user the caller; empty if nobody in particular is meant
     * @param values the literals of context values; empty for one that is missing, which is then said in a comment
     */
    public String resolved(Optional<Name> user, Function<Name, Optional<String>> values) {
        Questions questions = new Questions(text, user, values);
        try {
            SqlNode condition = SqlParser.create(text, SqlFrontend.PARSER).parseExpression();
            condition.accept(questions);
        } catch (SqlParseException e) {
            return text;
        }
        // From the last to the first: what is put in moves what comes after it.
        String resolved = text;
        for (Answer answer : questions.lastFirst()) {
            resolved = SqlErrors.before(resolved, answer.at()) + answer.text() + SqlErrors.after(resolved, answer.at());
        }
        return resolved;
    }

    private record Answer(SqlParserPos at, String text) {}

    /** Collects what a condition asks about the caller, in sub-queries too. */
    private static final class Questions extends SqlBasicVisitor<Void> {
        private final String text;
        private final Optional<Name> user;
        private final Function<Name, Optional<String>> values;
        private final List<Answer> answers = new ArrayList<>();

        Questions(String text, Optional<Name> user, Function<Name, Optional<String>> values) {
            this.text = text;
            this.user = user;
            this.values = values;
        }

        List<Answer> lastFirst() {
            return answers.stream()
                    .sorted(Comparator.comparingInt(
                                    (Answer answer) -> answer.at().getLineNum())
                            .thenComparing(answer -> answer.at().getColumnNum())
                            .reversed())
                    .toList();
        }

        @Override
        @SuppressWarnings("NullAway") // a visitor of Void gives nothing
        public Void visit(SqlCall call) {
            if (call.getOperator().getName().equalsIgnoreCase(ContextValueFunction.NAME)
                    && call.operandCount() == 1
                    && call.operand(0) instanceof SqlLiteral literal
                    && literal.getValue() instanceof NlsString name) {
                SqlParserPos at = call.getParserPosition();
                String value = values.apply(Name.of(name.getValue())).orElseGet(() -> written(at) + " /* missing */");
                answers.add(new Answer(at, value));
                return null;
            }
            return super.visit(call);
        }

        @Override
        @SuppressWarnings("NullAway") // as above
        public Void visit(SqlIdentifier identifier) {
            SqlParserPos at = identifier.getParserPosition();
            // A column may have the same name, in quotes.
            if (user.isPresent()
                    && identifier.isSimple()
                    && EngineOperators.isOfSession(identifier.getSimple())
                    && !written(at).startsWith("\"")) {
                answers.add(new Answer(at, "'" + user.get().spelling().replace("'", "''") + "'"));
            }
            return null;
        }

        private String written(SqlParserPos at) {
            int before = SqlErrors.before(text, at).length();
            return text.substring(
                    before, text.length() - SqlErrors.after(text, at).length());
        }
    }
}
