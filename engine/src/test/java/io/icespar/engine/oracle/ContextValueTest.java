package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.secure.Restrictor;
import io.icespar.security.error.ErrorCode;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Context values in restrictions and in queries: of the declared type, the caller's own, and never more than a value. */
@ExtendWith(Samples.class)
class ContextValueTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    /** A user {@code cv} whose rows of Shops are restricted by a condition that reads {@code cv_text} or {@code cv_list}. */
    private static void withRestricted(SampleLibrary samples, String condition, Consumer<Sample> test) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE ROLE cv_role",
                "CREATE USER cv",
                "GRANT ROLE_USER, cv_role TO USER cv",
                "CREATE CONTEXT VALUE cv_text VARCHAR",
                "CREATE CONTEXT VALUE cv_list VARCHAR ARRAY",
                "CREATE RESTRICTION cv_restriction ON \"Shops\" USING (" + condition + ") TO cv_role");
        try {
            test.accept(sample);
        } finally {
            sample.run(
                    "DROP RESTRICTION cv_restriction",
                    "DROP CONTEXT VALUE cv_list",
                    "DROP CONTEXT VALUE cv_text",
                    "DROP USER cv",
                    "DROP ROLE cv_role");
        }
    }

    @Tag("security")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Country\" = CONTEXT_VALUE('cv_text')",
                "\"Country\" IN ('', CONTEXT_VALUE('CV_TEXT'))",
                "EXISTS (SELECT 1 FROM \"Shops\" x WHERE x.\"Shop ID\" = \"Shops\".\"Shop ID\" AND x.\"Country\" ="
                        + " CONTEXT_VALUE('cv_text'))"
            })
    void aConditionReadsTheCallersValue(String condition, SampleLibrary samples) {
        withRestricted(samples, condition, sample -> {
            sample.run("ALTER USER cv SET cv_text = 'France'");
            SampleStatement total = sample.session("cv").prepared(TOTAL);
            total.returns("3027");
            sample.run("ALTER USER cv SET cv_text = 'USA'");
            total.returns("5050");
            sample.run("ALTER USER cv SET cv_text = NULL");
            total.returns("null");
            sample.session("global-user").sql(TOTAL).returns("8077");
        });
    }

    @Tag("security")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"Country\" = ANY (CONTEXT_VALUE('cv_list'))",
                "\"Country\" IN (SELECT * FROM UNNEST(CONTEXT_VALUE('cv_list')))",
                "NOT \"Country\" <> ALL (CONTEXT_VALUE('cv_list'))"
            })
    void anArrayIsAListOfWhatMayBeSeen(String condition, SampleLibrary samples) {
        withRestricted(samples, condition, sample -> {
            SampleStatement total = sample.session("cv").prepared(TOTAL);
            sample.run("ALTER ROLE cv_role SET cv_list = ARRAY['France', 'Italy']");
            total.returns("3027");
            sample.run("ALTER ROLE cv_role SET cv_list = ARRAY['France', 'USA']");
            total.returns("8077");
            sample.run("ALTER ROLE cv_role SET cv_list = ARRAY[]");
            total.returns("null");
            sample.run("ALTER ROLE cv_role SET cv_list = NULL");
            total.returns("null");
        });
    }

    @Tag("security")
    @Test
    void aMissingValueThatARestrictionNeedsGivesNoRows(SampleLibrary samples) {
        withRestricted(samples, "\"Country\" = CONTEXT_VALUE('cv_text') OR TRUE", sample -> {
            for (String sql : List.of(
                    TOTAL, "SELECT 1 FROM \"Shops\"", "SELECT 1 FROM \"Access\" WHERE EXISTS (" + TOTAL + ")")) {
                assertEquals(
                        "context value `cv_text` is missing: it has no default, and nobody set it for user `cv`",
                        sample.session("cv").sql(sql).fails(ErrorCode.MISSING_CONTEXT_VALUE));
            }
            sample.session("cv").sql("VALUES 1").returns("1");
            sample.session("global-user").sql(TOTAL).returns("8077");
        });
    }

    @Tag("security")
    @Test
    void whatACallerSetOnceIsNotHeardByARestriction(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE ROLE cw_role",
                "CREATE USER cw",
                "GRANT ROLE_USER, cw_role TO USER cw",
                "CREATE CONTEXT VALUE cw_text VARCHAR DEFAULT 'nowhere' SETTABLE");
        try {
            SampleSession session = sample.session("cw");
            session.sql("SET cw_text = 'France'").isDone();
            session.sql("SET GLOBAL cw_text = 'France'").isDone();
            sample.run(
                    "CREATE OR REPLACE CONTEXT VALUE cw_text VARCHAR DEFAULT 'nowhere'",
                    "CREATE RESTRICTION cw ON \"Shops\" USING (\"Country\" = CONTEXT_VALUE('cw_text')) TO cw_role");
            session.sql("SELECT CONTEXT_VALUE('cw_text')").returns("nowhere");
            session.sql(TOTAL).returns("null");
            session.sql("SET cw_text = 'France'").fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
        } finally {
            sample.run(
                    "DROP RESTRICTION IF EXISTS cw", "DROP CONTEXT VALUE cw_text", "DROP USER cw", "DROP ROLE cw_role");
        }
    }

    /** Texts that are dangerous somewhere, and none of which is the name of a country. */
    static Stream<String> texts() {
        return Stream.of(
                "",
                "'",
                "''",
                "' OR TRUE --",
                "France' OR 'a' = 'a",
                "'; DROP TABLE \"Shops\"; --",
                "\\",
                "\\' OR 1=1 /*",
                "/* */ -- \n",
                "$$ $1 ? :x {x} %s ${x}",
                "\"Country\"",
                "\uD83E\uDD8A \u202E \u0301 \uFEFF \uFFFF",
                "\t\r\n\u0001\u007F\u0085\u2028",
                "E'\\x27'",
                "U&'\\0027'",
                "x".repeat(1 << 20),
                "'".repeat(1 << 20),
                "\uD83E\uDD8A".repeat(1 << 19));
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Tag("security")
    @ParameterizedTest
    @MethodSource("texts")
    void aTextIsNeverMoreThanAText(String text, SampleLibrary samples) {
        withRestricted(samples, "\"Country\" = CONTEXT_VALUE('cv_text')", sample -> {
            sample.run("ALTER USER cv SET cv_text = " + literal(text));
            SampleSession session = sample.session("cv");
            session.sql(TOTAL).returns("null");
            session.sql("SHOW cv_text").returns(text);
            session.sql("SELECT CONTEXT_VALUE('cv_text')").returns(text);
            session.sql("SELECT COUNT(*) FROM (VALUES 1) WHERE CONTEXT_VALUE('cv_text') = " + literal(text))
                    .returns("1");
        });
    }

    @Tag("security")
    // Nothing is visible then; that is no reason for any query to be one that the backend does not know.
    @Test
    void anEmptyArrayLetsEveryQueryRun(SampleLibrary samples) {
        withRestricted(samples, "\"City\" = ANY (CONTEXT_VALUE('cv_list'))", sample -> {
            sample.run("ALTER ROLE cv_role SET cv_list = ARRAY[]");
            SampleSession session = sample.session("cv");
            session.sql("SELECT COUNT(*) FROM \"Sales\" JOIN \"Shops\" ON \"Shop\" = \"Shop ID\"")
                    .returns("0");
            for (CorpusQuery query : Corpus.queries()) {
                String failure = session.observe(query).failure();
                assertFalse(failure.contains("DuckDB"), () -> query + ": " + failure);
            }
        });
    }

    @Test
    void anArrayMayHoldAnyTextsAndManyOfThem(SampleLibrary samples) {
        withRestricted(samples, "\"Country\" = ANY (CONTEXT_VALUE('cv_list'))", sample -> {
            String odd = texts().filter(text -> text.length() < 1000)
                    .map(ContextValueTest::literal)
                    .collect(Collectors.joining(", "));
            SampleSession session = sample.session("cv");
            sample.run("ALTER USER cv SET cv_list = ARRAY[" + odd + "]");
            session.sql(TOTAL).returns("null");
            session.sql("SELECT COUNT(*) FROM UNNEST(CONTEXT_VALUE('cv_list'))").returns("15");
            String many =
                    IntStream.range(0, 99_999).mapToObj(i -> "'c" + i + "'").collect(Collectors.joining(", "));
            sample.run("ALTER USER cv SET cv_list = ARRAY[" + many + ", 'France']");
            session.sql(TOTAL).returns("3027");
            session.sql("SELECT COUNT(*), MAX(x) FROM UNNEST(CONTEXT_VALUE('cv_list')) AS c(x) WHERE x > 'c'")
                    .returns("99999, c99998");
            assertTrue(session.sql("ALTER USER cv SET cv_list = ARRAY[]")
                    .fails(ErrorCode.INSUFFICIENT_PRIVILEGE)
                    .contains("ROLE_ADMIN"));
            assertFalse(sample.session("admin")
                    .sql("ALTER USER cv SET cv_list = ARRAY[" + many + ", 'a', 'b']")
                    .fails(ErrorCode.DATATYPE_MISMATCH)
                    .contains("c99"));
        });
    }

    @Tag("security")
    @Test
    void arraysThatLookAlikeAreTwo(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE CONTEXT VALUE al_one VARCHAR ARRAY DEFAULT ARRAY['Paris'', ''Nice']",
                "CREATE CONTEXT VALUE al_two VARCHAR ARRAY DEFAULT ARRAY['Paris', 'Nice']",
                "CREATE ROLE al_role",
                "CREATE USER al",
                "GRANT ROLE_USER, al_role TO USER al",
                "CREATE RESTRICTION al_1 ON \"Shops\" AS RESTRICTIVE USING (\"City\" <> ALL (CONTEXT_VALUE('al_one')))"
                        + " TO al_role",
                "CREATE RESTRICTION al_2 ON \"Shops\" AS RESTRICTIVE USING (\"City\" <> ALL (CONTEXT_VALUE('al_two')))"
                        + " TO al_role");
        try {
            SampleSession session = sample.session("al");
            session.sql(TOTAL).returns("6865");
            session.sql("SELECT COUNT(*) FROM (SELECT * FROM UNNEST(CONTEXT_VALUE('al_one'))"
                            + " UNION ALL SELECT * FROM UNNEST(CONTEXT_VALUE('al_two')))")
                    .returns("3");
        } finally {
            sample.run(
                    "DROP RESTRICTION al_1",
                    "DROP RESTRICTION al_2",
                    "DROP USER al",
                    "DROP ROLE al_role",
                    "DROP CONTEXT VALUE al_one",
                    "DROP CONTEXT VALUE al_two");
        }
    }

    @Test
    void rowsAreGroupedByWhatIsInAnArray(SampleLibrary samples) {
        withRestricted(samples, "\"City\" <> 'Lyon'", sample -> {
            sample.run("ALTER USER cv SET cv_list = ARRAY['Paris', 'Nice']");
            sample.session("cv")
                    .sql("SELECT \"City\" = ANY (CONTEXT_VALUE('cv_list')), COUNT(*) FROM \"Shops\""
                            + " WHERE \"Country\" = 'France' GROUP BY 1")
                    .returns("false, 6; true, 6");
        });
    }

    @Test
    void noTextInAnArrayIsTakenForTheEndOfAnother(SampleLibrary samples) {
        withRestricted(samples, "\"Country\" = ANY (CONTEXT_VALUE('cv_list'))", sample -> {
            // Those that may divide elements on their way to the backend; at last all of them.
            String one = literal("\uE000France\uE000");
            String all = literal(IntStream.rangeClosed(0xE000, 0xF8FF)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining()));
            SampleSession session = sample.session("cv");
            for (String texts : List.of(one + ", ''", one + ", " + all)) {
                sample.run("ALTER USER cv SET cv_list = ARRAY[" + texts + "]");
                session.sql(TOTAL).returns("null");
                session.sql("SELECT COUNT(*) FROM UNNEST(CONTEXT_VALUE('cv_list'))")
                        .returns("2");
                sample.run("ALTER USER cv SET cv_list = ARRAY['France', " + texts + "]");
                session.sql(TOTAL).returns("3027");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"U&'a\\0000b'", "U&'\\D800'", "U&'\\DC00\\D800'"})
    void whatIsNoTextIsRefused(String literal, SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE CONTEXT VALUE cx_text VARCHAR SETTABLE");
        try {
            SampleSession session = sample.session("global-user");
            session.sql("SET cx_text = " + literal).fails(ErrorCode.DATATYPE_MISMATCH);
            session.sql("SHOW cx_text").returns("null");
        } finally {
            sample.run("DROP CONTEXT VALUE cx_text");
        }
    }

    @Test
    void valuesAreOfTheirTypes(SampleLibrary samples) {
        try (Sample sample = samples.openNew(Restrictor::new)) {
            sample.run(
                    "CREATE CONTEXT VALUE i INTEGER DEFAULT -5",
                    "CREATE CONTEXT VALUE b BIGINT DEFAULT -9223372036854775808",
                    "CREATE CONTEXT VALUE f DOUBLE DEFAULT 1.5E10",
                    "CREATE CONTEXT VALUE d DECIMAL(10, 2) DEFAULT 12.5",
                    "CREATE CONTEXT VALUE t VARCHAR DEFAULT 'it''s'",
                    "CREATE CONTEXT VALUE yes BOOLEAN DEFAULT TRUE",
                    "CREATE CONTEXT VALUE unknown_truth BOOLEAN DEFAULT NULL",
                    "CREATE CONTEXT VALUE a_day DATE DEFAULT DATE '2021-02-04'",
                    "CREATE CONTEXT VALUE a_time TIMESTAMP DEFAULT TIMESTAMP '2021-02-04 13:05:00.120001'",
                    "CREATE CONTEXT VALUE numbers INTEGER ARRAY DEFAULT ARRAY[1, 2, 3]",
                    "CREATE CONTEXT VALUE prices DECIMAL(10, 2) ARRAY DEFAULT ARRAY[1, 2.5]",
                    "CREATE CONTEXT VALUE days DATE ARRAY DEFAULT ARRAY[DATE '2021-02-04']",
                    "CREATE CONTEXT VALUE nothing VARCHAR ARRAY DEFAULT NULL",
                    "CREATE CONTEXT VALUE no_texts VARCHAR ARRAY DEFAULT ARRAY[]");
            SampleSession session = sample.session("global-user");
            session.sql("SELECT CONTEXT_VALUE('i'), CONTEXT_VALUE('b'), CONTEXT_VALUE('f'), CONTEXT_VALUE('d'),"
                            + " CONTEXT_VALUE('t'), CONTEXT_VALUE('yes'), CONTEXT_VALUE('unknown_truth'),"
                            + " CONTEXT_VALUE('a_day'), CONTEXT_VALUE('a_time')")
                    .returns("-5, -9223372036854775808, 15000000000, 12.50, it's, true, null, 2021-02-04,"
                            + " 2021-02-04T13:05:00.120001");
            session.sql("SELECT CONTEXT_VALUE('numbers'), CONTEXT_VALUE('prices'), CONTEXT_VALUE('days'),"
                            + " CONTEXT_VALUE('nothing'), CONTEXT_VALUE('no_texts')")
                    .returns("[1, 2, 3], [1.00, 2.50], [2021-02-04], null, []");
            session.sql("SELECT * FROM UNNEST(CONTEXT_VALUE('prices')) AS p(x) WHERE x > 2")
                    .returns("2.50");
            session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Quantity\" = ANY (CONTEXT_VALUE('numbers'))")
                    .returns("4616");
            session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Quantity\" > ALL (CONTEXT_VALUE('numbers'))")
                    .returns("384");
            session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Date\" = ANY (CONTEXT_VALUE('days'))")
                    .returns("167");
            session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE CONTEXT_VALUE('yes')")
                    .returns("5000");
            session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE CONTEXT_VALUE('unknown_truth')")
                    .returns("0");
            session.sql("SELECT COUNT(*) FROM \"Shops\" WHERE NOT \"City\" = ANY (CONTEXT_VALUE('nothing'))")
                    .returns("0");
            session.sql("SELECT COUNT(*) FROM \"Shops\" WHERE NOT \"City\" = ANY (CONTEXT_VALUE('no_texts'))")
                    .returns("40");
            session.sql("SELECT CONTEXT_VALUE('i') / 0").fails(ErrorCode.DATA_EXCEPTION);
        }
    }

    @Test
    void aValueIsNamedByALiteral(SampleLibrary samples) {
        SampleSession session = samples.original().session("global-user");
        assertEquals(
                "context value `nope` does not exist (line 1, column 8)",
                session.sql("SELECT CONTEXT_VALUE('nope')").fails(ErrorCode.UNDEFINED_OBJECT));
        session.sql("SELECT CONTEXT_VALUE(5)").fails(ErrorCode.DATATYPE_MISMATCH);
        session.sql("SELECT CONTEXT_VALUE(NULL)").fails(ErrorCode.DATATYPE_MISMATCH);
        session.sql("SELECT CONTEXT_VALUE(\"City\") FROM \"Shops\"").fails(ErrorCode.DATATYPE_MISMATCH);
        session.sql("SELECT CONTEXT_VALUE('a' || 'b')").fails(ErrorCode.DATATYPE_MISMATCH);
        session.sql("SELECT CONTEXT_VALUE(?)", "a").fails(ErrorCode.INVALID_STATEMENT);
        session.sql("SELECT CONTEXT_VALUE()").fails(ErrorCode.INVALID_STATEMENT);
    }

    @Test
    void aPlanShowsNoValueToWhoeverIsNoAdministrator(SampleLibrary samples) {
        withRestricted(samples, "\"Country\" = ANY (CONTEXT_VALUE('cv_list'))", sample -> {
            sample.run("ALTER ROLE cv_role SET cv_list = ARRAY['France', 'secret-word']");
            String explain = "EXPLAIN PLAN FOR SELECT 1 FROM \"Shops\" WHERE \"City\" = ANY (CONTEXT_VALUE('cv_list'))";
            assertFalse(sample.session("cv").sql(explain).observation().mentions("secret-word"));
        });
    }

    @Test
    void aCallerSetsOnlyWhatIsSettableAndOnlyForItself(SampleLibrary samples) {
        try (Sample sample = samples.openNew(Restrictor::new)) {
            sample.run(
                    "CREATE CONTEXT VALUE currency VARCHAR DEFAULT 'EUR' SETTABLE",
                    "CREATE CONTEXT VALUE region VARCHAR DEFAULT 'EU'");
            SampleSession one = sample.session("global-user");
            SampleSession two = sample.session("global-user");
            SampleSession other = sample.session(SampleUser.FRENCH);
            one.sql("SET currency = 'USD'").isDone();
            one.sql("SET GLOBAL currency = 'JPY'").isDone();
            one.sql("SHOW Currency").returns("USD");
            two.sql("SHOW currency").returns("JPY");
            other.sql("SHOW currency").returns("EUR");
            sample.session("admin").sql("SHOW currency").returns("EUR");
            one.sql("RESET currency").isDone();
            one.sql("SHOW currency").returns("JPY");
            two.sql("RESET GLOBAL ALL").isDone();
            one.sql("SHOW currency").returns("EUR");
            one.sql("SET region = 'US'").fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
            one.sql("SET nothing = 'US'").fails(ErrorCode.UNDEFINED_OBJECT);
            one.sql("RESET nothing").fails(ErrorCode.UNDEFINED_OBJECT);
            one.sql("SHOW nothing").fails(ErrorCode.UNDEFINED_OBJECT);
            one.sql("SET currency = \"City\"").fails(ErrorCode.INVALID_STATEMENT);
            one.sql("ALTER USER \"global-user\" SET currency = 'USD'").fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
            one.sql("CREATE CONTEXT VALUE x INTEGER").fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
        }
    }

    @Test
    void whoeverIsCreatedUnderANameInheritsNothing(SampleLibrary samples) {
        try (Sample sample = samples.openNew(Restrictor::new)) {
            sample.run(
                    "CREATE CONTEXT VALUE currency VARCHAR DEFAULT 'EUR' SETTABLE",
                    "CREATE USER again",
                    "GRANT ROLE_USER TO USER again");
            sample.session("again").sql("SET GLOBAL currency = 'USD'").isDone();
            sample.session("AGAIN").sql("SHOW currency").returns("USD");
            sample.run("DROP USER again", "CREATE USER again", "GRANT ROLE_USER TO USER again");
            sample.session("again").sql("SHOW currency").returns("EUR");
        }
    }
}
