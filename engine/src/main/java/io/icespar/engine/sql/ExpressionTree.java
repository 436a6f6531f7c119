package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.parser.SqlParserUtil.ToTreeListItem;

/**
 * What a row of operands and operators means. Calcite's own way (1.42) takes time that grows with the third power of the
 * number of operators such as {@code LIKE}: a minute for 1,600. And of a thousand conditions it makes a tree a thousand
 * nodes deep, for which there is no room on the stack. So the row is divided at each {@code OR}, and what is between these
 * at each {@code AND}, before Calcite sees it.
 */
final class ExpressionTree {
    /** So many conditions are joined one after the other; of more, halves are. */
    private static final int MAX_IN_A_ROW = 64;

    /** The number of operators such as {@code LIKE}, times the square of all there is: some seconds. */
    private static final long MAX_WORK = 1_000_000_000;

    private ExpressionTree() {}

    /**
     * The expression.
     *
     * @param row nodes and {@link ToTreeListItem}s, as Calcite's parser has read them; may be changed
     * @throws IcesparException {@code SYNTAX} if there are too many operators
     */
    static SqlNode of(List<Object> row) {
        return row.stream().anyMatch(ExpressionTree::bindsLess)
                ? undivided(row)
                : divided(row, SqlKind.OR, part -> divided(part, SqlKind.AND, ExpressionTree::undivided));
    }

    /** Those of multisets do, which no statement may have. */
    private static boolean bindsLess(Object item) {
        return item instanceof ToTreeListItem operator
                && operator.getOperator().getLeftPrec() < SqlStdOperatorTable.AND.getLeftPrec()
                && operator.getOperator().getKind() != SqlKind.OR;
    }

    private static SqlNode divided(List<Object> row, SqlKind kind, Function<List<Object>, SqlNode> ofPart) {
        List<SqlNode> parts = new ArrayList<>();
        List<ToTreeListItem> between = new ArrayList<>();
        int begin = 0;
        int ands = 0;
        for (int i = 0; i < row.size(); i++) {
            if (!(row.get(i) instanceof ToTreeListItem operator)) {
                continue;
            }
            if (operator.getOperator().getKind() == SqlKind.BETWEEN) {
                ands++;
            } else if (ands > 0) {
                ands -= operator.getOperator().getKind() == SqlKind.AND ? 1 : 0;
            } else if (operator.getOperator().getKind() == kind) {
                parts.add(ofPart.apply(row.subList(begin, i)));
                between.add(operator);
                begin = i + 1;
            }
        }
        parts.add(ofPart.apply(row.subList(begin, row.size())));
        return joined(parts, between);
    }

    private static SqlNode joined(List<SqlNode> parts, List<ToTreeListItem> between) {
        if (parts.size() <= MAX_IN_A_ROW) {
            SqlNode joined = parts.get(0);
            for (int i = 1; i < parts.size(); i++) {
                joined = call(joined, between.get(i - 1), parts.get(i));
            }
            return joined;
        }
        int half = parts.size() / 2;
        return call(
                joined(parts.subList(0, half), between.subList(0, half - 1)),
                between.get(half - 1),
                joined(parts.subList(half, parts.size()), between.subList(half, between.size())));
    }

    private static SqlNode call(SqlNode left, ToTreeListItem operator, SqlNode right) {
        List<SqlNode> operands = List.of(left, right);
        return operator.getOperator().createCall(operator.getPos().plusAll(operands), operands);
    }

    private static SqlNode undivided(List<Object> row) {
        long special = row.stream()
                .filter(item ->
                        item instanceof ToTreeListItem operator && operator.getOperator() instanceof SqlSpecialOperator)
                .count();
        if (special * row.size() * row.size() > MAX_WORK) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply");
        }
        return SqlParserUtil.toTree(new ArrayList<>(row));
    }
}
