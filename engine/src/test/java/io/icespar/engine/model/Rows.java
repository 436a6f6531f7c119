package io.icespar.engine.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of three tables, of which each refers to the one before it, in Java and as files. */
final class Rows {
    private static final List<String> USERS = List.of("admin", "ann", "ben", "cid");

    static final List<Shop> SHOPS = List.of(
            new Shop(1, "France", "Paris", "big"),
            new Shop(2, "France", "Lyon", "small"),
            new Shop(3, "France", null, "big"),
            new Shop(4, "USA", "Houston", "small"),
            new Shop(5, "USA", "Paris", "big"),
            new Shop(6, null, "Lyon", "small"),
            new Shop(7, "Spain", "Vigo", null));

    static final List<Sale> SALES = List.of(
            new Sale(1, 1, 1),
            new Sale(2, 1, 5),
            new Sale(3, 2, 2),
            new Sale(4, 3, 3),
            new Sale(5, 4, null),
            new Sale(6, 5, 4),
            new Sale(7, 6, 2),
            new Sale(8, null, 1),
            new Sale(9, 99, 6));

    static final List<Refund> REFUNDS =
            List.of(new Refund(1, 1), new Refund(2, 3), new Refund(3, 5), new Refund(4, 9), new Refund(5, null));

    private Rows() {}

    /** A row of a table. */
    sealed interface Row {}

    record Shop(
            int id,
            @Nullable String country,
            @Nullable String city,
            @Nullable String size) implements Row {}

    record Sale(int id, @Nullable Integer shop, @Nullable Integer quantity) implements Row {}

    record Refund(int id, @Nullable Integer sale) implements Row {}

    /** Writes the tables and a configuration whose users hold nothing but {@code ROLE_USER}; returns its file. */
    static Path write(Path folder) {
        try {
            Path catalog = Files.createDirectories(folder.resolve("catalog"));
            write(
                    catalog.resolve("shops.csv"),
                    "id,country,city,size",
                    SHOPS.stream()
                            .map(shop -> line(shop.id(), shop.country(), shop.city(), shop.size()))
                            .toList());
            write(
                    catalog.resolve("sales.csv"),
                    "id,shop,quantity",
                    SALES.stream()
                            .map(sale -> line(sale.id(), sale.shop(), sale.quantity()))
                            .toList());
            write(
                    catalog.resolve("refunds.csv"),
                    "id,sale",
                    REFUNDS.stream().map(row -> line(row.id(), row.sale())).toList());
            Files.writeString(catalog.resolve("trade.yaml"), """
                    schema: trade
                    backend: duckdb
                    tables:
                      shops: {file: shops.csv, key: id, columns: {id: BIGINT}}
                      sales:
                        file: sales.csv
                        key: id
                        columns: {id: BIGINT, shop: BIGINT, quantity: BIGINT}
                        references: [{columns: shop, table: shops, key: id}]
                      refunds:
                        file: refunds.csv
                        key: id
                        columns: {id: BIGINT, sale: BIGINT}
                        references: [{columns: sale, table: sales, key: id}]
                    """);
            StringBuilder bootstrap = new StringBuilder();
            for (String user : USERS) {
                bootstrap.append("CREATE USER " + user + "; GRANT ROLE_USER TO USER " + user + ";\n");
            }
            bootstrap.append("GRANT ROLE_ADMIN TO USER admin;\n");
            bootstrap.append("CREATE ROLE r1; CREATE ROLE r2; CREATE ROLE r3;\n");
            bootstrap.append("CREATE CONTEXT VALUE home VARCHAR DEFAULT 'Paris';\n");
            bootstrap.append("CREATE CONTEXT VALUE least INTEGER DEFAULT 0 SETTABLE;\n");
            Files.writeString(folder.resolve("bootstrap.sql"), bootstrap);
            return Files.writeString(folder.resolve("icespar.yaml"), """
                    catalog: catalog
                    data: data
                    database: memory
                    security: {store: memory, bootstrap: bootstrap.sql}
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(@Nullable Object... values) {
        return Arrays.stream(values).map(value -> Objects.toString(value, "")).collect(Collectors.joining(","));
    }

    private static void write(Path file, String header, List<String> lines) throws IOException {
        Files.writeString(file, header + "\n" + String.join("\n", lines) + "\n");
    }
}
