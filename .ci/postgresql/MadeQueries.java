
/**
 * Makes up queries that PostgreSQL takes too, over the tables {@code things} and {@code kinds}, whose answers hang on
 * nothing but the rows: what takes the first of them orders them by their key as well.
 */
final class MadeQueries {
    private final Chance chance;
    private final Expressions expressions;
    private final GroupQueries groups;
    private final JoinQueries joins;
    private final CommonTables commonTables;

    MadeQueries(Chance chance) {
        this.chance = chance;
        this.expressions = new Expressions(chance);
        this.groups = new GroupQueries(chance, expressions);
        this.joins = new JoinQueries(chance, expressions);
        this.commonTables = new CommonTables(chance, expressions);
    }

    Query next() {
        var query = made();
        return chance.happens(3) ? query.withParameters() : query.withConstants();
    }

    private Query made() {
        return switch (chance.between(0, 18)) {
            case 0, 1, 2 -> windows();
            case 3, 4, 5, 6 -> groups.next();
            case 7, 8, 9, 10 -> new Query(joins.next(), false);
            case 11 -> sets();
            case 12 -> first();
            case 13, 14 -> new Query(commonTables.next(), false);
            case 15, 16 -> new Query(nested(), false);
            default -> new Query(plain(), false);
        };
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

    private Query sets() {
        String sql = part();
        for (int i = chance.between(1, 2); i > 0; i--) {
            String operation = chance.oneOf("UNION", "EXCEPT", "INTERSECT") + chance.oneOf("", " ALL");
            sql = "(" + sql + ") " + operation + " (" + part() + ")";
        }
        return chance.happens(3)
                ? new Query(sql + " ORDER BY 1 NULLS FIRST, 2 DESC NULLS LAST LIMIT " + Query.number(chance.between(1, 9)), true)
                : new Query(sql, false);
    }

    private String part() {
        String row = chance.newName("t");
        if (chance.happens(1)) {
            return "VALUES (1, 'x'), (NULL, 'y'), (" + Query.constant("3") + ", NULL)";
        }
        return "SELECT " + chance.oneOf(expressions.number(row, 1), row + ".whole", "NULL") + " AS n, "
                + chance.oneOf(expressions.text(row, 1), row + ".kind") + " AS s FROM things " + row + expressions.where(row);
    }

    private Query first() {
        String row = chance.newName("t");
        // A number alone would be the place of a column.
        String order = chance.oneOf(
                "COALESCE(" + expressions.number(row, 1) + ", 1) + 0",
                "ABS(" + expressions.number(row, 1) + ") DESC NULLS LAST",
                row + ".kind DESC NULLS LAST",
                row + ".whole NULLS FIRST");
        if (chance.happens(3)) {
            return new Query(
                    "SELECT DISTINCT " + row + ".kind AS k, " + expressions.text(row, 1) + " AS b FROM things " + row + expressions.where(row)
                            + " ORDER BY " + chance.oneOf("1", "k") + " NULLS FIRST, " + chance.oneOf("2", "b") + " DESC NULLS LAST",
                    true);
        }
        String sql = "SELECT " + row + ".id, " + expressions.number(row, 1) + " AS x FROM things " + row + expressions.where(row) + " ORDER BY "
                + order + ", " + row + ".id LIMIT " + Query.number(chance.between(0, 6)) + " OFFSET "
                + Query.number(chance.between(0, 4));
        return new Query(sql, true);
    }

    /** Groups, windows, first rows and set operations inside of other queries. */
    private String nested() {
        String row = chance.newName("t");
        String inner = chance.newName("u");
        String together = " WHERE " + inner + chance.oneOf(".kind = " + row + ".kind", ".id < " + row + ".id");
        String apart = expressions.where(inner);
        String key = inner + chance.oneOf(".whole", ".id");
        String outer = "SELECT " + row + ".id, " + expressions.text(row, 1) + " AS b";
        String from = " FROM things " + row;
        String not = chance.oneOf("", "NOT ");
        return switch (chance.between(0, 9)) {
            case 0 ->
                outer + ", g.* " + from + chance.oneOf(" JOIN (", " LEFT JOIN (") + groups.asTable(inner, key, apart)
                        + ") AS g ON g.k = " + row + ".whole" + expressions.where(row);
            case 1 -> outer + from + " WHERE " + row + ".whole " + not + "IN (SELECT k FROM ("
                    + groups.asTable(inner, key, chance.oneOf(apart, together)) + ") AS g)";
            case 2 -> outer + from + " WHERE " + not + "EXISTS (" + groups.asTable(inner, key, together) + ")";
            case 3 -> outer + ", (SELECT COUNT(*) FROM (" + groups.asTable(inner, key, chance.oneOf(apart, together))
                    + ") AS g) AS n" + from;
            case 4 -> outer + from + " WHERE " + row + ".id " + not + "IN (SELECT " + inner + ".id FROM things " + inner
                    + chance.oneOf(apart, together) + " UNION SELECT " + expressions.number(row, 2) + ")";
            case 5 -> outer + ", (SELECT MAX(w.n) FROM (SELECT SUM(" + expressions.number(inner, 1) + ") OVER (PARTITION BY "
                    + key + ") AS n FROM things " + inner + chance.oneOf(apart, together) + ") AS w) AS m" + from;
            case 6 -> outer + from + " WHERE (SELECT COUNT(DISTINCT " + expressions.text(inner, 1) + ") FROM things " + inner
                    + together + ") " + chance.oneOf("<", "=", ">") + " " + expressions.number(row, 2);
            case 7 -> outer + from + " WHERE " + row + ".whole = (SELECT " + key + " FROM things " + inner
                    + chance.oneOf(apart, together) + " ORDER BY " + inner + ".id DESC LIMIT 1 OFFSET 1)";
            case 8 -> "SELECT d.a, COUNT(*), " + chance.oneOf("MAX(d.b)", "COUNT(DISTINCT d.c)", "BOOL_OR(d.c)") + " FROM ("
                    + plain() + ") AS d GROUP BY d.a";
            default -> outer + ", l.* " + from + " LEFT JOIN LATERAL (" + groups.asTable(inner, key, together)
                    + " ORDER BY 1 LIMIT 2) AS l ON " + chance.oneOf("TRUE", "l.k <> " + row + ".id");
        };
    }
}
