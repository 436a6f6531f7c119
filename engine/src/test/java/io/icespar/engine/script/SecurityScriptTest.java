package io.icespar.engine.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.export.SecurityScript;
import io.icespar.security.export.SecurityScript.Passwords;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.TableName;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A security state that is written as a script and read again says the same. */
class SecurityScriptTest {
    private static final PasswordHash HASH =
            new PasswordHash("$2b$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234");

    private static final TableName SHOPS = TableName.of("retail", "Shops");
    private static final Set<String> COLUMNS = Set.of("City", "Größe", "a;b", "we\"ird", "select", "it's");
    private static final Catalog CATALOG = new Catalog(List.of(
            new Table(SHOPS, columns(), List.of(Name.of("it's")), List.of()),
            new Table(
                    TableName.of("retail", "o'hara \"2\""),
                    columns(),
                    List.of(),
                    List.of(new Reference(List.of(Name.of("a;b")), SHOPS, List.of(Name.of("it's"))))),
            table("größe; --", "select"),
            table("x", "t")));
    private static final SqlFrontend FRONTEND = new SqlFrontend(CATALOG);

    private static Table table(String schema, String name) {
        return new Table(TableName.of(schema, name), columns(), List.of(), List.of());
    }

    private static List<Column> columns() {
        return COLUMNS.stream()
                .sorted()
                .map(column -> new Column(Name.of(column), ColumnType.of(ColumnType.Kind.VARCHAR), true))
                .toList();
    }

    /** A state with a fact of each kind, which may be written in ways that are hard to read. */
    private static final String FULL = """
            CREATE ROLE "inner";
            CREATE ROLE outer_role;
            GRANT "inner" TO ROLE outer_role;
            GRANT outer_role TO ROLE ROLE_ADMIN;
            CREATE USER admin PASSWORD HASH '%1$s';
            CREATE USER "o'hara";
            ALTER USER "o'hara" PASSWORD HASH '%1$s';
            GRANT ROLE_ADMIN TO USER admin;
            GRANT "inner", ROLE_USER TO USER "o'hara";
            CREATE CONTEXT VALUE texts VARCHAR ARRAY DEFAULT ARRAY['it''s', '
            -- '';'];
            CREATE CONTEXT VALUE claimed DECIMAL(10, 2) FROM CLAIM 'it''s.b' SETTABLE;
            ALTER ROLE "inner" SET texts = ARRAY[];
            ALTER USER "o'hara" SET queries_time_limit = 30;
            ALTER TABLE retail."Shops" SET ROW SECURITY REQUIRED;
            REVOKE SELECT ON SCHEMA retail FROM PUBLIC;
            GRANT SELECT ("City", "a;b") ON TABLE retail."Shops" TO PUBLIC, "inner";
            CREATE RESTRICTION commented ON retail."Shops" USING ("City" = 'x' /* ) */ -- to PUBLIC
            ) TO "inner", PUBLIC;
            CREATE RESTRICTION narrow ON retail."Shops" AS RESTRICTIVE USING ("City" = ANY (CONTEXT_VALUE('texts')));
            CREATE RESTRICTION wide ON retail."Shops" AS PERMISSIVE USING ("select" IN (SELECT "City" FROM "Shops"));
            GRANT RESTRICTION narrow TO outer_role;
            CREATE MASK stars ON retail."Shops" ("Größe") USING ('***') TO PUBLIC EXCEPT outer_role;
            CREATE VIEW retail.z (town) AS SELECT "City" FROM retail."Shops" WHERE "select" <> 'it''s' -- no more;
            ;
            CREATE VIEW retail.y AS SELECT * FROM retail.z WHERE town = ANY (CONTEXT_VALUE('texts')) ORDER BY town LIMIT 3;
            GRANT SELECT (town) ON TABLE retail.y TO "inner";
            CREATE CUBE retail."cube ""c""; --" ON retail."o'hara ""2""\" MANUAL (
              HIERARCHY "h'1" (LEVEL "l 1" AS "o'hara ""2""\"."we""ird", LEVEL l2 AS "o'hara ""2""\"."select")
                SLICING DIMENSION "d;",
              HIERARCHY h2 (LEVEL "Größe" AS "Shops"."Größe"),
              MEASURE m AS COUNT(DISTINCT "l 1") -- no more, MEASURE;
                FORMAT '#,##0.00 ''€''' DESCRIPTION 'it''s; --',
              MEASURE n AS AGGREGATE(m) * 2 /* of */);
            GRANT MEMBERS ('it''s', 'x'), ('a;b') OF HIERARCHY "h'1" IN CUBE retail."cube ""c""; --" TO ROLE "inner";
            GRANT MEMBERS ('-- '';') OF HIERARCHY h2 IN CUBE retail."cube ""c""; --" TO ROLE "PUBLIC";
            ALTER ROLE "inner" SET VISIBILITY OF DIMENSION "d;" IN CUBE retail."cube ""c""; --" HIDDEN;
            ALTER ROLE outer_role SET VISIBILITY OF HIERARCHY h2 IN CUBE retail."cube ""c""; --" SHOWN;
            ALTER ROLE "PUBLIC" SET VISIBILITY OF MEASURE n IN CUBE retail."cube ""c""; --" HIDDEN;
            ALTER ROLE "inner" SET DEFAULT MEMBER OF HIERARCHY h2 IN CUBE retail."cube ""c""; --" TO ('big');
            ALTER USER "o'hara" SET DEFAULT MEMBER OF HIERARCHY "h'1" IN CUBE retail."cube ""c""; --" TO ('x', 'y''');
            CREATE VIEW retail.of_cube AS SELECT "l 1", AGGREGATE(m) AS m FROM retail."cube ""c""; --" GROUP BY "l 1";
            CREATE ROLE MAPPING FROM '/it''s "a" group; --' TO "inner", ROLE_USER;
            CREATE ROLE MAPPING FROM '/IT''S "a" group; --' TO outer_role;
            ALTER SYSTEM SET DEFAULT ROLES (ROLE_USER, "inner");
            """.formatted(HASH.value());

