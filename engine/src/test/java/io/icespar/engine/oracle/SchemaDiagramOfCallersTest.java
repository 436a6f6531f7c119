package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** COPY and CANARY for the diagram: it is that of a catalog without what is hidden. */
@ExtendWith(Samples.class)
class SchemaDiagramOfCallersTest {
    private static final SampleUser FRENCH = SampleUser.FRENCH;

    @Tag("security")
    @Test
    void theDiagramIsThatOfACopyWithoutWhatIsHidden(SampleLibrary samples) {
        for (SampleUser user : SampleUser.values()) {
            assertEquals(
                    diagram(samples.narrowVisibleTo(user), user.toString()),
                    diagram(samples.hidingColumns(), user.toString()));
        }
    }

    @Tag("security")
    @Test
    void aHiddenNameOccursNowhere(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE VIEW retail.towns (town) AS SELECT \"City\" FROM \"Shops\"",
                "CREATE VIEW retail.of_towns (of_town) AS SELECT town FROM retail.towns",
                "REVOKE SELECT (\"City\", \"Shop ID\") ON TABLE \"Shops\" FROM PUBLIC",
                "GRANT SELECT (\"City\", \"Shop ID\") ON TABLE \"Shops\" TO ROLE_PARIS",
                "REVOKE SELECT ON TABLE \"Access\" FROM PUBLIC");
        try {
            String french = diagram(sample, FRENCH.toString());
            assertTrue(french.contains("\"Shops\""), french);
            for (String hidden : List.of("City", "Shop ID", "town", "Access", "--")) {
                assertFalse(french.contains(hidden), hidden + " in\n" + french);
            }
            String parisian = diagram(sample, SampleUser.PARISIAN.toString());
            assertTrue(parisian.contains("\"of_towns\"[\"of_towns (view)\"]"), parisian);
            assertTrue(parisian.contains("\"Sales\" }o--o| \"Shops\" : \"`Shop` = `Shop ID`\""), parisian);
            assertFalse(parisian.contains("Access"), parisian);
            String admin = diagram(sample, "admin");
            assertTrue(admin.contains("\"Access\""), admin);
        } finally {
            sample.run(
                    "GRANT SELECT ON TABLE \"Shops\" TO PUBLIC",
                    "REVOKE SELECT ON TABLE \"Shops\" FROM ROLE_PARIS",
                    "GRANT SELECT ON TABLE \"Access\" TO PUBLIC",
                    "DROP VIEW retail.of_towns",
                    "DROP VIEW retail.towns");
        }
    }

    @Tag("security")
    @Test
    void aMaskedKeyIsNone(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE MASK shop_id ON \"Shops\" (\"Shop ID\") USING ('?') TO ROLE_FRANCE");
        try {
            String french = diagram(sample, FRENCH.toString());
            assertTrue(french.contains("    nullable VARCHAR \"Shop ID\"\n"), french);
            assertFalse(french.contains("\"Sales\" }o--"), french);
            String admin = diagram(sample, "admin");
            assertTrue(admin.contains("    nullable VARCHAR PK \"Shop ID\"\n"), admin);
            assertTrue(admin.contains("\"Sales\" }o--"), admin);
        } finally {
            sample.run("DROP MASK shop_id");
        }
    }

    @Tag("security")
    @Test
    void whoMayReadNothingSeesAnEmptyDiagram(SampleLibrary samples) {
        try (Sample sample = samples.openClosed()) {
            assertEquals("erDiagram\n", diagram(sample, FRENCH.toString()));
        }
    }

    @Tag("security")
    @Test
    void whatAnAdministratorChangesIsDrawnAtOnce(SampleLibrary samples) {
        Sample sample = samples.changeable();
        var session = sample.session(FRENCH).session();
        assertTrue(session.schemaDiagram().contains("Shop size"));
        sample.run("REVOKE SELECT (\"Shop size\") ON TABLE \"Shops\" FROM PUBLIC");
        try {
            assertFalse(session.schemaDiagram().contains("Shop size"));
        } finally {
            sample.run("GRANT SELECT ON TABLE \"Shops\" TO PUBLIC");
        }
        assertTrue(session.schemaDiagram().contains("Shop size"));
    }

    // ---- Cubes

    private static final String CUBE = """
            CREATE CUBE retail."Sales cube" ON retail."Sales" MANUAL (
                HIERARCHY "Geography" (LEVEL "Land" AS "Shops"."Country", LEVEL "Town" AS "Shops"."City"),
                HIERARCHY "Day" (LEVEL "Day" AS "Date"),
                MEASURE "Sold" AS SUM("Quantity") FORMAT '#,##0' DESCRIPTION 'what was "sold"',
                MEASURE "Towns" AS COUNT(DISTINCT "Shops"."City"),
                MEASURE "Mean" AS AVG("Quantity"))""";

    @Tag("security")
    @Test
    void aCubeIsDrawnWithWhatOfItIsThereForTheCaller(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                CUBE,
                "REVOKE SELECT (\"City\") ON TABLE \"Shops\" FROM PUBLIC",
                "GRANT SELECT (\"City\") ON TABLE \"Shops\" TO ROLE_PARIS",
                "ALTER ROLE ROLE_FRANCE SET VISIBILITY OF HIERARCHY \"Day\" IN CUBE \"Sales cube\" HIDDEN",
                "ALTER ROLE ROLE_FRANCE SET VISIBILITY OF MEASURE \"Mean\" IN CUBE \"Sales cube\" HIDDEN");
        try {
            assertEquals("""
                      "Sales cube"["Sales cube (cube)"] {
                        level VARCHAR "Geography / Land"
                        level VARCHAR "Geography / Town"
                        level DATE "Day"
                        measure BIGINT "contributors#46;COUNT"
                        measure BIGINT "Sold (#35;#44;#35;#35;0) - what was#32;#34;sold#34;"
                        measure BIGINT "Towns"
                        measure DOUBLE "Mean"
                      }
                    """, cube(diagram(sample, "admin")));
            assertEquals(cube(diagram(sample, "admin")), cube(diagram(sample, SampleUser.PARISIAN.toString())));
            String french = diagram(sample, FRENCH.toString());
            assertEquals("""
                      "Sales cube"["Sales cube (cube)"] {
                        level VARCHAR "Geography / Land"
                        measure BIGINT "contributors#46;COUNT"
                        measure BIGINT "Sold (#35;#44;#35;#35;0) - what was#32;#34;sold#34;"
                      }
                    """, cube(french));
            for (String hidden : List.of("Town", "Day", "Mean")) {
                assertFalse(french.contains(hidden), hidden + " in\n" + french);
            }
            assertTrue(french.contains("  \"Sales cube\" ||..|| \"Sales\" : \"rows\"\n"), french);
        } finally {
            sample.run(
                    "GRANT SELECT ON TABLE \"Shops\" TO PUBLIC",
                    "REVOKE SELECT ON TABLE \"Shops\" FROM ROLE_PARIS",
                    "DROP CUBE retail.\"Sales cube\"");
        }
    }

    @Tag("security")
    @Test
    void aCubeIsNotDrawnForWhomItIsNotThere(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(CUBE, "REVOKE SELECT ON TABLE \"Sales\" FROM PUBLIC");
        try {
            String french = diagram(sample, FRENCH.toString());
            assertTrue(french.contains("\"Shops\""), french);
            assertFalse(french.contains("Sales"), french);
            assertFalse(french.contains("Sold"), french);
            assertTrue(diagram(sample, "admin").contains("\"Sales cube\""));
        } finally {
            sample.run("GRANT SELECT ON TABLE \"Sales\" TO PUBLIC", "DROP CUBE retail.\"Sales cube\"");
        }
    }

    /** The part of a diagram that is the cube. */
    private static String cube(String diagram) {
        int start = diagram.indexOf("  \"Sales cube\"[");
        return start < 0 ? "" : diagram.substring(start, diagram.indexOf("  }\n", start) + 4);
    }

    private static String diagram(Sample sample, String user) {
        return sample.session(user).session().schemaDiagram();
    }
}
