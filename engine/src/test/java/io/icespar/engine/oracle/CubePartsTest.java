package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.plugin.Plugins;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a cube is for whom: default members, hierarchies without a member for all, and parts that are hidden. */
@ExtendWith(Samples.class)
class CubePartsTest {
    private static final String CUBE = "\"Parts cube\"";
    private static final String TOTAL = "SELECT AGGREGATE(\"Quantity.SUM\") FROM " + CUBE;

    private Sample sample;

    @BeforeEach
    void createCube(SampleLibrary samples) {
        sample = samples.changeableCubes();
        // With the cube goes what was said of it.
        sample.run("DROP VIEW IF EXISTS \"cities of parts\"", "DROP CUBE IF EXISTS " + CUBE);
        sample.run("CREATE CUBE " + CUBE + " ON \"Sales\" AUTO ("
                + "HIERARCHY \"Place\" (LEVEL \"Country\" AS \"Country\", LEVEL \"City\" AS \"City\") DIMENSION \"Where\","
                + " HIERARCHY \"State\" (LEVEL \"State or region\" AS \"State or region\") DIMENSION \"Where\","
                + " MEASURE \"Turnover\" AS SUM(\"Quantity\" * \"Unit price\"),"
                + " MEASURE \"Price\" AS AGGREGATE(\"Turnover\") / AGGREGATE(\"Quantity.SUM\"),"
                + " MEASURE \"In Paris\" AS SUM(\"Quantity\") FILTER (WHERE \"City\" = 'Paris'))");
    }

    /** A session of a user who is made for one test, with roles of its own. */
    private SampleSession user(String name, String... roles) {
        sample.run("CREATE USER \"" + name + "\"", "GRANT ROLE_USER TO USER \"" + name + "\"");
        for (String role : roles) {
            if (role.startsWith("ROLE_OF_")) {
                sample.session("admin").sql("CREATE ROLE IF NOT EXISTS " + role).isDone();
            }
            sample.run("GRANT " + role + " TO USER \"" + name + "\"");
        }
        return sample.session(name);
    }

    private void setDefault(String of, String hierarchy, String path) {
        sample.run(
                "ALTER " + of + " SET DEFAULT MEMBER OF HIERARCHY " + hierarchy + " IN CUBE " + CUBE + " TO " + path);
    }

    private void hide(String part, String role) {
        sample.run("ALTER ROLE " + role + " SET VISIBILITY OF " + part + " IN CUBE " + CUBE + " HIDDEN");
    }

    // Default members

    @Test
    void aHierarchyThatIsNotNamedIsTakenAtItsDefaultMember() {
        SampleSession user = user("defaulted");
        setDefault("USER \"defaulted\"", "\"Place\"", "('France')");
        user.sql(TOTAL).returns("3027");
        user.sql("SELECT \"Shop size\", SUM(\"Quantity\") FROM " + CUBE + " GROUP BY ROLLUP(\"Shop size\") ORDER BY 1")
                .returns("big, 404; medium, 1212; small, 1411; null, 3027");
        user.sql("SELECT SUM(\"Quantity\") FROM (SELECT * FROM " + CUBE + ") AS x")
                .returns("3027");
        user.sql("SELECT COUNT(*) FROM " + CUBE).returns("1875");
        setDefault("USER \"defaulted\"", "\"Place\"", "('France', 'Nice')");
        user.sql(TOTAL).returns("609");
        sample.run("ALTER USER \"defaulted\" RESET DEFAULT MEMBER OF HIERARCHY \"Place\" IN CUBE " + CUBE);
        user.sql(TOTAL).returns("8077");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT SUM(q) FROM (SELECT \"City\", AGGREGATE(\"Quantity.SUM\") AS q FROM CUBE GROUP BY \"City\") AS x",
                "SELECT AGGREGATE(\"Quantity.SUM\") FROM CUBE WHERE \"City\" <> 'x'",
                "SELECT SUM(\"Quantity\") FROM (SELECT \"Country\", \"Quantity\" FROM CUBE LIMIT 10000) AS x WHERE \"Country\" IS NOT NULL",
                "SELECT SUM(DISTINCT q) FROM (SELECT \"City\", SUM(\"Quantity\") OVER () AS q FROM CUBE) AS x HAVING COUNT(\"City\") > 1",
                "SELECT MAX(q) FROM (SELECT AGGREGATE(\"Quantity.SUM\") AT (ALL \"City\") AS q, \"Shop size\" FROM CUBE GROUP BY ROLLUP(\"Shop size\")) AS x",
                "SELECT SUM(\"Quantity\") FROM CUBE AS c WHERE EXISTS (SELECT 1 FROM \"Shops\" AS s WHERE s.\"City\" = c.\"City\")"
            })
    void namingAHierarchyLiftsItsDefaultMember(String sql) {
        SampleSession user = user("lifting " + sql.hashCode());
        setDefault("USER \"lifting " + sql.hashCode() + "\"", "\"Place\"", "('France')");
        user.sql(sql.replace("CUBE", CUBE)).returns("8077");
    }

