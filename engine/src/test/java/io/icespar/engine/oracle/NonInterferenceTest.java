package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** NI: whatever the hidden rows hold, and however many there are, nothing that is seen changes by it. */
@ExtendWith(Samples.class)
class NonInterferenceTest {

    static Stream<Arguments> cases() {
        return CopyTest.cases();
    }

    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void poisonInHiddenRowsChangesNothing(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation poisoned = samples.poisonedFor(user).session(user).observe(query);
        assertEquals(samples.observe(user, query), poisoned);
        assertFalse(poisoned.mentions(SampleData.CANARY), "the canary sings");
    }

    static Stream<CorpusQuery> queries() {
        return Corpus.queries().stream();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void explainShowsTheSameWhateverIsHidden(CorpusQuery query, SampleLibrary samples) {
        SampleUser user = SampleUser.PARISIAN;
        Observation poisoned = samples.poisonedFor(user).session(user).explain(query);
        assertEquals(samples.original().session(user).explain(query), poisoned);
        assertEquals("", poisoned.failure());
    }
}
