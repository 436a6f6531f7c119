package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** COPY, NI and CANARY through views: a view shows a caller what its query would, over views of views too. */
@ExtendWith(Samples.class)
class ViewTest {
    private static final SampleUser PARISIAN = SampleUser.PARISIAN;
    private static final SampleUser FRENCH = SampleUser.FRENCH;

    private static Stream<Arguments> cases(SampleUser... users) {
        return Arrays.stream(users)
                .flatMap(user -> CorpusViews.queries().stream().map(query -> Arguments.of(user, query)));
    }

    static Stream<Arguments> several() {
        return cases(PARISIAN, SampleUser.MIXED, SampleUser.VALUED);
    }

    static Stream<Arguments> one() {
        return cases(SampleUser.MAPPED);
    }

    /** The rows, whatever their order is: a view gives none that counts. Else the error's code. */
    private static List<String> outcome(Observation observation) {
        List<String> outcome = new ArrayList<>(observation.rows());
        outcome.sort(null);
        outcome.add(observation.sqlState());
        return outcome;
    }

    private static Observation throughView(Sample sample, SampleUser user, CorpusQuery query) {
        return sample.session(user).sql(CorpusViews.sql(query)).observation();
    }

    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("several")
    void aViewShowsWhatItsQueryWouldOnACopyWithoutTheHiddenRows(
            SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation onCopy = samples.visibleTo(user).session(user).observe(query);
        assertEquals(outcome(onCopy), outcome(throughView(CorpusViews.in(samples.viewed()), user, query)));
    }

    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("one")
    void poisonInHiddenRowsChangesNothing(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Sample poisoned = CorpusViews.in(samples.viewedPoisonedFor(user));
        Observation seen = throughView(poisoned, user, query);
        assertEquals(throughView(CorpusViews.in(samples.viewed()), user, query), seen);
        assertFalse(seen.mentions(SampleData.CANARY), "the canary sings");
    }

    @Tag("security")
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("one")
    void aViewShowsWhatItsQueryWouldOfWhatMasksShow(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Observation onCopy = samples.maskedCopyFor(user).session(user).observe(query);
        assertEquals(outcome(onCopy), outcome(throughView(CorpusViews.in(samples.viewedMasked()), user, query)));
    }

    // Whoever may not read a column does not get another answer: the view is there as it is for others, or not at all.
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("one")
    void aViewIsThereForThoseForWhomAllThatItReadsIs(SampleUser user, CorpusQuery query, SampleLibrary samples) {
        Sample hiding = CorpusViews.in(samples.viewedHidingColumns());
        Observation seen = throughView(hiding, user, query);
        Observation byQuery = hiding.session(user).observe(query);
        if (seen.failure().isEmpty()) {
            assertEquals(outcome(samples.observe(user, query)), outcome(seen));
            assertEquals("", byQuery.failure());
        } else {
            assertEquals(
                    "table `view: " + CorpusViews.name(query) + "` does not exist (line 1, column 15)", seen.failure());
            assertTrue(
                    !byQuery.failure().isEmpty() || query.sql().matches("(?s)TABLE.*|.*\\*.*"), "its query gives rows");
        }
    }

    @Tag("security")
    @Test
    void someViewsAreNotThereForThoseWhoMayNotReadAllColumns(SampleLibrary samples) throws SQLException {
        Sample hiding = CorpusViews.in(samples.viewedHidingColumns());
        long there = hiding.session(PARISIAN).session().derivedTables().size();
        long all = hiding.session("admin").session().derivedTables().size();
        assertTrue(there > 50 && there < all - 50, () -> there + " of " + all);
        List<String> metadata = NonInterferenceTest.metadata(hiding, PARISIAN);
        assertFalse(metadata.toString().contains("the whole of the referenced table"));
        assertTrue(metadata.toString().contains("the total, with Shops not named"));
    }