    @Test
    void theDefaultMemberOfTheUserComesBeforeThatOfTheRoleOfHigherAuthority() {
        SampleSession user = user("ranked", "ROLE_OF_RANK");
        setDefault("ROLE ROLE_USER", "\"Place\"", "('USA')");
        user.sql(TOTAL).returns("5050");
        setDefault("ROLE ROLE_OF_RANK", "\"Place\"", "('France')");
        user.sql(TOTAL).returns("3027");
        setDefault("USER \"ranked\"", "\"Place\"", "('France', 'Paris')");
        user.sql(TOTAL).returns("603");
        sample.run("ALTER ROLE ROLE_USER RESET DEFAULT MEMBER OF HIERARCHY \"Place\" IN CUBE " + CUBE);
    }

    @Test
    void explainAndContextValuesTellOfDefaultMembers() {
        SampleSession user = user("told");
        setDefault("USER \"told\"", "\"Place\"", "('France')");
        String note =
                "hierarchy `Place` of cube `retail.Parts cube` is not named, and is taken at its default member ('France')";
        assertTrue(user.sql("EXPLAIN PLAN FOR " + TOTAL).observation().mentions(note));
        assertFalse(user.sql("EXPLAIN PLAN FOR " + TOTAL + " WHERE \"City\" = 'Nice'")
                .observation()
                .mentions("Note"));
        Observation values = user.sql("SHOW CONTEXT VALUES").observation();
        assertTrue(values.mentions("default member of retail.Parts cube.Place, MEMBER, ('France')"), values::toString);
        assertFalse(sample.session("global-user")
                .sql("SHOW CONTEXT VALUES")
                .observation()
                .mentions("retail.Parts cube.Place"));
    }

    @Tag("security")
    @Test
    void aDefaultMemberShowsNothingThatIsRestricted() {
        SampleSession user = user("restricted and defaulted", "ROLE_FRANCE");
        setDefault("USER \"restricted and defaulted\"", "\"Place\"", "('USA')");
        user.sql(TOTAL).returns("null");
        user.sql(TOTAL + " WHERE \"City\" <> 'x'").returns("3027");
    }

    @Tag("security")
    @Test
    void aSlicingHierarchyIsTakenAtTheFirstMemberThatTheCallerSees() {
        sample.run("ALTER CUBE " + CUBE + " ADD HIERARCHY \"Slices\" (LEVEL \"Slice\" AS \"Country\") SLICING");
        sample.session("global-user").sql(TOTAL).returns("3027");
        user("american", "ROLE_USA_SMALL").sql(TOTAL).returns("2627");
        sample.session("global-user").sql(TOTAL + " WHERE \"Slice\" <> 'x'").returns("8077");
        assertTrue(sample.session("global-user")
                .sql("EXPLAIN PLAN FOR " + TOTAL)
                .observation()
                .mentions("`Slices` of cube `retail.Parts cube` is not named, and is taken at its first member"));
    }

