package io.icespar.ssb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written. That references lead somewhere, and that queries find rows, the engine's tests see. */
class StarSchemaTest {
    private static final List<String> TABLES = List.of("customer", "supplier", "part", "date", "lineorder");

    @Test
    void theSameFilesAreWrittenEachTime(@TempDir Path one, @TempDir Path other) throws IOException {
        StarSchema first = StarSchema.write(one, 0.01);
        StarSchema second = StarSchema.write(other, 0.01);
        for (String table : TABLES) {
            assertEquals(-1, Files.mismatch(first.csv(table), second.csv(table)), table);
        }
    }

    @Test
    void rowsAreAsMany(@TempDir Path folder) throws IOException {
        StarSchema schema = StarSchema.write(folder, 0.01);
        assertEquals(300, rows(schema, "customer").size());
        assertEquals(20, rows(schema, "supplier").size());
        assertEquals(2_000, rows(schema, "part").size());
        assertEquals(2_557, rows(schema, "date").size());
        assertEquals(60_000, rows(schema, "lineorder").size(), 1_000);
    }

    @Test
    void sizesAreThoseThatArePublished() {
        assertEquals(new Sizes(30_000, 2_000, 200_000, 1_500_000), Sizes.of(1));
        assertEquals(new Sizes(300_000, 20_000, 800_000, 15_000_000), Sizes.of(10));
    }

    @Test
    void aDayIsDescribed(@TempDir Path folder) throws IOException {
        List<String> days = rows(StarSchema.write(folder, 0.01), "date");
        assertEquals(
                "19920101,\"January 1, 1992\",Wednesday,January,1992,199201,Jan1992,4,1,1,1,1,Winter,0,0,1,1",
                days.get(0));
        assertEquals(
                "19960229,\"February 29, 1996\",Thursday,February,1996,199602,Feb1996,5,29,60,2,9,Winter,0,1,0,1",
                days.get(1520));
        assertEquals(
                "19981231,\"December 31, 1998\",Thursday,December,1998,199812,Dec1998,5,31,365,12,53,Christmas,0,1,1,1",
                days.get(2_556));
    }

    @Test
    void keysAreThereOnceOnly(@TempDir Path folder) throws IOException {
        StarSchema schema = StarSchema.write(folder, 0.01);
        for (String table : TABLES) {
            Set<String> keys = new HashSet<>();
            for (String row : rows(schema, table)) {
                String[] values = row.split(",", 3);
                assertTrue(keys.add(table.equals("lineorder") ? values[0] + "," + values[1] : values[0]), row);
            }
        }
    }

    private static List<String> rows(StarSchema schema, String table) throws IOException {
        List<String> lines = Files.readAllLines(schema.csv(table));
        return lines.subList(1, lines.size());
    }
}
