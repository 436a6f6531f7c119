package io.icespar.security;

import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.audit.Audit;
import io.icespar.security.auth.AuthenticationResult.Authenticated;
import io.icespar.security.auth.AuthenticationResult.Refused;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.auth.Origin;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.AlterUserPassword;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.CreateRole;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.GrantRoles;
import io.icespar.security.context.GivenValue;
import io.icespar.security.cube.Cube;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import io.icespar.security.store.Fixture;
import io.icespar.security.store.H2SecurityStore;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.SecurityStore;
import io.icespar.security.view.View;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The security facade: who may change what, and that a change is stored before it is seen. */
class SecurityTest {
    private static final Name ADMIN = Name.of("admin");
    private static final Name BOB = Name.of("bob");
    private static final Secret SECRET = new Secret("canary-s3cret");

    /** A store in memory that can be made to fail, and remembers whether it was closed. */
    private static final class FakeStore implements SecurityStore {
        private SecurityState state = SecurityState.empty();
        private boolean failing;
        private boolean closed;
        private boolean isChangedElsewhere;

        @Override
        public SecurityState load() {
            failIfAsked();
            return state;
        }

        @Override
        public boolean save(SecurityState before, SecurityState after) {
            failIfAsked();
            if (isChangedElsewhere) {
                isChangedElsewhere = false;
                return false;
            }
            assertEquals(state.epoch(), before.stored().epoch());
            state = after.stored();
            return true;
        }

