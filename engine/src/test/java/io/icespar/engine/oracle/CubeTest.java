package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.jdbc.embedded.EmbeddedConnections;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Name;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cube answers: the document's totals, measures at every level, and the same as the tables in every construct. */
@ExtendWith(Samples.class)
class CubeTest {
    private static final String BY_CITY = "SELECT \"City\", AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\""
            + " GROUP BY ROLLUP(\"City\") ORDER BY \"City\" NULLS FIRST";
    private static final String PARISIAN = "null, 603; Paris, 603";
    private static final String FRENCH =
            "null, 3027; Lyon, 609; Marseille, 603; Nice, 609; Paris, 603; Saint-Étienne, 603";
    private static final String ALL = "null, 8077; Chicago, 603; Houston, 606; Los Angeles, 606; Lyon, 609;"
            + " Marseille, 603; New York, 808; Nice, 609; Paris, 603; Saint-Étienne, 603; San Antonio, 606;"
            + " San Diego, 606; San Francisco, 612; San Jose, 603";

    private SampleLibrary library;
    private Sample sample;

    @BeforeEach
    void open(SampleLibrary samples) {
        library = samples;
        sample = samples.changeableCubes();
    }

    private SampleStatement global(String sql) {
        return sample.session("global-user").sql(sql);
    }

    private SampleStatement french(String sql) {
        return sample.session(SampleUser.FRENCH).sql(sql);
    }

    // The document's tables

    @Tag("security")
    @Test
    void theTotalsAreThoseOfTheDocument() throws SQLException {
        assertEquals(ALL, byDriver("global-user", BY_CITY));
        assertEquals(FRENCH, byDriver("french-user", BY_CITY));
        assertEquals(PARISIAN, byDriver("parisian-user", BY_CITY));
    }

