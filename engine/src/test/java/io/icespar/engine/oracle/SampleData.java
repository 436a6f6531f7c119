package io.icespar.engine.oracle;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the sample, of which others are derived: without what a user may not see, or with all of that changed.
 *
 * <p>To the sample of {@code conf} it adds a column that can be empty, {@code Sales."Discount"}, and the mapping table
 * {@code "Access"}.
 *
 * @param sales the rows of {@code Sales}
 * @param shops the rows of {@code Shops}
 */
public record SampleData(List<Sale> sales, List<Shop> shops) {
    /** What only hidden rows of {@link #poisoned} hold. */
    public static final String CANARY = "CANARY";

    /** The columns that some samples hide. */
    static final Set<String> HIDDEN_COLUMNS = Set.of("City", "Product", "Shop size");

    private static final Set<String> NO_CITY = Set.of("shop_9", "shop_6", "shop_11");
    private static final Set<String> NO_REGION = Set.of("shop_21", "shop_4", "shop_7", "shop_36");
    private static final Set<String> NO_SIZE = Set.of("shop_23", "shop_11");

    private static final Path CONF = Path.of("..", "conf", "catalog", "retail");
    private static final String HUGE = Long.toString(Long.MAX_VALUE);
    private static final List<@Nullable String> BAD_DISCOUNTS = nullable("0", HUGE, null, "-1");

    /** Checks and copies. */
    public SampleData {
        sales = List.copyOf(sales);
        shops = List.copyOf(shops);
    }

    /** A row of {@code Sales}, as text; null is NULL. */
    public record Sale(
            String id,
            @Nullable String date,
            @Nullable String shop,
            @Nullable String product,
            @Nullable String quantity,
            @Nullable String price,
            @Nullable String discount) {}

    /** A row of {@code Shops}, as text; null is NULL. */
    public record Shop(
            String id,
            @Nullable String city,
            @Nullable String region,
            @Nullable String country,
            @Nullable String size) {}

