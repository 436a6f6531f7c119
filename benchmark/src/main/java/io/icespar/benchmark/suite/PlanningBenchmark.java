package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Alternation;
import io.icespar.benchmark.measure.Means;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.measure.Times;
import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.small.EngineFolder;
import io.icespar.benchmark.small.Planning;
import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.run.RowStream;
import io.icespar.security.identity.Name;
import io.icespar.ssb.StarQuery;
import io.icespar.ssb.StarSchema;
import io.icespar.tpch.TpchQuery;
import io.icespar.tpch.TpchSchema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Planning: of what was never asked, and of what someone else with rights of the same shape has asked. */
public final class PlanningBenchmark implements Benchmark {
    private static final double SCALE = 0.01;
    private static final int NATIONS = 25;
    private static final int WARM_UP = 20;
    private static final Rounds ROUNDS = Rounds.of(300);
    private static final String ON_CUBE = "cube ";
    private static final String ON_TABLES = "tables ";

    private static final String UNRESTRICTED = """
            CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
            CREATE USER someone; GRANT ROLE_USER TO USER someone;
            """;

    private static final String RESTRICTED = UNRESTRICTED + """
            CREATE ROLE sees_nation;
            CREATE RESTRICTION sees_nation ON customer USING (c_nationkey = 6) TO sees_nation;
            GRANT sees_nation TO USER someone;
            """;

    @Override
    public String name() {
        return "planning";
    }

    @Override
    public List<Report> run(Run run) throws IOException {
        return List.of(unseen(run), seen(run));
    }

    /** As in a server that runs: one Java, in which all queries take turns. */
    private static Report unseen(Run run) throws IOException {
        Map<String, Runnable> works = new LinkedHashMap<>();
        Path tpchFolder = run.data().resolve("planning-tpch");
        Path starFolder = run.data().resolve("planning-star");
        TpchSchema.write(tpchFolder, SCALE);
        StarSchema schema = StarSchema.write(starFolder, SCALE);
        Map<String, Double> millis = new LinkedHashMap<>();
        try (Engine tpch = EngineFolder.open(tpchFolder, RESTRICTED);
                Engine star = EngineFolder.open(starFolder, UNRESTRICTED)) {
            star.session(Name.of("admin")).query(schema.cube());
            Planning restricted = new Planning(tpch, Name.of("someone"));
            Planning unrestricted = new Planning(star, Name.of("someone"));
            for (TpchQuery query : TpchQuery.ALL) {
                works.put(query.name(), () -> restricted.plan(query.sql()));
            }
            for (StarQuery query : StarQuery.ALL) {
                works.put(ON_CUBE + query.name(), () -> unrestricted.plan(query.onCube()));
                works.put(ON_TABLES + query.name(), () -> unrestricted.plan(query.onTables()));
            }
            new Alternation(run.rounds(ROUNDS))
                    .measure(works)
                    .forEach((subject, times) -> millis.put(subject, times.medianMillis()));
        }
        List<String> queries = TpchQuery.ALL.stream().map(TpchQuery::name).toList();
        List<String> stars = StarQuery.ALL.stream().map(StarQuery::name).toList();
        List<Double> ofTpch = of(queries, millis);
        List<Double> onCube = of(stars.stream().map(ON_CUBE::concat).toList(), millis);
        List<Double> onTables = of(stars.stream().map(ON_TABLES::concat).toList(), millis);
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("median ms", Means.median(ofTpch));
        measured.put("slowest query, ms", Collections.max(ofTpch));
        measured.put("Star Schema Benchmark on the cube, median ms", Means.median(onCube));
        measured.put("Star Schema Benchmark on the tables, median ms", Means.median(onTables));
        return run.report(
                Row.PLANNING_UNSEEN,
                measured,
                Chart.bars(
                                "Planning of TPC-H queries that were not seen before",
                                "milliseconds, median; shorter is better",
                                queries,
                                List.of(new Series("Icespar", ofTpch)))
                        .withTarget(5),
                Chart.bars(
                        "Planning of Star Schema Benchmark queries",
                        "milliseconds, median; shorter is better",
                        stars,
                        List.of(new Series("on the cube", onCube), new Series("on the tables", onTables))));
    }

    private static List<Double> of(List<String> subjects, Map<String, Double> millis) {
        return subjects.stream()
                .map(subject -> millis.getOrDefault(subject, Double.NaN))
                .toList();
    }

    /**
     * Each user sees customers of a nation, which a context value names: the rights of all have one shape. The first user
     * asks every query; then every other one has it prepared, once, for a second time would be another question. To prepare
     * a query takes longest where its plan is not found.
     */
    private static Report seen(Run run) throws IOException {
        int users = run.times(200, 4);
        Path folder = run.data().resolve("planning-seen");
        TpchSchema.write(folder, SCALE);
        Map<String, Double> micros = new LinkedHashMap<>();
        List<Double> all = new ArrayList<>();
        try (Engine engine = EngineFolder.open(folder, usersOfOneShape(users))) {
            for (int round = 0; round < run.times(WARM_UP, 1); round++) {
                for (TpchQuery query : TpchQuery.ALL) {
                    // Another text each time, so that what is measured is new to its callers.
                    prepared(engine, query.sql() + " -- " + round, users);
                }
            }
            for (TpchQuery query : TpchQuery.ALL) {
                double median = prepared(engine, query.sql(), users).medianNanos() / 1_000;
                micros.put(query.name(), median);
                all.add(median);
            }
        }
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("median µs", Means.median(all));
        measured.put("slowest query, µs", Collections.max(all));
        return run.report(
                Row.PLANNING_SEEN,
                measured,
                Chart.bars(
                                "Queries that another caller with the same shape of rights has asked",
                                "microseconds to find the plan, median; shorter is better",
                                List.copyOf(micros.keySet()),
                                List.of(new Series("Icespar", List.copyOf(micros.values()))))
                        .withTarget(50));
    }

    /** The first user asks, then each of the others has it prepared. */
    private static Times prepared(Engine engine, String sql, int users) {
        ask(engine.session(user(0)), sql);
        List<Long> nanos = new ArrayList<>();
        for (int user = 1; user < users; user++) {
            Session session = engine.session(user(user));
            long start = System.nanoTime();
            session.prepare(sql);
            nanos.add(System.nanoTime() - start);
        }
        return Times.of(nanos);
    }

    private static Name user(int number) {
        return Name.of("user" + number);
    }

    private static String usersOfOneShape(int users) {
        return """
                CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE ROLE sees_nation;
                CREATE CONTEXT VALUE nation BIGINT DEFAULT 0;
                CREATE RESTRICTION sees_nation ON customer USING (c_nationkey = CONTEXT_VALUE('nation')) TO sees_nation;
                """
                + IntStream.range(0, users)
                        .mapToObj(user -> "CREATE USER user" + user + "; GRANT ROLE_USER, sees_nation TO USER user"
                                + user + "; ALTER USER user" + user + " SET nation = " + user % NATIONS + ";\n")
                        .collect(Collectors.joining());
    }

    private static void ask(Session session, String sql) {
        try (RowStream rows = ((Answer.Rows) session.query(sql)).stream()) {
            while (rows.next() != null) {
                // Only to read them all.
            }
        }
    }
}
