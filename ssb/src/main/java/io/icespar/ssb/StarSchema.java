package io.icespar.ssb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The five tables as CSV files in a folder, with a catalog of Icespar's that declares them: line orders, and the
 * customers, suppliers, parts and dates that they refer to, dates twice.
 *
 * <p>Columns, sizes and values are those of the published definition (revision 3); values are drawn as there, all equally
 * likely. At scale factor 1 there are about 6,000,000 line orders.
 */
public final class StarSchema {
    private static final List<String> TABLES = List.of("customer", "supplier", "part", "date", "lineorder");

    /** With it the rarest query, Q3.4, finds rows at scale factor 0.1, too, which only one in three does. */
    private static final long SEED = 1;

    private final Path folder;

    private StarSchema(Path folder) {
        this.folder = folder;
    }

    /**
     * Writes the files into a folder, which is made if it is not there.
     *
     * @param scaleFactor at least 0.01
     */
    public static StarSchema write(Path folder, double scaleFactor) throws IOException {
        StarSchema schema = new StarSchema(folder);
        Files.createDirectories(schema.catalog());
        Files.writeString(schema.catalog().resolve("ssb.yaml"), resource("ssb.yaml"));
        Sizes sizes = Sizes.of(scaleFactor);
        Parties.writeCustomers(schema.csv("customer"), sizes.customers(), new Draw(SEED));
        Parties.writeSuppliers(schema.csv("supplier"), sizes.suppliers(), new Draw(SEED + 1));
        Parts.write(schema.csv("part"), sizes.parts(), new Draw(SEED + 2));
        Days.write(schema.csv("date"));
        new LineOrders(sizes, new Draw(SEED + 3)).write(schema.csv("lineorder"));
        return schema;
    }

    /** The folder of the catalog. */
    public Path catalog() {
        return folder.resolve("catalog");
    }

    /** The file of a table. */
    Path csv(String table) {
        return folder.resolve(table + ".csv");
    }

    /** A script that makes the same tables in a DuckDB, with columns of the same types. */
    public String duckDbScript() {
        return TABLES.stream()
                .map(table -> "INSERT INTO \"" + table + "\" FROM read_csv('"
                        + csv(table).toString().replace("'", "''") + "', header = true, all_varchar = true);\n")
                .collect(Collectors.joining("", resource("duckdb.sql"), ""));
    }

    /** The text of a resource beside this class. */
    static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(StarSchema.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
