import java.util.ArrayList;
import java.util.List;

/** Makes up queries that join. */
final class JoinQueries {
    private static final int MAX_DEPTH = 2;

    private final Chance chance;
    private final Expressions expressions;

    JoinQueries(Chance chance, Expressions expressions) {
        this.chance = chance;
        this.expressions = expressions;
    }

    String next() {
        return switch (chance.between(0, 9)) {
            case 0 -> ofKinds();
            case 1, 2 -> lateral();
            case 3 -> merged();
            case 4 -> arrays();
            default -> tree();
        };
    }

    /** Joins of joins. */
    private String tree() {
        var rows = new ArrayList<String>();
        String from = tree(rows, 0);
        var columns = new ArrayList<String>();
        rows.forEach(row -> columns.add(row + ".id"));
        columns.add(expressions.number(chance.oneOf(rows), 1));
        columns.add(expressions.text(chance.oneOf(rows), 1));
        return "SELECT " + named(columns) + " FROM " + from + expressions.where(chance.oneOf(rows));
    }

    private static String named(List<String> columns) {
        var named = new ArrayList<String>();
        columns.forEach(column -> named.add(column + " AS c" + named.size()));
        return String.join(", ", named);
    }

    /** Tables joined, whose names are added to the rows. */
    private String tree(List<String> rows, int depth) {
        if (depth == MAX_DEPTH || depth > 0 && chance.happens(5)) {
            return table(rows);
        }
        var left = new ArrayList<String>();
        var right = new ArrayList<String>();
        String join = chance.oneOf("JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "CROSS JOIN");
        String first = tree(left, depth + 1);
        String second = tree(right, depth + 1);
        rows.addAll(left);
        rows.addAll(right);
        return first + " " + join + " " + (right.size() > 1 ? "(" + second + ")" : second)
                + (join.startsWith("CROSS") ? "" : " ON " + on(join, left, right));
    }

    private String on(String join, List<String> left, List<String> right) {
        String on = chance.oneOf(
                        "%1$s.kind = %2$s.kind",
                        "%1$s.id = %2$s.whole",
                        "%1$s.id = %2$s.id",
                        "%1$s.whole = %2$s.whole AND %1$s.kind = %2$s.kind",
                        "%1$s.price = %2$s.ratio")
                .formatted(chance.oneOf(left), chance.oneOf(right));
        // PostgreSQL has no full joins but by equality.
        if (join.startsWith("FULL")) {
            return on;
        }
        String row = chance.oneOf(chance.oneOf(left), chance.oneOf(right));
        return switch (chance.between(0, 5)) {
            case 0 -> on + " AND " + expressions.condition(row, 1);
            case 1 -> on + " AND NOT (" + expressions.condition(row, 1) + ")";
            case 2 -> "(" + on + " OR " + expressions.condition(row, 2) + ")";
            case 3 -> expressions.condition(row, 1);
            default -> on;
        };
    }

    private String table(List<String> rows) {
        String row = chance.newName("t");
        rows.add(row);
        String inner = chance.newName("u");
        return switch (chance.between(0, 5)) {
            case 0 -> "(SELECT * FROM things " + inner + expressions.where(inner) + ") AS " + row;
            case 1 -> "(SELECT DISTINCT * FROM things " + inner + expressions.where(inner) + ") AS " + row;
            case 2 -> "(SELECT * FROM things " + inner + " ORDER BY " + inner + ".id DESC LIMIT "
                    + Query.number(chance.between(0, 5)) + ") AS " + row;
            default -> "things " + row;
        };
    }

    private String ofKinds() {
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
                + chance.oneOf("=", "<") + " " + row + ".whole" + expressions.where(chance.oneOf(row, other));
    }

    /** Joins that make one column of two, which is then asked for in any place. */
    private String merged() {
        String left = chance.newName("t");
        String right = chance.newName("u");
        String from = "(SELECT id AS i, kind, whole AS w FROM things) AS " + left + " " + outerOrNot()
                + " (SELECT id AS j, kind FROM things x" + expressions.where("x") + ") AS " + right + " USING (kind)"
                + chance.oneOf(
                        "",
                        " " + outerOrNot() + " kinds USING (kind)",
                        " NATURAL " + outerOrNot() + " kinds",
                        " LEFT JOIN (SELECT id AS k, whole AS n FROM things) AS v ON kind = 'x' AND v.k = j",
                        ", LATERAL (SELECT COUNT(*) AS n FROM (SELECT id AS k, name FROM things) AS y WHERE y.name > kind OR y.k = i) AS v");
        String condition = chance.oneOf(
                "kind IS NOT NULL",
                "kind <> " + Query.constant("'x'"),
                left + ".i < " + right + ".j",
                "kind IN (SELECT kind FROM kinds)",
                "EXISTS (SELECT 1 FROM kinds WHERE label > 'a' AND kinds.kind = " + chance.oneOf(left, right) + ".kind)",
                "i IN (SELECT y.k FROM (SELECT id AS k, name FROM things) AS y WHERE UPPER(y.name) <> kind)",
                left + ".kind IS NULL OR kind = 'y'");
        String filter = chance.happens(7) ? " WHERE " + condition : "";
        return switch (chance.between(0, 5)) {
            case 0 -> "SELECT * FROM " + from + filter;
            case 1 -> "SELECT kind, COUNT(*), MAX(j) FROM " + from + filter + " GROUP BY kind"
                    + chance.oneOf("", " HAVING kind > 'a'", " HAVING COUNT(*) > 1 OR kind IS NULL");
            case 2 -> "SELECT UPPER(kind) AS u, COUNT(i) FROM " + from + filter + " GROUP BY ROLLUP (UPPER(kind), kind)";
            case 3 -> "SELECT i, j, kind, RANK() OVER (PARTITION BY kind ORDER BY i NULLS FIRST) AS r, COUNT(*) OVER w AS n FROM "
                    + from + filter + " WINDOW w AS (ORDER BY kind NULLS LAST)";
            case 4 -> "SELECT kind, " + left + ".kind AS k1, " + right + ".kind AS k2, kind || 'a' AS a FROM " + from + filter
                    + " ORDER BY " + chance.oneOf("kind", "LOWER(kind)") + " DESC NULLS LAST";
            default -> "SELECT COALESCE(kind, '-') AS k, " + left + ".*, (SELECT label FROM kinds k WHERE k.kind = "
                    + chance.oneOf(left, right) + ".kind) AS l FROM " + from + filter;
        };
    }

    private String outerOrNot() {
        return chance.oneOf("JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN");
    }

    private String lateral() {
        String left = chance.newName("t");
        String right = chance.newName("u");
        String beside = chance.newName("l");
        String inner = switch (chance.between(0, 5)) {
            case 0 -> "SELECT MAX(%2$s.id) AS m, COUNT(*) AS n FROM things %2$s WHERE %2$s.kind = %1$s.kind";
            case 1 ->
                "SELECT %2$s.id AS m, %2$s.whole AS n FROM things %2$s WHERE %2$s.whole < %1$s.whole ORDER BY %2$s.id LIMIT 2";
            case 2 ->
                "SELECT %2$s.id AS m, ROW_NUMBER() OVER (PARTITION BY %2$s.kind ORDER BY %2$s.id) AS n FROM things %2$s"
                        + " WHERE %2$s.whole >= %1$s.id";
            case 3 ->
                "SELECT %1$s.id AS m, %1$s.whole AS n UNION ALL SELECT %2$s.id, %2$s.whole FROM things %2$s WHERE %2$s.kind = %1$s.kind";
            case 4 ->
                "SELECT %2$s.id AS m, w.n FROM things %2$s JOIN LATERAL (SELECT COUNT(*) AS n FROM things v WHERE v.id"
                        + " BETWEEN %1$s.id AND %2$s.id) AS w ON w.n > 0 WHERE %2$s.kind = %1$s.kind";
            default ->
                "SELECT %2$s.id AS m, " + expressions.number(left, 1).replace("%", "%%")
                        + " AS n FROM things %2$s WHERE %2$s.id = %1$s.id AND "
                        + expressions.condition(right, 1).replace("%", "%%");
        };
        boolean outer = chance.happens(5);
        return "SELECT " + left + ".id, " + beside + ".m, " + beside + ".n FROM things " + left
                + (outer ? " LEFT JOIN" : " CROSS JOIN") + " LATERAL (" + inner.formatted(left, right) + ") AS " + beside
                + (outer ? " ON " + chance.oneOf("TRUE", beside + ".n <> 2") : "");
    }

    /** Arrays as tables, as values, and as lists. */
    private String arrays() {
        String row = chance.newName("t");
        String array = "ARRAY[" + expressions.number(row, 1) + " + 0, " + row + ".whole, " + row + ".id]";
        return switch (chance.between(0, 4)) {
            case 0 -> "SELECT " + row + ".id, u.v FROM things " + row + " CROSS JOIN UNNEST(" + array + ") AS u (v)" + expressions.where(row);
            case 1 -> "SELECT " + row + ".id, u.v, u.n FROM things " + row + ", UNNEST(ARRAY[" + row + ".kind, "
                    + expressions.text(row, 1) + "]) WITH ORDINALITY AS u (v, n)" + expressions.where(row);
            case 2 -> "SELECT " + row + ".id FROM things " + row + " WHERE " + expressions.number(row, 1)
                    + chance.oneOf(" = ANY (", " <> ALL (", " < ANY (") + array + ")";
            case 3 -> "SELECT " + row + ".kind, ARRAY_AGG(" + row + chance.oneOf(".id", ".name", ".whole") + " ORDER BY " + row
                    + ".id" + chance.oneOf("", " DESC") + ") AS a FROM things " + row + expressions.where(row) + " GROUP BY " + row + ".kind";
            default -> "SELECT " + row + ".id, (SELECT " + chance.oneOf("SUM(v)", "MAX(v)", "COUNT(v)") + " FROM UNNEST(" + array
                    + ") AS u (v)) AS s FROM things " + row + expressions.where(row);
        };
    }
}