    // What is hidden

    @ParameterizedTest
    @ValueSource(strings = {"HIERARCHY \"Place\"", "DIMENSION \"Where\""})
    void aHiddenHierarchyDoesNotExist(String part) {
        String name = "blind to " + part.charAt(0);
        String role = "ROLE_OF_" + part.charAt(0);
        SampleSession user = user(name, role);
        hide(part, role);
        for (String sql : List.of(
                "SELECT \"City\" FROM CUBE",
                "SELECT AGGREGATE(\"Quantity.SUM\") FROM CUBE WHERE \"City\" = 'Paris'",
                "SELECT AGGREGATE(\"Quantity.SUM\") FROM CUBE GROUP BY \"City\"",
                "SELECT AGGREGATE(\"Quantity.SUM\") AT (ALL \"City\") FROM CUBE",
                "SELECT AGGREGATE(\"Quantity.SUM\") FROM CUBE ORDER BY \"City\"",
                "SELECT c.\"City\" FROM CUBE AS c",
                "SELECT \"City\" FROM (SELECT * FROM CUBE) AS x")) {
            String error = user.sql(sql.replace("CUBE", CUBE)).fails(ErrorCode.UNDEFINED_COLUMN);
            String never = user.sql(sql.replace("CUBE", CUBE).replace("\"City\"", "\"Ctiy\""))
                    .fails(ErrorCode.UNDEFINED_COLUMN);
            assertEquals(never.replace("Ctiy", "City"), error);
        }
        for (String sql : List.of(
                "SHOW CUBES",
                "SHOW HIERARCHIES IN {}",
                "SHOW LEVELS IN {}",
                "SHOW MEASURES IN {}",
                "SELECT * FROM {} LIMIT 1",
                "EXPLAIN PLAN FOR SELECT * FROM {}",
                "SELECT * FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'Parts cube'")) {
            Observation observation = user.sql(sql.replace("{}", CUBE)).observation();
            assertEquals("", observation.failure(), sql);
            assertFalse(observation.rows().isEmpty(), sql);
            if (!sql.equals("SHOW CUBES")) {
                assertFalse(observation.mentions("City") || observation.mentions("Place"), observation::toString);
            }
        }
        // What is computed from it is not hidden with it, and neither are the rows.
        user.sql("SELECT AGGREGATE(\"In Paris\"), AGGREGATE(\"Quantity.SUM\") FROM " + CUBE)
                .returns("603, 8077");
        sample.session("global-user")
                .sql("SELECT COUNT(DISTINCT \"City\") FROM " + CUBE)
                .returns("13");
    }

    @Test
    void aHiddenMeasureDoesNotExist() {
        SampleSession user = user("blind to turnover", "ROLE_OF_TURNOVER");
        hide("MEASURE \"Turnover\"", "ROLE_OF_TURNOVER");
        for (String sql : List.of("SELECT AGGREGATE(\"Turnover\") FROM " + CUBE, "SELECT \"Turnover\" FROM " + CUBE)) {
            String error = user.sql(sql).fails(ErrorCode.UNDEFINED_COLUMN);
            String never = user.sql(sql.replace("Turnover", "Trunover")).fails(ErrorCode.UNDEFINED_COLUMN);
            assertEquals(never.replace("Trunover", "Turnover"), error);
        }
        for (String sql : List.of(
                "SHOW MEASURES IN " + CUBE,
                "SELECT * FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_NAME = 'Parts cube'")) {
            Observation observation = user.sql(sql).observation();
            assertFalse(observation.mentions("Turnover"), observation::toString);
            assertTrue(observation.mentions("Price"), observation::toString);
        }
        user.sql("SELECT AGGREGATE(\"Price\") FROM " + CUBE + " WHERE \"City\" = 'Paris'")
                .returns("119.4776119");
    }

