package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.jdbc.embedded.EmbeddedConnections;
import io.icespar.security.identity.Name;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

    @Test
    void metadataShowsTheSameWhateverIsHidden(SampleLibrary samples) throws SQLException {
        for (SampleUser user : SampleUser.values()) {
            assertEquals(metadata(samples.original(), user), metadata(samples.poisonedFor(user), user));
        }
    }

    static List<String> metadata(Sample sample, SampleUser user) throws SQLException {
        try (Connection connection = EmbeddedConnections.connect(sample.engine(), Name.of(user.toString()))) {
            DatabaseMetaData metadata = connection.getMetaData();
            List<String> rows = new ArrayList<>();
            add(rows, metadata.getSchemas());
            add(rows, metadata.getTables(null, null, null, null));
            add(rows, metadata.getColumns(null, null, null, null));
            for (String table : List.of("Sales", "Shops", "Access")) {
                add(rows, metadata.getPrimaryKeys(null, "retail", table));
                add(rows, metadata.getImportedKeys(null, "retail", table));
                add(rows, metadata.getExportedKeys(null, "retail", table));
                add(rows, metadata.getIndexInfo(null, "retail", table, false, true));
            }
            assertTrue(rows.size() >= 13, rows::toString);
            return rows;
        }
    }

    private static void add(List<String> rows, ResultSet result) throws SQLException {
        try (result) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(row.toString());
            }
        }
    }
}
