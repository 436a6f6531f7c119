package io.icespar.engine.secure;

import com.google.common.collect.ImmutableList;
import io.icespar.engine.tree.TypedLiterals;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.TypedValue;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Context values as the literals of a plan, of the types that are declared for them. */
final class ContextLiterals {
    private ContextLiterals() {}

    /** An expression of the type {@code type} for a value. */
    static RexNode expression(TypedValue value, RelDataType type, RexBuilder rexBuilder) {
        RexNode absent = rexBuilder.makeNullLiteral(type);
        if (value.type().base() == ContextType.Base.BOOLEAN && !value.type().isArray()) {
            // Where a condition is expected, Calcite takes neither a mere NULL nor a cast to what may be NULL.
            RexNode truth = value.content()
                    .map(content -> (RexNode) TypedLiterals.literal(content, type, rexBuilder))
                    .orElse(absent);
            return rexBuilder.makeCall(
                    type, SqlStdOperatorTable.CASE, List.of(rexBuilder.makeLiteral(true), truth, absent));
        }
        if (value.content().isEmpty()) {
            return absent;
        }
        return value.elements()
                .map(elements -> array(elements, type, rexBuilder))
                .orElseGet(() -> rexBuilder.makeAbstractCast(
                        type, TypedLiterals.literal(value.content().get(), type, rexBuilder), false));
    }

    private static RexNode array(List<Object> elements, RelDataType type, RexBuilder rexBuilder) {
        RelDataType element = component(type);
        List<RexNode> literals = elements.stream()
                .map(content -> (RexNode) TypedLiterals.literal(content, element, rexBuilder))
                .toList();
        return rexBuilder.makeCall(type, SqlStdOperatorTable.ARRAY_VALUE_CONSTRUCTOR, literals);
    }

    /**
     * The elements of an array as the rows of a relation with one field; none for NULL.
     *
     * @param texts has the array's text
     * @param declared the type of the elements
     * @param rowType of the relation; its field may be of a wider type
     */
    static RelNode rows(
            TypedValue array, ArrayTexts texts, RelDataType declared, RelDataType rowType, RelOptCluster cluster) {
        RexBuilder rexBuilder = cluster.getRexBuilder();
        RelDataType declaredRow = rexBuilder
                .getTypeFactory()
                .builder()
                .add(rowType.getFieldNames().get(0), declared)
                .build();
        RelNode values = texts.of(array)
                .<RelNode>map(text -> new ArrayRows(cluster, declaredRow, text))
                .orElseGet(() -> literalRows(array.elements().orElse(List.of()), declaredRow, cluster));
        // A backend would find the narrowest type for all literals, and not the declared one.
        RelDataType field = rowType.getFieldList().get(0).getType();
        return LogicalProject.create(
                values,
                List.of(),
                List.of(rexBuilder.makeAbstractCast(field, rexBuilder.makeInputRef(values, 0), false)),
                rowType.getFieldNames(),
                Set.of());
    }

    /** The elements as literals, in rows of one column. */
    private static RelNode literalRows(List<Object> elements, RelDataType rowType, RelOptCluster cluster) {
        RelDataType type = rowType.getFieldList().get(0).getType();
        ImmutableList<ImmutableList<RexLiteral>> tuples = elements.stream()
                .map(content -> ImmutableList.of(TypedLiterals.literal(content, type, cluster.getRexBuilder())))
                .collect(ImmutableList.toImmutableList());
        return LogicalValues.create(cluster, rowType, tuples);
    }

    /** The type of an array's elements. */
    static RelDataType component(RelDataType array) {
        return Objects.requireNonNull(array.getComponentType());
    }
}
