package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** COPY for facts, and who may know which. */
@ExtendWith(Samples.class)
class InformationSchemaTest {
    private static final List<String> OF_THE_CATALOG = List.of("SCHEMATA", "TABLES", "COLUMNS");

    @Tag("security")
    @Test
    void theCatalogIsThatOfACopyWithoutWhatIsHidden(SampleLibrary samples) {
        for (SampleUser user : SampleUser.values()) {
            for (String table : OF_THE_CATALOG) {
                String query = "SELECT * FROM INFORMATION_SCHEMA." + table;
                assertEquals(
                        samples.narrowVisibleTo(user).session(user).sql(query).observation(),
                        samples.hidingColumns().session(user).sql(query).observation());
            }
        }
    }

    @Tag("security")
    @Test
    void aViewIsListedForWhomItIsThere(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE VIEW retail.towns (town, many) AS SELECT \"City\", COUNT(*) FROM \"Shops\" GROUP BY \"City\"",
                "REVOKE SELECT (\"City\") ON TABLE \"Shops\" FROM PUBLIC",
                "GRANT SELECT (\"City\") ON TABLE \"Shops\" TO ROLE_PARIS");
        String tables = "SELECT TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'towns'";
        String columns = "SELECT COLUMN_NAME, DATA_TYPE, IS_NULLABLE FROM INFORMATION_SCHEMA.COLUMNS"
                + " WHERE TABLE_NAME = 'towns' ORDER BY ORDINAL_POSITION";
        String privileges = "SELECT COLUMN_NAME FROM INFORMATION_SCHEMA.COLUMN_PRIVILEGES WHERE TABLE_NAME = 'towns'";
        try {
            sample.session(SampleUser.PARISIAN).sql(tables).returns("VIEW");
            sample.session(SampleUser.PARISIAN).sql(columns).returns("town, VARCHAR, YES; many, BIGINT, NO");
            sample.session(SampleUser.PARISIAN).sql(privileges).returns("many; town");
            for (String query : List.of(tables, columns, privileges)) {
                sample.session(SampleUser.FRENCH).sql(query).returns("");
            }
        } finally {
            sample.run(
                    "GRANT SELECT ON TABLE \"Shops\" TO PUBLIC",
                    "REVOKE SELECT ON TABLE \"Shops\" FROM ROLE_PARIS",
                    "DROP VIEW retail.towns");
        }
    }

    @Tag("security")
    @Test
    void privilegesSayNothingOfAHiddenColumn(SampleLibrary samples) {
        Sample sample = samples.changeable();
        String columns = "SELECT GRANTEE FROM INFORMATION_SCHEMA.COLUMN_PRIVILEGES"
                + " WHERE TABLE_NAME = 'Shops' AND COLUMN_NAME = 'City'";
        String tables = "SELECT GRANTEE FROM INFORMATION_SCHEMA.TABLE_PRIVILEGES WHERE TABLE_NAME = 'Shops'";
        sample.run(
                "REVOKE SELECT (\"City\") ON TABLE \"Shops\" FROM PUBLIC",
                "GRANT SELECT (\"City\") ON TABLE \"Shops\" TO ROLE_PARIS");
        try {
            sample.session(SampleUser.PARISIAN).sql(columns).returns("ROLE_PARIS");
            sample.session(SampleUser.PARISIAN).sql(tables).returns("");
            sample.session(SampleUser.FRENCH).sql(columns).returns("");
            sample.session(SampleUser.FRENCH).sql(tables).returns("PUBLIC");
            sample.session("admin").sql(columns).returns("ROLE_PARIS");
            sample.session("admin").sql(tables).returns("");
        } finally {
            sample.run("GRANT SELECT ON TABLE \"Shops\" TO PUBLIC", "REVOKE SELECT ON TABLE \"Shops\" FROM ROLE_PARIS");
        }
    }

    static Stream<Arguments> forAdministrators() {
        return Stream.of(
                        "AUDIT",
                        "GRANTS",
                        "MASKS",
                        "RESTRICTIONS",
                        "RESTRICTION_GRANTS",
                        "ROLES",
                        "ROLE_GRANTS",
                        "ROW_SECURITY",
                        "USERS")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("forAdministrators")
    void whatIsForAdministratorsIsEmptyForAllOthers(String table, SampleLibrary samples) {
        String query = "SELECT * FROM INFORMATION_SCHEMA." + table;
        for (SampleUser user : SampleUser.values()) {
            samples.hidingColumns().session(user).sql(query).returns("");
        }
    }

    @Test
    void aStatementThatIsOpenFindsWhatIsSoWhenItIsExecuted(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE USER \"other admin\"", "GRANT ROLE_USER, ROLE_ADMIN TO USER \"other admin\"");
        SampleSession session = sample.session("other admin");
        SampleStatement roles = session.prepared("SELECT ROLE_NAME FROM INFORMATION_SCHEMA.ENABLED_ROLES");
        SampleStatement users =
                session.prepared("SELECT USER_NAME FROM INFORMATION_SCHEMA.USERS WHERE USER_NAME LIKE 'other%'");
        try {
            roles.returns("ROLE_ADMIN; ROLE_USER");
            users.returns("other admin");
            sample.run("REVOKE ROLE_ADMIN FROM USER \"other admin\"");
            roles.returns("ROLE_USER");
            users.returns("");
        } finally {
            sample.run("DROP USER \"other admin\"");
        }
    }

    @Test
    void callersFindTheirOwnRolesAndValuesOnly(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE CONTEXT VALUE fact VARCHAR",
                "ALTER USER \"" + SampleUser.PARISIAN + "\" SET fact = 'of the other'",
                "ALTER ROLE ROLE_FRANCE SET fact = 'it''s; -- \"\\ 🦊\n'");
        try {
            SampleSession session = sample.session(SampleUser.FRENCH);
            session.sql("SELECT \"VALUE\" FROM INFORMATION_SCHEMA.CONTEXT_VALUES WHERE CONTEXT_VALUE_NAME = 'fact'")
                    .returns("it's; -- \"\\ 🦊\n");
            session.sql("SELECT COUNT(*) FROM INFORMATION_SCHEMA.APPLICABLE_ROLES WHERE ROLE_NAME = 'ROLE_PARIS'")
                    .returns("0");
            session.sql("SELECT GRANTEE, COUNT(*) FROM INFORMATION_SCHEMA.APPLICABLE_ROLES"
                            + " WHERE ROLE_NAME = 'ROLE_FRANCE' GROUP BY GRANTEE")
                    .returns(SampleUser.FRENCH + ", 1");
        } finally {
            sample.run("DROP CONTEXT VALUE fact");
        }
    }

    @Test
    void whatNoTextOfABackendHoldsIsReplaced(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.engine()
                .security()
                .audit()
                .loginRefused("a\0b\uD800", Optional.of("here"), ErrorCode.INVALID_AUTHORIZATION, "x\0y");
        sample.session("admin")
                .sql("SELECT CALLER, REASON FROM INFORMATION_SCHEMA.AUDIT WHERE CALLER LIKE 'a%b%'")
                .returns("a\\u0000b\\ud800, x\uFFFDy");
    }

    @Test
    void administratorsFindInATableWhatShowLists(SampleLibrary samples) {
        SampleSession admin = samples.hidingColumns().session("admin");
        for (String table : List.of("GRANTS", "MASKS", "RESTRICTIONS", "ROLES", "ROW_SECURITY", "USERS")) {
            assertEquals(
                    admin.sql("SHOW " + table.replace('_', ' ')).observation().rows().stream()
                            .sorted()
                            .toList(),
                    admin.sql("SELECT * FROM INFORMATION_SCHEMA." + table)
                            .observation()
                            .rows());
        }
    }
}
