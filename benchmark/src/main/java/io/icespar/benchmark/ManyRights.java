package io.icespar.benchmark;

import io.icespar.engine.Engine;
import io.icespar.engine.config.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
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
    static final int TABLES = 50;

    /** The user who asks. */
    static final String USER = "someone";

    /** Writes the tables and their rights into a folder and opens an engine there. */
    Engine open(Path folder) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        StringBuilder tables = new StringBuilder("schema: s\nbackend: duckdb\ntables:\n");
        for (int table = 0; table < TABLES; table++) {
            Files.writeString(catalog.resolve("t" + table + ".csv"), "id,a,b\n1,v0,w0\n2,v1,w1\n3,v2,w2\n");
            tables.append("  t" + table + ": {file: t" + table + ".csv, key: id, columns: {id: BIGINT}}\n");
        }
        Files.writeString(catalog.resolve("s.yaml"), tables);
        Files.writeString(folder.resolve("bootstrap.sql"), commands());
        Path settings = Files.writeString(
                folder.resolve("icespar.yaml"),
                "catalog: catalog\ndata: data\ndatabase: memory\nsecurity: {store: memory, bootstrap: bootstrap.sql}\n");
        return Engine.open(EngineSettings.read(settings));
    }

    private String commands() {
        StringBuilder script = new StringBuilder("CREATE USER admin; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;\n");
        script.append("CREATE USER " + USER + "; GRANT ROLE_USER TO USER " + USER + ";\n");
        for (int role = 0; role < roles; role++) {
            script.append("CREATE ROLE r" + role + ";\n");
        }
        int restrictions = TABLES * restrictionsPerTable;
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
