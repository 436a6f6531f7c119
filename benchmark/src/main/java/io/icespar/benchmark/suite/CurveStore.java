package io.icespar.benchmark.suite;

import io.icespar.benchmark.small.EngineFolder;
import io.icespar.benchmark.small.Planning;
import io.icespar.benchmark.small.SmallTables;
import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.run.RowStream;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A security store over small tables. Its user {@code someone} holds the role {@code r0}, which restricts the table {@code
 * t7}.
 *
 * @param script that is run after the user and the role are made
 */
record CurveStore(String script) {
    private static final Name USER = Name.of("someone");
    private static final String OWN = "CREATE RESTRICTION own ON t7 USING (a = 'v0') TO r0;\n";
    private static final int TABLE = 7;

    /** So many roles, most of which restrict other tables. */
    static CurveStore roles(int count) {
        String roles = each(1, count, i -> "CREATE ROLE r" + i + ";\n");
        String restrictions = each(0, SmallTables.COUNT, table -> {
            String to = IntStream.range(1, count)
                    .filter(role -> role % SmallTables.COUNT == table)
                    .mapToObj(role -> "r" + role)
                    .collect(Collectors.joining(", "));
            return table == TABLE || to.isEmpty()
                    ? ""
                    : "CREATE RESTRICTION x" + table + " ON t" + table + " USING (a = 'v1') TO " + to + ";\n";
        });
        return new CurveStore(OWN + roles + restrictions);
    }

    /** So many restrictions on the table, one of which the user holds. */
    static CurveStore restrictionsOfOthers(int count) {
        return new CurveStore(OWN + "CREATE ROLE other;\n" + restrictions(count, "other"));
    }

    /** So many restrictions on the table, all of which the user holds. */
    static CurveStore restrictionsHeld(int count) {
        return new CurveStore(OWN + restrictions(count, "r0"));
    }

    private static String restrictions(int count, String role) {
        return each(1, count, i -> "CREATE RESTRICTION x" + i + " ON t7 USING (a = 'v" + i + "') TO " + role + ";\n");
    }

    /** A list of so many values in the condition. */
    static CurveStore valuesInCondition(int count) {
        return new CurveStore("CREATE RESTRICTION own ON t7 USING (a IN (" + values(count) + ")) TO r0;\n");
    }

    /** A list of so many values in a context value. */
    static CurveStore valuesInContext(int count) {
        return new CurveStore("""
                CREATE CONTEXT VALUE vs VARCHAR ARRAY DEFAULT ARRAY['v0'];
                CREATE RESTRICTION own ON t7 USING (a = ANY (CONTEXT_VALUE('vs'))) TO r0;
                ALTER USER someone SET vs = ARRAY[%s];
                """.formatted(values(count)));
    }

    private static String values(int count) {
        return IntStream.range(0, count).mapToObj(i -> "'v" + i + "'").collect(Collectors.joining(", "));
    }

    private static String each(int from, int to, IntFunction<String> command) {
        return IntStream.range(from, to).mapToObj(command).collect(Collectors.joining());
    }

    /** An engine with it; whoever gets it closes it. */
    Engine open(Path folder) throws IOException {
        SmallTables.write(folder);
        return EngineFolder.open(folder, users() + script);
    }

    /** The script that makes the user and the role. */
    static String users() {
        return """
                CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE ROLE r0;
                CREATE USER someone; GRANT ROLE_USER, r0 TO USER someone;
                """;
    }

    /** Plans a query of the user's, as if it were never asked. */
    static Runnable planning(Engine engine, String sql) {
        Planning planning = new Planning(engine, USER);
        return () -> planning.plan(sql);
    }

    /** Asks a query of the user's, to its last row. */
    static Runnable execution(Engine engine, String sql) {
        Session session = engine.session(USER);
        Session.Prepared prepared = session.prepare(sql);
        return () -> {
            try (RowStream rows = ((Answer.Rows) session.execute(prepared, List.of(), 0)).stream()) {
                while (rows.next() != null) {
                    // Only to read them all.
                }
            }
        };
    }
}
