package io.icespar.benchmark.suite;

import io.icespar.tpch.TpchSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The data of TPC-H at one scale factor, and who may see what of it: the user {@code restricted} sees the customers of one
 * nation, hence their orders and line items; {@code unrestricted} sees everything; and eight users see a nation each.
 */
final class TpchData {
    /** Who sees one nation. */
    static final String RESTRICTED = "restricted";

    /** Who sees everything. */
    static final String UNRESTRICTED = "unrestricted";

    /** How many users see a nation each. */
    static final int USERS = 8;

    private static final int NATION = 6;

    private final TpchSchema schema;

    private TpchData(TpchSchema schema) {
        this.schema = schema;
    }

    /** Generates the data, unless an earlier run has. */
    static TpchData of(Run run, double scale) throws IOException {
        Path folder = run.data().resolve("tpch-" + scale);
        Path complete = folder.resolve("complete");
        if (Files.exists(complete)) {
            return new TpchData(TpchSchema.in(folder));
        }
        System.out.println("generating TPC-H at scale factor " + scale);
        TpchData data = new TpchData(TpchSchema.write(folder, scale));
        Files.createFile(complete);
        return data;
    }

    /** Its files. */
    TpchSchema schema() {
        return schema;
    }

    /** The name of a user who sees a nation. */
    static String user(int number) {
        return "user" + number;
    }

    /** The nation that a user sees. */
    static int nation(int user) {
        return user * 3;
    }

    /** The script that makes the users in Icespar. */
    static String bootstrap() {
        return "CREATE USER admin PASSWORD 'changeit'; GRANT ROLE_USER, ROLE_ADMIN TO USER admin;\n"
                + "CREATE USER " + UNRESTRICTED + " PASSWORD 'changeit'; GRANT ROLE_USER TO USER " + UNRESTRICTED
                + ";\n"
                + seesNation(RESTRICTED, NATION)
                + IntStream.range(0, USERS)
                        .mapToObj(user -> seesNation(user(user), nation(user)))
                        .collect(Collectors.joining());
    }

    private static String seesNation(String user, int nation) {
        return """
                CREATE USER %1$s PASSWORD 'changeit';
                CREATE ROLE sees_%1$s;
                CREATE RESTRICTION sees_%1$s ON customer USING (c_nationkey = %2$d) TO sees_%1$s;
                GRANT ROLE_USER, sees_%1$s TO USER %1$s;
                """.formatted(user, nation);
    }

    /** A script that makes, in DuckDB, what one would write by hand to restrict as {@link #RESTRICTED} is. */
    static String byHand() {
        return byHand("by_hand", NATION);
    }

    /** The same for a nation, in a schema of its own. */
    static String byHand(String schema, int nation) {
        return """
                CREATE SCHEMA %1$s;
                CREATE VIEW %1$s.customer AS SELECT * FROM main.customer WHERE c_nationkey = %2$d;
                CREATE VIEW %1$s.orders AS SELECT * FROM main.orders
                    WHERE o_custkey IN (SELECT c_custkey FROM main.customer WHERE c_nationkey = %2$d);
                CREATE VIEW %1$s.lineitem AS SELECT * FROM main.lineitem WHERE l_orderkey IN (
                    SELECT o_orderkey FROM main.orders
                    WHERE o_custkey IN (SELECT c_custkey FROM main.customer WHERE c_nationkey = %2$d));
                """.formatted(schema, nation);
    }

    /** What is done in PostgreSQL when the tables are loaded: keys, indexes, and the policies of {@link #RESTRICTED}. */
    static String postgreSqlScript() {
        return """
                ALTER TABLE region ADD PRIMARY KEY (r_regionkey);
                ALTER TABLE nation ADD PRIMARY KEY (n_nationkey);
                ALTER TABLE supplier ADD PRIMARY KEY (s_suppkey);
                ALTER TABLE customer ADD PRIMARY KEY (c_custkey);
                ALTER TABLE part ADD PRIMARY KEY (p_partkey);
                ALTER TABLE partsupp ADD PRIMARY KEY (ps_partkey, ps_suppkey);
                ALTER TABLE orders ADD PRIMARY KEY (o_orderkey);
                ALTER TABLE lineitem ADD PRIMARY KEY (l_orderkey, l_linenumber);
                CREATE INDEX ON supplier (s_nationkey);
                CREATE INDEX ON customer (c_nationkey);
                CREATE INDEX ON partsupp (ps_suppkey);
                CREATE INDEX ON orders (o_custkey);
                CREATE INDEX ON orders (o_orderdate);
                CREATE INDEX ON lineitem (l_partkey, l_suppkey);
                CREATE INDEX ON lineitem (l_suppkey);
                CREATE INDEX ON lineitem (l_shipdate);
                CREATE ROLE restricted LOGIN PASSWORD 'changeit';
                GRANT SELECT ON ALL TABLES IN SCHEMA public TO restricted;
                ALTER TABLE customer ENABLE ROW LEVEL SECURITY;
                ALTER TABLE orders ENABLE ROW LEVEL SECURITY;
                ALTER TABLE lineitem ENABLE ROW LEVEL SECURITY;
                CREATE POLICY nation ON customer TO restricted USING (c_nationkey = %d);
                CREATE POLICY customers ON orders TO restricted
                    USING (o_custkey IN (SELECT c_custkey FROM customer));
                CREATE POLICY orders ON lineitem TO restricted
                    USING (l_orderkey IN (SELECT o_orderkey FROM orders));
                """.formatted(NATION);
    }
}
