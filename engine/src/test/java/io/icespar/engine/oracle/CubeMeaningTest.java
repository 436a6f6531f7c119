package io.icespar.engine.oracle;

import io.icespar.security.error.ErrorCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a name in a cube stands for does not hang on who asks, on what is read of an answer, or on what comes later. */
@ExtendWith(Samples.class)
class CubeMeaningTest {
    private static final String CUBE = "\"Meaning cube\"";

    private Sample sample;

    @BeforeEach
    void createCube(SampleLibrary samples) {
        sample = samples.changeableCubes();
        sample.run(
                "DROP VIEW IF EXISTS meaning_view",
                "DROP CUBE IF EXISTS " + CUBE,
                "CREATE CUBE " + CUBE + " ON \"Sales\" MANUAL ("
                        + "HIERARCHY \"Place\" (LEVEL \"Land\" AS \"Country\", LEVEL \"Town\" AS \"City\"),"
                        + " HIERARCHY \"Day\" (LEVEL \"Day\" AS \"Date\"),"
                        + " MEASURE \"Cities\" AS COUNT(DISTINCT \"City\"),"
                        + " MEASURE \"Sold\" AS SUM(\"Quantity\"),"
                        + " MEASURE \"Median\" AS PERCENTILE_CONT(0.5) WITHIN GROUP"
                        + " (ORDER BY CAST(\"Quantity\" AS DOUBLE)))");
    }

    private SampleStatement admin(String sql) {
        return sample.session("admin").sql(sql);
    }

    @Test
    void aLevelThatIsAddedTakesNoNameFromAMeasure() {
        String measures = "SELECT AGGREGATE(\"Cities\"), AGGREGATE(\"Sold\") FROM " + CUBE;
        String before = admin(measures).observation().text();
        admin("ALTER CUBE " + CUBE + " ADD HIERARCHY \"Odd\" (LEVEL \"City\" AS \"Country\","
                        + " LEVEL \"Quantity\" AS \"City\")")
                .isDone();
        admin(measures).returns(before);
    }

    @Test
    void literalsInMeasuresReachTheBackendAsLiterals() {
        String direct =
                "SELECT PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY CAST(\"Quantity\" AS DOUBLE)) FROM \"Sales\"";
        admin("SELECT AGGREGATE(\"Median\") FROM " + CUBE)
                .returns(admin(direct).observation().text());
        admin("SELECT AGGREGATE(\"Median\") FROM " + CUBE + " WHERE \"Land\" = 'France' AND \"Town\" <> ''")
                .returns(admin(direct + " JOIN \"Shops\" ON \"Shop\" = \"Shop ID\" WHERE \"Country\" = 'France'"
                                + " AND \"City\" <> ''")
                        .observation()
                        .text());
        admin("SELECT AGGREGATE(\"Median\") FILTER (WHERE \"Land\" = 'France') FROM " + CUBE)
                .fails(ErrorCode.FEATURE_NOT_SUPPORTED);
    }

    @Test
    void aHierarchyThatASubQueryNamesIsNotTakenAtItsDefaultMember() {
        String rows = admin("SELECT COUNT(*) FROM \"Sales\"").observation().text();
        admin("ALTER USER admin SET DEFAULT MEMBER OF HIERARCHY \"Day\" IN CUBE " + CUBE + " TO ('2021-01-10')")
                .isDone();
        admin("SELECT COUNT(*) FROM (SELECT \"Day\" FROM " + CUBE + ") AS t").returns(rows);
        admin("SELECT COUNT(*) FROM (SELECT \"Day\", \"Town\" FROM " + CUBE + ") AS t")
                .returns(rows);
        admin("SELECT EXISTS (SELECT \"Day\" FROM " + CUBE + " LIMIT 1 OFFSET 400)")
                .returns("true");
    }

    @Test
    void whatAViewReadsOfACubeIsNotDropped() {
        admin("CREATE VIEW meaning_view AS SELECT \"Town\", AGGREGATE(\"Sold\") AS \"Sold\" FROM " + CUBE
                        + " GROUP BY \"Town\"")
                .isDone();
        admin("DROP CUBE " + CUBE).fails(ErrorCode.DEPENDENT_OBJECTS);
        admin("ALTER CUBE " + CUBE + " DROP MEASURE \"Sold\"").fails(ErrorCode.DEPENDENT_OBJECTS);
        admin("ALTER CUBE " + CUBE + " DROP HIERARCHY \"Place\"").fails(ErrorCode.DEPENDENT_OBJECTS);
        admin("ALTER CUBE " + CUBE + " DROP MEASURE \"Cities\"").isDone();
    }

    @Tag("security")
    @Test
    void membersOfAHierarchyOverSeveralTablesRestrictTheLowest() {
        sample.run(
                "DROP CUBE IF EXISTS \"Wide cube\"",
                "CREATE CUBE \"Wide cube\" ON \"Sales\" MANUAL (HIERARCHY \"Wide\""
                        + " (LEVEL \"Land\" AS \"Country\", LEVEL \"Day\" AS \"Date\"))",
                "CREATE ROLE IF NOT EXISTS wide_role",
                "CREATE USER wide_user",
                "GRANT ROLE_USER, wide_role TO USER wide_user",
                "GRANT MEMBERS ('France') OF HIERARCHY \"Wide\" IN CUBE \"Wide cube\" TO ROLE wide_role");
        String french = admin("SELECT COUNT(*) FROM \"Sales\" JOIN \"Shops\" ON \"Shop\" = \"Shop ID\""
                        + " WHERE \"Country\" = 'France'")
                .observation()
                .text();
        sample.session("wide_user").sql("SELECT COUNT(*) FROM \"Sales\"").returns(french);
        sample.session("wide_user")
                .sql("SELECT AGGREGATE(\"contributors.COUNT\") FROM \"Wide cube\"")
                .returns(french);
        sample.run(
                "REVOKE ALL MEMBERS OF HIERARCHY \"Wide\" IN CUBE \"Wide cube\" FROM ROLE wide_role",
                "DROP CUBE \"Wide cube\"",
                "DROP USER wide_user",
                "DROP ROLE wide_role");
    }
}
