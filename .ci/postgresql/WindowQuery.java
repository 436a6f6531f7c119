import java.util.ArrayList;
import java.util.List;

/** A query of windows: named or not, based on others or not, with any frame. Rows that are equal in one's order are not told apart. */
final class WindowQuery {
    private static final List<String> BOUNDS = List.of(
            "UNBOUNDED PRECEDING",
            "2 PRECEDING",
            "1 PRECEDING",
            "CURRENT ROW",
            "1 FOLLOWING",
            "2 FOLLOWING",
            "UNBOUNDED FOLLOWING");

    private final Chance chance;
    private final Expressions expressions;
    private final String row;
    private final boolean isOrdered;
    private final List<String> named = new ArrayList<>();

    WindowQuery(Chance chance, Expressions expressions) {
        this.chance = chance;
        this.expressions = expressions;
        this.row = chance.newName("t");
        this.isOrdered = chance.happens(3);
    }

    /** Whether its rows come in one order only. */
    boolean isOrdered() {
        return isOrdered;
    }

    /** Its text; the first column is the key of the rows. */
    String sql() {
        boolean ordered = chance.happens(5);
        String base = "";
        if (chance.happens(6)) {
            base = "w";
            named.add("w AS (" + partition() + (ordered ? order() : "") + ")");
        }
        var columns = new ArrayList<>(List.of(row + ".id AS c0"));
        for (int i = chance.between(1, 3); i > 0; i--) {
            columns.add(over(base, ordered) + " AS c" + columns.size());
        }
        String orderBy = isOrdered ? " ORDER BY " + over(base, ordered) + " NULLS FIRST, " + row + ".id" : "";
        return "SELECT " + String.join(", ", columns) + " FROM things " + row
                + (chance.happens(4) ? " WHERE " + expressions.condition(row, 1) : "")
                + (named.isEmpty() ? "" : " WINDOW " + String.join(", ", named))
                + orderBy;
    }

    private String over(String base, boolean ordered) {
        if (chance.happens(2)) {
            String window = !base.isEmpty() && ordered ? chance.oneOf("w", whole()) : whole();
            return chance.oneOf("ROW_NUMBER()", "RANK()", "DENSE_RANK()", "NTILE(3)", "PERCENT_RANK()", "CUME_DIST()")
                    + " OVER " + window;
        }
        if (chance.happens(2)) {
            return chance.oneOf("LAG", "LEAD") + "(" + argument() + chance.oneOf("", ", 1", ", 2", ", 0") + ") OVER "
                    + whole();
        }
        return framed(window(base, ordered));
    }

    private String framed(String window) {
        String argument = argument();
        String filter = chance.happens(3) ? " FILTER (WHERE " + expressions.condition(row, 2) + ")" : "";
        String aggregate = chance.oneOf("SUM", "COUNT", "MIN", "MAX", "AVG") + "(" + argument + ")" + filter;
        return switch (chance.between(0, 6)) {
            case 0 -> "FIRST_VALUE(" + argument + ") OVER " + window;
            case 1 -> "LAST_VALUE(" + argument + ") OVER " + window;
            case 2 -> "NTH_VALUE(" + argument + ", 2) OVER " + window;
            case 3 -> "COALESCE(FIRST_VALUE(" + row + ".id) OVER " + window + ", -5)";
            case 4 -> "COUNT(*)" + filter + " OVER " + window;
            case 5 -> "COALESCE(" + aggregate + " OVER " + window + ", -1)";
            default -> aggregate + " OVER " + window;
        };
    }

    private String argument() {
        return chance.happens(5)
                ? expressions.number(row, 1)
                : row + chance.oneOf(".id", ".whole", ".price");
    }

    private String window(String base, boolean ordered) {
        boolean rows = chance.happens(6);
        String frame = rows ? rows() : range();
        // Distances in a range are of the one number in the order.
        String order = rows ? order() : "ORDER BY " + row + ".id" + chance.oneOf("", " DESC");
        String window = base.isEmpty() || ordered && !rows
                ? "(" + partition() + order + " " + frame + ")"
                : "(w " + (ordered ? "" : order + " ") + frame + ")";
        if (chance.happens(2)) {
            String name = chance.newName("v");
            named.add(name + " AS " + window);
            return name;
        }
        return window;
    }

    private String whole() {
        return "(" + partition() + order() + ")";
    }

    private String partition() {
        return chance.oneOf(
                "",
                "",
                "PARTITION BY " + row + ".kind ",
                "PARTITION BY " + row + ".whole ",
                "PARTITION BY " + row + ".kind, " + row + ".born ");
    }

    private String order() {
        return "ORDER BY "
                + chance.oneOf("", row + ".whole NULLS LAST, ", row + ".kind NULLS FIRST, ", row + ".price DESC NULLS LAST, ")
                + row + ".id" + chance.oneOf("", " DESC");
    }

    private String rows() {
        int first = chance.between(0, 5);
        int last = chance.between(Math.max(first, 1), 6);
        return "ROWS BETWEEN " + BOUNDS.get(first) + " AND " + BOUNDS.get(last) + exclusion();
    }

    private String range() {
        int first = chance.between(0, 3);
        int last = chance.between(3, 6);
        return "RANGE BETWEEN " + BOUNDS.get(first) + " AND " + BOUNDS.get(last) + exclusion();
    }

    private String exclusion() {
        return chance.oneOf(
                "", "", "", " EXCLUDE CURRENT ROW", " EXCLUDE GROUP", " EXCLUDE TIES", " EXCLUDE NO OTHERS");
    }
}