    /** The rows of the sample of {@code conf}. */
    public static SampleData original() {
        List<Sale> sales = new ArrayList<>();
        for (CSVRecord row : rows("sales.csv")) {
            int i = sales.size();
            String discount = i % 11 == 0 ? null : String.valueOf(i % 5 + 1);
            sales.add(new Sale(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4), row.get(5), discount));
        }
        List<Shop> shops = new ArrayList<>();
        for (CSVRecord row : rows("shops.csv")) {
            shops.add(new Shop(row.get(0), row.get(1), row.get(2), row.get(3), row.get(4)));
        }
        return new SampleData(sales, shops);
    }

    /** The same with gaps: sales of no shop, of one that is not there, and levels that are NULL in rows that are. */
    public SampleData withGaps() {
        List<Sale> otherSales = new ArrayList<>();
        for (Sale sale : sales) {
            int i = otherSales.size();
            otherSales.add(new Sale(
                    sale.id,
                    sale.date,
                    i % 97 == 0 ? null : i % 101 == 0 ? "shop_99" : sale.shop,
                    i % 83 == 0 ? null : sale.product,
                    i % 89 == 0 ? null : sale.quantity,
                    sale.price,
                    sale.discount));
        }
        return new SampleData(
                otherSales,
                shops.stream()
                        .map(shop -> new Shop(
                                shop.id,
                                NO_CITY.contains(shop.id) ? null : shop.city,
                                NO_REGION.contains(shop.id) ? null : shop.region,
                                shop.country,
                                NO_SIZE.contains(shop.id) ? null : shop.size))
                        .toList());
    }

    private static List<CSVRecord> rows(String file) {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (CSVParser parser = CSVParser.parse(CONF.resolve(file), StandardCharsets.UTF_8, format)) {
            return parser.getRecords();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The data from which all that {@code user} may not see was physically removed. */
    public SampleData visibleTo(SampleUser user) {
        Map<String, Shop> byId = shopsById();
        return new SampleData(
                sales.stream().filter(sale -> sees(user, sale, byId)).toList(),
                shops.stream().filter(user::sees).toList());
    }

    /**
     * The data in which everything that {@code user} may not see is something else: texts that are no numbers where
     * visible ones are, zeros, huge numbers, absent values, extreme dates; and there are more such rows.
     */
    public SampleData poisonedFor(SampleUser user) {
        Map<String, Shop> byId = shopsById();
        List<Shop> otherShops = new ArrayList<>();
        for (Shop shop : shops) {
            otherShops.add(user.sees(shop) ? shop : poisoned(shop.id()));
        }
        otherShops.add(poisoned("unknown"));
        List<Sale> otherSales = new ArrayList<>();
        for (Sale sale : sales) {
            String shop = Objects.requireNonNullElse(sale.shop(), "unknown");
            otherSales.add(
                    sees(user, sale, byId)
                            ? sale
                            : poisoned(
                                    otherSales.size(),
                                    seesShop(user, shop, byId)
                                            ? shop
                                            : poisoned(shop).id(),
                                    user.seesByItself(sale)));
        }
        for (int i = 0; i < 10; i++) {
            otherSales.add(poisoned(otherSales.size(), "shop_3" + CANARY, true));
        }
        return new SampleData(otherSales, otherShops);
    }

    private static boolean sees(SampleUser user, Sale sale, Map<String, Shop> byId) {
        return user.seesByItself(sale) && sale.shop() != null && seesShop(user, sale.shop(), byId);
    }

    // Each of the users is restricted by shops, and so sees no sale of none.
    private static boolean seesShop(SampleUser user, String shop, Map<String, Shop> byId) {
        return byId.containsKey(shop) && user.sees(byId.get(shop));
    }

    private Map<String, Shop> shopsById() {
        return shops.stream().collect(toUnmodifiableMap(Shop::id, Function.identity()));
    }

    // Half of the keys stay, and the others lie among the visible ones, so that no range of keys tells them apart.
    private static Shop poisoned(String id) {
        String key = id.hashCode() % 2 == 0 ? id : "shop_3" + CANARY + id;
        int i = id.hashCode();
        return new Shop(
                key,
                unlessAbsent(i, CANARY + " city"),
                unlessAbsent(i + 1, CANARY + " region"),
                unlessAbsent(i + 2, CANARY + " country"),
                unlessAbsent(i + 3, CANARY + " " + id));
    }

    private static Sale poisoned(int i, String shop, boolean zeroIsHidden) {
        return new Sale(
                CANARY + " " + i,
                unlessAbsent(i, i % 2 == 0 ? "9999-12-31" : "0001-01-01"),
                unlessAbsent(i + 1, shop),
                unlessAbsent(i + 2, CANARY + " " + i),
                unlessAbsent(i + 3, zeroIsHidden && i % 2 == 0 ? "0" : HUGE),
                unlessAbsent(i + 4, i % 3 == 0 ? "99999999.99" : "0.00"),
                BAD_DISCOUNTS.get(i % BAD_DISCOUNTS.size()));
    }

    private static @Nullable String unlessAbsent(int i, String value) {
        return Math.floorMod(i, 7) == 0 ? null : value;
    }

    private static List<@Nullable String> nullable(@Nullable String... values) {
        List<@Nullable String> list = new ArrayList<>();
        for (String value : values) {
            list.add(value);
        }
        return list;
    }

    /** The roles and restrictions that make the users see what {@link SampleUser} says. */
    public static String roles() {
        return script("roles.sql");
    }

    /** The commands that create cubes, and say of them what is said. */
    public static String cubes() {
        return script("cubes.sql");
    }

    private static String script(String file) {
        try (InputStream script = Objects.requireNonNull(SampleData.class.getResourceAsStream(file))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What of {@link #roles} no provider says, see {@link SampleProvider}. */
    static String rolesBesideProvider() {
        return roles().replaceAll(
                        "(?m)^CREATE RESTRICTION (paris|france|france_big|usa_small|perhaps_paris|perhaps_new_york|valued) .*$",
                        "");
    }

    /** The same users, of whom none holds a role that restricts. */
    public static String noRoles() {
        return roles().lines()
                .filter(line -> !line.contains("RESTRICTION") || line.contains("PUBLIC"))
                .filter(line -> !line.startsWith("GRANT ROLE_") || line.contains("ADMIN"))
                .map(line -> line.replaceFirst("^CREATE USER (\\S+);", "CREATE USER $1; GRANT ROLE_USER TO USER $1;"))
                .reduce("", (text, line) -> text + line + "\n");
    }

    /** The data in which the {@link #HIDDEN_COLUMNS} hold nothing but the canary. */
    public SampleData withPoisonInHiddenColumns() {
        return new SampleData(
                sales.stream()
                        .map(sale -> new Sale(
                                sale.id,
                                sale.date,
                                sale.shop,
                                CANARY + sale.product,
                                sale.quantity,
                                sale.price,
                                sale.discount))
                        .toList(),
                shops.stream()
                        .map(shop -> new Shop(shop.id, CANARY, shop.region, shop.country, CANARY + shop.id))
                        .toList());
    }

    /** The data with what the masks show in the place of what they hide. */
    public SampleData masked() {
        return new SampleData(
                sales.stream()
                        .map(sale -> new Sale(sale.id, sale.date, sale.shop, "P", "2", sale.price, null))
                        .toList(),
                shops.stream()
                        .map(shop -> new Shop(shop.id, cityShownFor(shop), shop.region, shop.country, "any"))
                        .toList());
    }

    private static @Nullable String cityShownFor(Shop shop) {
        return Objects.equals(shop.country, "France")
                ? "in France"
                : shop.region == null ? null : shop.region.toUpperCase(Locale.ROOT);
    }

    /** The data with other true values under the masks, such as make divisions and casts fail. */
    public SampleData poisonedUnderMasks() {
        return new SampleData(
                sales.stream()
                        .map(sale -> new Sale(
                                sale.id,
                                sale.date,
                                sale.shop,
                                CANARY,
                                sale.id.hashCode() % 2 == 0 ? "0" : HUGE,
                                sale.price,
                                "0"))
                        .toList(),
                shops.stream()
                        .map(shop -> new Shop(shop.id, CANARY + shop.id, shop.region, shop.country, CANARY))
                        .toList());
    }

    /** The commands that mask columns for all but administrators. */
    public static String masks() {
        return """
                CREATE MASK city ON "Shops" ("City")
                    USING (CASE WHEN "Country" = 'France' THEN 'in France' ELSE UPPER("State or region") END);
                CREATE MASK size ON "Shops" ("Shop size") USING ('any');
                CREATE MASK product ON "Sales" ("Product") USING ('P');
                CREATE MASK quantity ON "Sales" ("Quantity") USING (2);
                CREATE MASK discount ON "Sales" ("Discount") USING (NULL);
                """;
    }

    /** The commands that hide {@link #HIDDEN_COLUMNS} and the table {@code Access} from all but administrators. */
    public static String hidingColumns() {
        return """
                REVOKE SELECT ("Product") ON TABLE "Sales" FROM PUBLIC;
                REVOKE SELECT ("City", "Shop size") ON TABLE "Shops" FROM PUBLIC;
                REVOKE SELECT ON TABLE "Access" FROM PUBLIC;
                """;
    }

    /**
     * Writes a configuration with this data.
     *
     * @param bootstrap the script that fills the security store
     * @return the configuration file
     */
    public Path write(Path folder, String bootstrap) {
        return write(folder, bootstrap, false);
    }

    /** As {@link #write(Path, String)}, but for the hidden columns and the table {@code Access} if it is narrow. */
    Path write(Path folder, String bootstrap, boolean narrow) {
        try {
            Path catalog = Files.createDirectories(folder.resolve("catalog"));
            write(
                    catalog.resolve("sales.csv"),
                    narrow,
                    List.of("Sale ID", "Date", "Shop", "Product", "Quantity", "Unit price", "Discount"),
                    sales.stream()
                            .map(sale -> nullable(
                                    sale.id,
                                    sale.date,
                                    sale.shop,
                                    sale.product,
                                    sale.quantity,
                                    sale.price,
                                    sale.discount))
                            .toList());
            write(
                    catalog.resolve("shops.csv"),
                    narrow,
                    List.of("Shop ID", "City", "State or region", "Country", "Shop size"),
                    shops.stream()
                            .map(shop -> nullable(shop.id, shop.city, shop.region, shop.country, shop.size))
                            .toList());
            Files.writeString(
                    catalog.resolve("access.csv"), "Who,City\nmapped-user,Lyon\nmapped-user,Chicago\nnobody,Paris\n");
            String retail = """
                    schema: retail
                    backend: duckdb
                    tables:
                      Sales:
                        file: sales.csv
                        key: Sale ID
                        columns: {Date: DATE, Quantity: BIGINT, Unit price: "DECIMAL(10, 2)", Discount: BIGINT}
                        references:
                          - {columns: Shop, table: Shops, key: Shop ID}
                      Shops: {file: shops.csv, key: Shop ID}
                      Access: {file: access.csv}
                    """;
            Files.writeString(
                    catalog.resolve("retail.yaml"),
                    narrow ? retail.replace("  Access: {file: access.csv}\n", "") : retail);
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

    private static void write(Path file, boolean narrow, List<String> header, List<List<@Nullable String>> rows)
            throws IOException {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < header.size(); i++) {
            if (!narrow || !HIDDEN_COLUMNS.contains(header.get(i))) {
                kept.add(i);
            }
        }
        try (Writer writer = Files.newBufferedWriter(file);
                CSVPrinter printer = new CSVPrinter(writer, CSVFormat.RFC4180)) {
            printer.printRecord(kept.stream().map(header::get));
            for (List<@Nullable String> row : rows) {
                List<@Nullable String> values = new ArrayList<>();
                kept.forEach(i -> values.add(row.get(i)));
                printer.printRecord(values);
            }
        }
    }
}
