package io.icespar.benchmark.small;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tables {@code t0}, {@code t1} … of three rows each, for which only planning takes time. */
public final class SmallTables {
    /** How many there are. */
    public static final int COUNT = 50;

    private SmallTables() {}

    /** Writes them, and their catalog, into a folder. */
    public static void write(Path folder) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        StringBuilder tables = new StringBuilder("schema: s\nbackend: duckdb\ntables:\n");
        for (int table = 0; table < COUNT; table++) {
            Files.writeString(catalog.resolve("t" + table + ".csv"), "id,a,b\n1,v0,w0\n2,v1,w1\n3,v2,w2\n");
            tables.append("  t" + table + ": {file: t" + table + ".csv, key: id, columns: {id: BIGINT}}\n");
        }
        Files.writeString(catalog.resolve("s.yaml"), tables);
    }
}
