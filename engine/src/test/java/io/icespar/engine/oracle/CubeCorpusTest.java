package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** COPY, NI and CANARY for cubes: what holds of queries on tables holds of those on cubes above them. */
@ExtendWith(Samples.class)
class CubeCorpusTest {

    static Stream<CorpusQuery> queries() {
        return Corpus.cubeQueries().stream();
    }

    static Stream<Arguments> cases() {
        return Arrays.stream(SampleUser.values()).flatMap(user -> queries().map(query -> Arguments.of(user, query)));
    }

    @Test
    void thereAreManyQueriesOfDifferentNames() {
        List<String> names = queries().map(CorpusQuery::name).toList();
        assertTrue(names.size() > 50, "the file is not read to its end");
        assertEquals(names.size(), new HashSet<>(names).size(), names::toString);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void theQueryGivesRows(CorpusQuery query, SampleLibrary samples) {
        for (SampleUser user : SampleUser.values()) {
            Observation observation = samples.observeCubes(user, query);
            assertEquals("", observation.failure(), user.toString());
            assertFalse(observation.columns().isEmpty());
        }
    }

    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void aRestrictedAnswerIsThatOfACopyWithoutTheHiddenRows(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation onCopy = samples.cubesVisibleTo(user).session(user).observe(query);
        assertEquals(onCopy.withoutWords(), samples.observeCubes(user, query).withoutWords());
    }

    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void poisonInHiddenRowsChangesNothing(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation poisoned = samples.cubesPoisonedFor(user).session(user).observe(query);
        assertEquals(samples.observeCubes(user, query), poisoned);
        assertFalse(poisoned.mentions(SampleData.CANARY), "the canary sings");
    }

    @ParameterizedTest
    @MethodSource("queries")
    void explainShowsTheSameWhateverIsHidden(CorpusQuery query, SampleLibrary samples) {
        SampleUser user = SampleUser.PARISIAN;
        Observation poisoned = samples.cubesPoisonedFor(user).session(user).explain(query);
        assertEquals(samples.cubes().session(user).explain(query), poisoned);
        assertEquals("", poisoned.failure());
        assertFalse(poisoned.mentions(SampleData.CANARY), "the canary sings");
    }

    @ParameterizedTest
    @MethodSource("statementsOfFacts")
    void whatIsToldOfCubesIsTheSameWhateverIsHidden(String statement, SampleLibrary samples) {
        for (SampleUser user : SampleUser.values()) {
            Observation poisoned =
                    samples.cubesPoisonedFor(user).session(user).sql(statement).observation();
            assertEquals(samples.cubes().session(user).sql(statement).observation(), poisoned);
            assertEquals("", poisoned.failure());
            assertFalse(poisoned.rows().isEmpty());
            assertFalse(poisoned.mentions(SampleData.CANARY), "the canary sings");
        }
    }

    static Stream<String> statementsOfFacts() {
        return Stream.of(
                "SHOW CUBES",
                "SHOW HIERARCHIES",
                "SHOW LEVELS IN \"Sales cube\"",
                "SHOW MEASURES",
                "SHOW CONTEXT VALUES",
                "SELECT * FROM INFORMATION_SCHEMA.COLUMNS");
    }

    @Test
    void metadataShowsTheSameWhateverIsHidden(SampleLibrary samples) throws SQLException {
        for (SampleUser user : SampleUser.values()) {
            List<String> rows = NonInterferenceTest.metadata(samples.cubesPoisonedFor(user), user);
            assertEquals(NonInterferenceTest.metadata(samples.cubes(), user), rows);
            assertTrue(rows.stream().anyMatch(row -> row.contains("Sales cube")), rows::toString);
        }
    }

    @Test
    void whoSeesTheTokenIsStillNotToldItByErrors(SampleLibrary samples) {
        SampleSession session = samples.cubesPoisonedFor(SampleUser.FRENCH).session("admin");
        List<String> failures = queries()
                .map(query -> session.observe(query).failure())
                .filter(failure -> !failure.isEmpty())
                .toList();
        assertTrue(failures.size() > 8, () -> "the poison does not bite: " + failures);
        failures.forEach(failure -> assertFalse(failure.contains(SampleData.CANARY), failure));
    }
}
