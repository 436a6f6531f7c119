package io.icespar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.icespar.engine.jdbc.SmallShop;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.run.RowStream;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.store.SecurityState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plans are kept, and none serves another caller, another state or other context values than it was made for. */
class PlanCacheTest {
    private static final String SUM = "SELECT SUM(\"Quantity\") FROM \"retail\".\"Sales\"";
    private static final Name ADMIN = Name.of("admin");

    private final SmallShop shop;

    PlanCacheTest(@TempDir Path folder) throws IOException {
        shop = SmallShop.open(folder);
        shop.command("CREATE CONTEXT VALUE price INTEGER DEFAULT 2 SETTABLE");
        shop.command("CREATE USER clerk");
        shop.command("GRANT ROLE_USER TO USER clerk");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private static String value(Session session, String sql) {
        Session.Prepared prepared = session.prepare(sql);
        try (RowStream rows = ((Answer.Rows) session.execute(prepared, List.of(), 0)).stream()) {
            return Objects.toString(Objects.requireNonNull(rows.next())[0]);
        }
    }

    private Optional<PlannedQuery> kept(Session session, String sql) {
        SecurityState state = shop.engine().security().state();
        var context = new ContextSession(shop.engine().security().contextValues());
        var key = new PlanCache.Key(
                sql, session.caller(), Optional.empty(), context.resolve(session.caller(), state.context()));
        return shop.engine().plans().find(state, key).map(PlanCache.Plan::planned);
    }

    @Test
    void aPlanIsMadeOnceForOneCallerAndState() {
        Session clerk = shop.engine().session(Name.of("clerk"));
        value(clerk, SUM);
        PlannedQuery first = kept(clerk, SUM).orElseThrow();
        value(clerk, SUM);
        assertSame(first, kept(clerk, SUM).orElseThrow());
        assertEquals(Optional.empty(), kept(shop.engine().session(ADMIN), SUM));
        shop.command("CREATE ROLE anything");
        assertEquals(Optional.empty(), kept(clerk, SUM));
        value(clerk, SUM);
        assertNotSame(first, kept(clerk, SUM).orElseThrow());
    }

    @Test
    void whatIsGrantedHoldsForAQueryThatWasAskedBefore() {
        Session clerk = shop.engine().session(Name.of("clerk"));
        assertEquals("43210", value(clerk, SUM));
        shop.command("GRANT ROLE_PARIS TO USER clerk");
        assertEquals("43010", value(clerk, SUM));
        shop.command("REVOKE ROLE_PARIS FROM USER clerk");
        assertEquals("43210", value(clerk, SUM));
    }

    @Test
    void aContextValueThatIsSetHoldsForAQueryThatWasAskedBefore() {
        Session clerk = shop.engine().session(Name.of("clerk"));
        String sql = "SELECT CONTEXT_VALUE('price') * COUNT(*) FROM \"retail\".\"Sales\"";
        assertEquals("8", value(clerk, sql));
        clerk.query("SET price = 3");
        assertEquals("12", value(clerk, sql));
        assertEquals("8", value(shop.engine().session(Name.of("clerk")), sql));
        clerk.query("RESET price");
        assertEquals("8", value(clerk, sql));
    }

    @Test
    void eachIsToldTheirOwnName() {
        String sql = "SELECT CURRENT_USER FROM \"retail\".\"Sales\" LIMIT 1";
        assertEquals("clerk", value(shop.engine().session(Name.of("clerk")), sql));
        assertEquals("admin", value(shop.engine().session(ADMIN), sql));
        Session eyes = shop.engine().session(ADMIN);
        assertEquals("admin", value(eyes, sql));
        eyes.query("SET SESSION AUTHORIZATION 'clerk'");
        assertEquals("clerk", value(eyes, sql));
    }

    @Test
    void factsAreOfTheMoment() {
        Session admin = shop.engine().session(ADMIN);
        String sql = "SELECT COUNT(*) FROM INFORMATION_SCHEMA.AUDIT";
        int before = Integer.parseInt(value(admin, sql));
        value(admin, SUM);
        assertEquals(true, Integer.parseInt(value(admin, sql)) > before);
        assertEquals(Optional.empty(), kept(admin, sql));
    }

    @Test
    void spellingsOfOneNameHavePlansOfTheirOwn() {
        var lower = new PlanCache.Key(
                SUM, shop.engine().session(Identity.local(Name.of("clerk"))).caller(), Optional.empty(), none("clerk"));
        var upper = new PlanCache.Key(
                SUM, new Caller(Name.of("CLERK"), lower.caller().roles()), Optional.empty(), none("CLERK"));
        assertEquals(lower.caller(), upper.caller());
        assertEquals(false, lower.equals(upper));
    }

    private static ContextValues none(String name) {
        return ContextValues.none(Name.of(name));
    }
}
