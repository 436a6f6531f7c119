package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.Session;
import io.icespar.security.error.ErrorCode;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters are values of the declared types: they convert no column, and hold no SQL. */
@ExtendWith(Samples.class)
class ParameterTest {
    private static final String COUNT = "SELECT COUNT(*) FROM \"Shops\" WHERE \"Shop ID\" <> ?";

    @Test
    void aValueOfAnotherTypeIsRefused(SampleLibrary samples) {
        SampleSession session = samples.poisonedFor(SampleUser.PARISIAN).session(SampleUser.PARISIAN);
        session.sql(COUNT, "5").returns("3");
        for (Object value : List.of(5, 5L, 5.0, BigDecimal.ONE, true, List.of(), new Object())) {
            assertEquals(
                    "the value of parameter 1 is not a `VARCHAR`",
                    session.sql(COUNT, value).fails(ErrorCode.WRONG_PARAMETERS));
        }
        session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Quantity\" > ?", "1")
                .fails(ErrorCode.WRONG_PARAMETERS);
        session.sql("SELECT COUNT(*) FROM \"Sales\" WHERE \"Date\" > ?", "2021-01-01")
                .fails(ErrorCode.WRONG_PARAMETERS);
    }

    @Test
    void anAbsentValueIsOfEveryType(SampleLibrary samples) {
        SampleSession session = samples.original().session(SampleUser.PARISIAN);
        session.sql(COUNT, new Object[] {null}).returns("0");
    }

    @Test
    void tooFewAndTooManyValuesAreRefused(SampleLibrary samples) {
        SampleSession session = samples.original().session(SampleUser.PARISIAN);
        session.sql(COUNT).fails(ErrorCode.WRONG_PARAMETERS);
        session.sql(COUNT, "a", "b").fails(ErrorCode.WRONG_PARAMETERS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR TRUE --",
                "'; DROP TABLE \"Shops\"; --",
                "\\' OR 1=1 /*",
                "$1",
                "?",
                "\u0000",
                "' UNION SELECT 'x",
                "\"Shop ID\""
            })
    void aValueIsNeverSql(String value, SampleLibrary samples) {
        SampleSession session = samples.original().session(SampleUser.PARISIAN);
        session.sql("SELECT COUNT(*) FROM \"Shops\" WHERE \"Shop ID\" = ?", value)
                .returns("0");
        session.sql("SELECT COUNT(*) FROM \"Shops\" WHERE \"City\" = 'Paris' AND \"Shop ID\" <> ?", value)
                .returns("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' OR TRUE --", "\\", "\\'", "''", "\u2019 OR 1=1", "$$", "\u202e", "/*", "E'\\x27'"})
    void aLiteralIsNeverMoreThanText(String value, SampleLibrary samples) {
        SampleSession session = samples.original().session(SampleUser.PARISIAN);
        String literal = "'" + value.replace("'", "''") + "'";
        session.sql("SELECT COUNT(*), " + literal + " FROM \"Shops\" WHERE \"Shop ID\" <> " + literal)
                .returns("3, " + value);
        session.sql("SELECT COUNT(*) AS \"" + value.replace("\"", "\"\"") + "\" FROM \"Shops\"")
                .returns("3");
    }

    @Test
    void parametersKeepTheirOrderWhenConditionsAreMoved(SampleLibrary samples) {
        Session session = samples.original().session(SampleUser.FRENCH).session();
        String sql =
                "SELECT x.\"City\", CAST(? AS VARCHAR), SUM(s.\"Quantity\") FROM \"Sales\" s JOIN \"Shops\" x ON s.\"Shop\" ="
                        + " x.\"Shop ID\" WHERE CAST(SUBSTRING(s.\"Sale ID\" FROM 2) AS BIGINT) >= ? AND x.\"City\" = ? AND s.\"Quantity\" > ?"
                        + " GROUP BY x.\"City\"";
        new SampleSession(session).sql(sql, "first", 0L, "Lyon", 3L).returns("Lyon, first, 120");
    }
}
