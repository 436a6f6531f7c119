package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** COPY: a restriction does to an answer what removing the hidden rows would do, and nothing else. */
@Tag("security")
@ExtendWith(Samples.class)
class CopyTest {

    static Stream<Arguments> cases() {
        return Arrays.stream(SampleUser.values())
                .flatMap(user -> Corpus.queries().stream().map(query -> Arguments.of(user, query)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void aRestrictedAnswerIsThatOfACopyWithoutTheHiddenRows(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation onCopy = samples.visibleTo(user).session(user).observe(query);
        assertEquals(onCopy.withoutWords(), samples.observe(user, query).withoutWords());
    }
}
