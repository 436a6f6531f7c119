import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes up queries that PostgreSQL takes too, over the tables {@code things} and {@code kinds}, whose answers hang on
 * nothing but the rows: what takes the first of them orders them by their key as well.
 */
final class MadeQueries {
    private final Chance chance;
    private final Expressions expressions;

    MadeQueries(Chance chance) {
        this.chance = chance;
        this.expressions = new Expressions(chance);
    }

    /**
     * A query.
     *
     * @param isOrdered whether its rows come in one order only
     */
    record Query(String sql, boolean isOrdered) {}

    Query next() {
        return switch (chance.between(0, 14)) {
            case 0, 1, 2 -> windows();
            case 11 -> new Query(threeTables(), false);
            case 12 -> new Query(windowsOfGroups(), false);
            case 13 -> new Query(lists(), false);
            case 3, 4 -> new Query(groups(), false);
            case 5 -> new Query(join(), false);
            case 6 -> new Query(lateral(), false);
            case 7 -> new Query(sets(), false);
            case 8 -> new Query(first(), true);
            case 9 -> new Query(common(), false);
            case 10 -> new Query(recursion(), false);
            default -> new Query(plain(), false);
        };
    }

    private String where(String row) {
        return chance.happens(5) ? " WHERE " + expressions.condition(row, 1) : "";
    }

    private String plain() {
        String row = chance.newName("t");
        return "SELECT " + chance.oneOf("", "DISTINCT ") + expressions.number(row, 0) + " AS a, " + expressions.text(row, 0)
                + " AS b, " + expressions.condition(row, 1) + " AS c FROM things " + row + " WHERE "
                + expressions.condition(row, 0);
    }

    private Query windows() {
        var windows = new WindowQuery(chance, expressions);
        String sql = windows.sql();
        return switch (chance.between(0, 4)) {
            case 0 -> new Query("SELECT c1, COUNT(*), MIN(c0) FROM (" + sql + ") AS q GROUP BY c1", false);
            // A query's windows are not those of the queries in it.
            case 1 ->
                new Query(
                        "SELECT c0, c1, SUM(c0) OVER w FROM (" + sql + ") AS q WINDOW w AS (ORDER BY c0 ROWS 1 PRECEDING)",
                        false);
            default -> new Query(sql, windows.isOrdered());
        };
    }

    private String groups() {
        String row = chance.newName("t");
        var keys = new ArrayList<>(List.of(row + ".kind", row + ".whole", row + ".born"));
        for (int i = chance.between(0, 2); i > 0; i--) {
            keys.remove(chance.between(0, keys.size() - 1));
        }
        String list = String.join(", ", keys);
        String grouping = chance.oneOf(
                list,
                "ROLLUP (" + list + ")",
                "CUBE (" + list + ")",
                "GROUPING SETS ((" + String.join("), (", keys) + "), ())",
                "GROUPING SETS ((" + list + "), (" + keys.get(0) + "))");
        var columns = new ArrayList<>(keys);
        if (!grouping.equals(list)) {
            columns.add("GROUPING(" + list + ")");
        }
        for (int i = chance.between(1, 3); i > 0; i--) {
            columns.add(aggregate(row));
        }
        String having = chance.oneOf(
                "",
                "",
                "",
                " HAVING COUNT(*) > 1",
                " HAVING SUM(" + expressions.number(row, 1) + ") > 0",
                " HAVING " + keys.get(0) + " IS NULL",
                " HAVING MAX(" + row + ".id) IS NOT NULL AND NOT (COUNT(" + row + ".whole) = 0)");
        return "SELECT " + String.join(", ", columns) + " FROM things " + row + where(row) + " GROUP BY " + grouping + having;
    }

