package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.tree.Recursion;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Which expressions give a value for every row, whatever the row holds. It is a list of what is known to be harmless;
 * all else counts as able to fail.
 */
final class CannotFail {
    private static final Set<SqlKind> HARMLESS_AGGREGATES =
            Set.of(SqlKind.COUNT, SqlKind.MIN, SqlKind.MAX, SqlKind.ANY_VALUE, SqlKind.GROUPING);

    private static final Set<SqlKind> SUMS = Set.of(SqlKind.SUM, SqlKind.SUM0, SqlKind.AVG);

    private static final Set<SqlKind> HARMLESS_RANKS =
            Set.of(SqlKind.ROW_NUMBER, SqlKind.RANK, SqlKind.DENSE_RANK, SqlKind.FIRST_VALUE, SqlKind.LAST_VALUE);

    /** The sum of as many such decimals as there can be rows is no longer than 38 digits. */
    private static final int DIGITS_TO_ADD_UP = 18;

    /** Decimals of 18 digits DuckDB computes without a look at overflow; a number such as 0.5 has one more to it than here. */
    private static final int DIGITS_TO_COMPUTE = 17;

    private static final Set<SqlKind> COMPUTED = Set.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES);

    private CannotFail() {}

    /**
     * Whether no expression of the tree can fail, masks included; the conditions behind fences aside, which are the
     * restrictions' own.
     */
    static boolean everywhere(RelNode root) {
        var search = new Search(false, List.of());
        search.in(root);
        return search.harmless;
    }

    /** As {@link #everywhere}, also where it is left open whether the tree is computed at all. */
    static boolean computedOrNot(RelNode root) {
        return computedOrNot(root, List.of());
    }

    /** As {@link #computedOrNot(RelNode)}, where some parts of it are known not to fail. */
    static boolean computedOrNot(RelNode root, List<RelNode> checked) {
        var search = new Search(true, checked);
        search.in(root);
        return search.harmless;
    }

    /** As {@link #everywhere}; where it refers to a row outside, what is aggregated may be a hidden row's. */
    private static boolean inside(RelNode subQuery) {
        var search = new Search(!RelOptUtil.getVariablesUsed(subQuery).isEmpty(), List.of());
        search.in(subQuery);
        return search.harmless;
    }

    private static final class Search extends RexShuttle {
        private final boolean correlated;
        private final List<RelNode> checked;
        private boolean harmless = true;

        Search(boolean correlated, List<RelNode> checked) {
            this.correlated = correlated;
            this.checked = checked;
        }

        void in(RelNode root) {
            root.accept(new RelHomogeneousShuttle() {
                @Override
                public RelNode visit(RelNode other) {
                    if (checked.stream().anyMatch(part -> part == other)) {
                        return other;
                    }
                    if (other instanceof Fence fence && fence.isOfTable()) {
                        Mask.behind(fence).ifPresent(mask -> mask.accept(Search.this));
                        return other;
                    }
                    if (other instanceof Correlate correlate) {
                        harmless &= everywhere(correlate.getLeft()) && inside(correlate.getRight());
                        return other;
                    }
                    if (other instanceof Recursion) {
                        // It may not come to an end, which a row outside must not decide if it is a hidden one.
                        harmless &= !correlated;
                    }
                    if (correlated && other instanceof Aggregate aggregate) {
                        RelDataType columns = aggregate.getInput().getRowType();
                        harmless &= aggregate.getAggCallList().stream()
                                .allMatch(call -> aggregate(
                                        call.getAggregation().getKind(),
                                        call.getArgList().stream()
                                                .map(i -> columns.getFieldList()
                                                        .get(i)
                                                        .getType())
                                                .toList()));
                    }
                    other.accept(Search.this);
                    return super.visit(other);
                }
            });
        }

        @Override
        public RexNode visitCall(RexCall call) {
            harmless &= expression(call);
            return correlated ? super.visitCall(call) : call;
        }

        @Override
        public RexNode visitLiteral(RexLiteral literal) {
            harmless &= expression(literal);
            return literal;
        }

        @Override
        public RexNode visitOver(RexOver over) {
            harmless &= !correlated || window(over);
            return super.visitOver(over);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            harmless &= expression(subQuery) && (!correlated || computedOrNot(subQuery.rel));
            return subQuery;
        }
    }

    private static boolean aggregate(SqlKind function, List<RelDataType> arguments) {
        return HARMLESS_AGGREGATES.contains(function)
                || (SUMS.contains(function) && arguments.stream().allMatch(CannotFail::canBeAddedUp));
    }

    private static boolean canBeAddedUp(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER -> true;
            case DECIMAL -> type.getPrecision() <= DIGITS_TO_ADD_UP;
            default -> false;
        };
    }

    // A frame's distance is computed from a row's value.
    private static boolean window(RexOver over) {
        boolean ofRows = over.getWindow().isRows()
                || (over.getWindow().getLowerBound().getOffset() == null
                        && over.getWindow().getUpperBound().getOffset() == null);
        SqlKind function = over.getAggOperator().getKind();
        return ofRows
                && (HARMLESS_RANKS.contains(function)
                        || aggregate(
                                function,
                                over.getOperands().stream()
                                        .map(RexNode::getType)
                                        .toList()));
    }

    /** Whether a tree gives one row at most, whatever it reads. */
    static boolean hasOneRow(RelNode root) {
        RelNode node = root;
        while (node instanceof Project || node instanceof Filter) {
            node = node.getInput(0);
        }
        return node instanceof Aggregate aggregate
                && aggregate.getGroupCount() == 0
                && aggregate.getGroupType() == Aggregate.Group.SIMPLE;
    }

    /** Whether the expression cannot fail, nor the sub-queries in it. */
    static boolean expression(RexNode node) {
        if (node instanceof RexInputRef) {
            return true;
        }
        if (node instanceof RexLiteral) {
            // A backend reads an interval when a row comes to it, and may find it too long.
            return !SqlTypeUtil.isInterval(node.getType());
        }
        if (node instanceof RexDynamicParam parameter) {
            // A decimal is bound with as many digits as its value has, and the backend converts the column to as many.
            return parameter.getType().getSqlTypeName() != SqlTypeName.DECIMAL;
        }
        if (node instanceof RexFieldAccess access) {
            return access.getReferenceExpr() instanceof RexCorrelVariable;
        }
        if (node instanceof RexSubQuery subQuery) {
            return switch (subQuery.getKind()) {
                case IN, EXISTS, SOME, ALL, NOT_IN ->
                    expressions(subQuery.getOperands()) && sameFamilies(subQuery) && inside(subQuery.rel);
                case SCALAR_QUERY -> hasOneRow(subQuery.rel) && inside(subQuery.rel);
                default -> false;
            };
        }
        if (!(node instanceof RexCall call)) {
            return false;
        }
        if (FailingConstants.isMarked(call)) {
            return true;
        }
        if (call.getOperator().equals(SqlStdOperatorTable.RAND)
                || call.getOperator().equals(SqlLibraryOperators.RANDOM)) {
            return call.getOperands().isEmpty();
        }
        if (call.getOperator().equals(SqlStdOperatorTable.SUBSTRING)) {
            List<RexNode> operands = call.getOperands();
            return SqlTypeUtil.inCharFamily(operands.get(0).getType())
                    && expression(operands.get(0))
                    && operands.stream().skip(1).allMatch(CannotFail::isPlace);
        }
        return switch (call.getKind()) {
            case AND, OR, NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN ->
                expressions(call.getOperands());
            case CASE -> expressions(call.getOperands()) && haveOneType(results(call));
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM ->
                expressions(call.getOperands())
                        && comparable(
                                call.getOperands().get(0).getType(),
                                call.getOperands().get(1).getType());
            case SEARCH ->
                expression(call.getOperands().get(0))
                        && comparable(
                                call.getOperands().get(0).getType(),
                                call.getOperands().get(1).getType());
            // A pattern from a row could end in the escape character, which is an error.
            case LIKE ->
                call.getOperands().size() == 2
                        && expression(call.getOperands().get(0))
                        && call.getOperands().get(1) instanceof RexLiteral;
            case PLUS, MINUS, TIMES -> isShortConstant(call);
            case CAST ->
                expressions(call.getOperands())
                        && (widens(call.getOperands().get(0).getType(), call.getType())
                                || spells(call.getOperands().get(0), call.getType()));
            default -> false;
        };
    }

    // Less would be computed with.
    private static boolean isPlace(RexNode node) {
        return node instanceof RexLiteral literal
                && node.getType().getSqlTypeName() == SqlTypeName.INTEGER
                && !literal.isNull()
                && Objects.requireNonNull(literal.getValueAs(Integer.class)) > 0;
    }

    private static boolean expressions(List<RexNode> nodes) {
        return nodes.stream().allMatch(CannotFail::expression);
    }

    private static boolean sameFamilies(RexSubQuery subQuery) {
        for (int i = 0; i < subQuery.getOperands().size(); i++) {
            if (!comparable(
                    subQuery.getOperands().get(i).getType(),
                    subQuery.rel.getRowType().getFieldList().get(i).getType())) {
                return false;
            }
        }
        return true;
    }

    private static List<RexNode> results(RexCall choice) {
        List<RexNode> operands = choice.getOperands();
        return IntStream.range(0, operands.size())
                .filter(i -> i % 2 == 1 || i == operands.size() - 1)
                .mapToObj(operands::get)
                .toList();
    }

    // Where they have not, a backend converts them all into a common type, which can fail.
    private static boolean haveOneType(List<RexNode> nodes) {
        List<RelDataType> types = nodes.stream()
                .map(RexNode::getType)
                .filter(type -> !SqlTypeUtil.isNull(type))
                .toList();
        return types.stream()
                .allMatch(type -> SqlTypeUtil.equalSansNullability(type, types.get(0))
                        || (SqlTypeUtil.inCharFamily(type) && SqlTypeUtil.inCharFamily(types.get(0))));
    }

    // Two values are compared in a common type; where that is another than theirs, a backend converts, which can fail.
    private static boolean comparable(RelDataType left, RelDataType right) {
        SqlTypeName a = left.getSqlTypeName();
        SqlTypeName b = right.getSqlTypeName();
        if (SqlTypeUtil.isNull(left) || SqlTypeUtil.isNull(right)) {
            return true;
        }
        if (a == SqlTypeName.DECIMAL || b == SqlTypeName.DECIMAL) {
            return comparableAsDecimals(left, right);
        }
        return (SqlTypeUtil.inCharFamily(left) && SqlTypeUtil.inCharFamily(right))
                || (SqlTypeUtil.isNumeric(left) && SqlTypeUtil.isNumeric(right))
                || (a == b && family(a));
    }

    private static boolean family(SqlTypeName name) {
        return name == SqlTypeName.BOOLEAN
                || name.getFamily() == SqlTypeFamily.DATE
                || name.getFamily() == SqlTypeFamily.TIME
                || name.getFamily() == SqlTypeFamily.TIMESTAMP;
    }

    private static boolean comparableAsDecimals(RelDataType left, RelDataType right) {
        if (SqlTypeUtil.isApproximateNumeric(left) || SqlTypeUtil.isApproximateNumeric(right)) {
            return true;
        }
        if (!SqlTypeUtil.isExactNumeric(left) || !SqlTypeUtil.isExactNumeric(right)) {
            return false;
        }
        int whole = Math.max(digits(left) - scale(left), digits(right) - scale(right));
        return whole + Math.max(scale(left), scale(right)) <= 38;
    }

    /**
     * Whether it is computed of numbers that stand in the query, one of which has a fraction, and gives so short a decimal
     * that there is room for it. Without a fraction a backend takes them for whole numbers, whatever their type here, and so
     * it may what a column is computed of.
     */
    private static boolean isShortConstant(RexCall call) {
        if (call.getOperands().size() != 2) {
            return false;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        RelDataType a = left.getType();
        RelDataType b = right.getType();
        int digits = call.getKind() == SqlKind.TIMES
                ? digits(a) + digits(b)
                : Math.max(digits(a) - scale(a), digits(b) - scale(b)) + Math.max(scale(a), scale(b)) + 1;
        if (digits > DIGITS_TO_COMPUTE) {
            return false;
        }
        boolean first = isFraction(left);
        boolean second = isFraction(right);
        return (first || second) && (first || isWholeNumber(left)) && (second || isWholeNumber(right));
    }

    private static boolean isWholeNumber(RexNode node) {
        return node instanceof RexLiteral literal && !literal.isNull() && SqlTypeUtil.isIntType(literal.getType());
    }

    private static boolean isFraction(RexNode node) {
        if (node.getType().getSqlTypeName() != SqlTypeName.DECIMAL) {
            return false;
        }
        if (node instanceof RexLiteral literal) {
            BigDecimal value = literal.getValueAs(BigDecimal.class);
            return value != null && value.scale() > 0;
        }
        return node instanceof RexCall call && COMPUTED.contains(call.getKind()) && isShortConstant(call);
    }

    private static int digits(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            default -> type.getPrecision();
        };
    }

    private static int scale(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0;
    }

    // The text of a date or number that a query compares with a column, and that is one.
    private static boolean spells(RexNode node, RelDataType type) {
        if (!(node instanceof RexLiteral literal) || !SqlTypeUtil.inCharFamily(node.getType()) || literal.isNull()) {
            return false;
        }
        String text = String.valueOf(literal.getValueAs(String.class));
        return switch (type.getSqlTypeName()) {
            case DATE -> isDate(text);
            case BIGINT -> text.matches("-?[0-9]{1,18}");
            case INTEGER -> text.matches("-?[0-9]{1,9}");
            default -> false;
        };
    }

    private static boolean isDate(String text) {
        try {
            return text.length() == 10 && LocalDate.parse(text).getYear() >= 1;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static boolean widens(RelDataType from, RelDataType to) {
        if (SqlTypeUtil.equalSansNullability(from, to)) {
            return true;
        }
        SqlTypeName a = from.getSqlTypeName();
        SqlTypeName b = to.getSqlTypeName();
        if (SqlTypeUtil.inCharFamily(from)) {
            return b == SqlTypeName.VARCHAR || b == SqlTypeName.CHAR;
        }
        if (b == SqlTypeName.DOUBLE || b == SqlTypeName.FLOAT) {
            return SqlTypeName.INT_TYPES.contains(a) || a == SqlTypeName.DECIMAL || a == SqlTypeName.REAL;
        }
        if (SqlTypeName.INT_TYPES.contains(a) && SqlTypeName.INT_TYPES.contains(b)) {
            return digits(from) <= digits(to);
        }
        return SqlTypeUtil.isExactNumeric(from)
                && b == SqlTypeName.DECIMAL
                && scale(from) <= scale(to)
                && digits(from) - scale(from) <= digits(to) - scale(to);
    }
}
