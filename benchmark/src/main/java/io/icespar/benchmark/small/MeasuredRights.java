package io.icespar.benchmark.small;

import io.icespar.benchmark.system.TemporaryFolder;
import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.engine.run.RowStream;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A query of a user with many roles among many more, of a table with many restrictions or a long list of values: planning
 * alone, and the whole query to its last row. The tables have three rows, so to run a query takes nearly nothing, but for
 * what the backend does with a list of values.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MeasuredRights {
    /** One role and one restriction on each table: what the others are beside. */
    public static final String ONE = "one role, one restriction";

    /** The same once more, which shows the noise. */
    public static final String AGAIN = "the same again";

    /** 200 of 10,000 roles held, and 20 restrictions on each of 50 tables. */
    public static final String MANY = "10,000 roles, 1,000 restrictions, 200 roles held";

    /** A list in a context value. */
    public static final String CONTEXT = "100,000 values in a context value";

    /** A list in the condition. */
    public static final String CONDITION = "100,000 values in the condition";

    private static final int VALUES = 100_000;
    private static final String QUERY = "SELECT b, COUNT(*) FROM t7 WHERE id > 0 GROUP BY b";

    /** Which rights: one of the constants here. */
    @Param(ONE)
    public String subject = ONE;

    @SuppressWarnings("NullAway.Init")
    private TemporaryFolder folder;

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    @SuppressWarnings("NullAway.Init")
    private Planning planning;

    @SuppressWarnings("NullAway.Init")
    private Session session;

    @SuppressWarnings("NullAway.Init")
    private Session.Prepared prepared;

    /** Opens an engine with the rights. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = TemporaryFolder.make();
        ManyRights rights = subject.equals(MANY) ? new ManyRights(10_000, 20, 200) : new ManyRights(1, 1, 1);
        engine = rights.open(folder.path());
        String values = IntStream.range(0, VALUES).mapToObj(i -> "'v" + i + "'").collect(Collectors.joining(", "));
        switch (subject) {
            case CONTEXT -> {
                administer("CREATE CONTEXT VALUE vs VARCHAR ARRAY DEFAULT ARRAY['v0']");
                administer("CREATE OR REPLACE RESTRICTION x7 ON t7 USING (a = ANY (CONTEXT_VALUE('vs')))");
                administer("ALTER USER " + ManyRights.USER + " SET vs = ARRAY[" + values + "]");
            }
            case CONDITION -> administer("CREATE OR REPLACE RESTRICTION x7 ON t7 USING (a IN (" + values + "))");
            default -> {
                // As they are.
            }
        }
        planning = new Planning(engine, Name.of(ManyRights.USER));
        session = engine.session(Name.of(ManyRights.USER));
        prepared = session.prepare(QUERY);
    }

    private void administer(String command) {
        engine.session(Name.of("admin")).query(command);
    }

    /** Plans once, from the query's text to the backend's. */
    @Benchmark
    public PlannedQuery plan() {
        return planning.plan(QUERY);
    }

    /** Asks a prepared query, to its last row. */
    @Benchmark
    public long ask() {
        Answer answer = session.execute(prepared, List.of(), 0);
        long count = 0;
        try (RowStream rows = ((Answer.Rows) answer).stream()) {
            while (rows.next() != null) {
                count++;
            }
        }
        return count;
    }

    /** Closes the engine. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        engine.close();
        folder.close();
    }
}
