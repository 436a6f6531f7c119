package io.icespar.engine.secure;

import com.google.common.collect.ImmutableList;
import io.icespar.engine.sql.ContextValueFunction;
import io.icespar.engine.sql.EngineOperators;
import io.icespar.engine.tree.PlanParameters;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.context.ContextValues;
import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Fills in what a query asks about its caller: to a backend, {@code CURRENT_USER} would be the backend's own user, and
 * {@code CONTEXT_VALUE} nothing at all. What is only compared with something becomes a {@link Slot}, which stays open until
 * the plan runs; all else becomes a literal. Belongs to one query and one thread.
 */
final class SessionValues {
    private static final Set<SqlKind> COMPARISONS = Set.of(
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL);

    private final Caller caller;
    private final ContextValues values;
    private final ArrayTexts texts;
    private final CallerReads.Recorder reads = new CallerReads.Recorder();

    /**
     * What one caller's queries get.
     *
     * @param values the caller's context values
     * @param texts has the texts of those that are arrays
     */
    SessionValues(Caller caller, ContextValues values, ArrayTexts texts) {
        this.caller = caller;
        this.values = values;
        this.texts = texts;
    }

    /** What was asked so far. */
    CallerReads reads() {
        return reads.reads();
    }

    /** The slots by their numbers, from 0. */
    List<Slot> slots() {
        return reads.slots();
    }

