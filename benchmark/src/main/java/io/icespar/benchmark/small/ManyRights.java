package io.icespar.benchmark.small;

import io.icespar.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables of a few rows each, and rights on them.
 *
 * @param roles how many roles there are
 * @param restrictionsPerTable how many restrictions each table has; each is granted to as many roles as any other
 * @param heldRoles how many roles the user {@code someone} holds, evenly spread over all
 */
record ManyRights(int roles, int restrictionsPerTable, int heldRoles) {
    /** The user who asks. */
    static final String USER = "someone";

    /** Writes the tables and their rights into a folder and opens an engine there. */
    Engine open(Path folder) throws IOException {
        SmallTables.write(folder);
        return EngineFolder.open(folder, commands());
    }

    private String commands() {
        StringBuilder script = new StringBuilder("CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;\n");
        script.append("CREATE USER " + USER + "; GRANT ROLE_USER TO USER " + USER + ";\n");
        for (int role = 0; role < roles; role++) {
            script.append("CREATE ROLE r" + role + ";\n");
        }
        int restrictions = SmallTables.COUNT * restrictionsPerTable;
        int rolesEach = Math.max(1, roles / restrictions);
        for (int i = 0; i < restrictions; i++) {
            int first = i * rolesEach;
            String to = IntStream.range(first, first + rolesEach)
                    .map(role -> role % roles)
                    .distinct()
                    .mapToObj(role -> "r" + role)
                    .collect(Collectors.joining(", "));
            script.append("CREATE RESTRICTION x" + i + " ON t" + i / restrictionsPerTable + " USING (a = 'v"
                    + i % restrictionsPerTable + "') TO " + to + ";\n");
        }
        String held = IntStream.range(0, heldRoles)
                .mapToObj(i -> "r" + i * (roles / heldRoles))
                .collect(Collectors.joining(", "));
        return script.append("GRANT " + held + " TO USER " + USER + ";\n").toString();
    }
}