    /** Those that take away, and those that others do the work of. */
    private static final Set<String> NOT_WRITTEN = Set.of(
            "AddHierarchy",
            "AddMeasure",
            "AlterUserPassword",
            "DropContextValue",
            "DropCube",
            "DropCubePart",
            "DropMask",
            "DropRestriction",
            "DropRole",
            "DropRoleMapping",
            "DropUser",
            "DropView",
            "GrantRestrictions",
            "ResetContextValue",
            "ResetDefaultMember",
            "ResetVisibility",
            "RevokeMembers",
            "RevokeRestrictions",
            "RevokeRoles");

    @Test
    void theWholeStateComesBack() {
        SecurityState state = read(FULL);
        assertComesBack(state);
        assertEquals(
                HASH, state.findUser(Name.of("o'hara")).flatMap(User::password).orElseThrow());
    }

    @Test
    void everyKindOfCommandIsWrittenOrKnownNotToBe() {
        Set<String> written = new TreeSet<>();
        SecurityState[] state = {SecurityState.empty()};
        FRONTEND.script(script(read(FULL), Passwords.HASHED), Optional.empty(), () -> state[0], command -> {
            state[0] = state[0].after(command.command(), password -> HASH);
            written.add(command.command().getClass().getSimpleName());
        });
        Set<String> kinds = Arrays.stream(SecurityCommand.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .filter(kind -> !NOT_WRITTEN.contains(kind))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(kinds, written);
    }

    @Test
    void withoutPasswordsAllElseComesBack() {
        String script = script(read(FULL), Passwords.LEFT_OUT);
        SecurityState state = read(script);
        assertTrue(state.users().stream()
                .flatMap(user -> user.password().stream())
                .allMatch(PasswordHash.OF_NO_PASSWORD::equals));
        assertEquals(script, script(state, Passwords.HASHED));
    }

    @Test
    void aConditionThatEndsInACommentStaysOne() {
        SecurityState state = read(FULL);
        assertEquals(
                "\"City\" = 'x' /* ) */ -- to PUBLIC",
                state.findRestriction(Name.of("commented")).orElseThrow().condition());
        assertTrue(script(state, Passwords.HASHED).contains("-- to PUBLIC\n) TO \"inner\", PUBLIC"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret",
                "$2a$15$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "$2a$03$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "$2x$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234",
                "$2a$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ0123",
                "$2a$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234 ",
                "$2a$10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ0123ä",
            })
    void whatIsNoHashIsRefusedAndNotRepeated(String text) {
        for (String command : List.of("CREATE USER u PASSWORD HASH '", "ALTER USER u PASSWORD HASH '")) {
            IcesparException refusal =
                    assertThrows(IcesparException.class, () -> SqlFrontend.parsed(command + text + "'"));
            assertEquals(ErrorCode.INVALID_PARAMETER, refusal.code());
            assertTrue(
                    refusal.getMessage().endsWith("(line 1, column " + command.length() + ")"), refusal.getMessage());
            assertTrue(text.isEmpty() || !refusal.getMessage().contains(text), refusal.getMessage());
        }
    }

    @Test
    void itsWordsCanBeNamesElsewhere() {
        for (String statement : List.of(
                "SELECT hash, passwords AS script FROM script AS hash",
                "SHOW security",
                "CREATE CONTEXT VALUE script VARCHAR",
                "SET hash = 1")) {
            assertEquals(statement, SqlFrontend.parsed(statement).safeText());
        }
    }

    @Test
    void aHashIsNotKeptInWhatIsRecorded() {
        assertEquals(
                "CREATE USER u PASSWORD HASH '***'",
                SqlFrontend.parsed("CREATE USER u PASSWORD HASH '" + HASH.value() + "'")
                        .safeText());
        assertEquals(
                "ALTER USER u PASSWORD HASH\n'***' ;",
                SqlFrontend.parsed("ALTER USER u PASSWORD HASH\n'" + HASH.value() + "' ;")
                        .safeText());
    }

    @Test
    void anyStateComesBack() {
        int commands = 0;
        for (int seed = 0; seed < 100; seed++) {
            RandomCommands random = new RandomCommands(new Random(seed));
            SecurityState state = SecurityState.empty();
            for (int i = 0; i < 60; i++) {
                try {
                    state = after(state, random.next());
                    commands++;
                } catch (IcesparException e) {
                    // A role that is not there, or is there already; all commands are well formed.
                    assertTrue(e.code() != ErrorCode.SYNTAX && e.code() != ErrorCode.INTERNAL, e.getMessage());
                }
            }
            assertComesBack(state);
        }
        assertTrue(commands > 2_000, "only " + commands + " commands were carried out");
    }

    private static void assertComesBack(SecurityState state) {
        String script = script(state, Passwords.HASHED);
        SecurityState again = read(script);
        assertTrue(again.isLike(state), script);
        // Names are equal whatever their case is; they are to come back as they were spelled.
        assertEquals(script, script(again, Passwords.HASHED));
    }

    private static String script(SecurityState state, Passwords passwords) {
        return SecurityScript.commands(state, passwords).stream()
                .map(command -> command + ";\n")
                .collect(Collectors.joining());
    }

    private static SecurityState read(String script) {
        return after(SecurityState.empty(), script);
    }

    private static SecurityState after(SecurityState before, String script) {
        List<SecurityState> states = new ArrayList<>(List.of(before));
        FRONTEND.script(
                script,
                Optional.empty(),
                () -> states.get(states.size() - 1),
                command -> states.add(states.get(states.size() - 1).after(command.command(), password -> HASH)));
        return states.get(states.size() - 1);
    }

    /** Commands of all kinds over a few odd names. */
    private record RandomCommands(Random random) {
        private static final List<String> NAMES =
                List.of("a", "select", "It's", "q\"q", "ü 🦊", "x; --", "/* y", "`z`", "\\", "U&", "PASSWORD");
        private static final List<String> TEXTS =
                List.of("", "it's", "a\nb", "\r\n;", "-- x", "/*", "*/", "\\'", "🦊", "U&'\\0041'", "\t\"");
        private static final List<String> TYPES =
                List.of("VARCHAR", "INTEGER", "BIGINT", "DOUBLE", "DECIMAL(20, 3)", "BOOLEAN", "DATE", "TIMESTAMP");

        String next() {
            return switch (random.nextInt(16)) {
                case 0, 1 -> "CREATE ROLE " + name();
                case 2 -> "GRANT " + name() + ", " + role() + " TO ROLE " + role();
                case 3 -> "CREATE USER " + name() + (random.nextBoolean() ? " PASSWORD 'x'" : "");
                case 4 -> "GRANT " + role() + " TO USER " + name();
                case 5 -> "REVOKE " + role() + " FROM " + grantee();
                case 6 -> {
                    String type = one(TYPES);
                    boolean isArray = random.nextInt(3) == 0;
                    yield "CREATE OR REPLACE CONTEXT VALUE " + name() + " " + type + (isArray ? " ARRAY" : "")
                            + (random.nextBoolean() ? " DEFAULT " + value(type, isArray) : "")
                            + (random.nextInt(4) == 0 ? " FROM CLAIM " + text("it's.🦊") : "")
                            + (random.nextInt(3) == 0 ? " SETTABLE" : "");
                }
                case 7, 8 ->
                    "ALTER " + grantee() + " SET " + name() + " = " + value(one(TYPES), random.nextInt(3) == 0);
                case 9 -> "ALTER TABLE " + table() + " SET ROW SECURITY " + one(List.of("REQUIRED", "OPTIONAL"));
                case 10 -> "GRANT SELECT " + scope() + " TO " + holders();
                case 11 -> "REVOKE SELECT " + scope() + " FROM " + holders();
                case 12, 13 ->
                    "CREATE OR REPLACE RESTRICTION " + name() + " ON " + table()
                            + one(List.of("", " AS RESTRICTIVE", " AS PERMISSIVE")) + " USING (" + condition() + "\n)"
                            + (random.nextBoolean() ? " TO " + holders() : "");
                case 14 ->
                    "CREATE OR REPLACE MASK " + name() + " ON " + table() + " (" + column() + ") USING ("
                            + one(List.of(text(one(TEXTS)), column(), "NULL", "UPPER(" + column() + ") -- x\n")) + ")"
                            + (random.nextBoolean() ? " TO " + holders() : "")
                            + (random.nextBoolean() ? " EXCEPT " + name() : "");
                default -> "DROP " + one(List.of("ROLE ", "USER ", "RESTRICTION ", "MASK ")) + name();
            };
        }

        private <T> T one(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }

        private static String quoted(String name) {
            return "\"" + name.replace("\"", "\"\"") + "\"";
        }

        private static String text(String text) {
            return "'" + text.replace("'", "''") + "'";
        }

        private String name() {
            return quoted(one(NAMES));
        }

        private String role() {
            return random.nextInt(4) == 0 ? one(List.of("ROLE_USER", "ROLE_ADMIN")) : name();
        }

        private String grantee() {
            return random.nextBoolean() ? "USER " + name() : "ROLE " + role();
        }

        private String holders() {
            return random.nextInt(3) == 0 ? "PUBLIC" : name() + (random.nextBoolean() ? ", PUBLIC" : "");
        }

        private String table() {
            TableName name = one(CATALOG.tables()).name();
            return quoted(name.schema().spelling()) + "." + quoted(name.table().spelling());
        }

        private String column() {
            return quoted(one(COLUMNS.stream().sorted().toList()));
        }

        private String scope() {
            return switch (random.nextInt(3)) {
                case 0 -> "ON SCHEMA " + quoted(one(CATALOG.schemas()).spelling());
                case 1 -> "ON TABLE " + table();
                default -> "(" + column() + ", " + column() + ") ON TABLE " + table();
            };
        }

        private String condition() {
            return switch (random.nextInt(6)) {
                case 0 -> column() + " = " + text(one(TEXTS)) + " -- ) to";
                case 1 -> column() + " LIKE " + text(one(TEXTS)) + " AND /* ; */ " + column() + " IS NOT NULL";
                case 2 -> "CONTEXT_VALUE(" + text(one(NAMES)) + ") IS NOT NULL";
                case 3 -> column() + " IN (SELECT " + column() + " FROM " + table() + ")";
                case 4 -> "CURRENT_USER = " + column() + " // x";
                default -> "TRUE";
            };
        }

        private String value(String type, boolean isArray) {
            if (isArray) {
                return random.ints(random.nextInt(3), 0, 10)
                        .mapToObj(i -> value(type))
                        .collect(Collectors.joining(", ", "ARRAY[", "]"));
            }
            return random.nextInt(8) == 0 ? "NULL" : value(type);
        }

        private String value(String type) {
            return switch (type) {
                case "VARCHAR" -> text(one(TEXTS));
                case "INTEGER" -> String.valueOf(random.nextInt());
                case "BIGINT" -> String.valueOf(random.nextLong());
                case "DOUBLE" -> random.nextGaussian() + "E" + (random.nextInt(600) - 300);
                case "DECIMAL(20, 3)" -> random.nextInt() + ".12";
                case "BOOLEAN" -> String.valueOf(random.nextBoolean());
                case "DATE" -> "DATE '%04d-02-03'".formatted(1 + random.nextInt(9999));
                default -> "TIMESTAMP '2021-02-04 05:%02d:00.5'".formatted(random.nextInt(60));
            };
        }
    }
}
