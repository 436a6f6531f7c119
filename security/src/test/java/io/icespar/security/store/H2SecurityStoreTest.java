package io.icespar.security.store;

import static io.icespar.security.store.Fixture.columns;
import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.AlterUserPassword;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.command.SecurityCommand.DropMask;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.GrantRestrictions;
import io.icespar.security.command.SecurityCommand.GrantSelect;
import io.icespar.security.command.SecurityCommand.RevokeRestrictions;
import io.icespar.security.command.SecurityCommand.RevokeRoles;
import io.icespar.security.command.SecurityCommand.RevokeSelect;
import io.icespar.security.command.SecurityCommand.SetRowSecurity;
import io.icespar.security.context.ClaimPath;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.GivenValue;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Part;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.Secret;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import io.icespar.security.view.View;
import io.icespar.security.view.ViewColumn;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That the store keeps states, and says clearly when it cannot. */
class H2SecurityStoreTest {
    private final Path folder;

    H2SecurityStoreTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path file() {
        return folder.resolve(H2SecurityStore.FILE_NAME);
    }

    private SecurityState stored() {
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            return store.load();
        }
    }

    private void store(SecurityState before, SecurityState after) {
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            store.save(before, after);
        }
    }

    /** Runs SQL on the file behind the store's back. */
    private void tamper(String sql) throws SQLException {
        String path = file().toString().replace(".mv.db", "");
        try (Connection connection = DriverManager.getConnection("jdbc:h2:file:" + path, "icespar", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aNewStoreIsEmpty() {
        assertEquals(SecurityState.empty(), stored());
        try (H2SecurityStore store = H2SecurityStore.inMemory()) {
            assertEquals(SecurityState.empty(), store.load());
        }
    }

    @Test
    void storesInMemoryAreSeparate() {
        try (H2SecurityStore one = H2SecurityStore.inMemory();
                H2SecurityStore other = H2SecurityStore.inMemory()) {
            one.save(SecurityState.empty(), FullState.of().state());
            assertEquals(FullState.of().state(), one.load());
            assertEquals(SecurityState.empty(), other.load());
        }
    }

    @Test
    void aStateIsReadAsItWasWritten() {
        SecurityState state = FullState.of().state();
        store(SecurityState.empty(), state);
        SecurityState read = stored();
        assertEquals(state, read);
        // Equality of names is blind to case.
        assertEquals(state.users().toString(), read.users().toString());
        assertEquals(state.roles().toString(), read.roles().toString());
        assertEquals(state.restrictions().toString(), read.restrictions().toString());
    }

    @Test
    void whatProvidersSayIsNeverStored() {
        Name provider = Name.of("desks");
        Name role = Name.of("r");
        Fixture base = Fixture.administered().role("r").contextValue("region", "VARCHAR", "by default");
        Provided said = new Provided(List.of(
                new Provided.Restricts(
                        provider,
                        role,
                        new Restriction(Name.of("p"), Fixture.SHOPS, "TRUE", columns("City"), Set.of())),
                new Provided.Sets(provider, role, Name.of("region"), GivenValue.of("x")),
                new Provided.Hides(provider, role, new Scope.OfTable(Fixture.SHOPS))));
        Fixture merged = new Fixture(base.state().with(said));
        Fixture after = merged.restriction("s", columns("City"), "r").setForUser("admin", "region", "y");
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            assertTrue(store.save(SecurityState.empty(), merged.state()));
            assertEquals(base.state(), store.load());
            assertTrue(store.save(merged.state(), after.state()));
            assertEquals(after.state().stored(), store.load());
            assertEquals(1, store.load().restrictions().size());
        }
    }

    private static final TableName EMPTY = TableName.of("größe", "empty");
    private static final Part.Kind MEASURE = Part.Kind.MEASURE;
    private static final Part OTHER = new Part(FullState.CUBE.name(), MEASURE, Name.of("OTHER"));

    @Test
    void whatTheCatalogDeclaresIsNeverStored() {
        Fixture base = Fixture.administered().role("r");
        Fixture declared = new Fixture(base.state().withDeclared(List.of(SalesCube.CUBE)))
                .after(SalesCube.grant(SalesCube.GEOGRAPHY, "r", SalesCube.path("France")));
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            assertTrue(store.save(SecurityState.empty(), declared.state()));
            assertEquals(declared.state().withDeclared(List.of()), store.load());
            assertEquals(1, store.load().restrictions(Fixture.SHOPS).size());
        }
    }

    @Test
    void whatIsSaidOnceMoreInOtherLettersIsTakenBackAsAWhole() {
        Fixture made = Fixture.administered()
                .role("r")
                .after(SalesCube.creation(SalesCube.CUBE))
                .after(SalesCube.grant(SalesCube.GEOGRAPHY, "r", SalesCube.path("France")));
        Cube shouted = new Cube(
                SalesCube.NAME,
                SalesCube.SALES,
                List.of(new Hierarchy(Name.of("GEOGRAPHY"), Name.of("SHOPS"), false, SalesCube.GEOGRAPHY.levels())),
                List.of());
        Fixture again = made.after(SalesCube.replacement(shouted))
                .after(SalesCube.grant(shouted.hierarchies().get(0), "R", SalesCube.path("France")));
        Fixture revoked =
                again.after(new SecurityCommand.RevokeMembers(SalesCube.named("geography"), Name.of("r"), List.of()));
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            assertTrue(store.save(SecurityState.empty(), made.state()));
            assertTrue(store.save(made.state(), again.state()));
            assertTrue(store.save(again.state(), revoked.state()));
            assertEquals(revoked.state(), store.load());
        }
    }

    @Test
    void everyCommandIsStored() {
        PasswordHash other =
                new PasswordHash(Fixture.HASH.value().replace('a', 'b').replace("$2b", "$2a"));
        Secret secret = new Secret("x");
        Name bob = Name.of("BOB");
        List<SecurityCommand> commands = List.of(
                new AlterUserPassword(bob, secret),
                new AlterUserPassword(bob, secret),
                new RevokeRoles(names("INNER"), new Grantee.User(bob)),
                new RevokeRoles(names("inner"), new Grantee.Role(Name.of("rôle 'quoted\" 🦊"))),
                new CreateRestriction(
                        Name.of("BY COLUMNS"), Fixture.SHOPS, "new", columns("City", "d"), true, false, List.of()),
                new CreateRestriction(
                        Name.of("by columns"), Fixture.SHOPS, "new", new Subject.WholeTable(), true, false, List.of()),
                new GrantRestrictions(names("own", "whole"), names("inner", "PUBLIC")),
                new RevokeRestrictions(names("own", "whole"), names("inner")),
                new DropRestriction(Name.of("own"), false),
                new DropRestriction(Name.of("own"), true),
                new SetRowSecurity(Fixture.SHOPS, false),
                new GrantSelect(FullState.PRIVILEGES.subList(1, 3), names("PUBLIC", "rôle 'quoted\" 🦊")),
                new RevokeSelect(FullState.PRIVILEGES.subList(0, 2), names("inner")),
                FullState.mask("other", "1", names("inner"), names("rôle 'quoted\" 🦊")),
                new DropMask(Name.of("MASK 🦊"), false),
                new DropMask(Name.of("MASK 🦊"), true),
                new SecurityCommand.SetContextValue(
                        new Grantee.User(bob), Name.of("WÄHRUNG"), GivenValue.of("x".repeat(1 << 20))),
                new SecurityCommand.SetContextValue(
                        new Grantee.Role(Name.of("INNER")), Name.of("Währung"), GivenValue.ofNull()),
                new SecurityCommand.ResetContextValue(new Grantee.Role(Name.of("Inner")), Name.of("texts")),
                new DropRestriction(Name.of("reads"), false),
                new SecurityCommand.CreateView(
                        new View(
                                TableName.of("retail", "OUTER"),
                                List.of(
                                        new ViewColumn(Name.of("C"), "DATE"),
                                        new ViewColumn(Name.of("d"), "INTEGER ARRAY")),
                                "VALUES (2)",
                                Map.of(FullState.INNER.name(), Set.of(Name.of("o'hara 1"))),
                                Set.of(Name.of("own"))),
                        true,
                        false),
                new SecurityCommand.CreateView(
                        new View(
                                FullState.INNER.name(),
                                FullState.INNER.columns(),
                                "VALUES (3)",
                                Map.of(Fixture.SHOPS, Set.of(Name.of("CITY"))),
                                Set.of()),
                        true,
                        false),
                new SecurityCommand.DropView(FullState.OUTER.name(), false),
                new SecurityCommand.DropView(FullState.INNER.name(), false),
                new SecurityCommand.CreateContextValue(
                        Name.of("währung"),
                        ContextType.parse("VARCHAR"),
                        Optional.of(GivenValue.ofNull()),
                        Optional.of(new ClaimPath("x")),
                        true,
                        true,
                        false),
                new SecurityCommand.DropContextValue(Name.of("Texts"), false),
                new SecurityCommand.AddMeasure(EMPTY, SalesCube.measure("m")),
                new SecurityCommand.AddHierarchy(EMPTY, SalesCube.DEEP),
                new SecurityCommand.AddMeasure(EMPTY, SalesCube.measure("n", "M", "CITY")),
                new SecurityCommand.CreateCube(
                        new Cube(
                                TableName.of("GRÖSSE", "EMPTY"),
                                Fixture.SHOPS,
                                List.of(SalesCube.SIZE, SalesCube.GEOGRAPHY),
                                List.of(SalesCube.measure("N", "m"), SalesCube.measure("m"))),
                        true,
                        false),
                new SecurityCommand.DropCubePart(new Part(EMPTY, Part.Kind.HIERARCHY, Name.of("size"))),
                new SecurityCommand.DropCubePart(new Part(FullState.CUBE.name(), MEASURE, Name.of("MEASURE \"🦊\""))),
                new SecurityCommand.DropContextValue(Name.of("WÄHRUNG"), false),
                new SecurityCommand.GrantMembers(
                        FullState.members("INNER", FullState.member("a"), FullState.member("it's", "1.50"))),
                new SecurityCommand.GrantMembers(
                        FullState.members("INNER", FullState.member("A"), FullState.member("it's", "1.50"))),
                new SecurityCommand.RevokeMembers(
                        FullState.GEOGRAPHY, Name.of("inner"), List.of(FullState.member("a"), FullState.member("🦊"))),
                new SecurityCommand.RevokeMembers(FullState.GEOGRAPHY, Name.of("public"), List.of()),
                new SecurityCommand.RevokeMembers(FullState.GEOGRAPHY, Name.of("inner"), List.of()),
                new SecurityCommand.SetVisibility(OTHER, Name.of("inner"), true),
                new SecurityCommand.SetVisibility(OTHER, Name.of("INNER"), false),
                new SecurityCommand.ResetVisibility(OTHER, Name.of("inner")),
                new SecurityCommand.SetDefaultMember(new DefaultMember(
                        FullState.GEOGRAPHY, new Grantee.User(Name.of("O'HARA")), FullState.member("b", "1"))),
                new SecurityCommand.SetDefaultMember(new DefaultMember(
                        FullState.GEOGRAPHY, new Grantee.User(Name.of("o'hara")), FullState.member("c"))),
                new SecurityCommand.ResetDefaultMember(FullState.GEOGRAPHY, new Grantee.User(Name.of("o'hara"))),
                new SecurityCommand.DropCube(FullState.CUBE.name(), false),
                new DropMask(Name.of("other"), false),
                new RevokeRestrictions(names("by columns", "long"), names("inner")),
                new DropRole(Name.of("inner"), false),
                new DropUser(bob, false),
                new CreateUser(bob, Optional.empty()));
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            SecurityState state = FullState.of().state();
            store.save(SecurityState.empty(), state);
            for (int i = 0; i < commands.size(); i++) {
                int number = i;
                SecurityState next = state.after(commands.get(i), password -> number % 2 == 0 ? other : Fixture.HASH);
                store.save(state, next);
                state = next;
                assertEquals(state, store.load(), "after " + commands.get(i));
            }
        }
    }

    @Test
    void aStateOfTheLargestSizeIsStored() {
        SecurityState state = ManyRoles.state();
        store(SecurityState.empty(), state);
        assertEquals(state, stored());
    }

    @Test
    void anInterruptDoesNotBreakTheStore() {
        SecurityState state = Fixture.administered().state();
        SecurityState next = new Fixture(state).role("r").state();
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            Thread.currentThread().interrupt();
            store.save(SecurityState.empty(), state);
            assertTrue(Thread.interrupted());
            store.save(state, next);
            assertEquals(next, store.load());
        }
        assertEquals(next, stored());
    }

    @Test
    void aStateThatSomebodyElseChangedIsNotOverwritten() {
        SecurityState one = Fixture.administered().state();
        SecurityState two = new Fixture(one).role("r").state();
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            store.save(SecurityState.empty(), one);
            store.save(one, two);
            SecurityState stale = new Fixture(one).role("stale").state();
            assertFalse(store.save(one, stale));
            assertEquals(two, store.load());
        }
        assertEquals(two, stored());
    }

    @Test
    void aChangeIsWrittenAsAWholeOrNotAtAll() {
        SecurityState stored = Fixture.administered().user("bob").state();
        // Of the same epoch, but without bob: adding him fails when all but the last row are written.
        SecurityState other = Fixture.administered()
                .role("r")
                .after(new CreateUser(Name.of("ann"), Optional.empty()))
                .state();
        other = new Fixture(other).state();
        SecurityState before = SecurityState.of(
                stored.epoch(), other.userMap(), other.roleMap(), other.restrictionMap(), ContextSettings.none());
        SecurityState after =
                new Fixture(before).role("new").userWithPassword("bob").state();
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            store.save(SecurityState.empty(), stored);
            IcesparException refusal = assertRefused(ErrorCode.STORE, () -> store.save(before, after));
            assertTrue(refusal.getMessage().startsWith("security store `" + file() + "` cannot be written"));
            StringWriter trace = new StringWriter();
            refusal.printStackTrace(new PrintWriter(trace));
            assertFalse(trace.toString().contains(Fixture.HASH.value()), "the hash is told");
            assertEquals(stored, store.load());
        }
        assertEquals(stored, stored());
    }

    @Test
    void aStoreInUseIsNotOpenedTwice() {
        try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
            assertRefused(
                    ErrorCode.STORE,
                    "security store `" + file() + "` is in use by another server: stop that one, or use another folder",
                    () -> H2SecurityStore.inFolder(folder));
            assertEquals(SecurityState.empty(), store.load());
        }
        assertEquals(SecurityState.empty(), stored());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 4096, 8192})
    void aFileThatWasCutShortIsNotANewOne(int length) throws IOException {
        store(SecurityState.empty(), FullState.of().state());
        Files.write(file(), Arrays.copyOf(Files.readAllBytes(file()), length));
        assertDamaged();
    }

    @Test
    void aFileOfAnythingElseIsDamaged() throws IOException {
        byte[] bytes = new byte[50_000];
        new Random(1).nextBytes(bytes);
        Files.write(file(), bytes);
        assertDamaged();
    }

    @Test
    void aFileWhoseBodyIsOverwrittenIsDamaged() throws IOException {
        store(SecurityState.empty(), FullState.of().state());
        byte[] bytes = Files.readAllBytes(file());
        Arrays.fill(bytes, 8192, bytes.length, (byte) 0x55);
        Files.write(file(), bytes);
        assertDamaged();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE restriction_grant",
                "DROP TABLE \"schema_history\"",
                "DELETE FROM security_state",
                "DROP TABLE security_state; CREATE TABLE security_state (epoch VARCHAR)",
                "UPDATE security_user SET password = 'plain'",
                "DELETE FROM security_role WHERE name = 'ROLE_USER'",
                "INSERT INTO security_role VALUES ('public')",
                "INSERT INTO security_user VALUES ('ADMIN', NULL)",
                "INSERT INTO security_role VALUES ('a'), ('b');"
                        + " INSERT INTO role_grant_to_role VALUES ('a', 'b'), ('b', 'a')",
                "INSERT INTO restriction VALUES ('r', 's', 't', 'c', 'OTHER')",
                "INSERT INTO restriction VALUES ('r', 's', 't', 'c', 'OWN');"
                        + " INSERT INTO restriction_grant VALUES ('r', 'nobody')",
                "INSERT INTO restriction VALUES ('r', 's', 't', 'c', 'OWN');"
                        + " INSERT INTO restriction_grant VALUES ('r', 'ROLE_USER')",
                "DROP TABLE restriction_required",
                "INSERT INTO mask VALUES ('m', 's', 't', 'c', '1'), ('M', 's', 't', 'c', '1')",
                "INSERT INTO mask VALUES ('m', 's', 't', 'c', '1'); INSERT INTO mask_role VALUES ('m', 'TO', 'nobody')",
                "INSERT INTO mask VALUES ('m', 's', 't', 'c', '1'); INSERT INTO mask_role VALUES ('m', 'EXCEPT', 'PUBLIC')",
                "INSERT INTO mask VALUES ('m', 's', 't', 'c', '1'); INSERT INTO mask_role VALUES ('m', 'OF', 'ROLE_ADMIN')",
                "INSERT INTO select_privilege VALUES ('PUBLIC', 's', 't', 'c', 'PERHAPS')",
                "INSERT INTO select_privilege VALUES ('nobody', 's', 't', 'c', 'GRANTED')",
                "INSERT INTO select_privilege VALUES ('ROLE_ADMIN', 's', 't', 'c', 'REVOKED')"
            })
    void rowsThatAreNoStateAreNotTakenForOne(String sql) throws SQLException {
        store(SecurityState.empty(), Fixture.empty().userWithPassword("admin").state());
        tamper(sql);
        assertDamaged();
    }

    private void assertDamaged() {
        IcesparException refusal = assertRefused(ErrorCode.STORE, this::stored);
        assertEquals(
                "security store `" + file() + "` is damaged or is none: restore it from a backup",
                refusal.getMessage());
    }

    @Test
    void aStoreOfTheFirstVersionIsBroughtToThisOne() throws SQLException {
        String path = file().toString().replace(".mv.db", "");
        Flyway.configure()
                .loggers("slf4j")
                .dataSource("jdbc:h2:file:" + path, "icespar", "")
                .locations("classpath:io/icespar/security/store/migration/h2")
                .table("schema_history")
                .load()
                .migrate();
        tamper("INSERT INTO security_user (name) VALUES ('early')");
        SecurityState state = stored();
        assertTrue(state.findUser(Name.of("early")).isPresent());
        store(state, FullState.of().state());
        assertEquals(FullState.of().state(), stored());
    }

    @Test
    void aStoreOfANewerVersionIsLeftAlone() throws SQLException {
        store(SecurityState.empty(), FullState.of().state());
        tamper(
                "INSERT INTO \"schema_history\" SELECT 1000, '1000', 'later', \"type\", 'V1000__later.sql', 1, \"installed_by\","
                        + " \"installed_on\", 1, TRUE FROM \"schema_history\" WHERE \"installed_rank\" = 1");
        assertRefused(
                ErrorCode.STORE,
                "security store `" + file() + "` was written by a newer version of Icespar: use that version",
                this::stored);
    }

    @Test
    void aFolderThatCannotBeMadeIsAnError() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        assertRefused(ErrorCode.STORE, () -> H2SecurityStore.inFolder(folder.resolve("file")));
    }

    @Test
    void aFolderNameIsNotReadAsSettings() {
        Path odd = folder.resolve("x;INIT=CREATE TABLE t(a INT)");
        assertRefused(ErrorCode.STORE, () -> H2SecurityStore.inFolder(odd));
    }

    @Test
    void aFolderIsMadeAndMayHaveAnyOtherName() {
        Path odd = folder.resolve("~ Größe & 'co' %20").resolve("deep");
        try (H2SecurityStore store = H2SecurityStore.inFolder(odd)) {
            store.save(SecurityState.empty(), FullState.of().state());
        }
        assertTrue(Files.exists(odd.resolve(H2SecurityStore.FILE_NAME)));
    }

    @Test
    void nothingElseIsLeftInTheFolderAndOnlyTheOwnerReadsTheFile() throws IOException {
        store(SecurityState.empty(), FullState.of().state());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file()), files.toList());
        }
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    }

    @Test
    void aClosedStoreStoresNothing() {
        H2SecurityStore store = H2SecurityStore.inFolder(folder);
        store.close();
        store.close();
        assertRefused(
                ErrorCode.STORE,
                () -> store.save(SecurityState.empty(), Fixture.administered().state()));
        assertEquals(SecurityState.empty(), stored());
    }

    @Test
    void nothingIsPrinted() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(printed, true, StandardCharsets.UTF_8);
        try {
            System.setOut(both);
            System.setErr(both);
            store(SecurityState.empty(), FullState.of().state());
            stored();
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertEquals("", printed.toString(StandardCharsets.UTF_8));
    }
}
