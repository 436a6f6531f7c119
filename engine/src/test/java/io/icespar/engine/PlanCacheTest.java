package io.icespar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.jdbc.SmallShop;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.run.RowStream;
import io.icespar.engine.secure.CallerReads;
import io.icespar.security.context.ContextValues;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.store.SecurityState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
        return shop.engine()
                .plans()
                .find(
                        state,
                        sql,
                        Optional.empty(),
                        session.caller(),
                        context.resolve(session.caller(), state.context()))
                .map(PlanCache.Plan::planned);
    }

    private void user(String name, String... roles) {
        shop.command("CREATE USER " + name);
        shop.command("GRANT ROLE_USER TO USER " + name);
        for (String role : roles) {
            shop.command("GRANT " + role + " TO USER " + name);
        }
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
    void rightsOfOneShapeHaveOnePlan() {
        shop.command("CREATE ROLE idle");
        user("anna", "ROLE_PARIS");
        user("robert", "ROLE_PARIS", "idle");
        Session ann = shop.engine().session(Name.of("anna"));
        Session bob = shop.engine().session(Name.of("robert"));
        assertEquals("43010", value(ann, SUM));
        PlannedQuery anns = kept(ann, SUM).orElseThrow();
        assertSame(anns, kept(bob, SUM).orElseThrow());
        assertEquals("43010", value(bob, SUM));
        assertEquals(Optional.empty(), kept(shop.engine().session(Name.of("clerk")), SUM));
        assertEquals("43210", value(shop.engine().session(Name.of("clerk")), SUM));
    }

    private void perCity() {
        shop.command("CREATE CONTEXT VALUE city VARCHAR");
        shop.command("CREATE ROLE in_city");
        shop.command("CREATE RESTRICTION in_city ON \"retail\".\"Shops\""
                + " USING (\"City\" = CONTEXT_VALUE('city')) TO in_city");
    }

    @Test
    void whatIsComparedIsFilledInWhenThePlanRuns() {
        perCity();
        user("anna", "in_city");
        user("robert", "in_city");
        user("eva", "in_city");
        user("zoey", "in_city");
        shop.command("ALTER USER anna SET city = 'Paris'");
        shop.command("ALTER USER robert SET city = 'Lyon'");
        shop.command("ALTER USER eva SET city = NULL");
        Session ann = shop.engine().session(Name.of("anna"));
        Session bob = shop.engine().session(Name.of("robert"));
        String everyCity = "SELECT MIN(\"City\") FROM \"retail\".\"Shops\"";
        assertEquals("Paris", value(ann, everyCity));
        assertSame(kept(ann, everyCity).orElseThrow(), kept(bob, everyCity).orElseThrow());
        assertEquals("Lyon", value(bob, everyCity));
        assertEquals("null", value(shop.engine().session(Name.of("eva")), everyCity));
        Session zoe = shop.engine().session(Name.of("zoey"));
        assertEquals(
                ErrorCode.MISSING_CONTEXT_VALUE,
                assertThrows(IcesparException.class, () -> value(zoe, everyCity))
                        .code());
        assertEquals("Paris", value(ann, everyCity));
        shop.command("ALTER USER anna SET city = 'x'' OR ''x'' = ''x'");
        assertEquals("null", value(ann, everyCity));
    }

    @Test
    void whatIsNotOnlyComparedMakesPlansOfItsOwn() {
        perCity();
        user("anna");
        user("robert");
        shop.command("ALTER USER anna SET city = 'Par%'");
        shop.command("ALTER USER robert SET city = 'Ly%'");
        Session ann = shop.engine().session(Name.of("anna"));
        Session bob = shop.engine().session(Name.of("robert"));
        String like = "SELECT MIN(\"City\") FROM \"retail\".\"Shops\" WHERE \"City\" LIKE CONTEXT_VALUE('city')";
        assertEquals("Paris", value(ann, like));
        assertEquals(Optional.empty(), kept(bob, like));
        assertEquals("Lyon", value(bob, like));
        assertEquals("Paris", value(ann, like));
        String both = "SELECT CURRENT_USER || MIN(\"City\") FROM \"retail\".\"Shops\""
                + " WHERE \"City\" > CONTEXT_VALUE('city') AND CURRENT_USER <> \"City\"";
        assertEquals("annaParis", value(ann, both));
        assertEquals(Optional.empty(), kept(bob, both));
        assertEquals("robertLyon", value(bob, both));
    }

    @Test
    void answersToOneQuestionAreNotTakenForThoseToAnother() {
        Caller ann = new Caller(Name.of("anna"), Set.of());
        ContextValues none = ContextValues.none(Name.of("anna"));
        var one = new CallerReads(false, Set.of(Name.of("a")), Set.of());
        var other = new CallerReads(false, Set.of(Name.of("b")), Set.of());
        assertNotEquals(one.of(ann, none), other.of(ann, none));
        assertEquals(one.of(ann, none), one.of(ann, none));
    }

    @Test
    void spellingsOfOneNameHavePlansOfTheirOwn() {
        ContextValues none = ContextValues.none(Name.of("clerk"));
        var name = new CallerReads(true, Set.of(), Set.of());
        assertNotEquals(
                name.of(new Caller(Name.of("clerk"), Set.of()), none),
                name.of(new Caller(Name.of("CLERK"), Set.of()), none));
    }
}
