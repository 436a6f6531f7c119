package io.icespar.benchmark.suite;

import io.icespar.benchmark.small.EngineFolder;
import io.icespar.engine.Engine;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tables {@code c0} to {@code c5}, each of which refers to the next, which is smaller; in each of them half of the rows
 * have the flag that a restriction may ask for.
 */
final class ReferenceChain {
    private static final int LAST = 5;
    private static final int SHRINK = 4;
    private static final int LEAST = 20;

    private final Path folder;

    private ReferenceChain(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the tables into a folder.
     *
     * @param rows of the first
     */
    static ReferenceChain write(Path folder, int rows) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        StringBuilder tables = new StringBuilder("schema: s\nbackend: duckdb\ntables:\n");
        int count = rows;
        for (int table = 0; table <= LAST; table++) {
            int next = Math.max(LEAST, count / SHRINK);
            try (Writer csv = Files.newBufferedWriter(catalog.resolve("c" + table + ".csv"))) {
                csv.write("id,next,flag,v\n");
                for (long i = 0; i < count; i++) {
                    long mixed = (i * 2_654_435_761L) & 0xFFFF_FFFFL;
                    csv.write(i + "," + mixed % next + "," + mixed / 7 % 2 + "," + mixed / 11 % 1_000 + "\n");
                }
            }
            tables.append("  c" + table + ":\n    file: c" + table + ".csv\n    key: id\n"
                    + "    columns: {id: BIGINT, next: BIGINT, flag: BIGINT, v: BIGINT}\n");
            if (table < LAST) {
                tables.append("    references:\n      - {columns: next, table: c" + (table + 1) + "}\n");
            }
            count = next;
        }
        Files.writeString(catalog.resolve("s.yaml"), tables);
        return new ReferenceChain(folder);
    }

    /** An engine whose user is restricted on the table so many references away from the first. */
    Engine open(int hops) throws IOException {
        return EngineFolder.open(
                folder, CurveStore.users() + "CREATE RESTRICTION own ON c" + hops + " USING (flag = 1) TO r0;\n");
    }

    /** The script that makes the tables in DuckDB. */
    String duckDbScript() {
        StringBuilder script = new StringBuilder();
        for (int table = 0; table <= LAST; table++) {
            script.append("CREATE TABLE c" + table + " AS FROM read_csv('"
                    + folder.resolve("catalog/c" + table + ".csv") + "');\n");
        }
        return script.toString();
    }

    /** The condition on the first table that one would write by hand. */
    static String condition(int hops) {
        String condition = "flag = 1";
        for (int table = hops; table > 0; table--) {
            condition = "next IN (SELECT id FROM c" + table + " WHERE " + condition + ")";
        }
        return condition;
    }
}
