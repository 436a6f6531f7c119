package io.icespar.security.export;

import static io.icespar.security.store.Fixture.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.command.SecurityCommand.DropContextValue;
import io.icespar.security.command.SecurityCommand.DropMask;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.GrantRestrictions;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.ResetContextValue;
import io.icespar.security.command.SecurityCommand.RevokeRoles;
import io.icespar.security.command.SecurityCommand.SetRowSecurity;
import io.icespar.security.context.GivenValue;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.Part;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.export.SecurityScript.Passwords;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import io.icespar.security.store.Fixture;
import io.icespar.security.store.FullState;
import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written; that it is read as it was meant is for the engine to show. */
class SecurityScriptTest {
    private static final Fixture FULL = FullState.of().after(new DropRestriction(Name.of("long"), false));

    @Test
    void everyFactIsACommandThatFindsWhatItNeeds() {
        assertEquals("""
                CREATE CONTEXT VALUE "amount" DECIMAL(38, 10)
                CREATE CONTEXT VALUE "days" DATE ARRAY DEFAULT ARRAY[DATE '2021-02-04', DATE '0001-01-01']
                CREATE CONTEXT VALUE "own" BOOLEAN FROM CLAIM 'a.b' SETTABLE
                CREATE CONTEXT VALUE "small" DOUBLE DEFAULT 49E-325
                CREATE CONTEXT VALUE "texts" VARCHAR ARRAY DEFAULT ARRAY[]
                CREATE CONTEXT VALUE "times" TIMESTAMP ARRAY DEFAULT ARRAY[TIMESTAMP '2021-02-04 00:00:00', \
                TIMESTAMP '9999-12-31 23:59:59.999999']
                CREATE CONTEXT VALUE "Währung" VARCHAR DEFAULT 'it''s
                🦊'
                CREATE ROLE "inner"
                CREATE ROLE "rôle 'quoted"" 🦊"
                GRANT "inner" TO ROLE "rôle 'quoted"" 🦊"
                ALTER ROLE "inner" SET "own" = NULL
                ALTER ROLE "inner" SET "texts" = ARRAY['', ',', '1:', '[', '''']
                CREATE CUBE "größe"."empty" ON "retail"."Shops" MANUAL ()
                CREATE CUBE "retail"."cube 🦊" ON "retail"."Shops" MANUAL (HIERARCHY "o'hara" (LEVEL "text" AS \
                "Größe"."z"."Größe", LEVEL "number" AS "Größe"."n") DIMENSION "dimension 🦊", \
                HIERARCHY "twelve" (LEVEL "level 1" AS "c1", LEVEL "level 2" AS "c2", LEVEL "level 3" AS "c3", \
                LEVEL "level 4" AS "c4", LEVEL "level 5" AS "c5", LEVEL "level 6" AS "c6", LEVEL "level 7" AS "c7", \
                LEVEL "level 8" AS "c8", LEVEL "level 9" AS "c9", LEVEL "level 10" AS "c10", \
                LEVEL "level 11" AS "c11", LEVEL "level 12" AS "c12") SLICING DIMENSION "twelve", \
                MEASURE "measure ""🦊""\" AS SUM("Größe") -- 🦊
                 FORMAT '#,##0.00 ''€''' DESCRIPTION 'it''s 🦊', MEASURE "other" AS COUNT(*))
                ALTER ROLE "inner" SET DEFAULT MEMBER OF HIERARCHY "o'hara" IN CUBE "retail"."cube 🦊" TO ('a', 2.00)
                CREATE VIEW "retail"."view 🦊" ("o'hara 1", "o'hara 2", "o'hara 3", "o'hara 4", "o'hara 5", "o'hara 6", \
                "o'hara 7", "o'hara 8", "o'hara 9", "o'hara 10", "o'hara 11", "o'hara 12") AS SELECT 'it''s'
                -- 🦊
                FROM "Größe"
                CREATE VIEW "RETAIL"."outer" ("c") AS VALUES (1)
                ALTER TABLE "retail"."Shops" SET ROW SECURITY REQUIRED
                GRANT SELECT ON SCHEMA "größe" TO "inner"
                GRANT SELECT ON TABLE "retail"."o'hara" TO "inner"
                GRANT SELECT ("a;b") ON TABLE "retail"."Shops" TO "inner"
                REVOKE SELECT ON SCHEMA "größe" FROM PUBLIC
                REVOKE SELECT ON TABLE "retail"."o'hara" FROM PUBLIC
                REVOKE SELECT ("a;b") ON TABLE "retail"."Shops" FROM PUBLIC
                CREATE RESTRICTION "by columns" ON "retail"."Shops" USING (by columns) TO "inner", PUBLIC
                CREATE RESTRICTION "by none" ON "retail"."Shops" USING (by none)
                CREATE RESTRICTION "own" ON "retail"."Shops" AS RESTRICTIVE USING (own) TO "inner"
                CREATE RESTRICTION "reads" ON "retail"."Shops" USING (reads) TO PUBLIC
                CREATE RESTRICTION "whole" ON "retail"."Shops" AS PERMISSIVE USING (whole) TO PUBLIC
                CREATE MASK "mask 🦊" ON "retail"."Shops" ("Größe") USING ('***') TO PUBLIC EXCEPT "inner"
                CREATE MASK "other" ON "retail"."Shops" ("Größe") USING (NULL) TO "inner", "rôle 'quoted"" 🦊"
                CREATE MASK "reading" ON "retail"."Shops" ("City") USING (1) TO PUBLIC
                GRANT MEMBERS ('it''s', 1.50), ('🦊') OF HIERARCHY "o'hara" IN CUBE "retail"."cube 🦊" TO ROLE "inner"
                GRANT MEMBERS ('', 0.00) OF HIERARCHY "o'hara" IN CUBE "retail"."cube 🦊" TO ROLE "PUBLIC"
                ALTER ROLE "inner" SET VISIBILITY OF DIMENSION "dimension 🦊" IN CUBE "retail"."cube 🦊" SHOWN
                ALTER ROLE "inner" SET VISIBILITY OF MEASURE "other" IN CUBE "retail"."cube 🦊" SHOWN
                ALTER ROLE "PUBLIC" SET VISIBILITY OF MEASURE "other" IN CUBE "retail"."cube 🦊" HIDDEN
                CREATE ROLE MAPPING FROM 'it''s 🦊' TO "inner", "rôle 'quoted"" 🦊"
                CREATE USER "admin" PASSWORD HASH '$2a$04$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
                CREATE USER "Bob"
                CREATE USER "o'hara" PASSWORD HASH '$2a$04$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'
                ALTER USER "o'hara" SET "amount" = -0.5000000000
                ALTER USER "o'hara" SET "queries_time_limit" = 30
                ALTER USER "o'hara" SET DEFAULT MEMBER OF HIERARCHY "o'hara" IN CUBE "retail"."cube 🦊" TO ('a')
                GRANT "ROLE_ADMIN" TO USER "admin"
                GRANT "inner", "ROLE_USER" TO USER "Bob"
                GRANT "rôle 'quoted"" 🦊" TO USER "o'hara"
                CREATE ROLE MAPPING FROM 'IT''S 🦊' TO "ROLE_ADMIN"
                ALTER SYSTEM SET DEFAULT ROLES ("inner", "ROLE_USER")""", script(FULL.state(), Passwords.HASHED));
    }