    @Test
    void aDefaultMemberOfAHiddenHierarchyHoldsAndIsNotSpokenOf() {
        SampleSession user = user("blind and defaulted", "ROLE_OF_DEFAULT");
        setDefault("ROLE ROLE_OF_DEFAULT", "\"Place\"", "('France', 'Paris')");
        hide("HIERARCHY \"Place\"", "ROLE_OF_DEFAULT");
        user.sql(TOTAL).returns("603");
        assertFalse(user.sql("EXPLAIN PLAN FOR " + TOTAL).observation().mentions("Paris"));
        assertFalse(user.sql("SHOW CONTEXT VALUES").observation().mentions("Place"));
    }

    @Test
    void whatIsSaidToTheRoleOfHigherAuthorityHoldsAndPublicIsForWhoWasNotSpokenTo() {
        hide("HIERARCHY \"Place\"", "PUBLIC");
        SampleSession user = user("spoken to", "ROLE_OF_SPEECH");
        String cities = "SELECT COUNT(DISTINCT \"City\") FROM " + CUBE;
        user.sql(cities).fails(ErrorCode.UNDEFINED_COLUMN);
        sample.session("admin").sql(cities).returns("13");
        sample.run("ALTER ROLE ROLE_OF_SPEECH SET VISIBILITY OF HIERARCHY \"Place\" IN CUBE " + CUBE + " SHOWN");
        user.sql(cities).returns("13");
        user("spoken to twice", "ROLE_OF_SPEECH", "ROLE_OF_SILENCE");
        hide("HIERARCHY \"Place\"", "ROLE_OF_SILENCE");
        sample.session("spoken to twice").sql(cities).fails(ErrorCode.UNDEFINED_COLUMN);
        sample.run("ALTER ROLE ROLE_OF_SPEECH RESET VISIBILITY OF HIERARCHY \"Place\" IN CUBE " + CUBE);
        user.sql(cities).fails(ErrorCode.UNDEFINED_COLUMN);
    }

    @Test
    void aViewShowsNoneOfWhatIsHiddenFromTheCaller() {
        sample.run("CREATE OR REPLACE VIEW \"cities of parts\" AS SELECT \"City\", AGGREGATE(\"Turnover\") AS t FROM "
                + CUBE + " GROUP BY \"City\"");
        SampleSession user = user("blind behind a view", "ROLE_OF_VIEWING");
        assertEquals(
                13,
                user.sql("SELECT * FROM \"cities of parts\"")
                        .observation()
                        .rows()
                        .size());
        hide("HIERARCHY \"Place\"", "ROLE_OF_VIEWING");
        assertNotEquals(
                "", user.sql("SELECT * FROM \"cities of parts\"").observation().failure());
        assertNotEquals(
                "", user.sql("SELECT t FROM \"cities of parts\"").observation().failure());
    }

    // Columns of the tables

    @Test
    void aColumnThatIsTakenFromTheCallerIsInNoCube(SampleLibrary samples) throws Exception {
        try (Sample own =
                samples.openNew(SampleData.roles() + SampleData.cubes() + SampleData.hidingColumns(), Plugins.none())) {
            SampleSession user = own.session("global-user");
            for (String name : List.of("City", "Town", "Product", "Shop size", "Product.SUM")) {
                String error =
                        user.sql("SELECT \"" + name + "\" FROM \"Sales cube\"").fails(ErrorCode.UNDEFINED_COLUMN);
                assertEquals(
                        user.sql("SELECT \"Nowhere\" FROM \"Sales cube\"")
                                .fails(ErrorCode.UNDEFINED_COLUMN)
                                .replace("Nowhere", name),
                        error);
            }
            // Nor is what would be computed from it.
            for (String measure : List.of("Cities", "Big", "City share", "Last product", "Own")) {
                user.sql("SELECT AGGREGATE(\"" + measure + "\") FROM \"Sales cube\"")
                        .fails(ErrorCode.UNDEFINED_COLUMN);
                assertFalse(user.sql("SHOW MEASURES").observation().mentions(", " + measure + ","));
            }
            user.sql("SELECT AGGREGATE(\"Quantity.SUM\"), AGGREGATE(\"Share\"), COUNT(\"Country\") FROM \"Sales cube\"")
                    .returns("8077, 1, 5000");
            own.run("REVOKE SELECT (\"Shop\") ON TABLE \"Sales\" FROM PUBLIC");
            // A table that is reached by what is not there is not reached.
            user.sql("SELECT \"Country\" FROM \"Sales cube\"").fails(ErrorCode.UNDEFINED_COLUMN);
            own.session(SampleUser.FRENCH)
                    .sql("SELECT AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\"")
                    .returns("3027");
        }
    }

