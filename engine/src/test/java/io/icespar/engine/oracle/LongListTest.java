package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.LocalDate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Restrictions that list thousands of values, and that the same text read again means what it means then. */
@ExtendWith(Samples.class)
class LongListTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";
    private static final String OTHERS = Stream.concat(
                    Stream.of("'it''s'", "'a\uE000b'", "''"),
                    IntStream.range(0, 3_000).mapToObj(i -> "'nowhere " + i + "'"))
            .collect(Collectors.joining(", "));
    private static final String NUMBERS =
            IntStream.range(100_000, 103_000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
    private static final String DATES = IntStream.range(0, 3_000)
            .mapToObj(i -> "DATE '" + LocalDate.of(1900, 1, 1).plusDays(i) + "'")
            .collect(Collectors.joining(", "));

    private static void withRestricted(SampleLibrary samples, String table, String condition, Consumer<Sample> test) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE ROLE ll_role",
                "CREATE USER ll",
                "GRANT ROLE_USER, ll_role TO USER ll",
                "CREATE RESTRICTION ll_restriction ON \"" + table + "\" USING (" + condition + ") TO ll_role");
        try {
            test.accept(sample);
        } finally {
            sample.run("DROP RESTRICTION ll_restriction", "DROP USER ll", "DROP ROLE ll_role");
        }
    }

    static Stream<Arguments> shortAndLong() {
        return Stream.of(
                Arguments.of("Shops", "\"Country\" IN ('France')", "\"Country\" IN (" + OTHERS + ", 'France')"),
                Arguments.of(
                        "Shops",
                        "\"City\" = 'Paris' OR \"City\" = 'Nice'",
                        "\"City\" = 'Paris' OR \"City\" IN (" + OTHERS + ") OR \"City\" = 'Nice'"),
                Arguments.of(
                        "Shops",
                        "\"City\" = 'Paris' AND \"Country\" = 'France'",
                        "\"City\" IN (" + OTHERS + ", 'Paris') AND \"Country\" IN ('France', " + OTHERS + ")"),
                Arguments.of(
                        "Shops",
                        "\"City\" IS NOT NULL AND \"City\" <> 'Paris'",
                        "\"City\" NOT IN (" + OTHERS + ", 'Paris')"),
                Arguments.of("Shops", "UPPER(\"City\") = 'PARIS'", "UPPER(\"City\") IN (" + OTHERS + ", 'PARIS')"),
                Arguments.of("Shops", "\"City\" = 'Paris'", "\"City\" IN (" + OTHERS + ", 'Paris', NULL)"),
                Arguments.of("Sales", "\"Quantity\" IN (1, 2)", "\"Quantity\" IN (1, " + NUMBERS + ", 2)"),
                Arguments.of(
                        "Sales", "\"Quantity\" IN (1, 2)", "CAST(\"Quantity\" AS SMALLINT) IN (1, " + NUMBERS + ", 2)"),
                Arguments.of("Sales", "\"Unit price\" < 0", "\"Unit price\" IN (" + NUMBERS + ", 0.5)"),
                Arguments.of(
                        "Sales",
                        "\"Date\" = (SELECT MIN(s.\"Date\") FROM \"Sales\" s)",
                        "\"Date\" IN (" + DATES + ", (SELECT MIN(s.\"Date\") FROM \"Sales\" s))"),
                Arguments.of(
                        "Sales", "\"Date\" = DATE '2021-02-04'", "\"Date\" IN (" + DATES + ", DATE '2021-02-04')"));
    }

    @Tag("security")
    @ParameterizedTest
    @MethodSource("shortAndLong")
    void aLongListMeansWhatAShortOneMeans(String table, String brief, String listed, SampleLibrary samples) {
        withRestricted(samples, table, brief, sample -> {
            SampleStatement seen = sample.session("ll")
                    .sql("SELECT COUNT(*), SUM(\"Quantity\"), COUNT(DISTINCT \"Shop\") FROM \"Sales\"");
            Observation bySome = seen.observation();
            sample.run("DROP RESTRICTION ll_restriction");
            assertNotEquals(seen.observation(), bySome);
            sample.run("CREATE RESTRICTION ll_restriction ON \"" + table + "\" USING (" + listed + ") TO ll_role");
            assertEquals(bySome, seen.observation());
        });
    }

    @Tag("security")
    @Test
    void aConditionReadsAValueOfTheTypeThatItHasNow(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE ROLE ll_role", "CREATE USER ll", "GRANT ROLE_USER, ll_role TO USER ll");
        SampleStatement total = sample.session("ll").sql(TOTAL);
        String restriction = "CREATE RESTRICTION ll_restriction ON \"Shops\""
                + " USING (\"City\" = CAST(CONTEXT_VALUE('ll_value') AS VARCHAR)) TO ll_role";
        sample.run("CREATE CONTEXT VALUE ll_value INTEGER DEFAULT 5", restriction);
        total.returns("null");
        sample.run(
                "DROP RESTRICTION ll_restriction",
                "DROP CONTEXT VALUE ll_value",
                "CREATE CONTEXT VALUE ll_value VARCHAR DEFAULT 'Paris'",
                restriction);
        total.returns("603");
        sample.run(
                "DROP RESTRICTION ll_restriction", "DROP CONTEXT VALUE ll_value", "DROP USER ll", "DROP ROLE ll_role");
    }
}
