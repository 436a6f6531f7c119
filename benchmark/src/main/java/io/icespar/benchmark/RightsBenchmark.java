package io.icespar.benchmark;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.run.RowStream;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What it costs that there are many rights: a query of a user with many roles among many more, of a table with many
 * restrictions or a long list of values, beside the same query where there is one role and one restriction.
 *
 * <p>Each case is measured twice: planning alone, from the query's text to the backend's, in time of the processor; and
 * the whole query, to its last row. The tables have three rows, so to run a query takes nearly nothing, but for what the backend does with a
 * list of values.
 */
public final class RightsBenchmark {
    private static final int ROUNDS = 200;
    private static final int FEW_ROUNDS = 50;
    private static final int VALUES = 100_000;
    private static final String QUERY = "SELECT b, COUNT(*) FROM t7 WHERE id > 0 GROUP BY b";

    private final Engine one;
    private final Engine few;
    private final Engine many;

    private RightsBenchmark(Engine one, Engine few, Engine many) {
        this.one = one;
        this.few = few;
        this.many = many;
    }

    /**
     * Measures, and prints a line for each case.
     *
     * @param arguments the folder that is written to
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        try (Engine one = new ManyRights(1, 1, 1).open(folder.resolve("one"));
                Engine few = new ManyRights(1, 1, 1).open(folder.resolve("few"));
                Engine many = new ManyRights(10_000, 20, 200).open(folder.resolve("many"))) {
            new RightsBenchmark(one, few, many).run();
        }
    }

    private void run() {
        compare("the same again, to see the noise", ROUNDS, few, few);
        compare("10,000 roles, 1,000 restrictions, 200 roles held", ROUNDS, few, many);
        administer("CREATE CONTEXT VALUE vs VARCHAR ARRAY DEFAULT ARRAY['v0']");
        administer("CREATE OR REPLACE RESTRICTION x7 ON t7 USING (a = ANY (CONTEXT_VALUE('vs')))");
        administer("ALTER USER " + ManyRights.USER + " SET vs = ARRAY[" + values() + "]");
        compare("100,000 values in a context value", FEW_ROUNDS, one, few);
        administer("CREATE OR REPLACE RESTRICTION x7 ON t7 USING (a IN (" + values() + "))");
        compare("100,000 values in the condition", FEW_ROUNDS, one, few);
    }

    private static void compare(String what, int rounds, Engine one, Engine other) {
        print(what + ", planning", SideBySide.measureOnThread(rounds, planning(one), planning(other)));
        print(what + ", whole", SideBySide.measure(rounds, asking(one), asking(other)));
    }

    private static Runnable planning(Engine engine) {
        Planning planning = new Planning(engine, Name.of(ManyRights.USER));
        return () -> planning.plan(QUERY);
    }

    private static String values() {
        return IntStream.range(0, VALUES).mapToObj(i -> "'v" + i + "'").collect(Collectors.joining(", "));
    }

    private void administer(String command) {
        few.session(Name.of("admin")).query(command);
    }

    private static Runnable asking(Engine engine) {
        Session session = engine.session(Name.of(ManyRights.USER));
        Session.Prepared prepared = session.prepare(QUERY);
        return () -> {
            Answer answer = session.execute(prepared, List.of(), 0);
            try (RowStream rows = ((Answer.Rows) answer).stream()) {
                while (rows.next() != null) {
                    // Only to read them all.
                }
            }
        };
    }

    private static void print(String what, SideBySide times) {
        System.out.printf(
                Locale.ROOT,
                "%-60s %8d µs beside %8d µs: %.2f times%n",
                what,
                times.other().toNanos() / 1_000,
                times.one().toNanos() / 1_000,
                times.ratio());
    }
}
