package io.icespar.engine.tpch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user of these tests.
 *
 * @param user the name
 * @param restrictions what the user holds, each by a role of its own
 */
record Viewer(String user, List<Restricted> restrictions) {

    static final List<Viewer> ALL = List.of(
            of("all"),
            of("one_nation", on("customer", "c_nationkey = 6"), on("supplier", "s_nationkey = 6")),
            of(
                    "many_nations",
                    on("customer", "c_nationkey IN (1, 2, 3, 6, 7, 8, 9, 12, 18, 20)"),
                    on("supplier", "s_nationkey IN (2, 3, 6, 7, 8, 9, 12, 18, 20, 24)")),
            // Two hops away from customers and suppliers, and up to four from line items.
            of("region", on("region", "r_name = 'EUROPE'")),
            // On facts alone.
            of(
                    "facts",
                    on("lineitem", "l_shipinstruct <> 'NONE'"),
                    on("orders", "o_orderpriority <> '4-NOT SPECIFIED'")),
            // On both sides of the joins of facts with each other and with what they refer to.
            of(
                    "both_sides",
                    on("lineitem", "l_quantity > 3"),
                    on("orders", "o_orderdate <> DATE '1995-01-01'"),
                    on("customer", "c_nationkey <> 4"),
                    on("partsupp", "ps_availqty > 100"),
                    on("part", "p_size <> 1"),
                    on("supplier", "s_nationkey <> 5")),
            // Restrictions on one subject are alternatives; those on others are demanded as well.
            of(
                    "alternatives",
                    on("customer", "c_mktsegment = 'BUILDING'", "c_mktsegment IN ('BUILDING', 'MACHINERY')"),
                    on("customer", "c_mktsegment = 'MACHINERY'", "TRUE"),
                    on("customer", "c_acctbal > 0"),
                    on("supplier", "s_nationkey <> 10"),
                    on("nation", "n_name <> 'IRAQ'")),
            // Another table tells the nations of suppliers; customers are those of the regions of these nations.
            of(
                    "mapped",
                    on(
                            "supplier",
                            "s_nationkey IN (SELECT agent_nationkey FROM agents WHERE agent = CURRENT_USER)",
                            "s_nationkey IN (3, 7, 12, 20)"),
                    on(
                            "customer",
                            "EXISTS (SELECT 1 FROM agents a, nation n, nation m WHERE a.agent = CURRENT_USER"
                                    + " AND a.agent_nationkey = n.n_nationkey AND n.n_regionkey = m.n_regionkey"
                                    + " AND m.n_nationkey = c_nationkey)",
                            "c_nationkey IN (1, 2, 3, 17, 24, 6, 7, 19, 22, 23, 8, 9, 12, 18, 21, 4, 10, 11, 13, 20)")));

    /** Checks and copies. */
    Viewer {
        restrictions = List.copyOf(restrictions);
    }

    /**
     * A restriction.
     *
     * @param condition as it is created
     * @param visible what is left of the table by this restriction and those before it, filtered by hand
     */
    record Restricted(String table, String condition, String visible) {}

    private static Viewer of(String user, Restricted... restrictions) {
        return new Viewer(user, List.of(restrictions));
    }

    private static Restricted on(String table, String condition) {
        return new Restricted(table, condition, condition);
    }

    private static Restricted on(String table, String condition, String visible) {
        return new Restricted(table, condition, visible);
    }

    /** The script that makes an administrator and all users with what they hold. */
    static String bootstrap() {
        return "CREATE USER admin PASSWORD 'changeit';\nGRANT ROLE_USER, ROLE_ADMIN TO USER admin;\n"
                + ALL.stream().map(Viewer::commands).collect(Collectors.joining());
    }

    private String commands() {
        StringBuilder commands = new StringBuilder();
        commands.append("CREATE USER \"").append(user).append("\" PASSWORD 'changeit';\n");
        commands.append("GRANT ROLE_USER TO USER \"").append(user).append("\";\n");
        for (int i = 0; i < restrictions.size(); i++) {
            String name = user + "_" + i;
            Restricted restricted = restrictions.get(i);
            commands.append("CREATE ROLE ").append(name).append(";\n");
            commands.append("GRANT ")
                    .append(name)
                    .append(" TO USER \"")
                    .append(user)
                    .append("\";\n");
            commands.append("CREATE RESTRICTION ").append(name).append(" ON ").append(restricted.table);
            commands.append(" USING (")
                    .append(restricted.condition)
                    .append(") TO ")
                    .append(name)
                    .append(";\n");
        }
        return commands.toString();
    }

    /** The script that makes tables of the visible rows. */
    String visibleRows() {
        String script = resource("visible.sql");
        for (String table :
                List.of("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem")) {
            String condition = Stream.concat(
                            Stream.of("TRUE"),
                            restrictions.stream()
                                    .filter(restricted -> restricted.table.equals(table))
                                    .map(Restricted::visible))
                    .collect(Collectors.joining(" AND "));
            script = script.replace("${" + table + "}", condition);
        }
        return script;
    }

    private static String resource(String name) {
        try (InputStream stream = Objects.requireNonNull(Viewer.class.getResourceAsStream("/tpch/" + name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return user;
    }
}
