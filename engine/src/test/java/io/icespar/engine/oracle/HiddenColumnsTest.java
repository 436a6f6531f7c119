package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Name;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** COPY, NI and CANARY for hidden columns and tables: it is as if they were not there. */
@ExtendWith(Samples.class)
class HiddenColumnsTest {
    private static final SampleUser FRENCH = SampleUser.FRENCH;

    // Users whose restrictions read what is hidden from them.
    static Stream<Arguments> cases() {
        return Stream.of(SampleUser.PARISIAN, SampleUser.MAPPED)
                .flatMap(user -> Corpus.queries().stream().map(query -> Arguments.of(user, query)));
    }

    static Stream<CorpusQuery> queries() {
        return Corpus.queries().stream();
    }

    // Words included: what is said of a column that is hidden is what is said of one that is not there.
    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void anAnswerIsThatOfACopyWithoutTheColumns(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation answer = samples.hidingColumns().session(user).observe(query);
        Observation onCopy = samples.narrowVisibleTo(user).session(user).observe(query);
        assertEquals(onCopy, answer);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void whatTheColumnsHoldChangesNothing(CorpusQuery query, SampleLibrary samples) {
        SampleSession session = samples.hidingColumns().session(FRENCH);
        SampleSession poisoned = samples.hidingPoisonedColumns().session(FRENCH);
        assertEquals(session.observe(query), poisoned.observe(query));
        assertEquals(session.explain(query), poisoned.explain(query));
        assertFalse(poisoned.observe(query).mentions(SampleData.CANARY));
        assertFalse(session.explain(query).mentions("City\""), "the plan names it");
    }

    @Test
    void someOfTheCorpusStillGivesRowsAndSomeDoesNot(SampleLibrary samples) {
        SampleSession session = samples.hidingColumns().session(FRENCH);
        long failing = queries()
                .filter(query -> !session.observe(query).failure().isEmpty())
                .count();
        assertTrue(failing > 20, () -> failing + " fail");
        assertTrue(failing < Corpus.queries().size() - 20, () -> failing + " fail");
    }

    @Tag("security")
    @Test
    void metadataShowNothingThatIsHidden(SampleLibrary samples) throws SQLException {
        for (SampleUser user : SampleUser.values()) {
            assertEquals(
                    NonInterferenceTest.metadata(samples.narrowVisibleTo(user), user),
                    NonInterferenceTest.metadata(samples.hidingColumns(), user));
        }
    }

    @Tag("security")
    @Test
    void aHiddenKeyIsNoneAndAReferenceToATableThatIsHiddenIsNone(SampleLibrary samples) throws SQLException {
        Sample sample = samples.changeable();
        sample.run("REVOKE SELECT (\"Shop ID\") ON TABLE \"Shops\" FROM PUBLIC");
        try {
            List<String> rows = NonInterferenceTest.metadata(sample, FRENCH);
            assertEquals(
                    List.of(),
                    rows.stream()
                            .filter(row -> row.contains("Shop ID") || row.contains("_pkey, Shop"))
                            .toList());
            assertTrue(rows.stream().anyMatch(row -> row.contains("Sales_pkey")), rows::toString);
            assertFalse(rows.stream().anyMatch(row -> row.contains("Sales_Shop_fkey")), rows::toString);
        } finally {
            sample.run("GRANT SELECT ON TABLE \"Shops\" TO PUBLIC");
        }
    }

    @Tag("security")
    @Test
    void aRevokedColumnIsGoneForStatementsThatAreOpen(SampleLibrary samples) {
        Sample sample = samples.changeable();
        SampleSession session = sample.session(FRENCH);
        SampleStatement size = session.prepared("SELECT COUNT(\"Shop size\") FROM \"Shops\"");
        SampleStatement all = session.prepared("SELECT * FROM \"Shops\" WHERE \"Shop ID\" = 'shop_0'");
        size.returns("15");
        sample.run("REVOKE SELECT (\"Shop size\") ON TABLE \"Shops\" FROM PUBLIC");
        try {
            assertEquals(
                    "column `Shop size` does not exist (line 1, column 14)", size.fails(ErrorCode.UNDEFINED_COLUMN));
            all.fails(ErrorCode.INVALID_STATEMENT);
        } finally {
            sample.run("GRANT SELECT ON TABLE \"Shops\" TO PUBLIC");
        }
        size.returns("15");
    }

    @Tag("security")
    @Test
    void aSchemaWithoutAVisibleTableDoesNotExist(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("REVOKE SELECT ON SCHEMA retail FROM PUBLIC");
        try {
            SampleSession session = sample.session(FRENCH);
            assertEquals("Optional.empty", session.session().schema().toString());
            assertEquals(List.of(), session.session().catalog().schemas());
            String hidden = session.sql("SELECT 1 FROM retail.\"Sales\"").fails(ErrorCode.UNDEFINED_TABLE);
            String missing = session.sql("SELECT 1 FROM ratail.\"Sales\"").fails(ErrorCode.UNDEFINED_TABLE);
            assertEquals(missing.replace("ratail", "retail"), hidden);
            sample.session("admin").sql("SELECT COUNT(*) FROM \"Sales\"").returns("5000");
        } finally {
            sample.run("GRANT SELECT ON SCHEMA retail TO PUBLIC");
        }
    }

    @Test
    void administratorsSeeAll(SampleLibrary samples) {
        samples.hidingColumns()
                .session("admin")
                .sql("SELECT \"City\", \"Shop size\" FROM \"Shops\" WHERE \"Shop ID\" = 'shop_0'")
                .returns("New York, big");
        assertEquals(
                3,
                samples.hidingColumns()
                        .engine()
                        .session(Name.of("admin"))
                        .catalog()
                        .tables()
                        .size());
    }

    @Tag("security")
    @Test
    void withClosedAccessNothingIsThereButWhatWasGranted(SampleLibrary samples) {
        try (Sample sample = samples.openClosed()) {
            SampleSession session = sample.session(FRENCH);
            assertEquals(List.of(), session.session().catalog().tables());
            session.sql("SELECT COUNT(*) FROM retail.\"Sales\"").fails(ErrorCode.UNDEFINED_TABLE);
            sample.run("GRANT SELECT (\"Quantity\") ON TABLE \"Sales\" TO ROLE_FRANCE");
            session.sql("SELECT SUM(\"Quantity\") FROM \"Sales\"").returns("3027");
            session.sql("SELECT COUNT(\"Shop\") FROM \"Sales\"").fails(ErrorCode.UNDEFINED_COLUMN);
            session.sql("SELECT COUNT(*) FROM \"Shops\"").fails(ErrorCode.UNDEFINED_TABLE);
            sample.session(SampleUser.PARISIAN)
                    .sql("SELECT SUM(\"Quantity\") FROM \"Sales\"")
                    .fails(ErrorCode.UNDEFINED_TABLE);
        }
    }
}
