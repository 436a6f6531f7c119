package io.icespar.engine.generated;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.oracle.Sample;
import io.icespar.engine.oracle.SampleUser;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;

/** Properties that do not hold, of an engine that restricts nothing. {@link GeneratedQueriesShrinkingTest} runs them. */
class UnrestrictedQueries {
    private static MadeSamples samples() {
        return Store.getOrCreate(
                        UnrestrictedQueries.class, Lifespan.RUN, () -> new MadeSamples(Sample::restrictingNothing))
                .get();
    }

    @Property(tries = 50, seed = "7", shrinking = ShrinkingMode.FULL)
    void theAnswerIsThatOfTheCopy(@ForAll("queries") MadeQuery query) {
        SampleUser user = SampleUser.PARISIAN;
        assertEquals(
                samples().observeCopy(user, query.sql()).withoutWords(),
                samples().observe(user, query.sql()).withoutWords(),
                query.sql());
    }

    @Property(tries = 50, seed = "7", shrinking = ShrinkingMode.FULL)
    void poisonMakesNoDifference(@ForAll("queries") MadeQuery query) {
        SampleUser user = SampleUser.PARISIAN;
        assertEquals(samples().observe(user, query.sql()), samples().observePoisoned(user, query.sql()), query.sql());
    }

    @Property(tries = 50, seed = "7", shrinking = ShrinkingMode.FULL)
    void masksHide(@ForAll("queries") MadeQuery query) {
        SampleUser user = SampleUser.FRENCH;
        assertEquals(
                samples().observeMasked(user, query.sql()),
                samples().observePoisonedUnderMasks(user, query.sql()),
                query.sql());
    }

    @Provide
    Arbitrary<MadeQuery> queries() {
        return Choices.any().map(Queries::any);
    }
}
