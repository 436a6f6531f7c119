package io.icespar.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Subject;
import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestrictionCheckTest {
    private static final String PROLOGUE = """
            CREATE CONTEXT VALUE v VARCHAR; CREATE CONTEXT VALUE vs VARCHAR ARRAY; CREATE CONTEXT VALUE b BOOLEAN;
            CREATE ROLE r1; CREATE ROLE r2; CREATE ROLE r3; CREATE ROLE around1; GRANT r1 TO ROLE around1;
            CREATE USER u; GRANT around1, r2 TO USER u;
            CREATE USER admin; GRANT ROLE_ADMIN, r1, r2, r3 TO USER admin;
            """;

    private static final SqlFrontend FRONTEND = new SqlFrontend(new Catalog(List.of(
            new Table(
                    TableName.of("s", "t"),
                    List.of(
                            new Column(Name.of("key"), ColumnType.of(ColumnType.Kind.INTEGER), false),
                            new Column(Name.of("city"), ColumnType.of(ColumnType.Kind.VARCHAR), true),
                            new Column(Name.of("big"), ColumnType.of(ColumnType.Kind.BOOLEAN), true),
                            new Column(Name.of("size"), ColumnType.decimal(10, 2), true),
                            new Column(Name.of("d"), ColumnType.of(ColumnType.Kind.DATE), true)),
                    List.of(),
                    List.of()),
            new Table(
                    TableName.of("s", "other"),
                    List.of(new Column(Name.of("x"), ColumnType.of(ColumnType.Kind.VARCHAR), true)),
                    List.of(),
                    List.of()))));

    @Test
    void whatIsGrantedToNobodyIsTold() {
        assertFindings("never granted: x, PUBLIC", "CREATE RESTRICTION x ON t USING (city = 'a')");
        assertFindings("", "CREATE RESTRICTION x ON t USING (city = 'a') TO PUBLIC");
    }

    @Test
    void aRoleThatNoUserHoldsIsTold() {
        assertFindings("", "CREATE RESTRICTION x ON t USING (city = 'a') TO r1, r3");
        assertFindings(
                "nobody holds: x, r3",
                "REVOKE r3 FROM USER admin; CREATE RESTRICTION x ON t USING (city = 'a') TO r1, r3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRUE",
                "key IS NOT NULL",
                "1 = 1",
                "key = key",
                "city = 'a' OR TRUE",
                "key < 5 OR key >= 5",
                "CONTEXT_VALUE('v') = 'a' OR TRUE",
            })
    void whatIsAlwaysTrueIsTold(String condition) {
        assertFindings("always true: x, PUBLIC", "CREATE RESTRICTION x ON t USING (" + condition + ") TO r1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FALSE",
                "city = 'a' AND city = 'b'",
                "city IN ('a', 'b') AND city NOT IN ('b', 'a')",
                "key IS NULL",
                "UPPER(city) = 'a' AND UPPER(city) = 'b'",
                "size > 5 AND size < 3",
                "city = 'a' AND city IS NULL",
                "d > DATE '2020-01-01' AND d < DATE '2019-01-01'",
                "city = NULL",
                "big AND NOT big",
                "CURRENT_USER = 'a' AND FALSE",
                "city = 'a' AND 1 = 0",
            })
    void whatIsNeverTrueIsTold(String condition) {
        assertFindings("always false: x, PUBLIC", "CREATE RESTRICTION x ON t USING (" + condition + ") TO r1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "city = city",
                "city = 'a' OR city <> 'a'",
                "city = 'a' OR city = 'b'",
                "big OR NOT big",
                "CONTEXT_VALUE('v') = 'a' AND CONTEXT_VALUE('v') <> 'a' OR city = 'a'",
                "CONTEXT_VALUE('b')",
                "CONTEXT_VALUE('b') OR big",
                "city = ANY (CONTEXT_VALUE('vs'))",
                "city <> ALL (CONTEXT_VALUE('vs'))",
                "CURRENT_USER = 'nobody'",
                "city IN (SELECT x FROM other)",
                "city IN (SELECT x FROM other WHERE FALSE)",
                "EXISTS (SELECT * FROM other WHERE x = city)",
                "city NOT IN (SELECT x FROM other) AND city = 'a'",
                "city LIKE 'a%' AND city LIKE 'b%'",
                "city = 'a' AND UPPER(city) = 'A'",
                "UPPER(city) = 'a' AND LOWER(city) = 'B'",
                "size = 5 AND CAST(size AS INTEGER) = 5",
                "key / 0 = 1 OR city = 'a'",
                "key / 0 = key / 0",
                "city LIKE '%'",
                "CAST(city AS INTEGER) = 1 AND CAST(city AS INTEGER) + 1 = 1",
                "city = 'a ' OR city = 'a'",
                "CASE WHEN big THEN city = 'a' ELSE city = 'b' END",
            })
    void ofAllElseNothingIsSaid(String condition) {
        assertFindings("", "CREATE RESTRICTION x ON t USING (" + condition + ") TO r1");
    }

    @Test
    void twoThatAUserHoldsAndThatNoRowMeetsAreTold() {
        String a = "CREATE RESTRICTION a ON t AS RESTRICTIVE USING (city = 'a') TO r1;";
        assertFindings(
                "never together: a b, u; not the sum: a b, u",
                a + "CREATE RESTRICTION b ON t AS RESTRICTIVE USING (city = 'b') TO r2");
        assertFindings("", a + "CREATE RESTRICTION b ON t AS RESTRICTIVE USING (city = 'b') TO r3");
        assertFindings("", a + "CREATE RESTRICTION b ON t AS RESTRICTIVE USING (city = 'a') TO r2");
        assertFindings(
                "never together: a b, u", a + "CREATE RESTRICTION b ON t AS RESTRICTIVE USING (city = 'b') TO PUBLIC");
        // Of one subject they are OR-ed.
        assertFindings("", """
                CREATE RESTRICTION a ON t USING (city = 'a') TO r1;
                CREATE RESTRICTION b ON t USING (city = 'b') TO r2""");
    }

    @Test
    void twoRolesThatShowLessThanTheirSumAreTold() {
        assertFindings("not the sum: a b, u", """
                CREATE RESTRICTION a ON t USING (city = 'a') TO r1;
                CREATE RESTRICTION b ON t USING (key = 1) TO r2""");
        assertFindings("", """
                CREATE RESTRICTION a ON t USING (city = 'a') TO r1, r2;
                CREATE RESTRICTION b ON t USING (key = 1) TO r1, r2""");
        assertFindings("", """
                CREATE RESTRICTION a ON t USING (city = 'a') TO r1;
                CREATE RESTRICTION b ON t USING (key = 1) TO PUBLIC""");
        assertFindings("", """
                CREATE RESTRICTION a ON t AS PERMISSIVE USING (city = 'a') TO r1;
                CREATE RESTRICTION b ON t AS PERMISSIVE USING (key = 1) TO r2""");
    }

    @Test
    void usersWhoHoldTheSameAreToldOnce() {
        assertEquals(
                List.of("user `u` (as do 2 others) sees no row: no row lets them pass together"),
                findings("""
                        CREATE USER v; CREATE USER w; GRANT r1, r2 TO USER v; GRANT r1, r2 TO USER w;
                        CREATE RESTRICTION a ON t AS RESTRICTIVE USING (city = 'a') TO r1;
                        CREATE RESTRICTION b ON t AS RESTRICTIVE USING (city = 'b') TO r1""").stream().map(Finding::text).toList());
    }

    @Test
    void whatNoLongerFitsIsToldAndTheRestIsChecked() {
        SecurityState state = state("CREATE RESTRICTION z ON t USING (FALSE) TO r1")
                .after(restriction("gone", TableName.of("s", "gone"), "city = 'a'"))
                .after(restriction("old", TableName.of("s", "t"), "former = 'a'"));
        assertEquals(
                "does not fit: gone, PUBLIC; does not fit: old, PUBLIC; always false: z, PUBLIC",
                text(RestrictionCheck.findings(state, FRONTEND)));
    }

    private static CreateRestriction restriction(String name, TableName table, String condition) {
        return new CreateRestriction(
                Name.of(name), table, condition, new Subject.Columns(Set.of()), false, false, List.of(Name.of("r1")));
    }

    private static void assertFindings(String expected, String script) {
        assertEquals(expected, text(findings(script)));
    }

    private static String text(List<Finding> findings) {
        return findings.stream()
                .map(finding -> finding.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + ": "
                        + finding.restrictions().stream().map(Name::spelling).collect(Collectors.joining(" "))
                        + ", " + finding.holder())
                .collect(Collectors.joining("; "));
    }

    private static List<Finding> findings(String script) {
        return RestrictionCheck.findings(state(script), FRONTEND);
    }

    private static SecurityState state(String script) {
        SecurityState[] state = {SecurityState.empty()};
        FRONTEND.script(
                PROLOGUE + script,
                Optional.of(Name.of("s")),
                () -> state[0].context(),
                command -> state[0] = state[0].after(command.command()));
        return state[0];
    }
}
