package io.icespar.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.secure.Applied;
import io.icespar.engine.secure.CallerReads;
import io.icespar.engine.secure.RightsShape;
import io.icespar.engine.secure.Securing;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Plans of queries that were asked before, by all that a plan is made from: the security state, the text, the schema, the
 * {@linkplain RightsShape shape} of the caller's rights, and what of the caller's own the plan has read. Nothing else of
 * the caller is in a plan, so that one that is found is what planning once more would give, whoever asked first. What a
 * plan leaves open, its {@linkplain io.icespar.engine.secure.Slot slots}, is filled in when it runs. Safe for use by
 * several threads.
 *
 * <p>A query on {@code INFORMATION_SCHEMA} has facts of the moment in its plan, and is not kept.
 */
final class PlanCache {
    /** How long all texts may be together, in characters, for one state. */
    private static final long KEPT = 16_000_000;

    private static final int MAX_HOLDERS = 10_000;
    private static final int MAX_SHAPES = 1_000;

    private final Securing securing;

    /** States are told apart by identity: a new one is made with each change. The former one may still be in use. */
    private final LoadingCache<SecurityState, OfState> states;

    /** Keeps plans of what {@code securing} secures. */
    PlanCache(Securing securing) {
        this.securing = securing;
        this.states = Caffeine.newBuilder().weakKeys().maximumSize(2).build(state -> new OfState());
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
            return (int) Math.min(1_000L + key.asked().sql().length() + planned.length(), Integer.MAX_VALUE);
        }
    }

    /**
     * What was asked.
     *
     * @param schema that the session chose
     * @param shape the number of the shape of the caller's rights
     */
    private record Asked(String sql, Optional<Name> schema, int shape) {}

    /**
     * What a plan was made from.
     *
     * @param answers what the caller answers to what such plans read
     */
    private record Key(Asked asked, CallerReads.Answers answers) {}

    /**
     * Whose rights have one shape for certain.
     *
     * @param user by whom cubes may have default members; empty where there is nothing of the kind
     */
    private record Holder(Set<Name> roles, Optional<Name> user) {}

    /** What is kept for one state. */
    private final class OfState {
        private final Cache<Holder, Integer> shapes =
                Caffeine.newBuilder().maximumSize(MAX_HOLDERS).build();

        /** One that is forgotten gets a new number, under which no plan is found. */
        private final Cache<RightsShape, Integer> numbers =
                Caffeine.newBuilder().maximumSize(MAX_SHAPES).build();

        private final AtomicInteger next = new AtomicInteger();

        /** What plans for the same question have read so far, all together. */
        private final Cache<Asked, CallerReads> reads = Caffeine.newBuilder()
                .maximumWeight(KEPT)
                .weigher((Asked asked, CallerReads read) -> 1_000 + asked.sql().length())
                .build();

        private final Cache<Key, Plan> plans = Caffeine.newBuilder()
                .maximumWeight(KEPT)
                .weigher((Key key, Plan plan) -> plan.weight(key))
                .build();

        Asked asked(String sql, Optional<Name> schema, Caller caller, SecurityState state) {
            Holder holder = new Holder(
                    caller.roles(), state.cubes().saysNothing() ? Optional.empty() : Optional.of(caller.name()));
            Integer shape = shapes.get(
                    holder, key -> numbers.get(securing.shape(caller, state), made -> next.getAndIncrement()));
            return new Asked(sql, schema, shape);
        }
    }

    /** The plan of a query for a caller; empty if it is not kept. */
    Optional<Plan> find(SecurityState state, String sql, Optional<Name> schema, Caller caller, ContextValues values) {
        OfState known = states.get(state);
        Asked asked = known.asked(sql, schema, caller, state);
        return Optional.ofNullable(known.reads.getIfPresent(asked))
                .flatMap(
                        read -> Optional.ofNullable(known.plans.getIfPresent(new Key(asked, read.of(caller, values)))));
    }

    /** Keeps the plan that was made of a query for a caller. */
    void keep(SecurityState state, String sql, Optional<Name> schema, Caller caller, ContextValues values, Plan plan) {
        OfState known = states.get(state);
        Asked asked = known.asked(sql, schema, caller, state);
        // INVARIANT: a plan is kept under the answers to all that it has read. What others have read does no harm.
        CallerReads read = known.reads.asMap().merge(asked, plan.planned().reads(), CallerReads::and);
        known.plans.put(new Key(asked, read.of(caller, values)), plan);
    }
}