    private String byDriver(String user, String sql) throws SQLException {
        try (Connection connection = EmbeddedConnections.connect(library.conf().engine(), Name.of(user));
                ResultSet result = connection.createStatement().executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1) + ", " + result.getLong(2));
            }
            return String.join("; ", rows);
        }
    }

    @Tag("security")
    @ParameterizedTest
    @CsvSource({
        "ROLE_FRANCE_BIG + ROLE_USA_SMALL, 3031",
        "ROLE_FRANCE_BIG, 404",
        "ROLE_USA_SMALL, 2627",
        "ROLE_PARIS + ROLE_FRANCE, 603",
        "ROLE_PARIS + ROLE_USA_SMALL, ",
        "ROLE_FRANCE + ROLE_MAPPED, 609"
    })
    void rolesCombineAsOnTheTables(String roles, String total) {
        String user = "of " + roles;
        sample.run(
                "CREATE USER \"" + user + "\"",
                "GRANT ROLE_USER, " + roles.replace(" + ", ", ") + " TO USER \"" + user + "\"");
        // Who may see a mapped city is said of users by name.
        String expected = roles.contains("MAPPED") || total == null ? "null" : total;
        SampleSession session = sample.session(user);
        session.sql("SELECT AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\"").returns(expected);
        session.sql("SELECT SUM(\"Quantity\") FROM \"Sales\"").returns(expected);
    }

    @Test
    void allColumnsAreThoseThatAreNoMeasures() {
        Observation all = global("SELECT * FROM \"Sales cube\"").observation();
        assertEquals("", all.failure());
        assertEquals(all, global("SELECT t.* FROM \"Sales cube\" AS t").observation());
        assertEquals(all, global("SELECT \"Sales cube\".* FROM \"Sales cube\"").observation());
    }

    @Test
    void turnoverIsWhatTheReferenceSystemPublishes() {
        String figures = "France, big, 47362.00; France, medium, 142414.00; France, small, 168266.00;"
                + " France, null, 358042.00; USA, big, 72840.00; USA, medium, 214365.00; USA, small, 316216.00;"
                + " USA, null, 603421.00; null, big, 120202.00; null, medium, 356779.00; null, small, 484482.00;"
                + " null, null, 961463.00";
        String groups = " FROM \"Sales cube\" GROUP BY CUBE(\"Country\", \"Shop size\") ORDER BY 1, 2";
        global("SELECT \"Country\", \"Shop size\", AGGREGATE(\"Turnover\")" + groups)
                .returns(figures);
        global("SELECT \"Country\", \"Shop size\", SUM(\"Quantity\" * \"Unit price\")" + groups)
                .returns(figures);
    }

    @Test
    void aCubeHasTheMeasuresOfItsFactTable() {
        global("SELECT AGGREGATE(\"Quantity.MEAN\"), AGGREGATE(\"Unit price.SUM\"), AGGREGATE(\"Unit price.MEAN\"),"
                        + " AGGREGATE(\"contributors.COUNT\") FROM \"Sales cube\"")
                .returns("1.6154, 596922.00, 119.3844, 5000");
    }

    // Measures at every level

    @Tag("security")
    @Test
    void aRatioIsThatOfTheTotalsAtEachLevel() {
        String groups = " FROM \"Sales cube\" GROUP BY ROLLUP(\"Country\", \"City\") ORDER BY 1, 2";
        Observation expected = french(
                        "SELECT \"Country\", \"City\", SUM(\"Quantity\" * \"Unit price\") / SUM(\"Quantity\")" + groups)
                .observation();
        assertEquals(
                expected.rows(),
                french("SELECT \"Country\", \"City\", AGGREGATE(\"Price\")" + groups)
                        .observation()
                        .rows());
        assertEquals(7, expected.rows().size());
    }

    @Test
    void aMeasureWithAFilterCountsWhatItsFilterLeavesAtEachLevel() {
        global("SELECT \"Country\", AGGREGATE(\"Big\"), AGGREGATE(\"Big\") FILTER (WHERE \"City\" = 'Nice'),"
                        + " AGGREGATE(\"Quantity.SUM\") FILTER (WHERE \"Shop size\" = 'big') FROM \"Sales cube\""
                        + " GROUP BY ROLLUP(\"Country\") ORDER BY 1")
                .returns("France, 404, 203, 404; USA, 606, null, 606; null, 1010, 203, 1010");
    }

    @Tag("security")
    @Test
    void aShareIsOfWhatTheCallerMaySee() {
        String share = "SELECT \"City\", AGGREGATE(\"City share\") FROM \"Sales cube\""
                + " WHERE \"City\" IN ('Nice', 'Paris') GROUP BY ROLLUP(\"City\") ORDER BY 1";
        french(share).returns("Nice, 0.5024752475; Paris, 0.4975247525; null, 1");
        sample.session(SampleUser.PARISIAN).sql(share).returns("Paris, 1; null, 1");
    }

    @Test
    void anotherLevelIsThatOfTheSameOtherGroups() {
        global("SELECT \"Country\", \"Shop size\", AGGREGATE(\"Quantity.SUM\"),"
                        + " AGGREGATE(\"Quantity.SUM\") AT (ALL \"Country\"),"
                        + " AGGREGATE(\"Quantity.SUM\") AT (ALL \"Shop size\"), AGGREGATE(\"Quantity.SUM\") AT (ALL)"
                        + " FROM \"Sales cube\" WHERE \"Shop size\" <> 'medium'"
                        + " GROUP BY GROUPING SETS ((\"Country\", \"Shop size\"), (\"Shop size\"), ()) ORDER BY 1, 2")
                .returns("France, big, 404, 1010, 1815, 5048; France, small, 1411, 4038, 1815, 5048;"
                        + " USA, big, 606, 1010, 3233, 5048; USA, small, 2627, 4038, 3233, 5048;"
                        + " null, big, 1010, 1010, 5048, 5048; null, small, 4038, 4038, 5048, 5048;"
                        + " null, null, 5048, 5048, 5048, 5048");
    }

    @Test
    void measuresAreCountedOverNoRowsAsAggregatesAre() {
        global("SELECT AGGREGATE(\"contributors.COUNT\"), AGGREGATE(\"contributors.COUNT\") AT (ALL \"City\"),"
                        + " AGGREGATE(\"Quantity.SUM\") AT (ALL) FROM \"Sales cube\" WHERE \"City\" = 'Nowhere'")
                .returns("0, 0, null");
        global("SELECT AGGREGATE(\"contributors.COUNT\") FROM \"Sales cube\" WHERE FALSE GROUP BY \"City\"")
                .returns("");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"City\", AGGREGATE(\"Quantity.SUM\") AS q FROM \"Sales cube\" GROUP BY \"City\" HAVING AGGREGATE(\"Price\") > 119 ORDER BY AGGREGATE(\"Quantity.SUM\") DESC, 1",
                "SELECT * FROM (SELECT \"City\", AGGREGATE(\"Quantity.SUM\") AS q, AGGREGATE(\"Price\") AS p FROM \"Sales cube\" GROUP BY \"City\") AS x WHERE p > 119 ORDER BY q DESC, 1",
                "WITH c AS (SELECT \"City\", AGGREGATE(\"Quantity.SUM\") AS q FROM \"Sales cube\" GROUP BY \"City\" HAVING SUM(\"Quantity\" * \"Unit price\") / SUM(\"Quantity\") > 119) SELECT \"City\", q FROM c ORDER BY q DESC, 1",
                "SELECT \"City\", q FROM (SELECT \"City\", SUM(\"Quantity\") AS q, SUM(\"Quantity\" * \"Unit price\") AS t FROM (SELECT * FROM \"Sales cube\") GROUP BY \"City\") WHERE t / q > 119 ORDER BY q DESC, 1",
                "SELECT \"City\", AGGREGATE(\"Quantity.SUM\") FILTER (WHERE \"Town\" = 'Paris') FROM \"Sales cube\" WHERE \"City\" = 'Paris' GROUP BY \"City\" UNION SELECT 'Saint-Étienne', AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\" WHERE \"City\" LIKE 'Saint%' ORDER BY 1",
                "SELECT DISTINCT \"City\", SUM(AGGREGATE(\"Quantity.SUM\")) OVER (PARTITION BY \"City\") FROM \"Sales cube\" GROUP BY \"City\", \"Product\" HAVING \"City\" IN ('Paris', 'Saint-Étienne') ORDER BY 1"
            })
    void constructsAboutMeasuresGiveTheSame(String sql) {
        Observation answer = french(sql).observation();
        assertEquals("", answer.failure());
        assertEquals(
                "Paris, 603; Saint-Étienne, 603",
                String.join(
                        "; ",
                        answer.rows().stream()
                                .map(row -> row.replaceFirst("^(\\D+, \\d+).*$", "$1"))
                                .toList()));
    }

    @Tag("security")
    @Test
    void aViewOverACubeIsTheCallers() {
        sample.run(
                "CREATE OR REPLACE VIEW \"by city\" AS SELECT \"City\", AGGREGATE(\"Quantity.SUM\") AS q"
                        + " FROM \"Sales cube\" GROUP BY \"City\"",
                "CREATE OR REPLACE VIEW \"flat\" AS SELECT * FROM \"Sales cube\"");
        french("SELECT SUM(q), MIN(\"City\") FROM \"by city\"").returns("3027, Lyon");
        french("SELECT SUM(\"Quantity\"), COUNT(DISTINCT \"City\") FROM \"flat\"")
                .returns("3027, 5");
    }

    // Rows without a row in another table

    @Test
    void aSaleOfNoShopIsInTheCubeWithoutLevels() {
        SampleSession everyone = library.cubes().session("global-user");
        everyone.sql(
                        "SELECT COUNT(*), COUNT(\"Shop ID\"), COUNT(\"Shop\"), AGGREGATE(\"contributors.COUNT\") FROM \"Sales cube\"")
                .returns("5000, 4899, 4948, 5000");
        everyone.sql("SELECT \"Country\", GROUPING(\"Country\"), COUNT(*) FROM \"Sales cube\""
                        + " GROUP BY ROLLUP(\"Country\") ORDER BY 2, 1")
                .returns(everyone.sql(
                                "SELECT \"Country\", GROUPING(\"Country\"), COUNT(*) FROM \"Sales\""
                                        + " LEFT JOIN \"Shops\" ON \"Shop\" = \"Shop ID\" GROUP BY ROLLUP(\"Country\") ORDER BY 2, 1")
                        .observation()
                        .text());
    }

    @Test
    void aNullAmongTheMembersIsNotTheTotal() {
        SampleSession everyone = library.cubes().session("global-user");
        // For members that are NULL and for totals alike, the denominator is that of the country.
        Observation answer = everyone.sql(
                        "SELECT \"Country\", \"City\", GROUPING(\"Country\", \"City\") AS g, AGGREGATE(\"Quantity.SUM\"),"
                                + " AGGREGATE(\"Quantity.SUM\") AT (ALL \"City\") FROM \"Sales cube\""
                                + " GROUP BY ROLLUP(\"Country\", \"City\") HAVING \"City\" IS NULL ORDER BY 1, 3")
                .observation();
        String byHand = everyone.sql(
                        "SELECT x.\"Country\", x.\"City\", x.g, x.q, CASE WHEN x.g = 3 THEN t.q ELSE c.q END FROM"
                                + " (SELECT \"Country\", \"City\", GROUPING(\"Country\", \"City\") AS g, SUM(\"Quantity\") AS q FROM \"Sales\""
                                + " LEFT JOIN \"Shops\" ON \"Shop\" = \"Shop ID\" GROUP BY ROLLUP(\"Country\", \"City\")) AS x"
                                + " LEFT JOIN (SELECT \"Country\", SUM(\"Quantity\") AS q FROM \"Sales\" LEFT JOIN \"Shops\""
                                + " ON \"Shop\" = \"Shop ID\" GROUP BY \"Country\") AS c ON x.\"Country\" IS NOT DISTINCT FROM c.\"Country\""
                                + " CROSS JOIN (SELECT SUM(\"Quantity\") AS q FROM \"Sales\") AS t"
                                + " WHERE x.\"City\" IS NULL ORDER BY 1, 3")
                .observation()
                .text();
        assertEquals(byHand, answer.text());
        assertEquals(7, answer.rows().size(), answer::text);
    }

    // Joins

    @Tag("security")
    @Test
    void aTableThatIsNotNeededIsNotJoinedAndRestrictsAllTheSame() {
        SampleSession admin = sample.session("admin");
        String total = "SELECT AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\"";
        assertFalse(admin.sql("EXPLAIN PLAN FOR " + total).observation().mentions("Join"));
        assertFalse(admin.sql(
                        "EXPLAIN PLAN FOR SELECT \"Shop\", SUM(\"Quantity\") FROM (SELECT * FROM \"Sales cube\") GROUP BY \"Shop\"")
                .observation()
                .mentions("retail, Shops"));
        assertTrue(admin.sql("EXPLAIN PLAN FOR " + total + " WHERE \"City\" = 'Paris'")
                .observation()
                .mentions("Join"));
        french(total).returns("3027");
        sample.session(SampleUser.MIXED).sql(total).returns("3031");
    }

    @Test
    void aMeasureIsNotAggregatedOverAJoin() {
        global(
                        "SELECT AGGREGATE(c.\"Quantity.SUM\") FROM \"Sales cube\" AS c JOIN \"Shops\" AS s ON c.\"Shop\" = s.\"Shop ID\"")
                .fails(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"Quantity.SUM\" FROM \"Sales cube\"",
                "SELECT \"City\" FROM \"Sales cube\" WHERE \"Quantity.SUM\" > 3",
                "SELECT SUM(\"Quantity.SUM\") FROM \"Sales cube\"",
                "SELECT COUNT(\"Quantity.SUM\") FROM \"Sales cube\"",
                "SELECT \"City\" FROM \"Sales cube\" GROUP BY \"City\", \"Quantity.SUM\"",
                "SELECT \"City\" FROM \"Sales cube\" ORDER BY \"Quantity.SUM\"",
                "SELECT x.q FROM (SELECT \"Quantity.SUM\" AS q FROM \"Sales cube\") AS x",
                "SELECT MAX(\"Quantity\") OVER (PARTITION BY \"Quantity.SUM\") FROM \"Sales cube\"",
                "SELECT \"City\" FROM \"Sales cube\" WHERE \"Quantity.SUM\" IN (SELECT \"Quantity\" FROM \"Sales\")",
                "SELECT 1 FROM \"Shops\" AS s WHERE EXISTS (SELECT 1 FROM \"Sales cube\" AS c WHERE c.\"Quantity.SUM\" > 1)"
            })
    void aMeasureOutsideAnAggregationIsAnErrorThatSaysHowToWriteIt(String sql) {
        String error = global(sql).fails(ErrorCode.INVALID_STATEMENT);
        assertTrue(error.contains("write `AGGREGATE(\"Quantity.SUM\")`"), error);
    }
}
