package io.icespar.engine;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.secure.Applied;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.Optional;

/**
 * Plans of queries that were asked before, by all that a plan is made from: the text, who asks, the security state, the
 * schema and the context values. Nothing that may change is in a plan, so that one that is found is what planning once more
 * would give. Safe for use by several threads.
 *
 * <p>A query on {@code INFORMATION_SCHEMA} has facts of the moment in its plan, and is not kept.
 */
final class PlanCache {
    /** How long all texts may be together, in characters, for one state. */
    private static final long KEPT = 16_000_000;

    /** States are told apart by identity: a new one is made with each change. The former one may still be in use. */
    private final LoadingCache<SecurityState, Cache<Key, Plan>> plans = CacheBuilder.newBuilder()
            .weakKeys()
            .maximumSize(2)
            .build(CacheLoader.from(state -> CacheBuilder.newBuilder()
                    .maximumWeight(KEPT)
                    .weigher((Key key, Plan plan) -> plan.weight(key))
                    .build()));

    /**
     * What a plan is made from beside the state.
     *
     * @param spelling of the caller's name, which {@code CURRENT_USER} gives
     * @param schema that the session chose
     */
    record Key(String sql, String spelling, Caller caller, Optional<Name> schema, ContextValues values) {
        Key(String sql, Caller caller, Optional<Name> schema, ContextValues values) {
            this(sql, caller.name().spelling(), caller, schema, values);
        }
    }

    /**
     * A plan, and what is to be known of its query.
     *
     * @param parameters of the query
     * @param applied what the query reads and what holds on it
     */
    record Plan(List<ResultColumn> parameters, PlannedQuery planned, Applied applied) {
        /** Checks and copies. */
        Plan {
            parameters = List.copyOf(parameters);
        }

        private int weight(Key key) {
            long own =
                    planned.ownParameters().stream().mapToLong(String::length).sum();
            long checks = planned.allChecks().stream()
                    .mapToLong(check -> check.text().length()
                            + check.ownParameters().stream()
                                    .mapToLong(String::length)
                                    .sum())
                    .sum();
            return (int)
                    Math.min(1_000 + key.sql().length() + planned.text().length() + own + checks, Integer.MAX_VALUE);
        }
    }

    /** The plan for a key; empty if it is not kept. */
    Optional<Plan> find(SecurityState state, Key key) {
        return Optional.ofNullable(plans.getUnchecked(state).getIfPresent(key));
    }

    void keep(SecurityState state, Key key, Plan plan) {
        plans.getUnchecked(state).put(key, plan);
    }
}
