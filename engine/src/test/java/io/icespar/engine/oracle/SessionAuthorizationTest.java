package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.audit.AuditEvent.Facts;
import io.icespar.security.audit.AuditEvent.Kind;
import io.icespar.security.audit.AuditEvent.StatementEnded;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An administrator looks through the eyes of a user: sees what that user sees, and can do nothing meanwhile. */
@ExtendWith(Samples.class)
class SessionAuthorizationTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";
    private static final String BACK = "SET SESSION AUTHORIZATION DEFAULT";

    private static SampleSession through(Sample sample, String administrator, String user) {
        SampleSession session = sample.session(administrator);
        session.sql("SET SESSION AUTHORIZATION '" + user + "'").isDone();
        return session;
    }

    @Tag("security")
    @ParameterizedTest
    @EnumSource
    void anAdministratorSeesWhatTheUserSees(SampleUser user, SampleLibrary samples) {
        SampleSession session = through(samples.original(), "admin", user.toString());
        String seen = session.sql(TOTAL).observation().toString();
        assertEquals(
                samples.visibleTo(user).session(user).sql(TOTAL).observation().toString(), seen);
        session.sql(BACK).isDone();
        session.sql(TOTAL).returns("8077");
    }

    @Tag("security")
    @Test
    void aStatementPreparedBeforeIsExecutedWithTheUsersRights(SampleLibrary samples) {
        SampleSession session = samples.original().session("admin");
        SampleStatement total = session.prepared(TOTAL);
        total.returns("8077");
        session.sql("SET SESSION AUTHORIZATION 'parisian-user'").isDone();
        total.returns("603");
        session.sql("RESET SESSION AUTHORIZATION").isDone();
        total.returns("8077");
    }

    @Tag("security")
    @Test
    void fromOneUserTheAdministratorGoesOnToTheNext(SampleLibrary samples) {
        SampleSession session = through(samples.original(), "admin", "parisian-user");
        session.sql(TOTAL).returns("603");
        session.sql("SET SESSION AUTHORIZATION \"french-user\"").isDone();
        session.sql(TOTAL).returns("3027");
        session.sql("SELECT CURRENT_USER").returns("french-user");
        session.sql("SET SESSION AUTHORIZATION admin").isDone();
        session.sql(TOTAL).returns("8077");
    }

    @Test
    void nothingOfTheAdministratorsRightsIsLeft(SampleLibrary samples) {
        SampleSession session = through(samples.original(), "admin", "french-user");
        for (String command : List.of(
                "SHOW USERS",
                "SHOW EFFECTIVE RESTRICTIONS",
                "SHOW AUDIT",
                "CREATE ROLE never_made",
                "GRANT ROLE_ADMIN TO USER \"french-user\"",
                "CREATE RESTRICTION r ON \"No such table\" USING (1 = 1)")) {
            session.sql(command).fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
        }
        assertEquals(
                samples.original()
                        .session("french-user")
                        .sql("EXPLAIN PLAN FOR " + TOTAL)
                        .observation()
                        .toString(),
                session.sql("EXPLAIN PLAN FOR " + TOTAL).observation().toString());
    }

    @Test
    void nothingIsChangedThroughTheEyesOfAnotherAdministrator(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE USER other_admin", "GRANT ROLE_USER, ROLE_ADMIN TO USER other_admin");
        SampleSession session = through(sample, "admin", "other_admin");
        String refusal = session.sql("CREATE ROLE never_made").fails(ErrorCode.READ_ONLY);
        assertTrue(refusal.contains("`other_admin`") && refusal.contains("`admin`"), refusal);
        session.sql("SET GLOBAL queries_time_limit = 5").fails(ErrorCode.READ_ONLY);
        session.sql("RESET GLOBAL ALL").fails(ErrorCode.READ_ONLY);
        session.sql(BACK).isDone();
        sample.run("DROP USER other_admin");
    }

    @Test
    void whatWasSetStaysWithTheEyesThroughWhichItWasSet(SampleLibrary samples) {
        SampleSession session = samples.original().session("admin");
        session.sql("SET queries_time_limit = 11").isDone();
        session.sql("SET SESSION AUTHORIZATION 'french-user'").isDone();
        assertFalse(session.sql("SHOW queries_time_limit").observation().text().contains("11"));
        session.sql("SET queries_time_limit = 12").isDone();
        session.sql("SET SESSION AUTHORIZATION 'parisian-user'").isDone();
        assertFalse(session.sql("SHOW queries_time_limit").observation().text().contains("12"));
        session.sql(BACK).isDone();
        assertTrue(session.sql("SHOW queries_time_limit").observation().text().contains("11"));
    }

    @Test
    void whoIsNoAdministratorIsNotToldWhoThereIs(SampleLibrary samples) {
        SampleSession session = samples.original().session("french-user");
        assertEquals(
                session.sql("SET SESSION AUTHORIZATION 'parisian-user'").fails(ErrorCode.INSUFFICIENT_PRIVILEGE),
                session.sql("SET SESSION AUTHORIZATION 'nobody at all'").fails(ErrorCode.INSUFFICIENT_PRIVILEGE));
        session.sql(BACK).isDone();
    }

    @Test
    void whoCannotEnterCannotBeLookedThrough(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE USER outsider");
        SampleSession session = sample.session("admin");
        session.sql("SET SESSION AUTHORIZATION 'outsider'").fails(ErrorCode.INVALID_AUTHORIZATION);
        session.sql("SET SESSION AUTHORIZATION 'nobody at all'").fails(ErrorCode.UNDEFINED_OBJECT);
        session.sql("SET SESSION AUTHORIZATION ''").fails(ErrorCode.INVALID_NAME);
        session.sql("SELECT CURRENT_USER").returns("admin");
        sample.run("DROP USER outsider");
    }

    @Test
    void whoIsDroppedMeanwhileIsLookedThroughNoMore(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE USER short_lived", "GRANT ROLE_USER TO USER short_lived");
        SampleSession session = through(sample, "admin", "short_lived");
        sample.run("DROP USER short_lived");
        session.sql(TOTAL).fails(ErrorCode.INVALID_AUTHORIZATION);
        session.sql(BACK).isDone();
        session.sql(TOTAL).returns("8077");
    }

    @Test
    void whoIsNoAdministratorAnyMoreLooksNoMore(SampleLibrary samples) {
        Sample sample = samples.changeable();
        sample.run("CREATE USER was_admin", "GRANT ROLE_USER, ROLE_ADMIN TO USER was_admin");
        SampleSession session = through(sample, "was_admin", "french-user");
        sample.run("REVOKE ROLE_ADMIN FROM USER was_admin");
        session.sql(TOTAL).fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
        session.sql("SET SESSION AUTHORIZATION 'parisian-user'").fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
        session.sql(BACK).isDone();
        session.sql("SELECT CURRENT_USER").returns("was_admin");
        sample.run("DROP USER was_admin");
    }

    @Test
    void theAuditNamesBoth(SampleLibrary samples) {
        Sample sample = samples.changeable();
        SampleSession session = through(sample, "admin", "french-user");
        Facts change = last(sample);
        assertEquals(Kind.COMMAND, change.kind());
        assertEquals(Name.of("admin"), change.caller());
        assertEquals(Optional.empty(), change.administrator());
        assertEquals(Optional.of("SET SESSION AUTHORIZATION 'french-user'"), change.text());
        session.sql("SELECT 1").returns("1");
        assertEquals(Name.of("french-user"), last(sample).caller());
        assertEquals(Optional.of(Name.of("admin")), last(sample).administrator());
        session.sql("SELECT nothing").fails(ErrorCode.UNDEFINED_COLUMN);
        assertEquals(Optional.of(Name.of("admin")), last(sample).administrator());
    }

    private static Facts last(Sample sample) {
        return ((StatementEnded) sample.engine().security().audit().recent().get(0)).facts();
    }
}
