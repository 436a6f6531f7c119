package io.icespar.engine.oracle;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How restrictions combine: those on one subject are OR-ed, different subjects are AND-ed (DESIGN §3). */
@Tag("security")
@ExtendWith(Samples.class)
class CombinationTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    /** What a new user sees who holds all of these restrictions, each through a role of its own. */
    private static SampleStatement totalUnder(SampleLibrary samples, String name, String... restrictions) {
        Sample sample = samples.changeable();
        sample.run("CREATE USER " + name, "GRANT ROLE_USER TO USER " + name);
        for (int i = 0; i < restrictions.length; i++) {
            String own = name + "_" + i;
            sample.run(
                    "CREATE ROLE " + own,
                    "GRANT " + own + " TO USER " + name,
                    "CREATE RESTRICTION " + own + " ON " + restrictions[i] + " TO " + own);
        }
        return sample.session(name).sql(TOTAL);
    }

    @Test
    void aRestrictionOnSeveralColumnsStaysWhole(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "whole",
                        "\"Shops\" USING (\"Country\" = 'France' AND \"Shop size\" = 'big')",
                        "\"Shops\" USING (\"Country\" = 'USA' AND \"Shop size\" = 'small')")
                .returns("3031");
        samples.original().session(SampleUser.MIXED).sql(TOTAL).returns("3031");
    }

    @Test
    void restrictionsOnOneColumnAreOred(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "one_column",
                        "\"Shops\" USING (\"City\" = 'Paris')",
                        "\"Shops\" USING (\"City\" LIKE 'New %')")
                .returns("1411");
    }

    @Test
    void restrictionsOnDifferentColumnsAreAnded(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "different_columns",
                        "\"Shops\" USING (\"City\" = 'Paris')",
                        "\"Shops\" USING (\"Country\" = 'France')")
                .returns("603");
        totalUnder(
                        samples,
                        "disjoint_columns",
                        "\"Shops\" USING (\"City\" = 'Paris')",
                        "\"Shops\" USING (\"Country\" = 'USA')")
                .returns("null");
    }

    @Test
    void theColumnsOfASubQueryCountAsRead(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "read_in_sub_query",
                        "\"Shops\" USING (EXISTS (SELECT 1 FROM \"Access\" a WHERE a.\"City\" = \"Shops\".\"City\" AND a.\"Who\" ="
                                + " 'nobody'))",
                        "\"Shops\" USING (\"City\" = 'Lyon')")
                .returns("1212");
    }

    @Test
    void aRestrictiveRestrictionIsAlwaysAnded(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "restrictive",
                        "\"Shops\" USING (\"City\" = 'Paris')",
                        "\"Shops\" USING (\"City\" = 'Lyon')",
                        "\"Shops\" AS RESTRICTIVE USING (\"City\" <> 'Paris')")
                .returns("609");
    }

    @Test
    void permissiveRestrictionsAreOredWhateverTheyRead(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "permissive",
                        "\"Shops\" AS PERMISSIVE USING (\"City\" = 'Paris')",
                        "\"Shops\" AS PERMISSIVE USING (\"Country\" = 'USA')")
                .returns("5653");
    }

    @Test
    void permissiveOnesAreAndedWithThoseOfColumns(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "permissive_and_columns",
                        "\"Shops\" AS PERMISSIVE USING (\"City\" = 'Paris')",
                        "\"Shops\" AS PERMISSIVE USING (\"City\" = 'New York')",
                        "\"Shops\" USING (\"City\" = 'Paris' OR \"City\" = 'Lyon')")
                .returns("603");
    }

    @Test
    void anOrInOneConditionDoesNotReachIntoAnother(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "precedence",
                        "\"Shops\" USING (\"City\" = 'Paris' OR \"City\" = 'Lyon' OR \"City\" = 'Chicago')",
                        "\"Shops\" AS RESTRICTIVE USING (\"Country\" = 'USA' OR \"City\" = 'Paris')")
                .returns("1206");
    }

    @Test
    void onlyTrueLetsARowPass(SampleLibrary samples) {
        totalUnder(samples, "unknown_hides", "\"Shops\" USING (CASE WHEN \"City\" = 'Paris' THEN TRUE END)")
                .returns("603");
        totalUnder(samples, "never", "\"Shops\" USING (FALSE)").returns("null");
    }

    @Test
    void aRoleWithoutRestrictionsNeitherAddsNorRemoves(SampleLibrary samples) {
        SampleStatement total = totalUnder(samples, "neutral", "\"Shops\" USING (\"City\" = 'Paris')");
        samples.changeable().run("CREATE ROLE without_any", "GRANT without_any TO USER neutral");
        total.returns("603");
    }

    @Test
    void aRestrictionOfTheReferencingTableIsAnded(SampleLibrary samples) {
        totalUnder(
                        samples,
                        "both_tables",
                        "\"Shops\" USING (\"Country\" = 'France')",
                        "\"Sales\" USING (\"Product\" LIKE 'TAB%')",
                        "\"Sales\" USING (\"Quantity\" > 1)")
                .returns(samples.original()
                        .session("global-user")
                        .sql(
                                "SELECT SUM(\"Quantity\") FROM \"Sales\" WHERE \"Product\" LIKE 'TAB%' AND \"Quantity\" > 1"
                                        + " AND \"Shop\" IN (SELECT \"Shop ID\" FROM \"Shops\" WHERE \"Country\" = 'France')")
                        .observation()
                        .text());
    }

    @Test
    void aRestrictionOfTheReferencingTableAloneDoesNotTouchTheOther(SampleLibrary samples) {
        Sample sample = samples.changeable();
        totalUnder(samples, "sales_only", "\"Sales\" USING (\"Quantity\" > 3)")
                .returns(samples.original()
                        .session("global-user")
                        .sql("SELECT SUM(\"Quantity\") FROM \"Sales\" WHERE \"Quantity\" > 3")
                        .observation()
                        .text());
        sample.session("sales_only").sql("SELECT COUNT(*) FROM \"Shops\"").returns("40");
    }

    @Test
    void aRoleBringsTheRestrictionsOfTheRolesItHolds(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE ROLE inner_role",
                "CREATE ROLE outer_role",
                "GRANT inner_role TO ROLE outer_role",
                "CREATE RESTRICTION of_inner ON \"Shops\" USING (\"City\" = 'Nice') TO inner_role",
                "CREATE USER nested",
                "GRANT ROLE_USER, outer_role TO USER nested");
        sample.session("nested").sql(TOTAL).returns("609");
    }

    @Test
    void publicMeansEveryoneButAdministrators(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE RESTRICTION for_all ON \"Shops\" USING (\"Shop size\" = 'big') TO PUBLIC");
        try {
            sample.session("french-user").sql(TOTAL).returns("404");
            sample.session("admin").sql(TOTAL).returns("8077");
        } finally {
            sample.run("DROP RESTRICTION for_all");
        }
    }

    @Test
    void whoHoldsNoRestrictionSeesAllAndTheOthersDoNot(SampleLibrary samples) {
        samples.original().session("global-user").sql(TOTAL).returns("8077");
        samples.original().session(SampleUser.FRENCH).sql(TOTAL).returns("3027");
        samples.original().session(SampleUser.PARISIAN).sql(TOTAL).returns("603");
    }

    @Test
    void anAdministratorSeesAllWhateverElseIsHeld(SampleLibrary samples) {
        SampleStatement total = totalUnder(samples, "promoted", "\"Shops\" USING (\"City\" = 'Paris')");
        total.returns("603");
        samples.changeable().run("GRANT ROLE_ADMIN TO USER promoted");
        total.returns("8077");
    }

    @Test
    void aMappingTableIsReadWithTheDefinersRights(SampleLibrary samples) {
        SampleSession mapped = samples.original().session(SampleUser.MAPPED);
        mapped.sql("SELECT COUNT(*) FROM \"Access\"").returns("0");
        mapped.sql(TOTAL).returns("1212");
    }
}
