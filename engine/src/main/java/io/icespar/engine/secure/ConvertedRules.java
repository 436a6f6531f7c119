package io.icespar.engine.secure;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.Condition;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Mask;
import io.icespar.security.restriction.Restriction;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * The conditions of restrictions and the expressions of masks over the tables of one front end, each converted once for
 * all queries. They are found by their text and by what is declared of the context values that they read, so that what
 * is found is what converting them once more would give. Safe for use by several threads.
 *
 * <p>A condition with sub-queries belongs to its query's tree, and is converted for each.
 */
final class ConvertedRules {
    /** How long all texts may be together, in characters. */
    private static final long KEPT = 32_000_000;

    private final SqlFrontend frontend;
    private final Cache<Rule, RexNode> converted = CacheBuilder.newBuilder()
            .maximumWeight(KEPT)
            .weigher((Rule rule, RexNode expression) -> 100 + rule.text().length())
            .build();

    /** Converts rules over the tables that {@code frontend} knows. */
    ConvertedRules(SqlFrontend frontend) {
        this.frontend = frontend;
    }

    /**
     * What an expression was made from.
     *
     * @param table over whose rows it is
     * @param column in whose place it is shown; empty for a condition
     * @param text as it was written
     * @param reads what is declared of the context values that it reads
     */
    private record Rule(TableName table, Optional<Name> column, String text, List<Optional<ContextDefinition>> reads) {}

    /** The front end that knows all tables. */
    SqlFrontend frontend() {
        return frontend;
    }

    /**
     * A restriction's condition.
     *
     * @param cluster the query's
     */
    Condition condition(Table table, Restriction restriction, RelOptCluster cluster, ContextSettings settings) {
        Rule rule = new Rule(
                table.name(),
                Optional.empty(),
                restriction.condition(),
                definitions(restriction.contextValues(), settings));
        RexNode known = converted.getIfPresent(rule);
        if (known != null) {
            return new Condition(known, Set.of(), table);
        }
        Condition condition = frontend.condition(table, restriction.condition(), cluster, settings);
        if (RexUtil.SubQueryFinder.find(condition.predicate()) != null) {
            return condition;
        }
        RexNode predicate = LiteralList.in(condition.predicate(), cluster.getRexBuilder());
        converted.put(rule, predicate);
        return new Condition(predicate, Set.of(), table);
    }

    /**
     * A mask's expression.
     *
     * @param cluster the query's
     */
    RexNode mask(Table table, Mask mask, RelOptCluster cluster, ContextSettings settings) {
        Rule rule = new Rule(
                table.name(),
                Optional.of(mask.column()),
                mask.expression(),
                definitions(mask.contextValues(), settings));
        RexNode known = converted.getIfPresent(rule);
        if (known == null) {
            known = frontend.maskExpression(table, mask.column(), mask.expression(), cluster, settings);
            converted.put(rule, known);
        }
        return known;
    }

    private static List<Optional<ContextDefinition>> definitions(Collection<Name> values, ContextSettings settings) {
        return values.stream().map(settings::find).toList();
    }
}
