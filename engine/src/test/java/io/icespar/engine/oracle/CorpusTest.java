package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The corpus is fit to be asked about: its queries run, so that no oracle compares an error with an error. */
@ExtendWith(Samples.class)
class CorpusTest {

    static Stream<CorpusQuery> queries() {
        return Corpus.queries().stream();
    }

    @Test
    void thereAreManyQueriesOfDifferentNames() {
        List<String> names = queries().map(CorpusQuery::name).toList();
        assertTrue(names.size() > 100, "the file is not read to its end");
        Set<String> seen = new HashSet<>();
        names.forEach(name -> assertTrue(seen.add(name), name));
    }

    @ParameterizedTest
    @MethodSource("queries")
    void theQueryGivesRows(CorpusQuery query, SampleLibrary samples) {
        for (SampleUser user : SampleUser.values()) {
            Observation observation = samples.observe(user, query);
            assertEquals("", observation.failure(), user.toString());
            assertFalse(observation.columns().isEmpty());
        }
    }
}