    private String aggregate(String row) {
        String function = chance.oneOf("SUM", "COUNT", "MIN", "MAX", "AVG");
        String number = expressions.number(row, 1);
        return switch (chance.between(0, 7)) {
            case 0 -> function + "(DISTINCT " + number + ")";
            case 1 -> "COUNT(*)";
            case 2 -> function + "(" + number + ") FILTER (WHERE " + expressions.condition(row, 2) + ")";
            case 3 -> "COUNT(DISTINCT " + row + ".kind)";
            case 4 -> chance.oneOf("MAX(", "MIN(") + expressions.text(row, 1) + ")";
            case 5 -> "COALESCE(SUM(" + number + "), -1)";
            case 6 -> chance.oneOf("BOOL_AND(", "BOOL_OR(") + expressions.condition(row, 2) + ")";
            default -> function + "(" + number + ")";
        };
    }

    private String join() {
        String left = chance.newName("t");
        String right = chance.newName("u");
        String join = chance.oneOf("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
        String on = chance.oneOf(
                "%1$s.kind = %2$s.kind", "%1$s.id = %2$s.whole", "%1$s.whole = %2$s.whole AND %1$s.kind = %2$s.kind")
                .formatted(left, right);
        // PostgreSQL has no full joins but by equality.
        if (!join.startsWith("FULL") && chance.happens(5)) {
            on += " AND " + expressions.condition(chance.oneOf(left, right), 1);
        }
        return "SELECT " + left + ".id AS i, " + right + ".id AS j, " + expressions.number(left, 1) + " AS c1, "
                + expressions.text(right, 1) + " AS c2 FROM things " + left + " " + join + " things " + right + " ON " + on
                + where(chance.oneOf(left, right));
    }

    private String threeTables() {
        String row = chance.newName("t");
        String joined = chance.oneOf(
                "things %1$s JOIN kinds USING (kind)",
                "things %1$s LEFT JOIN kinds USING (kind)",
                "things %1$s NATURAL JOIN kinds",
                "kinds RIGHT JOIN things %1$s USING (kind)",
                "things %1$s JOIN (VALUES ('x', 1), ('y', NULL), (NULL, 3)) AS v (label, n) ON %1$s.kind = label",
                "things %1$s JOIN (SELECT kind AS k, COUNT(*) AS label FROM things GROUP BY kind) AS g"
                        + " ON g.k IS NOT DISTINCT FROM %1$s.kind");
        String other = chance.newName("u");
        return "SELECT label, " + other + ".id, " + expressions.number(row, 1) + " AS c1, COUNT(" + other
                + ".id) OVER (PARTITION BY label) AS c2 FROM " + joined.formatted(row) + " "
                + chance.oneOf("JOIN", "LEFT JOIN") + " things " + other + " ON " + other + ".id "
                + chance.oneOf("=", "<") + " " + row + ".whole" + where(chance.oneOf(row, other));
    }

    private String windowsOfGroups() {
        String row = chance.newName("t");
        String key = row + chance.oneOf(".kind", ".whole", ".born");
        String argument = expressions.number(row, 1);
        return "SELECT " + key + ", SUM(" + argument + "), "
                + chance.oneOf(
                        "RANK() OVER (ORDER BY COUNT(*) DESC)",
                        "SUM(COUNT(*)) OVER (ORDER BY " + key + " NULLS FIRST)",
                        "COUNT(*) - MAX(COUNT(*)) OVER ()",
                        "LAG(COUNT(*)) OVER (ORDER BY " + key + " NULLS FIRST)",
                        "SUM(SUM(" + argument + ")) OVER ()")
                + " FROM things " + row + where(row) + " GROUP BY " + key;
    }

    private String lists() {
        String row = chance.newName("t");
        String text = expressions.text(row, 1);
        String list = chance.oneOf(
                "STRING_AGG(" + text + ", ',' ORDER BY " + row + ".id)",
                "STRING_AGG(" + text + ", '' ORDER BY " + row + ".id DESC) FILTER (WHERE " + expressions.condition(row, 2) + ")",
                "PERCENTILE_DISC(0.5) WITHIN GROUP (ORDER BY " + row + ".whole)",
                "PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY " + row + ".ratio DESC)",
                "STDDEV_POP(" + row + ".whole), VAR_SAMP(" + row + ".id)",
                "CORR(" + row + ".id, " + row + ".whole), REGR_COUNT(" + row + ".id, " + row + ".price)",
                "COVAR_POP(" + row + ".id, " + row + ".whole), REGR_SLOPE(" + row + ".whole, " + row + ".id)");
        return "SELECT " + row + ".kind, " + list + " FROM things " + row + where(row) + " GROUP BY " + row + ".kind";
    }

    private String lateral() {
        String left = chance.newName("t");
        String right = chance.newName("u");
        String beside = chance.newName("l");
        String inner = switch (chance.between(0, 2)) {
            case 0 -> "SELECT MAX(%2$s.id) AS m, COUNT(*) AS n FROM things %2$s WHERE %2$s.kind = %1$s.kind";
            case 1 ->
                "SELECT %2$s.id AS m, %2$s.whole AS n FROM things %2$s WHERE %2$s.whole < %1$s.whole ORDER BY %2$s.id LIMIT 2";
            default ->
                "SELECT %2$s.id AS m, " + expressions.number(left, 1).replace("%", "%%")
                        + " AS n FROM things %2$s WHERE %2$s.id = %1$s.id AND "
                        + expressions.condition(right, 1).replace("%", "%%");
        };
        boolean outer = chance.happens(5);
        return "SELECT " + left + ".id, " + beside + ".m, " + beside + ".n FROM things " + left
                + (outer ? " LEFT JOIN" : " CROSS JOIN") + " LATERAL (" + inner.formatted(left, right) + ") AS " + beside
                + (outer ? " ON TRUE" : "");
    }

    private String sets() {
        String sql = part();
        for (int i = chance.between(1, 2); i > 0; i--) {
            String operation = chance.oneOf("UNION", "EXCEPT", "INTERSECT") + chance.oneOf("", " ALL");
            sql = "(" + sql + ") " + operation + " (" + part() + ")";
        }
        return sql;
    }

    private String part() {
        String row = chance.newName("t");
        return "SELECT " + chance.oneOf(expressions.number(row, 1), row + ".whole") + " AS n, "
                + chance.oneOf(expressions.text(row, 1), row + ".kind") + " AS s FROM things " + row + where(row);
    }

    private String first() {
        String row = chance.newName("t");
        // A number alone would be the place of a column.
        String order = chance.oneOf(
                "COALESCE(" + expressions.number(row, 1) + ", 1) + 0",
                "ABS(" + expressions.number(row, 1) + ") DESC NULLS LAST",
                row + ".kind DESC NULLS LAST",
                row + ".whole NULLS FIRST");
        return "SELECT " + row + ".id, " + expressions.number(row, 1) + " AS x FROM things " + row + where(row) + " ORDER BY "
                + order + ", " + row + ".id LIMIT " + chance.between(0, 6) + " OFFSET " + chance.between(0, 4);
    }

    private String common() {
        return "WITH q AS (" + plain() + "), p AS (SELECT * FROM q) "
                + chance.oneOf(
                        "SELECT COUNT(*), COUNT(a), COUNT(DISTINCT b), MAX(b) FROM p",
                        "SELECT q.a, p.c FROM q JOIN p ON q.b = p.b",
                        "SELECT a, b FROM q EXCEPT ALL SELECT a, b FROM p");
    }

    private String recursion() {
        String row = chance.newName("t");
        String steps = IntStream.range(0, chance.between(1, 2))
                .mapToObj(i -> "r.s + " + chance.between(-1, 1))
                .collect(Collectors.joining(" + "));
        return "WITH RECURSIVE r (n, s) AS (SELECT " + row + ".id, COALESCE(" + row + ".whole, 0) FROM things " + row
                + " WHERE " + row + ".id < " + chance.between(2, 5) + " UNION " + chance.oneOf("", "ALL ") + "SELECT r.n + 1, "
                + steps + " FROM r WHERE r.n < " + chance.between(4, 9) + ") SELECT n, s, COUNT(*) FROM r GROUP BY n, s";
    }
}
