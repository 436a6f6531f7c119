package io.icespar.benchmark.small;

import io.icespar.benchmark.system.TemporaryFolder;
import io.icespar.engine.Engine;
import io.icespar.engine.plan.PlannedQuery;
import io.icespar.security.identity.Name;
import io.icespar.ssb.StarQuery;
import io.icespar.ssb.StarSchema;
import io.icespar.tpch.TpchQuery;
import io.icespar.tpch.TpchSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
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
 * Planning of a query that was not asked before: from its text to the backend's. The queries of TPC-H are those of a
 * restricted user, those of the Star Schema Benchmark are not restricted. The tables are small, for planning asks nothing
 * of them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class MeasuredPlanning {
    /** The smallest for which the keys of both are keys. */
    private static final double SCALE = 0.01;

    private static final String CUBE = "cube ";

    /** {@code Q1} of TPC-H; or, of the Star Schema Benchmark, {@code cube Q1.1} or {@code tables Q1.1}. */
    @Param("Q1")
    public String subject = "Q1";

    @SuppressWarnings("NullAway.Init")
    private TemporaryFolder folder;

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    @SuppressWarnings("NullAway.Init")
    private Planning planning;

    @SuppressWarnings("NullAway.Init")
    private String sql;

    /** Opens an engine. */
    @Setup(Level.Trial)
    public void open() throws IOException {
        folder = TemporaryFolder.make();
        if (subject.contains(" ")) {
            openStar(folder.path());
        } else {
            openTpch(folder.path());
        }
        planning = new Planning(engine, Name.of("someone"));
    }

    private void openTpch(Path folder) throws IOException {
        TpchSchema.write(folder, SCALE);
        engine = EngineFolder.open(folder, """
                CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER someone;
                CREATE ROLE sees_nation;
                CREATE RESTRICTION sees_nation ON customer USING (c_nationkey = 6) TO sees_nation;
                GRANT ROLE_USER, sees_nation TO USER someone;
                """);
        sql = TpchQuery.ALL.stream()
                .filter(query -> query.name().equals(subject))
                .findFirst()
                .orElseThrow()
                .sql();
    }

    private void openStar(Path folder) throws IOException {
        StarSchema schema = StarSchema.write(folder, SCALE);
        engine = EngineFolder.open(folder, """
                CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER someone; GRANT ROLE_USER TO USER someone;
                """);
        engine.session(Name.of("admin")).query(schema.cube());
        StarQuery query = StarQuery.ALL.stream()
                .filter(each -> subject.endsWith(" " + each.name()))
                .findFirst()
                .orElseThrow();
        sql = subject.startsWith(CUBE) ? query.onCube() : query.onTables();
    }

    /** Plans once. */
    @Benchmark
    public PlannedQuery plan() {
        return planning.plan(sql);
    }

    /** Closes the engine. */
    @TearDown(Level.Trial)
    public void close() throws IOException {
        engine.close();
        folder.close();
    }
}
