package io.icespar.engine.oracle;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The documents' cube over the sample: its totals, its measures, and what callers see of it. */
@ExtendWith(Samples.class)
class CubeTest {
    private Sample sample;

    @BeforeEach
    void createCube(SampleLibrary samples) {
        sample = samples.changeable();
        admin("CREATE CUBE retail.\"Sales cube\" ON retail.\"Sales\" AUTO").isDone();
    }

    private SampleStatement admin(String sql) {
        return sample.session("admin").sql(sql);
    }

    @Test
    void tmp() {
        for (String sql : new String[] {
            "SELECT \"City\", AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\" GROUP BY ROLLUP(\"City\") ORDER BY 1",
            "EXPLAIN PLAN FOR SELECT \"City\", AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\" GROUP BY ROLLUP(\"City\") ORDER BY 1",
            "EXPLAIN PLAN FOR SELECT AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\"",
            "SELECT AGGREGATE(\"Quantity.MEAN\"), AGGREGATE(\"contributors.COUNT\"), SUM(\"Quantity\" * \"Unit price\") FROM \"Sales cube\"",
            "SELECT \"Quantity.SUM\" FROM \"Sales cube\"",
            "SELECT \"Quantity.SUM\" FROM \"Sales cube\" GROUP BY \"City\"",
            "SELECT \"City\" FROM \"Sales cube\" GROUP BY \"City\" HAVING AGGREGATE(\"Quantity.SUM\") > 607 ORDER BY AGGREGATE(\"Quantity.SUM\") DESC",
            "SELECT \"City\" FROM \"Sales cube\" WHERE \"Quantity.SUM\" > 3",
            "SELECT AGGREGATE(\"City\") FROM \"Sales cube\"",
            "SELECT * FROM \"Sales cube\" LIMIT 1",
            "SELECT \"Country\", \"City\", AGGREGATE(\"Quantity.SUM\"), AGGREGATE(\"Quantity.SUM\") AT (ALL \"City\"), AGGREGATE(\"Quantity.SUM\") AT (ALL) FROM \"Sales cube\" GROUP BY ROLLUP(\"Country\", \"City\") ORDER BY 1, 2",
            "SELECT \"City\", AGGREGATE(\"Quantity.SUM\") FILTER (WHERE \"Shop size\" = 'big') FROM \"Sales cube\" GROUP BY \"City\" ORDER BY 1 LIMIT 3",
            "SELECT \"City\", SUM(AGGREGATE(\"Quantity.SUM\")) OVER (ORDER BY \"City\") FROM \"Sales cube\" GROUP BY \"City\" ORDER BY 1 LIMIT 3",
            "SELECT \"City\", AGGREGATE(\"Quantity.SUM\") OVER (ORDER BY \"City\") FROM \"Sales cube\"",
            "SHOW CUBES",
            "SHOW HIERARCHIES",
            "SHOW LEVELS IN \"Sales cube\"",
            "SHOW MEASURES",
            "ALTER CUBE \"Sales cube\" ADD MEASURE \"share\" AS AGGREGATE(\"Quantity.SUM\") / AGGREGATE(\"Quantity.SUM\") AT (ALL \"City\") FORMAT '0.0%'",
            "ALTER CUBE \"Sales cube\" ADD MEASURE \"big\" AS SUM(\"Quantity\") FILTER (WHERE \"Shops\".\"Shop size\" = 'big')",
            "SELECT \"Country\", \"City\", AGGREGATE(\"share\"), AGGREGATE(\"big\") FROM \"Sales cube\" GROUP BY GROUPING SETS ((\"Country\", \"City\"), (\"City\"), ()) ORDER BY 1, 2 LIMIT 6",
            "ALTER CUBE \"Sales cube\" ADD MEASURE \"x\" AS SUM(\"Qantity\")",
            "ALTER CUBE \"Sales cube\" ADD MEASURE \"x\" AS SUM(\"City\")",
            "ALTER CUBE \"Sales cube\" ADD MEASURE \"x\" AS \"Quantity\"",
            "ALTER CUBE \"Sales cube\" ADD MEASURE \"x\" AS 1 + \"big\"",
            "ALTER CUBE \"Sales cube\" ADD MEASURE \"x\" AS 1",
            "ALTER ROLE ROLE_FRANCE SET DEFAULT MEMBER OF HIERARCHY \"Shop size\" IN CUBE \"Sales cube\" TO ('big')",
            "ALTER ROLE ROLE_FRANCE SET VISIBILITY OF HIERARCHY \"City\" IN CUBE \"Sales cube\" HIDDEN",
        }) {
            System.out.println("=== " + sql + "\n" + admin(sql).observation());
        }
        for (String sql : new String[] {
            "SELECT \"Country\", AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\" GROUP BY ROLLUP(\"Country\") ORDER BY 1",
            "SELECT \"Shop size\", AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\" GROUP BY ROLLUP(\"Shop size\") ORDER BY 1",
            "SELECT \"City\" FROM \"Sales cube\"",
            "EXPLAIN PLAN FOR SELECT AGGREGATE(\"Quantity.SUM\") FROM \"Sales cube\"",
            "SHOW CONTEXT VALUES",
            "SHOW HIERARCHIES",
            "SHOW MEASURES",
        }) {
            System.out.println("=== " + sql + "\n"
                    + sample.session(SampleUser.FRENCH).sql(sql).observation());
        }
    }
}