        private void failIfAsked() {
            if (failing) {
                throw new IcesparException(ErrorCode.STORE, "the fake store fails");
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static Security open(SecurityStore store) {
        return Security.open(store, Audit.inMemory(), LoginLimits.DEFAULT, 4, Ticker.systemTicker());
    }

    private static Security administered(SecurityStore store) {
        Security security = open(store);
        Bootstrap bootstrap = security.bootstrap();
        bootstrap.add(new CreateUser(ADMIN, Optional.of(SECRET)));
        bootstrap.add(new GrantRoles(names("ROLE_ADMIN"), new Grantee.User(ADMIN)));
        bootstrap.commit();
        return security;
    }

    private static Caller admin(Security security) {
        return security.state().findCaller(ADMIN).orElseThrow();
    }

    private static SecurityCommand createRole(String name) {
        return new CreateRole(Name.of(name), false);
    }

    @Test
    void anAdministratorsCommandIsStoredAndSeen() {
        FakeStore store = new FakeStore();
        try (Security security = administered(store)) {
            long epoch = security.state().epoch();
            security.execute(admin(security), createRole("r"));
            assertTrue(security.state().findRole(Name.of("r")).isPresent());
            assertEquals(epoch + 1, security.state().epoch());
            assertSame(store.state, security.state());
        }
        assertTrue(store.closed);
    }

    @Test
    void declaredCubesAreThereInEachStateAndInNoStore() {
        FakeStore store = new FakeStore();
        try (Security security = administered(store)) {
            Cube cube = new Cube(TableName.of("s", "c"), TableName.of("s", "fact"), List.of(), List.of());
            security.declare(List.of(cube));
            assertEquals(List.of(cube), security.state().cubes().all());
            security.execute(admin(security), createRole("r"));
            assertEquals(List.of(cube), security.state().cubes().all());
            assertTrue(store.state.cubes().created().isEmpty());
            security.provide(new Provided(List.of(
                    new Provided.Sets(Name.of("p"), Name.of("r"), Name.of("queries_time_limit"), GivenValue.of(1)))));
            assertEquals(List.of(cube), security.state().cubes().all());
            // As if another server had changed it.
            store.state = store.state.withDeclared(List.of()).after(createRole("other"));
            store.isChangedElsewhere = true;
            security.execute(admin(security), createRole("third"));
            assertTrue(security.state().findRole(Name.of("other")).isPresent());
            assertEquals(List.of(cube), security.state().cubes().all());
        }
    }

    @Test
    void aDeclaredCubeHasANameOfItsOwn() {
        try (Security security = administered(new FakeStore())) {
            View view = new View(TableName.of("s", "v"), List.of(), "VALUES (1)", Map.of(), Set.of());
            security.execute(admin(security), new SecurityCommand.CreateView(view, false, false));
            Cube cube = new Cube(TableName.of("S", "V"), TableName.of("s", "fact"), List.of(), List.of());
            assertRefused(
                    ErrorCode.CONFIGURATION,
                    "cube `S.V` cannot be declared: there is a view of that name, so give the cube another one",
                    () -> security.declare(List.of(cube)));
            assertTrue(security.state().cubes().all().isEmpty());
        }
    }

    @Test
    void nobodyElseMayRunCommands() {
        FakeStore store = new FakeStore();
        try (Security security = administered(store)) {
            security.execute(admin(security), new CreateUser(BOB, Optional.empty()));
            security.execute(admin(security), new GrantRoles(names("ROLE_USER"), new Grantee.User(BOB)));
            SecurityState before = security.state();
            Caller bob = before.findCaller(BOB).orElseThrow();
            assertRefused(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "only holders of role `ROLE_ADMIN` may run security commands",
                    () -> security.execute(bob, createRole("r")));
            assertRefused(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    () -> security.execute(bob, new GrantRoles(names("ROLE_ADMIN"), new Grantee.User(BOB))));
            // Nor does one learn what there is.
            assertRefused(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    () -> security.execute(bob, new DropUser(Name.of("nope"), false)));
            assertSame(before, security.state());
        }
    }

    @Test
    void whoWasAnAdministratorMayRunCommandsNoLonger() {
        try (Security security = administered(new FakeStore())) {
            security.execute(admin(security), new CreateUser(BOB, Optional.empty()));
            security.execute(admin(security), new GrantRoles(names("ROLE_ADMIN"), new Grantee.User(BOB)));
            Caller bob = security.state().findCaller(BOB).orElseThrow();
            security.execute(bob, createRole("r"));
            security.execute(admin(security), new DropUser(BOB, false));
            SecurityState before = security.state();
            assertRefused(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> security.execute(bob, createRole("evil")));
            assertSame(before, security.state());
        }
    }

    @Test
    void aChangeThatIsNotStoredIsNotSeen() {
        FakeStore store = new FakeStore();
        try (Security security = administered(store)) {
            SecurityState before = security.state();
            store.failing = true;
            assertRefused(ErrorCode.STORE, () -> security.execute(admin(security), createRole("r")));
            assertSame(before, security.state());
            store.failing = false;
            security.execute(admin(security), createRole("r"));
        }
    }

    @Test
    void aRefusedCommandChangesNothing() {
        FakeStore store = new FakeStore();
        try (Security security = administered(store)) {
            SecurityState before = security.state();
            assertRefused(
                    ErrorCode.DEPENDENT_OBJECTS, () -> security.execute(admin(security), new DropUser(ADMIN, false)));
            assertRefused(
                    ErrorCode.INVALID_PARAMETER,
                    () -> security.execute(admin(security), new CreateUser(BOB, Optional.of(new Secret("")))));
            assertSame(before, security.state());
            assertSame(before, store.state);
        }
    }

    @Test
    void aStoreThatCannotBeReadIsClosed() {
        FakeStore store = new FakeStore();
        store.failing = true;
        assertRefused(ErrorCode.STORE, () -> open(store));
        assertTrue(store.closed);
    }

    @Test
    void passwordsAndChangesOfThemWorkFromTheNextMomentOn() {
        try (Security security = administered(H2SecurityStore.inMemory())) {
            assertEquals(new Authenticated(ADMIN, false), security.authenticate("Admin", SECRET, Origin.PROCESS));
            assertEquals(new Refused("there is no such user"), security.authenticate("bob", SECRET, Origin.PROCESS));
            security.execute(admin(security), new AlterUserPassword(ADMIN, new Secret("other")));
            assertEquals(new Refused("the password is wrong"), security.authenticate("admin", SECRET, Origin.PROCESS));
            assertEquals(
                    new Authenticated(ADMIN, false),
                    security.authenticate("admin", new Secret("other"), Origin.PROCESS));
        }
    }

    @Test
    void allIsThereAfterARestart(@TempDir Path folder) {
        SecurityState state;
        try (Security security = administered(H2SecurityStore.inFolder(folder))) {
            security.execute(admin(security), createRole("r"));
            state = security.state();
        }
        try (Security security = open(H2SecurityStore.inFolder(folder))) {
            assertEquals(state, security.state());
            assertEquals(new Authenticated(ADMIN, false), security.authenticate("admin", SECRET, Origin.PROCESS));
            assertRefused(ErrorCode.INVALID_STATE, security::bootstrap);
        }
    }

    @Test
    void aBootstrapIsAllOrNothing() {
        FakeStore store = new FakeStore();
        try (Security security = open(store)) {
            Bootstrap bootstrap = security.bootstrap();
            bootstrap.add(new CreateUser(ADMIN, Optional.of(SECRET)));
            bootstrap.add(new GrantRoles(names("ROLE_ADMIN"), new Grantee.User(ADMIN)));
            assertRefused(ErrorCode.DUPLICATE_OBJECT, () -> bootstrap.add(new CreateUser(ADMIN, Optional.empty())));
            assertTrue(security.state().isEmpty());
            assertTrue(store.state.isEmpty());
            assertTrue(bootstrap.draft().findCaller(ADMIN).orElseThrow().isAdministrator());

            store.failing = true;
            assertRefused(ErrorCode.STORE, bootstrap::commit);
            assertTrue(security.state().isEmpty());
            store.failing = false;
            bootstrap.commit();
            assertEquals(bootstrap.draft(), store.state);
            assertRefused(ErrorCode.INVALID_STATE, bootstrap::commit);
        }
    }

    @Test
    void aBootstrapLeavesAnAdministrator() {
        try (Security security = open(new FakeStore())) {
            Bootstrap bootstrap = security.bootstrap();
            bootstrap.add(new CreateUser(BOB, Optional.of(SECRET)));
            assertRefused(
                    ErrorCode.INVALID_STATEMENT,
                    "no user holds `ROLE_ADMIN`: create a user and grant the role to it, or nobody can administer",
                    bootstrap::commit);
            assertTrue(security.state().isEmpty());
        }
    }

    @Test
    void ofTwoBootstrapsOneCounts() {
        try (Security security = open(new FakeStore())) {
            Bootstrap late = security.bootstrap();
            late.add(new CreateUser(BOB, Optional.of(SECRET)));
            late.add(new GrantRoles(names("ROLE_ADMIN"), new Grantee.User(BOB)));
            Bootstrap early = security.bootstrap();
            early.add(new CreateUser(ADMIN, Optional.of(SECRET)));
            early.add(new GrantRoles(names("ROLE_ADMIN"), new Grantee.User(ADMIN)));
            early.commit();
            assertRefused(ErrorCode.INVALID_STATE, late::commit);
            assertEquals(Optional.empty(), security.state().findCaller(BOB));
        }
    }

    @Test
    void commandsOfSeveralThreadsAllCount() throws Exception {
        try (Security security = administered(H2SecurityStore.inMemory())) {
            Caller admin = admin(security);
            long epoch = security.state().epoch();
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                int thread = i;
                tasks.add(() -> {
                    for (int n = 0; n < 25; n++) {
                        security.execute(admin, createRole("r" + thread + "." + n));
                    }
                    return true;
                });
            }
            inParallel(tasks);
            assertEquals(epoch + 100, security.state().epoch());
            assertEquals(102, security.state().roles().size());
        }
    }

    @Test
    void aReaderSeesTheOldOrTheNewRestrictionAndNeverNone() throws Exception {
        try (Security security = administered(H2SecurityStore.inMemory())) {
            Caller admin = admin(security);
            security.execute(admin, replace("one"));
            AtomicBoolean done = new AtomicBoolean();
            Caller reader = new Caller(BOB, Set.of());
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                tasks.add(() -> {
                    long epoch = 0;
                    do {
                        SecurityState state = security.state();
                        List<List<Restriction>> seen =
                                state.effective(reader, Fixture.SHOPS).alternatives();
                        assertEquals(1, seen.size());
                        assertEquals(state.restrictions(), seen.get(0));
                        assertTrue(Set.of("one", "other")
                                .contains(seen.get(0).get(0).condition()));
                        assertTrue(state.epoch() >= epoch, "time runs back");
                        epoch = state.epoch();
                    } while (!done.get());
                    return true;
                });
            }
            tasks.add(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        security.execute(admin, replace(i % 2 == 0 ? "other" : "one"));
                    }
                } finally {
                    done.set(true);
                }
                return true;
            });
            inParallel(tasks);
        }
    }

    private static SecurityCommand replace(String condition) {
        return new CreateRestriction(
                Name.of("n"), Fixture.SHOPS, condition, new Subject.WholeTable(), true, false, names("PUBLIC"));
    }

    private static void inParallel(List<Callable<Boolean>> tasks) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            for (Future<Boolean> result : threads.invokeAll(tasks)) {
                assertTrue(result.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void noPasswordAndNoHashIsEverShown(@TempDir Path folder) {
        Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger(Logger.ROOT_LOGGER_NAME);
        Level usual = root.getLevel();
        ListAppender<ILoggingEvent> appender = new ListAppender<>();
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
        StringBuilder shown = new StringBuilder();
        String hash;
        try (Security security = administered(H2SecurityStore.inFolder(folder))) {
            SecurityCommand command = new CreateUser(BOB, Optional.of(SECRET));
            security.execute(admin(security), command);
            security.authenticate("bob", SECRET, Origin.PROCESS);
            shown.append(assertThrows(IcesparException.class, () -> security.execute(admin(security), command)));
            shown.append(command).append(new AlterUserPassword(BOB, SECRET));
            shown.append(security.state()).append(security.state().users());
            shown.append(assertThrows(
                    IcesparException.class,
                    () -> security.execute(
                            admin(security),
                            new AlterUserPassword(BOB, new Secret(SECRET.value().repeat(10))))));
            hash = security.state()
                    .findUser(BOB)
                    .flatMap(user -> user.password())
                    .orElseThrow()
                    .value();
        } finally {
            root.setLevel(usual);
            root.detachAppender(appender);
        }
        for (ILoggingEvent event : appender.list) {
            shown.append(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                shown.append(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
        assertTrue(shown.toString().contains("security command=CreateUser by=admin epoch=3"), "nothing was logged");
        assertFalse(shown.toString().contains(SECRET.value()), "a password is shown");
        assertFalse(shown.toString().contains(hash), "a hash is shown");
        assertEquals(
                List.of(),
                appender.list.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList(),
                "warnings");
    }

    private static Provided provided(String role) {
        Restriction restriction =
                new Restriction(Name.of("p"), Fixture.SHOPS, "FALSE", new Subject.WholeTable(), Set.of());
        return new Provided(List.of(new Provided.Restricts(Name.of("desks"), Name.of(role), restriction)));
    }

    @Test
    void whatProvidersSayHoldsAfterEachCommandAndIsNotStored() {
        FakeStore store = new FakeStore();
        try (Security security = administered(store)) {
            security.execute(admin(security), createRole("r"));
            security.provide(provided("R"));
            security.execute(admin(security), createRole("s"));
            assertEquals(1, security.state().restrictions().size());
            assertEquals(List.of(), store.state.restrictions());
            assertRefused(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "provider `desks` needs role `R` to exist",
                    () -> security.execute(admin(security), new SecurityCommand.DropRole(Name.of("r"), false)));
            assertTrue(security.state().findRole(Name.of("r")).isPresent());
        }
    }

    @Test
    void whatProvidersSayFitsFromTheBeginning() {
        try (Security security = administered(new FakeStore())) {
            SecurityState before = security.state();
            assertRefused(
                    ErrorCode.CONFIGURATION,
                    "provider `desks` needs role `none` to exist",
                    () -> security.provide(provided("none")));
            assertSame(before, security.state());
        }
    }
}
