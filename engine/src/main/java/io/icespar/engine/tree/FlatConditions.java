package io.icespar.engine.tree;

import com.google.common.collect.Lists;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;

/**
 * Puts conditions within conditions side by side, as Calcite wants those of a filter: what was one may have become several.
 * Nothing is left out, be it true or not: what a condition reads must be there whether or not it makes a difference.
 */
public final class FlatConditions {
    private FlatConditions() {}

    /** The conditions joined by {@code AND} or {@code OR}; the only one by itself. */
    public static RexNode joined(RexBuilder rexBuilder, SqlOperator operator, List<RexNode> conditions) {
        List<RexNode> all = new ArrayList<>();
        for (RexNode condition : conditions) {
            if (condition instanceof RexCall call && call.getOperator().equals(operator)) {
                all.addAll(call.getOperands());
            } else {
                all.add(condition);
            }
        }
        return all.size() == 1 ? all.get(0) : rexBuilder.makeCall(operator, all);
    }

    /** The conditions that {@code AND} or {@code OR} joins, however deep one stands within another, in their order. */
    public static List<RexNode> of(RexCall joined) {
        List<RexNode> conditions = new ArrayList<>();
        Deque<RexNode> left = new ArrayDeque<>(List.of(joined));
        while (!left.isEmpty()) {
            RexNode next = left.pop();
            if (next instanceof RexCall call && call.getOperator().equals(joined.getOperator())) {
                Lists.reverse(call.getOperands()).forEach(left::push);
            } else {
                conditions.add(next);
            }
        }
        return conditions;
    }
}
