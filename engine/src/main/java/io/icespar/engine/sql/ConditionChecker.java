package io.icespar.engine.sql;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Refuses conditions that may not restrict, and expressions that may not mask: those with parameters or windows, those
 * with a function that is not on the list of those that are deterministic and known to every backend, and masks with
 * sub-queries.
 *
 * @param what what is checked, for the errors
 * @param condition as it was written, for the places in it
 */
record ConditionChecker(String what, SqlNode condition) {

    static ConditionChecker ofCondition(SqlNode condition) {
        return new ConditionChecker("a restriction's condition", condition);
    }

    static ConditionChecker ofMask(SqlNode expression) {
        return new ConditionChecker("a mask's expression", expression);
    }

    static ConditionChecker ofMeasure(SqlNode expression) {
        return new ConditionChecker("a measure", expression);
    }

    /** Checks what was written. */
    void checkForm() {
        condition.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // a visitor of Void gives nothing
            public Void visit(SqlDynamicParam param) {
                throw refused(what + " has no parameters", param);
            }

            @Override
            @SuppressWarnings("NullAway") // as above
            public Void visit(SqlCall call) {
                if (call.getKind() == SqlKind.OVER) {
                    throw refused(what + " has no window functions", call);
                }
                return super.visit(call);
            }
        });
    }

    /** Checks that no query was written in it. */
    void checkNoQuery() {
        condition.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // as above
            public Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    throw refused(what + " has no sub-queries", call);
                }
                return super.visit(call);
            }
        });
    }

    /** Checks what it means, once names are resolved. */
    void checkOperators(RexNode predicate) {
        predicate.accept(new Operators());
    }

    /** Checks that it is computed from one row. */
    void checkOneRow(RexNode expression) {
        if (RexUtil.SubQueryFinder.find(expression) != null) {
            throw refused(what + " has no sub-queries", condition);
        }
    }

    /** What is computed from several rows. */
    IcesparException aggregates() {
        return refused(what + " has no aggregates", condition);
    }

    private void checkOperators(RelNode root) {
        var expressions = new Operators();
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(expressions);
            }
        });
    }

    private final class Operators extends RexShuttle {
        @Override
        public RexNode visitCall(RexCall call) {
            SqlOperator operator = call.getOperator();
            if (ContextValueFunction.find(call).isPresent() || ContextValueFunction.isQuantified(call)) {
                call.getOperands().forEach(operand -> operand.accept(this));
                return call;
            }
            if (!EngineOperators.isDeterministic(operator)) {
                String why = EngineOperators.isScalar(operator) ? "which changes" : "which is not supported";
                throw refused(what + " cannot use `" + operator.getName() + "`, " + why, placeOf(operator.getName()));
            }
            return super.visitCall(call);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            checkOperators(subQuery.rel);
            subQuery.getOperands().forEach(operand -> operand.accept(this));
            return subQuery;
        }
    }

    /** Where the function is called; the whole condition if it is not written by that name. */
    private SqlNode placeOf(String function) {
        SqlNode[] found = {condition};
        condition.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // as above
            public Void visit(SqlCall call) {
                if (call.getOperator().getName().equalsIgnoreCase(function)) {
                    found[0] = call;
                }
                return super.visit(call);
            }

            @Override
            @SuppressWarnings("NullAway") // as above
            public Void visit(SqlIdentifier identifier) {
                if (identifier.isSimple() && identifier.getSimple().equalsIgnoreCase(function)) {
                    found[0] = identifier;
                }
                return super.visit(identifier);
            }
        });
        return found[0];
    }

    private static IcesparException refused(String what, SqlNode where) {
        return new IcesparException(ErrorCode.INVALID_RESTRICTION, what + SqlErrors.place(where));
    }
}
