package io.icespar.security.store;

import static io.icespar.security.store.Fixture.names;
import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.Security;
import io.icespar.security.audit.Audit;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.command.SecurityCommand.CreateRole;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.RevokeRoles;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.Secret;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** The security state in a real PostgreSQL, which several servers may share. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgreSqlSecurityStoreTest {
    private Optional<PostgreSql> running = Optional.empty();

    @BeforeAll
    void start() {
        running = Optional.of(PostgreSql.start());
    }

    @AfterAll
    void end() throws IOException {
        if (running.isPresent()) {
            running.get().close();
        }
    }

    private PostgreSql postgres() {
        return running.orElseThrow();
    }

    @Test
    void aNewStoreIsEmptyAndAStateIsReadAsItWasWritten() {
        String url = postgres().newDatabase();
        SecurityState state = FullState.of().state();
        try (PostgreSqlSecurityStore store = postgres().store(url)) {
            assertEquals(SecurityState.empty(), store.load());
            assertEquals(0, store.epoch());
            assertTrue(store.save(SecurityState.empty(), state));
        }
        try (PostgreSqlSecurityStore store = postgres().store(url)) {
            assertEquals(state, store.load());
            assertEquals(state.users().toString(), store.load().users().toString());
            assertEquals(state.epoch(), store.epoch());
            SecurityState next = new Fixture(state)
                    .after(new DropUser(Name.of("o'hara"), false))
                    .state();
            assertTrue(store.save(state, next));
            assertEquals(next, store.load());
        }
    }

    @Test
    void ofTwoServersTheSecondDoesNotOverwriteTheFirst() {
        String url = postgres().newDatabase();
        SecurityState one = Fixture.administered().state();
        SecurityState two = new Fixture(one).role("r").state();
        try (PostgreSqlSecurityStore first = postgres().store(url);
                PostgreSqlSecurityStore second = postgres().store(url)) {
            assertTrue(first.save(SecurityState.empty(), one));
            assertTrue(first.save(one, two));
            assertFalse(second.save(one, new Fixture(one).role("stale").state()));
            assertEquals(two, second.load());
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterACrashAndTheStoreIsReachedAgain() {
        String url = postgres().newDatabase();
        SecurityState state = Fixture.administered().state();
        try (PostgreSqlSecurityStore store = postgres().store(url)) {
            assertTrue(store.save(SecurityState.empty(), state));
            postgres().whileDown(() -> {
                assertRefused(ErrorCode.STORE, store::epoch);
                assertRefused(ErrorCode.STORE, store::load);
                assertRefused(ErrorCode.STORE, () -> store.save(state, state));
            });
            assertEquals(state, store.load());
        }
    }

    @Test
    void aChangeIsWrittenAsAWholeOrNotAtAll() {
        String url = postgres().newDatabase();
        SecurityState state = Fixture.administered().user("bob").state();
        try (PostgreSqlSecurityStore store = postgres().store(url)) {
            assertTrue(store.save(SecurityState.empty(), state));
            postgres().sqlAt(url, "INSERT INTO icespar.security_user (name) VALUES ('zoe')");
            SecurityState next = new Fixture(state)
                    .role("r")
                    .user("anna")
                    .userWithPassword("zoe")
                    .state();
            IcesparException refusal = assertRefused(ErrorCode.STORE, () -> store.save(state, next));
            StringWriter trace = new StringWriter();
            refusal.printStackTrace(new PrintWriter(trace));
            assertFalse(trace.toString().contains(Fixture.HASH.value()), "the hash is told");
            postgres().sqlAt(url, "DELETE FROM icespar.security_user WHERE name = 'zoe'");
            assertEquals(state, store.load());
        }
    }

    @Test
    void mistakesAreToldWithoutThePassword() {
        String url = postgres().newDatabase();
        Optional<String> user = Optional.of("postgres");
        Duration age = Duration.ofSeconds(10);
        IcesparException wrong = assertRefused(
                ErrorCode.STORE, () -> PostgreSqlSecurityStore.open(url, user, Optional.of(new Secret("canary")), age));
        assertFalse(wrong.getMessage().contains("canary"));
        assertRefused(ErrorCode.STORE, () -> postgres().store(url.replaceAll("/d\\d+$", "/nowhere")));
        assertRefused(
                ErrorCode.CONFIGURATION,
                () -> PostgreSqlSecurityStore.open("jdbc:postgresql://host:port/", user, Optional.empty(), age));
        postgres().store(url).close();
        postgres().sqlAt(url, "DELETE FROM icespar.security_state");
        try (PostgreSqlSecurityStore store = postgres().store(url)) {
            assertRefused(ErrorCode.STORE, store::load);
        }
        String other = postgres().newDatabase();
        postgres().sqlAt(other, "CREATE SCHEMA icespar CREATE TABLE something (x INTEGER)");
        assertRefused(ErrorCode.STORE, () -> postgres().store(other));
    }

    private Security security(String url, Ticker ticker) {
        return Security.open(postgres().store(url), Audit.inMemory(), LoginLimits.DEFAULT, 4, ticker);
    }

    private void bootstrap(String url) {
        try (PostgreSqlSecurityStore store = postgres().store(url)) {
            assertTrue(store.save(
                    SecurityState.empty(),
                    Fixture.administered().user("second", "ROLE_ADMIN").state()));
        }
    }

    private static Caller administrator(String name) {
        return new Caller(Name.of(name), Set.of(ReservedRoles.ADMIN));
    }

    private static CreateRole role(String name) {
        return new CreateRole(Name.of(name), false);
    }

    @Test
    @Timeout(60)
    void serversSeeWhatOthersChange() {
        String url = postgres().newDatabase();
        bootstrap(url);
        try (Security one = security(url, Ticker.systemTicker());
                Security other = security(url, Ticker.systemTicker())) {
            one.execute(administrator("admin"), role("r"));
            // However long it takes, within the time that a build has: nobody asks the other to look.
            while (other.state().findRole(Name.of("r")).isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(one.state(), other.state());
        }
    }

    @Test
    void changesOfSeveralServersAtOnceAreAllMade() throws InterruptedException, ExecutionException {
        String url = postgres().newDatabase();
        bootstrap(url);
        ExecutorService threads = Executors.newFixedThreadPool(3);
        List<Security> servers = new ArrayList<>();
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Security server = security(url, Ticker.systemTicker());
                servers.add(server);
                String prefix = "s" + i + "_";
                done.add(threads.submit(() -> {
                    for (int j = 0; j < 10; j++) {
                        server.execute(administrator("admin"), role(prefix + j));
                    }
                }));
            }
            for (Future<?> each : done) {
                each.get();
            }
            try (PostgreSqlSecurityStore store = postgres().store(url)) {
                assertEquals(2 + 30, store.load().roles().size());
            }
        } finally {
            threads.shutdownNow();
            servers.forEach(Security::close);
        }
    }

    @Test
    void whoseRoleAnotherServerTookAwayRunsNoCommandMore() {
        String url = postgres().newDatabase();
        bootstrap(url);
        try (Security one = security(url, Ticker.systemTicker());
                PostgreSqlSecurityStore other = postgres().store(url)) {
            SecurityState before = one.state();
            Caller second = before.findCaller(Name.of("second")).orElseThrow();
            SecurityState without =
                    before.after(new RevokeRoles(names("ROLE_ADMIN"), new Grantee.User(Name.of("second"))));
            assertTrue(other.save(before, without));
            assertRefused(ErrorCode.INSUFFICIENT_PRIVILEGE, () -> one.execute(second, role("r")));
            assertEquals(without, other.load());
        }
    }

    @Test
    @Timeout(120)
    void whoCannotReachTheStoreForTooLongRefusesToDecide() {
        String url = postgres().newDatabase();
        bootstrap(url);
        AtomicLong nanos = new AtomicLong();
        try (Security security = security(url, nanos::get)) {
            postgres().whileDown(() -> {
                nanos.addAndGet(Duration.ofSeconds(10).toNanos());
                assertEquals(2, security.state().users().size());
                nanos.addAndGet(1);
                assertRefused(ErrorCode.STALE, security::state);
                assertFalse(security.isCurrent());
            });
            while (true) {
                try {
                    assertEquals(2, security.state().users().size());
                    break;
                } catch (IcesparException e) {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Test
    @Timeout(60)
    void whereAnotherServerTakesAwayWhatAProviderNeedsNothingIsDecided() {
        String url = postgres().newDatabase();
        bootstrap(url);
        Restriction restriction =
                new Restriction(Name.of("p"), Fixture.SHOPS, "FALSE", new Subject.WholeTable(), Set.of());
        try (Security one = security(url, Ticker.systemTicker());
                Security other = security(url, Ticker.systemTicker())) {
            one.execute(administrator("admin"), role("r"));
            one.provide(new Provided(List.of(new Provided.Restricts(Name.of("desks"), Name.of("r"), restriction))));
            other.execute(administrator("admin"), role("s"));
            while (one.state().findRole(Name.of("s")).isEmpty()) {
                Thread.onSpinWait();
            }
            assertEquals(1, one.state().restrictions().size());
            assertEquals(0, other.state().restrictions().size());

            other.execute(administrator("admin"), new DropRole(Name.of("r"), false));
            while (one.isCurrent()) {
                Thread.onSpinWait();
            }
            String words = "after a change by another server it is not certain who may see what: provider `desks` needs"
                    + " role `r` to exist; tell who runs the server";
            assertRefused(ErrorCode.STALE, words, one::state);
            assertRefused(ErrorCode.STALE, words, () -> one.execute(administrator("admin"), role("t")));

            other.execute(administrator("admin"), role("r"));
            while (!one.isCurrent()) {
                Thread.onSpinWait();
            }
            assertEquals(1, one.state().restrictions().size());
        }
    }

    @Test
    void whoMeetsSuchAChangeWithACommandOfItsOwnMakesNone() {
        String url = postgres().newDatabase();
        bootstrap(url);
        Restriction restriction =
                new Restriction(Name.of("p"), Fixture.SHOPS, "FALSE", new Subject.WholeTable(), Set.of());
        try (Security one = security(url, Ticker.systemTicker());
                PostgreSqlSecurityStore other = postgres().store(url)) {
            one.execute(administrator("admin"), role("r"));
            one.provide(new Provided(List.of(new Provided.Restricts(Name.of("desks"), Name.of("r"), restriction))));
            SecurityState before = other.load();
            SecurityState without = before.after(new DropRole(Name.of("r"), false));
            assertTrue(other.save(before, without));
            assertRefused(ErrorCode.STALE, () -> one.execute(administrator("admin"), role("t")));
            assertEquals(without, other.load());
        }
    }
}
