package io.icespar.engine.secure;

import com.google.common.collect.ImmutableList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;

/**
 * That an expression is among many literals, as a condition keeps it that is used again and again: the literals are one
 * text instead of as many expressions, each of which would be looked at in every query. It stands for the rows that the
 * elements are, which {@link #membership} puts in its place; no backend knows it.
 */
final class LiteralList extends SqlFunction {
    // Shorter lists stay what they are: a backend may find rows by a list that it reads before it runs.
    private static final int LONG = 1_000;

    private final ArrayText text;
    private final RelDataType element;

    private LiteralList(ArrayText text, RelDataType element) {
        // INVARIANT: Calcite takes functions of the same name for the same.
        super(
                "IN_LIST " + element.getFullTypeString() + " " + text.shown(),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.BOOLEAN_NULLABLE,
                null,
                OperandTypes.ANY,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.text = text;
        this.element = element;
    }

    /** The condition with each long list of literals in it made one such function. */
    static RexNode in(RexNode condition, RexBuilder rexBuilder) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                List<RexNode> alternatives = call.getKind() == SqlKind.OR ? RelOptUtil.disjunctions(call) : List.of();
                if (alternatives.size() < LONG) {
                    return super.visitCall(call);
                }
                Map<Comparison, List<RexCall>> comparisons = new LinkedHashMap<>();
                List<RexNode> all = new ArrayList<>();
                for (RexNode alternative : alternatives) {
                    Optional<Comparison> comparison = Comparison.of(alternative);
                    if (comparison.isPresent()) {
                        comparisons
                                .computeIfAbsent(comparison.get(), key -> new ArrayList<>())
                                .add((RexCall) alternative);
                    } else {
                        all.add(alternative.accept(this));
                    }
                }
                comparisons.forEach((comparison, equalities) -> list(comparison, equalities, rexBuilder)
                        .ifPresentOrElse(all::add, () -> all.addAll(equalities)));
                return RexUtil.composeDisjunction(rexBuilder, all);
            }
        });
    }

    private static Optional<RexNode> list(Comparison comparison, List<RexCall> equalities, RexBuilder rexBuilder) {
        if (equalities.size() < LONG) {
            return Optional.empty();
        }
        List<Object> elements = equalities.stream()
                .map(LiteralList::literal)
                .map(LiteralList::content)
                .toList();
        return ArrayText.of(elements)
                .map(text -> rexBuilder.makeCall(new LiteralList(text, comparison.element()), comparison.compared()));
    }

    /**
     * What is compared with literals of one type.
     *
     * @param compared the expression; whole numbers may be of another such type than the literals
     * @param element the literals' type
     */
    private record Comparison(RexNode compared, RelDataType element) {

        /** What {@code compared = literal} compares; empty for anything else, and for types whose texts may mean another value. */
        static Optional<Comparison> of(RexNode node) {
            if (node.getKind() != SqlKind.EQUALS
                    || !(literal(node) instanceof RexLiteral literal)
                    || literal.isNull()) {
                return Optional.empty();
            }
            RexNode compared = ((RexCall) node).getOperands().get(0);
            RelDataType type = compared.getType();
            RelDataType element = literal.getType();
            boolean isKnown = (SqlTypeUtil.isIntType(type) && SqlTypeUtil.isIntType(element))
                    || (type.getSqlTypeName() == element.getSqlTypeName()
                            && (element.getSqlTypeName() == SqlTypeName.VARCHAR
                                    || element.getSqlTypeName() == SqlTypeName.DATE));
            return isKnown && RexUtil.isDeterministic(compared) && RexUtil.SubQueryFinder.find(compared) == null
                    ? Optional.of(new Comparison(compared, element))
                    : Optional.empty();
        }
    }

    private static RexNode literal(RexNode equality) {
        return ((RexCall) equality).getOperands().get(1);
    }

    private static Object content(RexNode node) {
        RexLiteral literal = (RexLiteral) node;
        Class<?> form = switch (literal.getType().getSqlTypeName()) {
            case VARCHAR -> String.class;
            case DATE -> DateString.class;
            default -> BigDecimal.class;
        };
        return Objects.requireNonNull(literal.getValueAs(form));
    }

    /** What the call says, for one query: that what is compared is in one of the rows that the elements are. */
    RexNode membership(RexNode compared, RelOptCluster cluster) {
        RelDataType rowType =
                cluster.getTypeFactory().builder().add("VALUE", element).build();
        return RexSubQuery.in(new ArrayRows(cluster, rowType, text), ImmutableList.of(compared));
    }
}
