package io.icespar.security.store;

import static io.icespar.security.store.SalesCube.SALES;
import static io.icespar.security.store.SalesCube.column;
import static io.icespar.security.store.SalesCube.creation;
import static io.icespar.security.store.SalesCube.cube;
import static io.icespar.security.store.SalesCube.grant;
import static io.icespar.security.store.SalesCube.hierarchy;
import static io.icespar.security.store.SalesCube.join;
import static io.icespar.security.store.SalesCube.path;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Join;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.EffectiveRestriction;
import io.icespar.security.restriction.Restriction;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Whoever holds members sees the rows of their union within a hierarchy, and of the intersection across hierarchies: said
 * row by row here, and by a database there.
 */
@Tag("security")
class MembersPropertyTest {
    private static final Join TO_SHOPS = join("Shop", "Shops", "Shop ID");
    private static final Join TO_COUNTRIES = join("Nation", "Countries", "Country ID");

    /** Three levels of two tables. */
    private static final Hierarchy GEOGRAPHY = hierarchy(
            "Geography",
            "d",
            new Level(Name.of("Continent"), column("Continent", TO_SHOPS, TO_COUNTRIES)),
            new Level(Name.of("Country"), column("Country", TO_SHOPS, TO_COUNTRIES)),
            new Level(Name.of("City"), column("City", TO_SHOPS)));

    /** Two levels that meet at the facts only. */
    private static final Hierarchy MARKET = hierarchy(
            "Market",
            "d",
            new Level(Name.of("Market country"), column("Country", TO_SHOPS, TO_COUNTRIES)),
            new Level(Name.of("Market currency"), column("Currency")));

    private static final Hierarchy CURRENCY =
            hierarchy("Currency", "d", new Level(Name.of("Currency"), column("Currency")));

    private static final List<Hierarchy> HIERARCHIES = List.of(GEOGRAPHY, MARKET, CURRENCY);
    private static final List<List<String>> COUNTRIES =
            List.of(List.of("E", "fr"), List.of("E", "es"), List.of("A", "us"));

    /** A grant to a role, of members named by numbers. */
    private record Granted(int role, int hierarchy, List<MemberPath> paths) {}

    @Provide
    Arbitrary<List<Granted>> grants() {
        Arbitrary<List<MemberPath>> geography = Combinators.combine(
                        Arbitraries.of("E", "A"), Arbitraries.of("fr", "es", "us"), Arbitraries.of("1", "2"))
                .as((continent, country, city) -> List.of(continent, country, city))
                .flatMap(MembersPropertyTest::cut)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        Arbitrary<List<MemberPath>> market = Combinators.combine(
                        Arbitraries.of("fr", "es", "us"), Arbitraries.of("EUR", "USD"))
                .as((country, currency) -> List.of(country, currency))
                .flatMap(MembersPropertyTest::cut)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        Arbitrary<List<MemberPath>> currency = Arbitraries.of("EUR", "USD", "none")
                .map(SalesCube::path)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
        Arbitrary<Granted> grant = Arbitraries.integers()
                .between(0, 2)
                .flatMap(role -> Arbitraries.oneOf(
                        geography.map(paths -> new Granted(role, 0, paths)),
                        market.map(paths -> new Granted(role, 1, paths)),
                        currency.map(paths -> new Granted(role, 2, paths))));
        return grant.list().ofMaxSize(6);
    }

    private static Arbitrary<MemberPath> cut(List<String> whole) {
        return Arbitraries.integers()
                .between(1, whole.size())
                .map(length -> path(whole.subList(0, length).toArray(new String[0])));
    }

    @Property(tries = 200)
    void everyoneSeesTheUnionWithinAHierarchyAndTheIntersectionAcross(@ForAll("grants") List<Granted> grants)
            throws SQLException {
        Fixture fixture = Fixture.administered();
        for (int role = 0; role < 3; role++) {
            fixture = fixture.role("r" + role);
        }
        fixture = fixture.after(creation(cube(HIERARCHIES)));
        for (Granted granted : grants) {
            fixture = fixture.after(grant(
                    HIERARCHIES.get(granted.hierarchy()),
                    "r" + granted.role(),
                    granted.paths().toArray(new MemberPath[0])));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:");
                Statement statement = connection.createStatement()) {
            fill(statement);
            for (int held = 0; held < 8; held++) {
                int bits = held;
                Set<Name> roles = IntStream.range(0, 3)
                        .filter(role -> (bits >> role & 1) == 1)
                        .mapToObj(role -> Name.of("r" + role))
                        .collect(Collectors.toSet());
                List<Granted> seen = grants.stream()
                        .filter(granted -> (bits >> granted.role() & 1) == 1)
                        .toList();
                Visible visible = new Visible(fixture.state(), new Caller(Name.of("u"), roles), statement);
                assertEquals(expectedCountries(seen), visible.rows("Countries", "Country ID"), "countries");
                assertEquals(expectedShops(seen), visible.rows("Shops", "Shop ID"), "shops");
                assertEquals(expectedSales(seen), visible.rows("Sales", "Sale ID"), "sales");
            }
        }
    }

    // The data: each country twice a city, one shop without a country, each shop in two currencies and none, and sales
    // without a shop.

    private record Shop(int id, @Nullable Integer country, String city) {}

    private record Sale(
            int id, @Nullable Shop shop, @Nullable String currency) {}

    private static List<Shop> shops() {
        List<Shop> shops = new ArrayList<>();
        for (String city : List.of("1", "2")) {
            for (int country = 0; country < COUNTRIES.size(); country++) {
                shops.add(new Shop(shops.size(), country, city));
            }
            shops.add(new Shop(shops.size(), null, city));
        }
        return shops;
    }