    @Test
    void metadataDescribeAViewAsATable(SampleLibrary samples) throws SQLException {
        Sample sample = samples.changeable();
        sample.run("CREATE VIEW described AS SELECT \"Sale ID\" AS id, \"Unit price\" * 2 AS price, 'ab' AS text,"
                + " SUM(\"Quantity\") OVER () AS total, ARRAY[1] AS list FROM \"Sales\"");
        try {
            List<String> rows = NonInterferenceTest.metadata(sample, PARISIAN).stream()
                    .filter(row -> row.contains("described"))
                    .map(row -> row.replaceAll(", null(?=[,\\]])", ""))
                    .toList();
            assertEquals(
                    List.of(
                            "[null, retail, described, VIEW]",
                            "[null, retail, described, id, 12, VARCHAR, 2147483647, 0, 2147483647, 1, NO, NO, NO]",
                            "[null, retail, described, price, 3, DECIMAL, 20, 2, 10, 1, 2, YES, NO, NO]",
                            "[null, retail, described, text, 1, CHAR, 2, 0, 2, 3, NO, NO, NO]",
                            "[null, retail, described, total, -5, BIGINT, 19, 0, 10, 1, 4, YES, NO, NO]",
                            "[null, retail, described, list, 2003, ARRAY, 2147483647, 0, 5, NO, NO, NO]"),
                    rows);
        } finally {
            sample.run("DROP VIEW described");
        }
    }

    @Test
    void metadataAndPlansShowTheSameWhateverIsHidden(SampleLibrary samples) throws SQLException {
        Sample viewed = CorpusViews.in(samples.viewed());
        Sample poisoned = CorpusViews.in(samples.viewedPoisonedFor(SampleUser.MAPPED));
        assertEquals(
                NonInterferenceTest.metadata(viewed, SampleUser.MAPPED),
                NonInterferenceTest.metadata(poisoned, SampleUser.MAPPED));
        for (CorpusQuery query : CorpusViews.queries()) {
            String explain = "EXPLAIN PLAN FOR " + CorpusViews.sql(query);
            assertEquals(
                    viewed.session(SampleUser.MAPPED).sql(explain).observation(),
                    poisoned.session(SampleUser.MAPPED).sql(explain).observation());
        }
    }

