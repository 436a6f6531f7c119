package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.icespar.security.error.ErrorCode;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** COPY, NI and CANARY for masks: it is as if what they show were what is there. */
@ExtendWith(Samples.class)
class MaskedColumnsTest {
    private static final SampleUser FRENCH = SampleUser.FRENCH;
    private static final SampleUser PARISIAN = SampleUser.PARISIAN;

    // Users whose restrictions read what is masked for them.
    static Stream<Arguments> cases() {
        return Stream.of(PARISIAN, SampleUser.CAREFUL)
                .flatMap(user -> Corpus.queries().stream().map(query -> Arguments.of(user, query)));
    }

    static Stream<CorpusQuery> queries() {
        return Corpus.queries().stream();
    }

    // Restrictions read true values: the copy's rows are those that are visible without masks.
    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void anAnswerIsThatOfACopyWithWhatTheMasksShow(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation answer = samples.masked().session(user).observe(query);
        Observation onCopy = samples.maskedCopyFor(user).session(user).observe(query);
        assertEquals(
                onCopy.withoutNullability().withoutWords(),
                answer.withoutNullability().withoutWords());
    }

    @ParameterizedTest
    @MethodSource("queries")
    void whatIsUnderTheMasksChangesNothing(CorpusQuery query, SampleLibrary samples) {
        SampleSession session = samples.masked().session(FRENCH);
        SampleSession poisoned = samples.poisonedUnderMasks().session(FRENCH);
        Observation answer = poisoned.observe(query);
        assertEquals(session.observe(query), answer);
        assertEquals(session.explain(query), poisoned.explain(query));
        assertFalse(answer.mentions(SampleData.CANARY) && !query.sql().contains(SampleData.CANARY));
    }

    @Test
    void metadataAreTheSameForThoseWhoAreMaskedAndThoseWhoAreNot(SampleLibrary samples) throws SQLException {
        Sample sample = samples.changeable();
        sample.run("CREATE MASK some_city ON \"Shops\" (\"City\") USING (NULL) TO ROLE_FRANCE");
        try {
            assertEquals(NonInterferenceTest.metadata(sample, PARISIAN), NonInterferenceTest.metadata(sample, FRENCH));
            String sql = "SELECT \"City\", UPPER(\"City\") FROM \"Shops\"";
            assertEquals(
                    sample.session("admin").sql(sql).observation().columns(),
                    sample.session(FRENCH).sql(sql).observation().columns());
        } finally {
            sample.run("DROP MASK some_city");
        }
    }

