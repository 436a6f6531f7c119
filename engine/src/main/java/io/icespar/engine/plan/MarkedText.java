package io.icespar.engine.plan;

import io.icespar.engine.backend.TextPart;
import io.icespar.engine.tree.PlanParameters;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;

/** Writes a statement, and notes where its question marks and the keys of visible rows stand. */
final class MarkedText extends SqlPrettyWriter {
    /** A query in parentheses whose place is noted. */
    static final SqlSpecialOperator KEYS = new SqlSpecialOperator("KEYS", SqlKind.OTHER) {
        @Override
        public void unparse(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
            SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.SUB_QUERY, "(", ")");
            int from = ((MarkedText) writer).text.length();
            call.operand(0).unparse(writer, 0, 0);
            ((MarkedText) writer).noteKeys(from);
            writer.endList(frame);
        }
    };

    private final int parameters;
    private final StringBuilder text;
    private final List<PlannedText.Mark> marks = new ArrayList<>();
    private final List<TextPart> keys = new ArrayList<>();

    /**
     * Creates a text.
     *
     * @param parameters how many the statement has
     */
    MarkedText(SqlDialect dialect, int parameters) {
        this(dialect, parameters, new StringBuilder());
    }

    private MarkedText(SqlDialect dialect, int parameters, StringBuilder text) {
        super(
                SqlPrettyWriter.config()
                        .withDialect(dialect)
                        .withAlwaysUseParentheses(false)
                        .withSelectListItemsOnSeparateLines(false)
                        .withUpdateSetListNewline(false)
                        .withIndentation(0),
                text);
        this.parameters = parameters;
        this.text = text;
    }

    String sql() {
        return text.toString();
    }

    /** Begins with the queries that the statement reads by their names, each of which is computed once. */
    void with(List<Common> queries) {
        String keyword = "WITH";
        for (Common query : queries) {
            keyword(keyword);
            query.name().unparse(this, 0, 0);
            query.columns().unparse(this, 1, 1);
            keyword("AS MATERIALIZED");
            SqlWriter.Frame frame = startList(SqlWriter.FrameTypeEnum.SUB_QUERY, "(", ")");
            query.query().unparse(this, 0, 0);
            endList(frame);
            keyword = ",";
        }
    }

    /**
     * A query that has a name.
     *
     * @param columns the names of its columns
     */
    record Common(SqlIdentifier name, SqlNodeList columns, SqlNode query) {}

    /** The question marks, in their order. */
    List<PlannedText.Mark> marks() {
        return marks;
    }

    /** Where keys stand that depend on nothing of the statement's, in their order and apart. */
    List<TextPart> keys() {
        return keys;
    }

    @Override
    public void dynamicParam(int index) {
        super.dynamicParam(index);
        marks.add(new PlannedText.Mark(text.lastIndexOf("?"), index));
    }

    private void noteKeys(int from) {
        boolean isAlone = marks.stream()
                .filter(mark -> mark.position() >= from)
                .allMatch(mark -> PlanParameters.isSlot(mark.parameter()) || mark.parameter() >= parameters);
        if (isAlone) {
            keys.add(new TextPart(from, text.length(), parametersBefore(from), parametersBefore(text.length())));
        }
    }

    private int parametersBefore(int position) {
        return (int) marks.stream()
                .filter(mark -> mark.position() < position && !PlanParameters.isSlot(mark.parameter()))
                .count();
    }
}
