package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.Answer;
import io.icespar.engine.Session;
import io.icespar.engine.run.RowStream;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A statement of a session, and what is expected of it. Each question executes it once more. */
public final class SampleStatement {
    private final Supplier<Session.Prepared> statement;
    private final Session session;
    private final List<@Nullable Object> parameters;
    private final boolean ordered;

    SampleStatement(
            Supplier<Session.Prepared> statement, Session session, List<@Nullable Object> parameters, boolean ordered) {
        this.statement = statement;
        this.session = session;
        this.parameters = parameters;
        this.ordered = ordered;
    }

    /** Everything that the statement shows. */
    public Observation observation() {
        return observation(Integer.MAX_VALUE);
    }

    /** As {@link #observation()}; {@code LIMIT_REACHED} if there are more rows than that. */
    public Observation observation(int most) {
        try {
            Session.Prepared prepared = statement.get();
            if (!(session.execute(prepared, parameters, 0) instanceof Answer.Rows answer)) {
                return Observation.done();
            }
            try (RowStream stream = answer.stream()) {
                List<@Nullable Object[]> rows = new ArrayList<>();
                for (@Nullable Object[] row = stream.next(); row != null; row = stream.next()) {
                    if (rows.size() == most) {
                        throw new IcesparException(ErrorCode.LIMIT_REACHED, "more rows than a test looks at");
                    }
                    rows.add(row);
                }
                return Observation.rows(prepared.parameters(), stream.columns(), rows, ordered);
            }
        } catch (IcesparException e) {
            return Observation.failure(e);
        }
    }

    /** The rows are these: values of a row are divided by commas, rows by semicolons; without {@code ORDER BY} sorted. */
    public void returns(String rows) {
        Observation observation = observation();
        assertEquals("", observation.failure(), "it fails");
        assertEquals(rows, observation.text());
    }

    /** It fails with this code; the error's text is returned. */
    public String fails(ErrorCode code) {
        Observation observation = observation();
        assertEquals(code.sqlState(), observation.sqlState(), observation::toString);
        return observation.failure();
    }

    /** It is a command, and is carried out. */
    public void isDone() {
        Observation observation = observation();
        assertEquals("", observation.failure(), "it fails");
        assertTrue(observation.columns().isEmpty(), "it gives rows");
    }
}