    @Tag("security")
    @Test
    void aMaskThatCanFailIsComputedOnVisibleRowsOnly(SampleLibrary samples) {
        Sample sample = samples.poisonedFor(PARISIAN);
        sample.run("CREATE MASK cast_id ON \"Sales\" (\"Quantity\")"
                + " USING (CAST(SUBSTRING(\"Sale ID\" FROM 2) AS BIGINT) * 0 + 1) TO ROLE_PARIS");
        try {
            SampleSession session = sample.session(PARISIAN);
            String rows =
                    session.sql("SELECT COUNT(*) FROM \"Sales\"").observation().text();
            session.sql("SELECT SUM(\"Quantity\") FROM \"Sales\"").returns(rows);
            session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Quantity\" = 1").returns(rows);
            session.sql(
                            "SELECT COUNT(*) FROM \"Sales\" s JOIN \"Shops\" p ON s.\"Shop\" = p.\"Shop ID\" AND s.\"Quantity\" = 1")
                    .returns(rows);
            session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Quantity\" = ?", 1L)
                    .returns(rows);
            assertEquals("375", rows);
        } finally {
            sample.run("DROP MASK cast_id");
        }
    }

    @Tag("security")
    @Test
    void aMaskIsMadeAndDroppedUnderOpenStatements(SampleLibrary samples) {
        Sample sample = samples.changeable();
        SampleStatement statement = sample.session(PARISIAN)
                .prepared("SELECT DISTINCT \"City\" FROM \"Shops\" WHERE \"City\" <> ?", "Lyon");
        statement.returns("Paris");
        sample.run("CREATE MASK open_city ON \"Shops\" (\"City\") USING ('a city')");
        try {
            statement.returns("a city");
            sample.run("CREATE OR REPLACE MASK open_city ON \"Shops\" (\"City\") USING ('Lyon')");
            statement.returns("");
        } finally {
            sample.run("DROP MASK open_city");
        }
        statement.returns("Paris");
    }

    @Tag("security")
    @Test
    void aMaskMayReadWhatIsHiddenOrMaskedFromItsReader(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "REVOKE SELECT (\"Country\") ON TABLE \"Shops\" FROM PUBLIC",
                "CREATE MASK by_country ON \"Shops\" (\"City\") USING (\"Country\" || ' ' || \"Shop size\")",
                "CREATE MASK of_size ON \"Shops\" (\"Shop size\") USING ('?')");
        try {
            sample.session(PARISIAN)
                    .sql("SELECT DISTINCT SUBSTRING(\"City\" FROM 1 FOR 7), \"Shop size\" FROM \"Shops\"")
                    .returns("France , ?");
            sample.session(PARISIAN).sql("SELECT \"Country\" FROM \"Shops\"").fails(ErrorCode.UNDEFINED_COLUMN);
        } finally {
            sample.run("DROP MASK by_country", "DROP MASK of_size", "GRANT SELECT ON TABLE \"Shops\" TO PUBLIC");
        }
    }

    @Tag("security")
    @Test
    void aMaskReadsEachCallersContextValues(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE CONTEXT VALUE mask_factor DECIMAL(5, 2)",
                "CREATE CONTEXT VALUE mask_cities VARCHAR ARRAY DEFAULT ARRAY[]",
                "CREATE MASK times ON \"Sales\" (\"Quantity\")"
                        + " USING (CAST(\"Quantity\" * CONTEXT_VALUE('mask_factor') AS BIGINT))",
                "CREATE MASK known_city ON \"Shops\" (\"City\")"
                        + " USING (CASE WHEN \"City\" = ANY (CONTEXT_VALUE('mask_cities')) THEN \"City\" END)");
        try {
            SampleSession parisian = sample.session(PARISIAN);
            SampleSession french = sample.session(FRENCH);
            String total = "SELECT SUM(\"Quantity\") FROM \"Sales\"";
            SampleStatement prepared = parisian.prepared(total);
            assertEquals(
                    "context value `mask_factor` is missing: it has no default, and nobody set it for user `parisian-user`",
                    prepared.fails(ErrorCode.MISSING_CONTEXT_VALUE));
            sample.run(
                    "ALTER ROLE ROLE_PARIS SET mask_factor = 2",
                    "ALTER USER \"french-user\" SET mask_factor = 10.00",
                    "ALTER USER \"french-user\" SET mask_cities = ARRAY['Lyon', 'New York']");
            prepared.returns("1206");
            french.sql(total).returns("30270");
            french.sql("SELECT COUNT(*), MIN(\"Quantity\") FROM \"Sales\" WHERE \"Quantity\" < 10")
                    .returns("0, null");
            String cities = "SELECT \"City\", COUNT(*) FROM \"Shops\" GROUP BY \"City\"";
            parisian.sql(cities).returns("null, 3");
            french.sql(cities).returns("Lyon, 3; null, 12");
            french.sql(
                            "SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" = 'Lyon' AND CAST(SUBSTRING(\"Shop ID\" FROM 6) AS"
                                    + " INTEGER) >= 0")
                    .returns("3");
            french.sql(
                            "SELECT COUNT(*) FROM \"Sales\" s JOIN \"Shops\" x ON s.\"Shop\" = x.\"Shop ID\" WHERE x.\"City\" = 'Nice'")
                    .returns("0");
            sample.run("ALTER USER \"french-user\" SET mask_cities = NULL");
            french.sql(cities).returns("null, 15");
            sample.session("admin").sql(total).returns("8077");
        } finally {
            sample.run(
                    "DROP MASK times",
                    "DROP MASK known_city",
                    "DROP CONTEXT VALUE mask_factor",
                    "DROP CONTEXT VALUE mask_cities");
        }
    }

    @Tag("security")
    @Test
    void whereAMaskFailsItShowsNothing(SampleLibrary samples) {
        Sample sample = samples.changeable();
        String ones = sample.session(FRENCH)
                .sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Quantity\" = 1")
                .observation()
                .text();
        sample.run(
                "CREATE CONTEXT VALUE mask_list VARCHAR ARRAY DEFAULT ARRAY['Paris']",
                "CREATE MASK overflows ON \"Sales\" (\"Quantity\") USING (\"Quantity\" * 9223372036854775807)",
                "CREATE MASK divides ON \"Sales\" (\"Discount\") USING (12 / (\"Discount\" - 1))",
                "CREATE MASK casts ON \"Shops\" (\"Country\")"
                        + " USING (CAST(CASE WHEN \"City\" = ANY (CONTEXT_VALUE('mask_list'))"
                        + " THEN CAST(\"Shop size\" AS INTEGER) ELSE 7 END AS VARCHAR))");
        try {
            SampleSession session = sample.session(FRENCH);
            session.sql("SELECT COUNT(*), COUNT(\"Quantity\"), MIN(\"Quantity\") FROM \"Sales\"")
                    .returns("1875, " + ones + ", 9223372036854775807");
            session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Discount\" > 100")
                    .returns("0");
            session.sql("SELECT \"Country\", COUNT(*) FROM \"Shops\" GROUP BY \"Country\"")
                    .returns("7, 12; null, 3");
        } finally {
            sample.run("DROP MASK overflows", "DROP MASK divides", "DROP MASK casts", "DROP CONTEXT VALUE mask_list");
        }
    }
}
