package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.Session;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What users of identity providers see, as role mappings, their logins and what is known of them here change. Mappings are
 * dropped again: while there are some, users that other tests make are not dropped with their roles.
 */
@ExtendWith(Samples.class)
class ProviderSessionsTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    private static Identity identity(String user, Instant expires, Map<String, Object> claims, String... roles) {
        return Identity.asserted(
                Name.of(user), new Assertion("https://provider.example", Set.of(roles), claims, expires));
    }

    private static Identity identity(String user, String... roles) {
        return identity(user, Instant.MAX, Map.of(), roles);
    }

    @Tag("security")
    @Test
    void aMappingHoldsFromTheNextStatementOn(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE ROLE MAPPING FROM 'm user' TO ROLE_USER", "CREATE ROLE MAPPING FROM 'm fr' TO ROLE_FRANCE");
        Session session = sample.engine().session(identity("mapped", "m user", "m fr"));
        SampleStatement total = new SampleSession(session).prepared(TOTAL);
        total.returns("3027");
        sample.run("CREATE ROLE MAPPING FROM 'm fr' TO ROLE_PARIS");
        total.returns("603");
        sample.run("DROP ROLE MAPPING FROM 'm fr'");
        total.returns("8077");
        sample.run("DROP ROLE MAPPING FROM 'm user'");
        total.fails(ErrorCode.INVALID_AUTHORIZATION);
    }

    @Tag("security")
    @Test
    void aLaterLoginOfTheSameUserHoldsFromTheNextStatementOn(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE ROLE MAPPING FROM 'r user' TO ROLE_USER", "CREATE ROLE MAPPING FROM 'r fr' TO ROLE_FRANCE");
        Session session = sample.engine().session(identity("renewed", "r user"));
        SampleStatement total = new SampleSession(session).prepared(TOTAL);
        total.returns("8077");
        session.renew(identity("renewed", "r user", "r fr"));
        total.returns("3027");
        assertThrows(IllegalArgumentException.class, () -> session.renew(identity("other", "r user")));
        assertThrows(IllegalArgumentException.class, () -> session.renew(identity("RENEWED", "r user")));
        assertThrows(IllegalArgumentException.class, () -> session.renew(Identity.local(Name.of("renewed"))));
        total.returns("3027");
        sample.run("DROP ROLE MAPPING FROM 'r user'", "DROP ROLE MAPPING FROM 'r fr'");
    }

    @Tag("security")
    @Test
    void aLoginThatExpiredSeesNothingMore(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE ROLE MAPPING FROM 'e user' TO ROLE_USER, ROLE_PARIS");
        Session session = sample.engine().session(identity("expiring", "e user"));
        SampleStatement total = new SampleSession(session).prepared(TOTAL);
        total.returns("603");
        session.renew(identity("expiring", Instant.now(), Map.of(), "e user"));
        total.fails(ErrorCode.INVALID_AUTHORIZATION);
        new SampleSession(session).sql(TOTAL).fails(ErrorCode.INVALID_AUTHORIZATION);
        new SampleSession(session).sql("SET SESSION AUTHORIZATION DEFAULT").fails(ErrorCode.INVALID_AUTHORIZATION);
        sample.run("DROP ROLE MAPPING FROM 'e user'");
    }

    @Tag("security")
    @Test
    void aProvidersClaimIsAContextValueThatRestrictionsRead(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE ROLE claimed",
                "CREATE CONTEXT VALUE claimed_city VARCHAR FROM CLAIM 'address.city'",
                "CREATE RESTRICTION claimed ON \"Shops\" USING (\"City\" = CONTEXT_VALUE('claimed_city')) TO claimed",
                "CREATE ROLE MAPPING FROM 'c user' TO ROLE_USER, claimed");
        Map<String, Object> claims = Map.of("address", Map.of("city", "Paris"));
        Session session = sample.engine().session(identity("claiming", Instant.MAX, claims, "c user"));
        new SampleSession(session).sql(TOTAL).returns("603");
        new SampleSession(session).sql("SET claimed_city = 'Lyon'").fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
        new SampleSession(sample.engine().session(identity("silent", "c user")))
                .sql(TOTAL)
                .fails(ErrorCode.MISSING_CONTEXT_VALUE);
        sample.run("DROP ROLE MAPPING FROM 'c user'");
    }

    @Tag("security")
    @Test
    void aUserWhoGetsAPasswordIsNoProvidersUserFromTheNextStatementOn(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE USER shared_name", "GRANT ROLE_USER, ROLE_PARIS TO USER shared_name");
        Session session = sample.engine().session(identity("shared_name"));
        SampleStatement total = new SampleSession(session).prepared(TOTAL);
        total.returns("603");
        sample.run("ALTER USER shared_name PASSWORD 'changeit'");
        total.fails(ErrorCode.INVALID_AUTHORIZATION);
        new SampleSession(sample.engine().session(Name.of("shared_name")))
                .sql(TOTAL)
                .returns("603");
    }

    @Test
    void whatAUserSetsForAllConnectionsIsNotThatOfANameInAnotherCase(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE ROLE MAPPING FROM 'g user' TO ROLE_USER");
        SampleSession upper = new SampleSession(sample.engine().session(identity("Global", "g user")));
        SampleSession lower = new SampleSession(sample.engine().session(identity("global", "g user")));
        upper.sql("SET GLOBAL queries_result_limit = 1").isDone();
        upper.sql("SELECT \"Shop ID\" FROM \"Shops\"").fails(ErrorCode.RESULT_LIMIT_REACHED);
        lower.sql("SHOW queries_result_limit").returns("null");
        upper.sql("RESET GLOBAL ALL").isDone();
        sample.run("DROP ROLE MAPPING FROM 'g user'");
    }
}