    static Stream<SecurityCommand> changes() {
        Name inner = Name.of("inner");
        return Stream.of(
                new CreateUser(Name.of("new"), Optional.empty()),
                new DropUser(Name.of("o'hara"), false),
                new RevokeRoles(names("inner"), new Grantee.Role(Name.of("rôle 'quoted\" 🦊"))),
                new RevokeRoles(names("ROLE_USER"), new Grantee.User(Name.of("Bob"))),
                new GrantRestrictions(names("by none"), names("inner")),
                new SetRowSecurity(TableName.of("retail", "o'hara"), true),
                new GrantSelect(List.of(new Scope.OfTable(Fixture.SHOPS)), names("inner")),
                new DropMask(Name.of("other"), false),
                new DropContextValue(Name.of("days"), false),
                new SecurityCommand.DropView(FullState.OUTER.name(), false),
                new SecurityCommand.AddMeasure(
                        FullState.CUBE.name(),
                        new Measure(Name.of("new"), "1", Optional.empty(), Optional.empty(), Set.of(), Set.of())),
                new SecurityCommand.RevokeMembers(
                        new HierarchyName(FullState.CUBE.name(), Name.of("o'hara")), Name.of("PUBLIC"), List.of()),
                new SecurityCommand.ResetVisibility(
                        new Part(FullState.CUBE.name(), Part.Kind.MEASURE, Name.of("other")), inner),
                new SecurityCommand.ResetDefaultMember(
                        new HierarchyName(FullState.CUBE.name(), Name.of("o'hara")), new Grantee.Role(inner)),
                new SecurityCommand.DropRoleMapping("it's 🦊", names("inner"), false),
                new SecurityCommand.SetDefaultRoles(names("inner")),
                new ResetContextValue(new Grantee.Role(inner), Name.of("own")));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void anotherStateIsAnotherScript(SecurityCommand change) {
        SecurityState changed = FULL.after(change).state();
        assertFalse(changed.isLike(FULL.state()));
        assertNotEquals(script(FULL.state(), Passwords.HASHED), script(changed, Passwords.HASHED));
    }

    @Test
    void withoutPasswordsNoHashIsWrittenButThatOfNoPassword() {
        String script = script(FULL.state(), Passwords.LEFT_OUT);
        assertFalse(script.contains("$2a$04$"), script);
        assertTrue(script.contains("CREATE USER \"admin\" PASSWORD HASH '$2a$10$" + ".".repeat(53) + "'\n"), script);
        assertTrue(script.contains("CREATE USER \"Bob\"\n"), script);
    }

    @Test
    void whatProvidersSayIsNotWritten() {
        Name provider = Name.of("desks");
        Name inner = Name.of("inner");
        Restriction restriction =
                new Restriction(Name.of("of desks"), Fixture.SHOPS, "TRUE", new Subject.WholeTable(), Set.of());
        SecurityState state = FULL.state()
                .with(new Provided(List.of(
                        new Provided.Restricts(provider, inner, restriction),
                        new Provided.Hides(provider, inner, new Scope.OfTable(Fixture.SHOPS)),
                        new Provided.Sets(provider, inner, Name.of("Währung"), GivenValue.of("EUR")))));
        assertFalse(state.isLike(FULL.state()));
        assertEquals(script(FULL.state(), Passwords.HASHED), script(state, Passwords.HASHED));
    }

    @Test
    void ofAnEmptyStateThereIsNothingToWrite() {
        assertEquals(List.of(), SecurityScript.commands(SecurityState.empty(), Passwords.HASHED));
    }

    @Test
    void aWholeIsSaidBeforeItsParts() {
        Scope table = new Scope.OfTable(Fixture.SHOPS);
        Scope column = new Scope.OfColumn(Fixture.SHOPS, Name.of("City"));
        SecurityState state = Fixture.empty()
                .after(new SecurityCommand.RevokeSelect(List.of(table), names("PUBLIC")))
                .after(new GrantSelect(List.of(column), names("PUBLIC")))
                .state();
        assertEquals("""
                REVOKE SELECT ON TABLE "retail"."Shops" FROM PUBLIC
                GRANT SELECT ("City") ON TABLE "retail"."Shops" TO PUBLIC""", script(state, Passwords.HASHED));
    }

    private static String script(SecurityState state, Passwords passwords) {
        return String.join("\n", SecurityScript.commands(state, passwords));
    }
}