    @Tag("security")
    @Test
    void noNameOfAQueryGetsIntoAView(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE VIEW in_scope AS SELECT COUNT(*) AS n FROM \"Shops\"");
        try {
            SampleSession session = sample.session(PARISIAN);
            session.sql("WITH \"Shops\" AS (SELECT 1 FROM \"Sales\") SELECT n FROM in_scope")
                    .returns("3");
            session.sql("SELECT (SELECT n FROM in_scope) FROM \"Sales\" AS \"Shops\" LIMIT 1")
                    .returns("3");
        } finally {
            sample.run("DROP VIEW in_scope");
        }
    }

    @Tag("security")
    @Test
    void aViewIsReplacedUnderOpenStatements(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE VIEW replaced AS SELECT COUNT(*) AS n FROM \"Shops\"");
        try {
            SampleStatement count = sample.session(PARISIAN).prepared("SELECT n FROM replaced");
            SampleStatement all = sample.session(PARISIAN).prepared("SELECT * FROM replaced");
            count.returns("3");
            sample.run("CREATE OR REPLACE VIEW replaced AS SELECT COUNT(*) AS n, 1 AS m FROM \"Sales\"");
            count.returns("375");
            assertEquals(
                    "the columns that the statement gives have changed since it was prepared: prepare it again",
                    all.fails(ErrorCode.INVALID_STATEMENT));
            sample.run("DROP VIEW replaced");
            count.fails(ErrorCode.UNDEFINED_TABLE);
        } finally {
            sample.run("DROP VIEW IF EXISTS replaced");
        }
    }

    @Tag("security")
    @Test
    void theAuditNamesTheTablesAndRestrictionsBeneath(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE VIEW audited AS SELECT COUNT(*) AS n FROM \"Sales\"");
        try {
            sample.session(FRENCH).sql("SELECT n AS audited_once FROM audited").returns("1875");
            String event = sample.engine().security().audit().recent().stream()
                    .filter(recent -> recent.toString().contains("audited_once"))
                    .findFirst()
                    .orElseThrow()
                    .toString();
            assertTrue(event.contains("retail.Sales") && event.contains("france"), event);
        } finally {
            sample.run("DROP VIEW audited");
        }
    }

    @Test
    void viewsOfViewsDoNotGrowWithoutEnd(SampleLibrary samples) {
        Sample sample = samples.changeable();
        SampleSession admin = sample.session("admin");
        sample.run("CREATE VIEW doubled_0 AS SELECT \"City\" AS c FROM \"Shops\"");
        int made = 1;
        try {
            String error = "";
            while (error.isEmpty() && made < 30) {
                String before = "doubled_" + (made - 1);
                error = admin.sql("CREATE VIEW doubled_" + made + " AS SELECT a.c FROM " + before + " AS a JOIN "
                                + before + " AS b ON a.c = b.c")
                        .observation()
                        .failure();
                made += error.isEmpty() ? 1 : 0;
            }
            assertTrue(made > 5 && made < 12, "made " + made);
            assertEquals(
                    "the statement is too large once its views are written out: they may be named 500 times, those"
                            + " within them counted, and hold 20000 names and operators, or 10 times as many literals",
                    error);
            String last = "doubled_" + (made - 1);
            sample.session(PARISIAN)
                    .sql("SELECT 1 FROM " + last + " UNION ALL SELECT 1 FROM " + last + " UNION ALL SELECT 1 FROM "
                            + last)
                    .fails(ErrorCode.LIMIT_REACHED);
        } finally {
            for (int i = made - 1; i >= 0; i--) {
                sample.run("DROP VIEW doubled_" + i);
            }
        }
    }

    @Test
    void theOrderOfAViewIsThatOfItsRows(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE VIEW in_order (a, b) AS SELECT \"Sale ID\", \"Quantity\" FROM \"Sales\" ORDER BY \"Date\" DESC, 1");
        try {
            List<String> ordered = sample.session(FRENCH)
                    .sql("SELECT \"Sale ID\" FROM \"Sales\" ORDER BY \"Date\" DESC, 1")
                    .observation()
                    .rows();
            assertEquals(ordered, inOrder(sample, "SELECT a FROM in_order"));
            assertEquals(ordered, inOrder(sample, "SELECT a FROM in_order WHERE b > -1"));
        } finally {
            sample.run("DROP VIEW in_order");
        }
    }

    // The words in the comment make the oracle leave the rows in their order.
    private static List<String> inOrder(Sample sample, String sql) {
        return sample.session(FRENCH).sql(sql + " -- ORDER BY").observation().rows();
    }

    @Test
    void aTableWhoseSchemaIsNotChosenIsNamedInFull(SampleLibrary samples) {
        Sample sample = samples.changeable();
        SampleSession admin = sample.session("admin");
        admin.sql("CREATE VIEW \"o'v\"\"x\" AS WITH a AS (TABLE \"Shops\") SELECT s.*, (SELECT COUNT(*) FROM \"Sales\""
                        + " WHERE EXISTS (SELECT * FROM sales)) AS n FROM a AS s\n-- a comment\nJOIN\r\n\"Shops\" t"
                        + " USING (\"Shop ID\")")
                .isDone();
        try {
            List<String> rows = admin.sql("SHOW VIEWS").observation().rows();
            assertEquals(1, rows.size());
            assertTrue(
                    rows.get(0)
                            .contains(
                                    "WITH a AS (TABLE \"retail\".\"Shops\") SELECT \"s\".\"Shop ID\", \"s\".\"City\""),
                    rows.get(0));
            assertTrue(
                    rows.get(0)
                            .endsWith("(SELECT COUNT(*) FROM \"retail\".\"Sales\" WHERE EXISTS (SELECT * FROM"
                                    + " \"retail\".\"Sales\")) AS n FROM a AS s\n-- a comment\nJOIN\r\n\"retail\".\"Shops\" t"
                                    + " USING (\"Shop ID\")"),
                    rows.get(0));
            sample.session(PARISIAN).sql("SELECT n FROM \"o'v\"\"x\"").returns("375; 375; 375");
        } finally {
            sample.run("DROP VIEW \"o'v\"\"x\"");
        }
    }

    @Test
    void whatAViewIsMadeOfShowsInNoPlanOfOthers(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE VIEW retail.plain AS SELECT \"City\" AS a, MAX(\"Country\") AS secret FROM \"Shops\""
                        + " WHERE \"Shop size\" <> 'literal' GROUP BY \"City\"",
                "REVOKE SELECT (secret) ON TABLE retail.plain FROM PUBLIC");
        try {
            String sql = "EXPLAIN PLAN FOR SELECT a FROM retail.plain";
            String plan = sample.session("french-user").sql(sql).observation().text();
            assertTrue(plan.contains("plain"), plan);
            assertFalse(plan.contains("secret") || plan.contains("literal") || plan.contains("Shops"), plan);
            assertTrue(sample.session("admin").sql(sql).observation().text().contains("literal"));
        } finally {
            sample.run("DROP VIEW retail.plain");
        }
    }
}
