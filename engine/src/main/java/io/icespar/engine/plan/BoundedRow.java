package io.icespar.engine.plan;

import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.secure.SecuredScan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Bounds what one row of an answer holds beside what is stored: the driver (2.0) makes Java objects of 2,048 rows at a time,
 * whatever they hold.
 */
final class BoundedRow {
    private static final int OF_A_LIST = 100_000;
    private static final int OF_AN_ELEMENT = 16;
    private static final int SHORT = 1_000;

    /** Aggregates that give a value of one row. */
    private static final Set<SqlKind> OF_ONE = Set.of(SqlKind.MIN, SqlKind.MAX, SqlKind.ANY_VALUE, SqlKind.MODE);

    private static final SqlOperator STRLEN = BackendWords.function("STRLEN");
    private static final SqlOperator COALESCE = BackendWords.function("COALESCE");
    private static final SqlOperator LEN = BackendWords.function("LEN");

    private BoundedRow() {}

    /** The groups, of which no text or list that was put together is longer than the bounds. */
    static RelNode aggregated(Aggregate aggregate, int most) {
        boolean grows =
                aggregate.getAggCallList().stream().anyMatch(call -> TextBounds.makesMore(call.getAggregation()));
        if (!grows) {
            return aggregate;
        }
        RexBuilder rexBuilder = aggregate.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < aggregate.getRowType().getFieldCount(); i++) {
            RexNode column = rexBuilder.makeInputRef(aggregate, i);
            int call = i - aggregate.getGroupCount();
            boolean bounded = call >= 0
                    && TextBounds.makesMore(aggregate.getAggCallList().get(call).getAggregation());
            columns.add(bounded ? bounded(column, most, rexBuilder) : column);
        }
        return projected(aggregate, columns);
    }

    private static RexNode bounded(RexNode column, int most, RexBuilder rexBuilder) {
        boolean list = column.getType().getSqlTypeName() == SqlTypeName.ARRAY;
        return rexBuilder.makeCall(
                column.getType(),
                list ? BackendWords.LIST : BackendWords.BOUNDED,
                List.of(column, number(list ? OF_A_LIST : most, rexBuilder)));
    }

    /** The answer, which fails if what was computed of a row is too much. */
    static RelNode of(RelNode root, int most) {
        if (root instanceof Sort sort) {
            return sort.copy(sort.getTraitSet(), List.of(of(sort.getInput(), most)));
        }
        RexBuilder rexBuilder = root.getCluster().getRexBuilder();
        Set<String> stored = new HashSet<>();
        List<RexNode> counted = new ArrayList<>();
        long sum = 0;
        for (int i = 0; i < root.getRowType().getFieldCount(); i++) {
            RelDataType type = root.getRowType().getFieldList().get(i).getType();
            if (holdsMuch(type) && !origin(root, i).map(stored::add).orElse(false) && !isGivenOnce(root, i)) {
                counted.add(rexBuilder.makeInputRef(root, i));
                sum += most(root, i, most);
            }
        }
        if (sum <= TextBounds.OF_A_ROW) {
            return root;
        }
        RexNode octets = sum(counted, rexBuilder);
        RexNode one = counted.stream()
                .filter(column -> SqlTypeUtil.inCharFamily(column.getType()))
                .findFirst()
                .orElse(counted.get(0));
        RexNode limit = number(TextBounds.OF_A_ROW, rexBuilder);
        RexNode checked = SqlTypeUtil.inCharFamily(one.getType())
                ? rexBuilder.makeCall(one.getType(), BackendWords.BOUNDED_SUM, List.of(octets, limit, one))
                : rexBuilder.makeCall(one.getType(), BackendWords.LIST_IN_ROW, List.of(octets, limit, one, one));
        return projected(
                root,
                root.getRowType().getFieldList().stream()
                        .map(field -> rexBuilder.makeInputRef(root, field.getIndex()))
                        .map(column -> column.equals(one) ? checked : column)
                        .toList());
    }

    // Of halves, as a backend does not take a sum of hundreds from left to right.
    private static RexNode sum(List<RexNode> columns, RexBuilder rexBuilder) {
        if (columns.size() == 1) {
            return octets(columns.get(0), rexBuilder);
        }
        int half = columns.size() / 2;
        return rexBuilder.makeCall(
                rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                SqlStdOperatorTable.PLUS,
                List.of(
                        sum(columns.subList(0, half), rexBuilder),
                        sum(columns.subList(half, columns.size()), rexBuilder)));
    }

    private static boolean holdsMuch(RelDataType type) {
        return SqlTypeUtil.inCharFamily(type) || SqlTypeUtil.isBinary(type) || isList(type);
    }

    private static boolean isList(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.ARRAY;
    }

    private static RexNode octets(RexNode column, RexBuilder rexBuilder) {
        RelDataTypeFactory types = rexBuilder.getTypeFactory();
        RelDataType bigint = types.createSqlType(SqlTypeName.BIGINT);
        RelDataType element = column.getType().getComponentType();
        RexNode octets;
        if (element != null && !SqlTypeUtil.inCharFamily(element)) {
            octets = rexBuilder.makeCall(
                    bigint,
                    SqlStdOperatorTable.MULTIPLY,
                    List.of(rexBuilder.makeCall(bigint, LEN, List.of(column)), number(OF_AN_ELEMENT, rexBuilder)));
        } else {
            RelDataType varchar = types.createTypeWithNullability(types.createSqlType(SqlTypeName.VARCHAR), true);
            RexNode text = SqlTypeUtil.inCharFamily(column.getType())
                    ? column
                    : rexBuilder.makeAbstractCast(varchar, column, false);
            octets = rexBuilder.makeCall(bigint, STRLEN, List.of(text));
        }
        return rexBuilder.makeCall(bigint, COALESCE, List.of(octets, number(0, rexBuilder)));
    }

    /** Whether the column is a literal, such as a context value, in a single row. */
    private static boolean isGivenOnce(RelNode root, int column) {
        if (!(root instanceof Project project
                && project.getInput() instanceof Values values
                && values.getTuples().size() == 1)) {
            return false;
        }
        RexNode node = project.getProjects().get(column);
        return node instanceof RexLiteral
                || (node.getKind() == SqlKind.CAST
                        && ((RexCall) node).getOperands().get(0) instanceof RexLiteral);
    }

    /** How many octets of a column are known at most. */
    private static long most(RelNode rel, int column, int most) {
        if (rel instanceof Project project) {
            RexNode node = project.getProjects().get(column);
            return node instanceof RexInputRef input
                    ? most(project.getInput(), input.getIndex(), most)
                    : TextBounds.most(node, most);
        }
        if (rel instanceof Filter || rel instanceof Sort) {
            return most(rel.getInput(0), column, most);
        }
        if (rel instanceof Join join) {
            int left = join.getLeft().getRowType().getFieldCount();
            return column < left ? most(join.getLeft(), column, most) : most(join.getRight(), column - left, most);
        }
        if (rel instanceof Aggregate aggregate && column < aggregate.getGroupCount()) {
            return most(aggregate.getInput(), aggregate.getGroupSet().nth(column), most);
        }
        if (rel instanceof Values values) {
            return values.getTuples().stream()
                    .mapToInt(row -> TextBounds.most(row.get(column), most))
                    .max()
                    .orElse(0);
        }
        return Integer.MAX_VALUE;
    }

    /** What a column is stored as; empty if it is computed. What a mask shows counts as stored. */
    private static Optional<String> origin(RelNode rel, int column) {
        if (rel instanceof SecuredScan scan) {
            return Optional.of(scan.scannedTable().name() + "." + column);
        }
        if (rel instanceof Mask mask) {
            return mask.getProjects().get(column) instanceof RexInputRef input
                    ? origin(mask.getInput(), input.getIndex())
                    : origin(mask.getInput(), 0).map(first -> first + " mask " + column);
        }
        if (rel instanceof Project project) {
            return origin(project.getProjects().get(column), project.getInput());
        }
        if (rel instanceof Filter || rel instanceof Sort || rel instanceof Fence) {
            return origin(rel.getInput(0), column);
        }
        if (rel instanceof Join join) {
            int left = join.getLeft().getRowType().getFieldCount();
            return column < left ? origin(join.getLeft(), column) : origin(join.getRight(), column - left);
        }
        if (rel instanceof Aggregate aggregate) {
            if (column < aggregate.getGroupCount()) {
                return origin(aggregate.getInput(), aggregate.getGroupSet().nth(column));
            }
            AggregateCall call = aggregate.getAggCallList().get(column - aggregate.getGroupCount());
            return OF_ONE.contains(call.getAggregation().getKind())
                    ? origin(aggregate.getInput(), call.getArgList().get(0))
                    : Optional.empty();
        }
        return Optional.empty();
    }

    // What chooses among columns gives what is stored in one of them.
    private static Optional<String> origin(RexNode node, RelNode input) {
        if (node instanceof RexInputRef reference) {
            return origin(input, reference.getIndex());
        }
        if (node.getKind() == SqlKind.CAST && SqlTypeUtil.inCharFamily(node.getType())) {
            return origin(((RexCall) node).getOperands().get(0), input);
        }
        if (node.getKind() != SqlKind.CASE) {
            return node instanceof RexLiteral literal && TextBounds.most(literal, 0) <= SHORT
                    ? Optional.of("a literal")
                    : Optional.empty();
        }
        StringBuilder origins = new StringBuilder();
        List<RexNode> operands = ((RexCall) node).getOperands();
        for (int i = 0; i < operands.size(); i++) {
            if (i % 2 == 1 || i == operands.size() - 1) {
                Optional<String> origin = origin(operands.get(i), input);
                if (origin.isEmpty()) {
                    return origin;
                }
                origins.append(origin.get()).append(" or ");
            }
        }
        return Optional.of(origins.toString());
    }

    private static RelNode projected(RelNode rel, List<RexNode> columns) {
        return LogicalProject.create(rel, List.of(), columns, rel.getRowType().getFieldNames(), Set.of());
    }

    private static RexNode number(int number, RexBuilder rexBuilder) {
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(number));
    }
}
