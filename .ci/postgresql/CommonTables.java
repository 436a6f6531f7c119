import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes up queries of common tables, which may ask for themselves, or have the name of a table. */
final class CommonTables {
    private final Chance chance;
    private final Expressions expressions;

    CommonTables(Chance chance, Expressions expressions) {
        this.chance = chance;
        this.expressions = expressions;
    }

    String next() {
        return switch (chance.between(0, 6)) {
            case 0 -> twice();
            case 1 -> hidingATable();
            case 2 -> inside();
            case 3 -> ofOthers();
            case 4 -> counting();
            default -> walking();
        };
    }

    private String twice() {
        String row = chance.newName("t");
        String rows = "SELECT " + expressions.number(row, 0) + " AS a, " + expressions.text(row, 0) + " AS b, "
                + expressions.condition(row, 1) + " AS c FROM things " + row + expressions.where(row);
        return "WITH q AS (" + rows + "), p AS (SELECT * FROM q) "
                + chance.oneOf(
                        "SELECT COUNT(*), COUNT(a), COUNT(DISTINCT b), MAX(b) FROM p",
                        "SELECT q.a, p.c FROM q JOIN p ON q.b = p.b",
                        "SELECT a FROM q WHERE a > (SELECT AVG(p.a) FROM p WHERE p.b = q.b)",
                        "SELECT b, (SELECT COUNT(*) FROM p WHERE p.c AND p.a < q.a) AS n FROM q",
                        "SELECT a, b FROM q EXCEPT ALL SELECT a, b FROM p");
    }

    /** A common table of a table's name, which is made of that table. */
    private String hidingATable() {
        String row = chance.newName("t");
        String outer = chance.newName("u");
        return "WITH things AS (SELECT * FROM things " + row + expressions.where(row) + ") SELECT " + outer + ".id, "
                + expressions.number(outer, 1) + " AS n, " + expressions.text(outer, 1) + " AS s FROM things " + outer
                + expressions.where(outer);
    }

    private String inside() {
        String row = chance.newName("t");
        String inner = chance.newName("u");
        String common = "WITH w AS (SELECT * FROM things " + inner + " WHERE " + inner
                + chance.oneOf(".kind = ", ".name <> ") + row + ".kind" + (chance.happens(5) ? " AND " + expressions.condition(inner, 1) : "")
                + ") ";
        return switch (chance.between(0, 2)) {
            case 0 -> "SELECT " + row + ".id, (" + common + "SELECT COUNT(*) FROM w WHERE w.id <> " + row + ".id) AS n FROM things " + row;
            case 1 -> "SELECT " + row + ".id FROM things " + row + expressions.where(row)
                    + " UNION ALL (WITH w AS (SELECT id, kind FROM things) SELECT w.id FROM w JOIN w v ON w.kind = v.kind)";
            default -> "SELECT " + row + ".id, " + expressions.number(row, 1) + " AS n FROM things " + row + " WHERE EXISTS (" + common
                    + "SELECT 1 FROM w JOIN w AS v ON w.id = v.whole)";
        };
    }

    private String ofOthers() {
        String row = chance.newName("t");
        String outer = chance.newName("u");
        return "WITH a AS (SELECT * FROM things " + row + expressions.where(row) + "), b AS (SELECT a.kind, COUNT(*) AS n, MAX(a.id) AS m FROM a"
                + " GROUP BY a.kind), c (k, n) AS (SELECT b.kind, b.n + k.n FROM b LEFT JOIN (SELECT kind, COUNT(*) AS n FROM kinds"
                + " GROUP BY kind) AS k ON k.kind = b.kind) SELECT " + outer + ".id, c.n FROM a " + outer
                + chance.oneOf(" JOIN", " LEFT JOIN") + " c ON c.k = " + outer + ".kind AND " + expressions.condition(outer, 1)
                + " WHERE " + outer + ".id " + chance.oneOf("", "NOT ") + "IN (SELECT m FROM b)";
    }

    private String counting() {
        String row = chance.newName("t");
        String steps = IntStream.range(0, chance.between(1, 2))
                .mapToObj(i -> "r.s + " + chance.between(-1, 1))
                .collect(Collectors.joining(" + "));
        return "WITH RECURSIVE r (n, s) AS (SELECT " + row + ".id, COALESCE(" + row + ".whole, 0) FROM things " + row
                + " WHERE " + row + ".id < " + Query.constant("" + chance.between(2, 5)) + " UNION " + chance.oneOf("", "ALL ")
                + "SELECT r.n + 1, " + steps + " FROM r WHERE r.n < " + Query.constant("" + chance.between(4, 9))
                + ") SELECT n, s, COUNT(*) FROM r GROUP BY n, s";
    }

    /** From row to row, by what each says of another. */
    private String walking() {
        String start = chance.newName("t");
        String next = chance.newName("u");
        String step = "SELECT " + next + ".id, " + next + ".whole, r.d + 1 FROM things " + next + " JOIN r ON " + next
                + chance.oneOf(".id = r.w", ".whole = r.n", ".id = r.n + 1")
                + (chance.happens(4) ? " AND " + expressions.condition(next, 1) : "") + " WHERE r.d < 4";
        String after = chance.oneOf(
                "SELECT * FROM r",
                "SELECT n, MIN(d), COUNT(*) FROM r GROUP BY n",
                "SELECT r.n, k.label FROM r JOIN things x ON x.id = r.n LEFT JOIN kinds k ON k.kind = x.kind",
                "SELECT x.id, (SELECT MAX(r.d) FROM r WHERE r.n = x.id) AS d FROM things x",
                "SELECT x.id FROM things x WHERE x.id NOT IN (SELECT n FROM r)");
        return "WITH RECURSIVE r (n, w, d) AS (SELECT " + start + ".id, " + start + ".whole, 0 FROM things " + start
                + expressions.where(start) + " UNION " + chance.oneOf("", "ALL ") + step + ") " + after;
    }
}
