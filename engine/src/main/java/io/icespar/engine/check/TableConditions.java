package io.icespar.engine.check;

import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.identity.Name;
import io.icespar.security.restriction.Restriction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** The conditions of one table's restrictions, and what is proven of them. */
final class TableConditions {
    private final Table table;
    private final SqlFrontend frontend;
    private final ContextSettings settings;
    private final RelOptCluster cluster;
    private final RexBuilder rexBuilder;
    private final Proof proof;
    private final Map<Name, RexNode> known = new HashMap<>();

    TableConditions(Table table, SqlFrontend frontend, ContextSettings settings) {
        this.table = table;
        this.frontend = frontend;
        this.settings = settings;
        this.cluster = frontend.newCluster();
        this.rexBuilder = cluster.getRexBuilder();
        this.proof = new Proof(rexBuilder, table.columns().size());
    }

    /**
     * Whether it is true for every row there can be.
     *
     * @throws io.icespar.security.error.IcesparException if its condition no longer fits the table
     */
    boolean isAlways(Restriction restriction) {
        return proof.isAlways(condition(restriction));
    }

    /** Whether it is true for no row there can be; the errors are those of {@link #isAlways}. */
    boolean isNever(Restriction restriction) {
        return proof.isNever(condition(restriction));
    }

    /** Whether the AND of ORs is true for no row there can be. */
    boolean isNever(List<List<Restriction>> subjects) {
        return proof.isNever(combined(subjects));
    }

    /** Whether {@code together} is proven to be true for the rows for which {@code one} or {@code other} is. */
    boolean isSum(List<List<Restriction>> together, List<List<Restriction>> one, List<List<Restriction>> other) {
        if (together.size() <= 1) {
            return true;
        }
        RexNode sum = RexUtil.composeDisjunction(rexBuilder, List.of(combined(one), combined(other)));
        return proof.areSame(combined(together), sum);
    }

    private RexNode combined(List<List<Restriction>> subjects) {
        return RexUtil.composeConjunction(
                rexBuilder,
                subjects.stream()
                        .map(alternatives -> RexUtil.composeDisjunction(
                                rexBuilder,
                                alternatives.stream().map(this::condition).toList()))
                        .toList());
    }

    private RexNode condition(Restriction restriction) {
        RexNode condition = known.get(restriction.name());
        if (condition == null) {
            condition = frontend.condition(table, restriction.condition(), cluster, settings)
                    .predicate();
            known.put(restriction.name(), condition);
        }
        return condition;
    }
}