    @Test
    void whatIsTakenFromTheCubeItselfIsInTheTablesStill(SampleLibrary samples) throws Exception {
        try (Sample own = samples.openNew(SampleData.roles() + SampleData.cubes(), Plugins.none())) {
            own.run("REVOKE SELECT (\"City\", \"Turnover\") ON TABLE \"Sales cube\" FROM PUBLIC");
            SampleSession user = own.session("global-user");
            user.sql("SELECT \"City\" FROM \"Sales cube\"").fails(ErrorCode.UNDEFINED_COLUMN);
            user.sql("SELECT AGGREGATE(\"Turnover\") FROM \"Sales cube\"").fails(ErrorCode.UNDEFINED_COLUMN);
            user.sql(
                            "SELECT COUNT(DISTINCT \"City\"), COUNT(DISTINCT \"Town\") FROM \"Shops\" CROSS JOIN (SELECT MAX(\"Town\") AS \"Town\" FROM \"Sales cube\") AS x")
                    .returns("13, 1");
            own.run("REVOKE SELECT ON TABLE \"Sales cube\" FROM PUBLIC");
            assertEquals(
                    user.sql("SELECT 1 FROM nowhere")
                            .fails(ErrorCode.UNDEFINED_TABLE)
                            .replace("nowhere", "Sales cube"),
                    user.sql("SELECT 1 FROM \"Sales cube\"").fails(ErrorCode.UNDEFINED_TABLE));
            assertFalse(user.sql("SHOW CUBES").observation().mentions("Sales cube"));
        }
    }

    @Tag("security")
    @Test
    void aMaskShowsItsValuesAsLevelsAndMembersAreGroupedByThem(SampleLibrary samples) throws Exception {
        try (Sample own =
                samples.openNew(SampleData.roles() + SampleData.cubes() + SampleData.masks(), Plugins.none())) {
            SampleSession user = own.session(SampleUser.FRENCH);
            user.sql(
                            "SELECT \"City\", AGGREGATE(\"Quantity.SUM\"), AGGREGATE(\"contributors.COUNT\") FROM \"Sales cube\" GROUP BY ROLLUP(\"City\") ORDER BY 1")
                    .returns("in France, 3750, 1875; null, 3750, 1875");
            user.sql(
                            "SELECT AGGREGATE(\"Big\"), AGGREGATE(\"Cities\"), AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\" WHERE \"City\" <> 'Paris'")
                    .returns("null, 1, 3750");
            own.run("CREATE MASK shop ON \"Sales\" (\"Shop\") USING ('nobody')");
            // What is referred to by a value that is not shown is not shown either; the rows are those of before.
            user.sql("SELECT \"Country\" FROM \"Sales cube\"").fails(ErrorCode.UNDEFINED_COLUMN);
            user.sql("SELECT \"Shop\", AGGREGATE(\"contributors.COUNT\") FROM \"Sales cube\" GROUP BY \"Shop\"")
                    .returns("nobody, 1875");
        }
    }

    // Context values

    @Tag("security")
    @Test
    void aMeasureReadsTheCallersContextValues() {
        String paid = "SELECT AGGREGATE(\"Paid\") FROM \"Sales cube\"";
        sample.session("global-user").sql(paid).returns("961463.000");
        sample.session(SampleUser.FRENCH).sql(paid).returns("393846.200");
    }
}
