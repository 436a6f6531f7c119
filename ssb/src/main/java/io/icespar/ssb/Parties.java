package io.icespar.ssb;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The tables {@code customer} and {@code supplier}. */
final class Parties {
    private static final List<String> SEGMENTS =
            List.of("AUTOMOBILE", "BUILDING", "FURNITURE", "HOUSEHOLD", "MACHINERY");

    private Parties() {}

    static void writeCustomers(Path file, int count, Draw draw) throws IOException {
        try (CsvWriter csv = new CsvWriter(
                file,
                "c_custkey",
                "c_name",
                "c_address",
                "c_city",
                "c_nation",
                "c_region",
                "c_phone",
                "c_mktsegment")) {
            for (int key = 1; key <= count; key++) {
                write(csv, key, "Customer", draw);
                csv.write(draw.oneOf(SEGMENTS));
                csv.endLine();
            }
        }
    }

    static void writeSuppliers(Path file, int count, Draw draw) throws IOException {
        try (CsvWriter csv =
                new CsvWriter(file, "s_suppkey", "s_name", "s_address", "s_city", "s_nation", "s_region", "s_phone")) {
            for (int key = 1; key <= count; key++) {
                write(csv, key, "Supplier", draw);
                csv.endLine();
            }
        }
    }

    private static void write(CsvWriter csv, int key, String kind, Draw draw) throws IOException {
        Nation nation = draw.oneOf(Nation.ALL);
        csv.write(key);
        csv.write(String.format("%s#%09d", kind, key));
        csv.write(draw.text(10, 25));
        csv.write(nation.city(draw.from(0, Nation.CITIES - 1)));
        csv.write(nation.name());
        csv.write(nation.region());
        csv.write(draw.phone(nation));
    }
}
