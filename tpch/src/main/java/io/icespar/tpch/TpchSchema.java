package io.icespar.tpch;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The eight tables as CSV files in a folder, with a catalog of Icespar's that declares them, and one table more, {@code
 * agents}, that restrictions look up. At scale factor 1 there are about 6,000,000 line items.
 */
public final class TpchSchema {
    /** The names of the tables, each after those that it refers to. */
    public static final List<String> TABLES =
            List.of("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem", "agents");

    private final Path folder;

    private TpchSchema(Path folder) {
        this.folder = folder;
    }

    /** The files that {@link #write} has written into a folder. */
    public static TpchSchema in(Path folder) {
        return new TpchSchema(folder);
    }

    /** Writes the files into a folder, which is made if it is not there. */
    public static TpchSchema write(Path folder, double scaleFactor) throws IOException {
        TpchSchema schema = in(folder);
        Files.createDirectories(schema.catalog());
        Files.writeString(schema.catalog().resolve("tpch.yaml"), resource("tpch.yaml"));
        for (TpchTable<?> table : TpchTable.getTables()) {
            schema.write(table, scaleFactor);
        }
        Files.writeString(schema.csv("agents"), """
                agent,agent_nationkey
                mapped,3
                mapped,7
                mapped,12
                mapped,20
                other,6
                """);
        return schema;
    }

    /** The folder of the catalog. */
    public Path catalog() {
        return folder.resolve("catalog");
    }

    /** The file of a table. */
    public Path csv(String table) {
        return folder.resolve(table + ".csv");
    }

    /** A script that makes the same tables, with columns of the same types, and no rows; DuckDB and PostgreSQL read it. */
    public String tables() {
        return resource("tables.sql");
    }

    /** A script that makes the same tables in a DuckDB, with their rows. */
    public String duckDbScript() {
        return TABLES.stream()
                .map(table -> "INSERT INTO " + table + " FROM read_csv('"
                        + csv(table).toString().replace("'", "''") + "', header = true, all_varchar = true);\n")
                .collect(Collectors.joining("", tables() + "\n", ""));
    }

    /** The text of a resource beside this class. */
    static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(TpchSchema.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // A generated line is the row with a bar after each field, and no field holds one.
    private <E extends TpchEntity> void write(TpchTable<E> table, double scaleFactor) throws IOException {
        Object[] header =
                table.getColumns().stream().map(TpchColumn::getColumnName).toArray();
        try (BufferedWriter writer = Files.newBufferedWriter(csv(table.getTableName()));
                CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            printer.printRecord(header);
            for (E row : table.createGenerator(scaleFactor, 1, 1)) {
                printer.printRecord((Object[]) row.toLine().split("\\|"));
            }
        }
    }
}