    private static List<Sale> sales() {
        List<@Nullable Shop> shops = new ArrayList<>(shops());
        shops.add(null);
        List<Sale> sales = new ArrayList<>();
        for (Shop shop : shops) {
            sales.add(new Sale(sales.size(), shop, "EUR"));
            sales.add(new Sale(sales.size(), shop, "USD"));
            sales.add(new Sale(sales.size(), shop, null));
        }
        return sales;
    }

    private static void fill(Statement statement) throws SQLException {
        statement.execute("CREATE SCHEMA \"retail\"");
        statement.execute(
                "CREATE TABLE \"retail\".\"Countries\" (\"Country ID\" INT, \"Continent\" VARCHAR, \"Country\""
                        + " VARCHAR)");
        statement.execute("CREATE TABLE \"retail\".\"Shops\" (\"Shop ID\" INT, \"Nation\" INT, \"City\" VARCHAR)");
        statement.execute("CREATE TABLE \"retail\".\"Sales\" (\"Sale ID\" INT, \"Shop\" INT, \"Currency\" VARCHAR)");
        for (int i = 0; i < COUNTRIES.size(); i++) {
            statement.execute("INSERT INTO \"retail\".\"Countries\" VALUES (" + i + ", '"
                    + String.join("', '", COUNTRIES.get(i)) + "')");
        }
        for (Shop shop : shops()) {
            statement.execute("INSERT INTO \"retail\".\"Shops\" VALUES (" + shop.id() + ", " + shop.country() + ", '"
                    + shop.city() + "')");
        }
        for (Sale sale : sales()) {
            statement.execute("INSERT INTO \"retail\".\"Sales\" VALUES (" + sale.id() + ", "
                    + (sale.shop() == null ? null : sale.shop().id()) + ", "
                    + (sale.currency() == null ? "NULL" : "'" + sale.currency() + "'") + ")");
        }
    }

    // What is to be seen

    /** Whether the members are of what is granted of the hierarchy, where anything is; NULL is never. */
    private static boolean isSeen(List<Granted> seen, int hierarchy, int levels, List<@Nullable String> members) {
        List<MemberPath> paths = seen.stream()
                .filter(granted -> granted.hierarchy() == hierarchy)
                .flatMap(granted -> granted.paths().stream())
                .toList();
        return paths.isEmpty()
                || paths.stream().anyMatch(path -> {
                    int length = Math.min(levels, path.values().size());
                    return IntStream.range(0, length)
                            .allMatch(i -> path.values().get(i).toString().equals(members.get(i)));
                });
    }

    private static Set<Integer> expectedCountries(List<Granted> seen) {
        return IntStream.range(0, COUNTRIES.size())
                .filter(i -> isSeen(seen, 0, 2, new ArrayList<>(COUNTRIES.get(i))))
                .filter(i -> isSeen(seen, 1, 1, new ArrayList<>(COUNTRIES.get(i).subList(1, 2))))
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<@Nullable String> geography(@Nullable Shop shop) {
        List<@Nullable String> members = new ArrayList<>();
        Integer country = shop == null ? null : shop.country();
        members.add(country == null ? null : COUNTRIES.get(country).get(0));
        members.add(country == null ? null : COUNTRIES.get(country).get(1));
        members.add(shop == null ? null : shop.city());
        return members;
    }

    private static Set<Integer> expectedShops(List<Granted> seen) {
        return shops().stream()
                .filter(shop -> isSeen(seen, 0, 3, geography(shop)))
                .filter(shop -> isSeen(seen, 1, 1, geography(shop).subList(1, 2)))
                .map(Shop::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<Integer> expectedSales(List<Granted> seen) {
        return sales().stream()
                .filter(sale -> isSeen(seen, 0, 3, geography(sale.shop())))
                .filter(sale -> {
                    List<@Nullable String> market = new ArrayList<>();
                    market.add(geography(sale.shop()).get(1));
                    market.add(sale.currency());
                    return isSeen(seen, 1, 2, market);
                })
                .filter(sale -> {
                    List<@Nullable String> currency = new ArrayList<>();
                    currency.add(sale.currency());
                    return isSeen(seen, 2, 1, currency);
                })
                .map(Sale::id)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What a database shows by the conditions, which travel along references as the engine has it. */
    private record Visible(SecurityState state, Caller caller, Statement statement) {
        private static final Map<String, Join> REFERENCES = Map.of("Sales", TO_SHOPS, "Shops", TO_COUNTRIES);

        Set<Integer> rows(String table, String key) throws SQLException {
            Set<Integer> rows = new TreeSet<>();
            String sql = "SELECT \"" + key + "\" FROM \"retail\".\"" + table + "\" WHERE " + condition(table);
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(result.getInt(1));
                }
            }
            return rows;
        }

        private String condition(String table) {
            EffectiveRestriction effective = state.effective(caller, new TableName(SALES.schema(), Name.of(table)));
            List<String> all = new ArrayList<>(List.of("TRUE"));
            effective
                    .alternatives()
                    .forEach(alternatives -> all.add(alternatives.stream()
                            .map(Restriction::condition)
                            .collect(Collectors.joining(") OR (", "((", "))"))));
            Join reference = REFERENCES.get(table);
            if (reference != null) {
                String target = reference.target().table().spelling();
                String there = condition(target);
                if (!there.equals("TRUE")) {
                    all.add("\"" + reference.columns().get(0) + "\" IN (SELECT \""
                            + reference.targetColumns().get(0) + "\" FROM \"retail\".\"" + target + "\" WHERE " + there
                            + ")");
                }
            }
            return String.join(" AND ", all);
        }
    }
}
