package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.error.ErrorCode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What fails without reading a row fails for everyone, wherever it stands, whatever is hidden and whatever is there. */
@ExtendWith(Samples.class)
class FailingConstantsTest {
    /** Conditions, some of which no row would ever come to. */
    private static final List<String> CONDITIONS = List.of(
            "(100 * 1000000000) IN (SELECT s.\"Quantity\" FROM \"Sales\" AS s WHERE s.\"Quantity\" IS"
                    + " DISTINCT FROM s.\"Quantity\")",
            "EXISTS (SELECT 1 FROM \"Sales\" AS s WHERE s.\"Quantity\" < 0 AND 100 * 1000000000 = 1)",
            "\"City\" = 'Nowhere' AND 1 / 0 = 1",
            "CASE WHEN \"City\" IS NULL THEN 1 / 0 ELSE 1 END = 1",
            "COALESCE(\"Shop size\", MOD(7, 0)) > 1",
            "\"Shop size\" + 1 / 0 > (SELECT MAX(\"Quantity\") FROM \"Sales\" WHERE 1 = 0)");

    static Stream<Arguments> cases() {
        return CONDITIONS.stream()
                .flatMap(condition -> Stream.of(SampleUser.values()).map(user -> Arguments.of(user, condition)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("cases")
    void aQueryFailsWithItsConstants(SampleUser user, String condition, SampleLibrary samples) {
        String sql = "SELECT \"Shop ID\" FROM \"Shops\" WHERE " + condition;
        List<Sample> all = List.of(samples.original(), samples.visibleTo(user), samples.poisonedFor(user));
        for (Sample sample : all) {
            assertEquals(
                    ErrorCode.DATA_EXCEPTION.sqlState(),
                    sample.session(user).sql(sql).observation().sqlState());
        }
    }

    @Test
    void whereNoTableIsReadNothingIsComputedTwice(SampleLibrary samples) {
        assertEquals(
                List.of("1"),
                samples.original()
                        .session(SampleUser.PARISIAN)
                        .sql("SELECT CASE WHEN RANDOM() < 2 THEN 1 ELSE 1 / 0 END")
                        .observation()
                        .rows());
    }
}
