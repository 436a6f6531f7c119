package io.icespar.engine.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.oracle.Observation;
import io.icespar.engine.oracle.SampleData;
import io.icespar.engine.oracle.SampleUser;
import io.icespar.engine.secure.Restrictor;
import io.icespar.security.error.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.statistics.Statistics;

/** What must hold of every query holds of those that are made up. */
class GeneratedQueriesTest {
    private static MadeSamples samples() {
        return Store.getOrCreate(MadeSamples.class, Lifespan.RUN, () -> new MadeSamples(Restrictor::new))
                .get();
    }

    /** COPY and NI. */
    @Property
    void whatIsHiddenMakesNoDifference(@ForAll("queries") MadeQuery query, @ForAll SampleUser user) {
        Observation seen = samples().observe(user, query.sql());
        assertNotEquals(ErrorCode.INTERNAL.sqlState(), seen.sqlState(), seen.failure());
        Observation copy = samples().observeCopy(user, query.sql());
        // What fails on seen rows, or on none, may be left out of one plan and not of another.
        if (!fails(seen) && !fails(copy)) {
            assertEquals(copy.withoutWords(), seen.withoutWords());
        }
        Observation poisoned = samples().observePoisoned(user, query.sql());
        assertEquals(seen, poisoned);
        assertFalse(
                poisoned.mentions(SampleData.CANARY) && !query.sql().contains(SampleData.CANARY), "the canary sings");
        query.used().forEach(production -> Statistics.label("made of").collect(production));
        Statistics.label("made of")
                .coverage(made -> Arrays.stream(Production.values())
                        .forEach(production -> made.check(production).count(count -> count > 0)));
        Statistics.label("state").collect(seen.failure().isEmpty() ? "rows" : seen.failure());
        Statistics.label("rows").collect(!seen.rows().isEmpty());
    }

    private static boolean fails(Observation observation) {
        return observation.sqlState().equals(ErrorCode.DATA_EXCEPTION.sqlState());
    }

    /** For what is in a value, for how long a text becomes on the way, which hangs on the plan, or for how many rows there are. */
    private static boolean failsOrIsTooLong(Observation observation) {
        return fails(observation) || observation.sqlState().equals(ErrorCode.LIMIT_REACHED.sqlState());
    }

    /** COPY and NI of columns that are masked, beside rows that are hidden. */
    @Property
    void whatMasksHideMakesNoDifference(@ForAll("queries") MadeQuery query, @ForAll SampleUser user) {
        Observation seen = samples().observeMasked(user, query.sql());
        assertNotEquals(ErrorCode.INTERNAL.sqlState(), seen.sqlState(), seen.failure());
        Observation copy = samples().observeMaskedCopy(user, query.sql());
        if (!fails(seen) && !fails(copy)) {
            assertEquals(
                    copy.withoutWords().withoutNullability(),
                    seen.withoutWords().withoutNullability());
        }
        // Others are restricted by what is masked.
        if (user == SampleUser.FRENCH) {
            Observation poisoned = samples().observePoisonedUnderMasks(user, query.sql());
            assertEquals(seen, poisoned);
            assertFalse(
                    poisoned.mentions(SampleData.CANARY) && !query.sql().contains(SampleData.CANARY),
                    "the canary sings");
        }
    }

    /** TLP: each row is one of three parts, by whatever condition. */
    @Property
    void aQueryIsTheSumOfItsParts(@ForAll("parted") PartedQuery query, @ForAll SampleUser user) {
        Observation whole = samples().observe(user, query.whole());
        List<String> parts = new ArrayList<>();
        for (String part : List.of(query.whereTrue(), query.whereNotTrue(), query.whereUnknown())) {
            Observation rows = samples().observe(user, part);
            if (failsOrIsTooLong(rows)) {
                return;
            }
            assertEquals("", rows.failure());
            parts.addAll(rows.rows());
        }
        parts.sort(null);
        assertEquals(failsOrIsTooLong(whole) ? parts : whole.rows(), parts);
    }

    /** MONOTONICITY: one more restriction never adds a row. */
    @Property
    void anotherRestrictionNeverAddsARow(@ForAll("monotone") MadeQuery query, @ForAll("withAnother") SampleUser user) {
        Observation more = samples().observe(user, query.sql());
        Observation fewer = samples().observeWithAnother(user, query.sql());
        List<String> left = new ArrayList<>(more.rows());
        for (String row : fewer.rows()) {
            assertTrue(left.remove(row) || failsOrIsTooLong(more), row);
        }
    }

    @Provide
    Arbitrary<MadeQuery> queries() {
        return Choices.any().map(Queries::any);
    }

    @Provide
    Arbitrary<PartedQuery> parted() {
        return Choices.any().map(Queries::parted);
    }

    @Provide
    Arbitrary<MadeQuery> monotone() {
        return Choices.any().map(Queries::monotone);
    }

    @Provide
    Arbitrary<SampleUser> withAnother() {
        return Arbitraries.of(MadeSamples.usersWithAnother());
    }
}
