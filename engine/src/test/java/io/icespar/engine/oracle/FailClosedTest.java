package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.secure.Unsecured;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever goes wrong while restricting, there is an error and never a row. */
@ExtendWith(Samples.class)
class FailClosedTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    @Test
    void aStageThatThrowsGivesNoRows(SampleLibrary samples) {
        try (Sample sample = samples.openNew((catalog, access) ->
                Unsecured.instead(new Restrictor(catalog, access), (query, caller, state, values) -> {
                    throw new IllegalStateException("the stage is broken");
                }))) {
            assertThrows(
                    IllegalStateException.class,
                    () -> sample.session(SampleUser.FRENCH).sql(TOTAL).observation());
            assertThrows(
                    IllegalStateException.class,
                    () -> sample.session("admin").sql("SELECT 1 FROM \"Shops\"").observation());
        }
    }

    @Test
    void aStageThatForgetsToRestrictGivesNoRows(SampleLibrary samples) {
        try (Sample sample = samples.openNew(Unsecured::leftAsItIs)) {
            for (CorpusQuery query : Corpus.queries()) {
                Observation observation = sample.session(SampleUser.FRENCH).observe(query);
                assertEquals(ErrorCode.INTERNAL.sqlState(), observation.sqlState(), query.name());
            }
        }
    }

    @Test
    void aStageThatScansBareGivesNoRowsToTheRestricted(SampleLibrary samples) {
        try (Sample sample = samples.openNew(Unsecured::scannedBare)) {
            for (CorpusQuery query : Corpus.queries()) {
                Observation observation = sample.session(SampleUser.FRENCH).observe(query);
                assertEquals(ErrorCode.INTERNAL.sqlState(), observation.sqlState(), query.name());
            }
            sample.session("global-user").sql(TOTAL).returns("8077");
        }
    }

    @Test
    void aStageThatRestrictsForAnotherGivesNoRows(SampleLibrary samples) {
        try (Sample sample = samples.openNew((catalog, access) -> {
            var restrictor = new Restrictor(catalog, access);
            var other = new Caller(Name.of("x"), java.util.Set.of());
            return Unsecured.instead(
                    restrictor,
                    (query, caller, state, values) -> Unsecured.withRightsOf(
                            caller, values, restrictor.secure(query, other, state, values), state, restrictor));
        })) {
            sample.session(SampleUser.FRENCH).sql(TOTAL).fails(ErrorCode.INTERNAL);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"No such column\" = 'secret-word'",
                "\"City\" = ",
                "\"City\" = 'secret-word' OR",
                "\"City\" + 1",
                "EXISTS (SELECT 1 FROM \"No such table\")",
                "CONTEXT_VALUE('missing') = 'secret-word'",
                "CONTEXT_VALUE('queries_time_limit') > 0 OR \"City\" = 'secret-word'",
                "CONTEXT_VALUE(\"City\") = 'secret-word'",
                "SUM(\"City\") = 1",
                "\"City\" = ?",
                ""
            })
    void aStoredRestrictionThatNoLongerCompilesGivesNoRows(String condition, SampleLibrary samples) {
        Sample sample = samples.changeable();
        Caller admin = sample.engine().session(Name.of("admin")).caller();
        Name broken = Name.of("broken");
        sample.engine()
                .security()
                .execute(
                        admin,
                        new SecurityCommand.CreateRestriction(
                                broken,
                                TableName.of("retail", "Shops"),
                                condition,
                                new Subject.Own(broken),
                                false,
                                false,
                                List.of(Name.of("ROLE_MAPPED"))));
        try {
            SampleSession session = sample.session(SampleUser.MAPPED);
            for (String sql : List.of(
                    TOTAL,
                    "SELECT COUNT(*) FROM \"Shops\"",
                    "VALUES (1), ((SELECT COUNT(*) FROM \"Shops\"))",
                    "SELECT 1 FROM \"Access\" WHERE EXISTS (SELECT 1 FROM \"Sales\")")) {
                String message = session.sql(sql).fails(ErrorCode.INTERNAL);
                assertFalse(message.contains("secret-word"), message);
            }
            sample.session("global-user").sql(TOTAL).returns("8077");
            sample.session("admin").sql(TOTAL).returns("8077");
        } finally {
            sample.run("DROP RESTRICTION broken");
        }
    }
}