    /**
     * Fills in a tree and its sub-queries.
     *
     * @throws io.icespar.security.error.IcesparException {@code MISSING_CONTEXT_VALUE} if nobody set a value that is asked
     *     for
     */
    RelNode fill(RelNode root) {
        RexShuttle expressions = shuttle(root.getCluster());
        RelNode filled = root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                Optional<TypedValue> array = unnested(other);
                return array.isPresent()
                        ? ContextLiterals.rows(
                                array.get(),
                                texts,
                                other.getRowType().getFieldList().get(0).getType(),
                                other.getRowType(),
                                other.getCluster())
                        : super.visit(other).accept(expressions);
            }
        });
        return SubQueries.rewrite(filled, this::fill);
    }

    /** Fills in one expression, but for the sub-queries in it. */
    RexShuttle shuttle(RelOptCluster cluster) {
        RexBuilder rexBuilder = cluster.getRexBuilder();
        return new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (COMPARISONS.contains(call.getKind())) {
                    return call.clone(
                            call.getType(),
                            call.getOperands().stream()
                                    .map(operand -> open(operand, rexBuilder).orElseGet(() -> operand.accept(this)))
                                    .toList());
                }
                if (EngineOperators.isOfSession(call.getOperator())) {
                    reads.readName();
                    return rexBuilder.makeLiteral(caller.name().spelling(), call.getType(), true);
                }
                if (call.getOperator() instanceof LiteralList list) {
                    return list.membership(call.getOperands().get(0).accept(this), cluster);
                }
                if (ContextValueFunction.isQuantified(call)) {
                    RexNode compared = call.getOperands().get(0).accept(this);
                    return quantified(call, compared, cluster);
                }
                return find(call)
                        .map(value -> ContextLiterals.expression(value, call.getType(), rexBuilder))
                        .orElseGet(() -> super.visitCall(call));
            }
        };
    }

    /** What is compared, as a slot; empty if it must be looked at closer. */
    private Optional<RexNode> open(RexNode compared, RexBuilder rexBuilder) {
        if (compared instanceof RexCall cast && cast.getKind() == SqlKind.CAST) {
            RexNode inner = cast.getOperands().get(0);
            return widens(inner.getType(), cast.getType())
                    ? open(inner, rexBuilder).map(slot -> rexBuilder.makeAbstractCast(cast.getType(), slot, false))
                    : Optional.empty();
        }
        boolean isName = compared instanceof RexCall call && EngineOperators.isOfSession(call.getOperator());
        Optional<Slot> asked = isName
                ? Optional.of(Slot.CALLER_NAME)
                : ContextValueFunction.find(compared).map(name -> new Slot(Optional.of(name)));
        return asked.filter(slot -> slot.content(caller, values).isPresent())
                .map(slot ->
                        rexBuilder.makeDynamicParam(compared.getType(), PlanParameters.ofSlot(reads.number(slot))));
    }

    /** A tree and its sub-queries with the values in its slots, as they are now, to be looked at. */
    RelNode withoutSlots(RelNode root) {
        RexBuilder rexBuilder = root.getCluster().getRexBuilder();
        RexShuttle fill = new RexShuttle() {
            @Override
            public RexNode visitDynamicParam(RexDynamicParam parameter) {
                if (!PlanParameters.isSlot(parameter.getIndex())) {
                    return parameter;
                }
                RelDataType type = parameter.getType();
                return slots().get(PlanParameters.slot(parameter.getIndex()))
                        .contextValue()
                        .map(name -> ContextLiterals.expression(values.required(name), type, rexBuilder))
                        .orElseGet(() -> rexBuilder.makeLiteral(caller.name().spelling(), type, true));
            }
        };
        RelNode filled = root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(fill);
            }
        });
        return SubQueries.rewrite(filled, this::withoutSlots);
    }

    private static boolean widens(RelDataType from, RelDataType to) {
        return SqlTypeUtil.equalSansNullability(from, to)
                || (SqlTypeUtil.inCharFamily(from) && to.getSqlTypeName() == SqlTypeName.VARCHAR)
                || (from.getSqlTypeName() == SqlTypeName.INTEGER && to.getSqlTypeName() == SqlTypeName.BIGINT);
    }

    private Optional<TypedValue> find(RexNode node) {
        Optional<Name> name = ContextValueFunction.find(node);
        name.ifPresent(reads::readValue);
        return name.map(values::required);
    }

    /** The array that {@code UNNEST(CONTEXT_VALUE('n'))} gives the rows of; empty for anything else. */
    private Optional<TypedValue> unnested(RelNode node) {
        return node instanceof Uncollect uncollect
                        && !uncollect.withOrdinality
                        && uncollect.getInput() instanceof Project project
                        && project.getProjects().size() == 1
                        && project.getInput() instanceof Values row
                        && row.getTuples().size() == 1
                ? find(project.getProjects().get(0))
                : Optional.empty();
    }

    /** {@code x = ANY (CONTEXT_VALUE('n'))}, and its like, as a comparison with the rows that the elements are. */
    private RexNode quantified(RexCall call, RexNode compared, RelOptCluster cluster) {
        RexBuilder rexBuilder = cluster.getRexBuilder();
        RexNode called = ContextValueFunction.withoutCast(call.getOperands().get(1));
        TypedValue array = find(called).orElseThrow();
        RelDataType element =
                ContextLiterals.component(call.getOperands().get(1).getType());
        if (array.content().isEmpty()) {
            // Not the rows of no array, of which there are none: it is not known what is in it.
            RelDataType absent = rexBuilder.getTypeFactory().createTypeWithNullability(element, true);
            return rexBuilder.makeCall(SqlStdOperatorTable.EQUALS, compared, rexBuilder.makeNullLiteral(absent));
        }
        RelDataType rowType =
                rexBuilder.getTypeFactory().builder().add("VALUE", element).build();
        RelNode rows =
                ContextLiterals.rows(array, texts, ContextLiterals.component(called.getType()), rowType, cluster);
        SqlQuantifyOperator operator = (SqlQuantifyOperator) call.getOperator();
        if (operator.kind == SqlKind.SOME) {
            return RexSubQuery.some(rows, ImmutableList.of(compared), operator);
        }
        SqlQuantifyOperator negated =
                SqlStdOperatorTable.some(Objects.requireNonNull(operator.comparisonKind.negateNullSafe()));
        return rexBuilder.makeCall(
                SqlStdOperatorTable.NOT, RexSubQuery.some(rows, ImmutableList.of(compared), negated));
    }
}
