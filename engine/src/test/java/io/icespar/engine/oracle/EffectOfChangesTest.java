package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.icespar.engine.Answer;
import io.icespar.engine.Session;
import io.icespar.engine.run.RowStream;
import io.icespar.security.error.ErrorCode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an administrator changes holds from the next execution on, in sessions and statements that were open before. */
@ExtendWith(Samples.class)
class EffectOfChangesTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\" WHERE \"Quantity\" > ?";

    /** A user with a role of the same name and an open session. */
    private record Someone(Sample sample, String name, SampleSession session, SampleStatement total) {
        static Someone called(String name, SampleLibrary samples) {
            Sample sample = samples.changeable();
            sample.run(
                    "CREATE ROLE " + name + "_role",
                    "CREATE USER " + name,
                    "GRANT ROLE_USER, " + name + "_role TO USER " + name);
            SampleSession session = sample.session(name);
            return new Someone(sample, name, session, session.prepared(TOTAL, 0L));
        }

        void when(String... commands) {
            for (String command : commands) {
                sample.run(command.replace("$", name));
            }
        }

        void sees(String quantity) {
            total.returns(quantity);
            session.sql(TOTAL, 0L).returns(quantity);
        }
    }

    @Tag("security")
    @Test
    void aRestrictionIsCreatedAndDropped(SampleLibrary samples) {
        var someone = Someone.called("created", samples);
        someone.sees("8077");
        someone.when("CREATE RESTRICTION $ ON \"Shops\" USING (\"City\" = 'Paris') TO $_role");
        someone.sees("603");
        someone.when("DROP RESTRICTION $");
        someone.sees("8077");
    }

    // Who could still read the rest of what was hidden meanwhile could have read it before.
    @Tag("security")
    @Test
    void rowsThatAreBeingReadKeepTheRightsWithWhichTheyBegan(SampleLibrary samples) {
        String sales = "SELECT \"Shop\" FROM \"Sales\"";
        int paris = rows(samples.visibleTo(SampleUser.PARISIAN).session(SampleUser.PARISIAN), sales);
        var someone = Someone.called("reading", samples);
        someone.when("CREATE RESTRICTION $ ON \"Shops\" USING (\"City\" = 'Paris') TO $_role");
        Session session = someone.session().session();
        try (RowStream open = ((Answer.Rows) session.query(sales)).stream()) {
            assertNotNull(open.next());
            someone.when("DROP RESTRICTION $");
            assertEquals(paris, 1 + rest(open));
        }
    }

    @Tag("security")
    @Test
    void aLimitOfRowsCountsNoHiddenRow(SampleLibrary samples) {
        String sales = "SELECT \"Shop\" FROM \"Sales\"";
        int paris = rows(samples.visibleTo(SampleUser.PARISIAN).session(SampleUser.PARISIAN), sales);
        var someone = Someone.called("counted", samples);
        someone.when("CREATE RESTRICTION $ ON \"Shops\" USING (\"City\" = 'Paris') TO $_role");
        someone.when("ALTER ROLE $_role SET queries_result_limit = " + paris);
        Observation seen = someone.session().sql(sales).observation();
        someone.when("ALTER ROLE $_role RESET queries_result_limit");
        assertEquals("", seen.failure());
        assertEquals(paris, seen.rows().size());
    }

    private static int rows(SampleSession session, String sql) {
        return session.sql(sql).observation().rows().size();
    }

    private static int rest(RowStream rows) {
        int number = 0;
        while (rows.next() != null) {
            number++;
        }
        return number;
    }

    @Tag("security")
    @Test
    void aRestrictionIsGrantedAndRevoked(SampleLibrary samples) {
        var someone = Someone.called("granted", samples);
        someone.when("CREATE RESTRICTION $ ON \"Shops\" USING (\"City\" = 'Paris')");
        someone.sees("8077");
        someone.when("GRANT RESTRICTION $ TO $_role");
        someone.sees("603");
        someone.when("REVOKE RESTRICTION $ FROM $_role");
        someone.sees("8077");
    }

    @Tag("security")
    @Test
    void aRestrictionIsReplaced(SampleLibrary samples) {
        var someone = Someone.called("replaced", samples);
        someone.when("CREATE RESTRICTION $ ON \"Shops\" USING (\"City\" = 'Paris') TO $_role");
        someone.sees("603");
        someone.when("CREATE OR REPLACE RESTRICTION $ ON \"Shops\" USING (\"City\" = 'Lyon') TO $_role");
        someone.sees("609");
        someone.when("CREATE OR REPLACE RESTRICTION $ ON \"Shops\" USING (\"Country\" = 'France') TO $_role");
        someone.sees("3027");
    }

    @Tag("security")
    @Test
    void aRoleIsGrantedAndRevoked(SampleLibrary samples) {
        var someone = Someone.called("role_granted", samples);
        someone.when("GRANT ROLE_PARIS TO USER $");
        someone.sees("603");
        someone.when("REVOKE ROLE_PARIS FROM USER $", "GRANT ROLE_FRANCE TO USER $");
        someone.sees("3027");
        someone.when("REVOKE ROLE_FRANCE FROM USER $");
        someone.sees("8077");
    }

    @Tag("security")
    @Test
    void aRoleIsGrantedToARole(SampleLibrary samples) {
        var someone = Someone.called("role_nested", samples);
        someone.when("GRANT ROLE_PARIS TO ROLE $_role");
        someone.sees("603");
        someone.when("REVOKE ROLE_PARIS FROM ROLE $_role");
        someone.sees("8077");
    }

    @Tag("security")
    @Test
    void anAdministratorIsMadeAndUnmade(SampleLibrary samples) {
        var someone = Someone.called("made_admin", samples);
        someone.when("GRANT ROLE_PARIS TO USER $", "GRANT ROLE_ADMIN TO USER $");
        someone.sees("8077");
        someone.when("REVOKE ROLE_ADMIN FROM USER $");
        someone.sees("603");
    }

    @Tag("security")
    @Test
    void aUserIsMadeAnewWithOtherRoles(SampleLibrary samples) {
        var someone = Someone.called("made_anew", samples);
        someone.sees("8077");
        someone.when("DROP USER $", "CREATE USER $", "GRANT ROLE_USER, ROLE_PARIS TO USER $");
        someone.sees("603");
    }

    @Test
    void aDroppedUserSeesNothingMore(SampleLibrary samples) {
        var someone = Someone.called("dropped", samples);
        someone.sees("8077");
        someone.when("DROP USER $");
        someone.total().fails(ErrorCode.INVALID_AUTHORIZATION);
        someone.session().sql("VALUES (1)").fails(ErrorCode.INVALID_AUTHORIZATION);
    }

    @Test
    void whoMayNotEnterAnyMoreSeesNothingMore(SampleLibrary samples) {
        var someone = Someone.called("locked_out", samples);
        someone.when("REVOKE ROLE_USER FROM USER $");
        someone.total().fails(ErrorCode.INVALID_AUTHORIZATION);
    }

    @Test
    void aFormerAdministratorCommandsNothingMore(SampleLibrary samples) {
        var someone = Someone.called("former_admin", samples);
        someone.when("GRANT ROLE_ADMIN TO USER $");
        SampleStatement command = someone.session().prepared("CREATE ROLE never_made");
        someone.when("REVOKE ROLE_ADMIN FROM USER $");
        command.fails(ErrorCode.INSUFFICIENT_PRIVILEGE);
    }
}
