package io.icespar.engine.ssb;

import java.util.List;
import java.util.Map;

/**
 * A user of these tests.
 *
 * @param user the name
 * @param restrictions what the user holds, each by a role of its own
 * @param visible the condition on the rows that are left of a table by the user's restrictions on that table itself, for
 *     each that has some; filtered by hand
 */
record Viewer(String user, List<Restricted> restrictions, Map<String, String> visible) {

    /** A user who sees all, without being an administrator. */
    static final Viewer OF_ALL = new Viewer("everything", List.of(), Map.of());

    static final List<Viewer> RESTRICTED = List.of(
            on("line_orders", "lineorder", "lo_discount IN (2, 5, 6)"),
            on("nations", "customer", "c_nation IN ('UNITED STATES', 'UNITED KINGDOM', 'CHINA')"),
            on("regions", "supplier", "s_region IN ('AMERICA', 'EUROPE')"),
            new Viewer(
                    "two_dimensions",
                    List.of(
                            new Restricted("customer", "c_region <> 'ASIA'"),
                            new Restricted("supplier", "s_nation IN ('UNITED STATES', 'UNITED KINGDOM', 'INDIA')")),
                    Map.of(
                            "customer",
                            "c_region <> 'ASIA'",
                            "supplier",
                            "s_nation IN ('UNITED STATES', 'UNITED KINGDOM', 'INDIA')")),
            // By two references: an order of these years that is due after them is hidden.
            on("years", "date", "d_year BETWEEN 1993 AND 1997"),
            // Restrictions on one subject are alternatives; those on others are demanded as well.
            new Viewer(
                    "roles",
                    List.of(
                            new Restricted("customer", "c_nation = 'UNITED STATES'"),
                            new Restricted("customer", "c_nation = 'UNITED KINGDOM'"),
                            new Restricted("customer", "c_mktsegment <> 'FURNITURE'"),
                            new Restricted("supplier", "s_region = 'AMERICA'"),
                            new Restricted("supplier", "s_region IN ('ASIA', 'EUROPE')"),
                            new Restricted("part", "p_size <= 40"),
                            new Restricted("lineorder", "lo_shipmode <> 'FOB' AND lo_tax > 0"),
                            new Restricted("lineorder", "lo_shipmode = 'FOB' AND lo_tax = 1")),
                    Map.of(
                            "customer",
                            "c_nation IN ('UNITED STATES', 'UNITED KINGDOM') AND c_mktsegment <> 'FURNITURE'",
                            "supplier",
                            "s_region IN ('AMERICA', 'ASIA', 'EUROPE')",
                            "part",
                            "p_size <= 40",
                            "lineorder",
                            "CASE lo_shipmode WHEN 'FOB' THEN lo_tax = 1 ELSE lo_tax > 0 END")));

    /** Checks and copies. */
    Viewer {
        restrictions = List.copyOf(restrictions);
        visible = Map.copyOf(visible);
    }

    /** A restriction, as it is created. */
    record Restricted(String table, String condition) {}

    private static Viewer on(String user, String table, String condition) {
        return new Viewer(user, List.of(new Restricted(table, condition)), Map.of(table, condition));
    }

    /** The script that makes the user with what the user holds. */
    String bootstrap() {
        StringBuilder commands = new StringBuilder();
        commands.append("CREATE USER %1$s; GRANT ROLE_USER TO USER %1$s;\n".formatted(user));
        for (int i = 0; i < restrictions.size(); i++) {
            Restricted restricted = restrictions.get(i);
            commands.append("CREATE ROLE %1$s_%2$d; GRANT %1$s_%2$d TO USER %1$s;\n".formatted(user, i));
            commands.append("CREATE RESTRICTION %1$s_%2$d ON \"%3$s\" USING (%4$s) TO %1$s_%2$d;\n"
                    .formatted(user, i, restricted.table, restricted.condition));
        }
        return commands.toString();
    }

    /** The schema of the visible rows in a DuckDB of its own. */
    String schema() {
        return "seen_by_" + user;
    }

    /** The script that makes that schema's tables; it names the schema with all rows {@code main}. */
    String visibleRows() {
        return "CREATE TABLE customer AS FROM main.customer WHERE " + visible("customer")
                + "; CREATE TABLE supplier AS FROM main.supplier WHERE " + visible("supplier")
                + "; CREATE TABLE part AS FROM main.part WHERE " + visible("part")
                + "; CREATE TABLE \"date\" AS FROM main.\"date\" WHERE " + visible("date")
                + "; CREATE TABLE lineorder AS FROM main.lineorder WHERE (" + visible("lineorder") + ")"
                + " AND lo_custkey IN (SELECT c_custkey FROM customer)"
                + " AND lo_suppkey IN (SELECT s_suppkey FROM supplier)"
                + " AND lo_partkey IN (SELECT p_partkey FROM part)"
                + " AND lo_orderdate IN (SELECT d_datekey FROM \"date\")"
                + " AND lo_commitdate IN (SELECT d_datekey FROM \"date\")";
    }

    private String visible(String table) {
        return visible.getOrDefault(table, "TRUE");
    }

    @Override
    public String toString() {
        return user;
    }
}
