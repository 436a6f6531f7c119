import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Makes up queries that group. */
final class GroupQueries {
    private final Chance chance;
    private final Expressions expressions;

    GroupQueries(Chance chance, Expressions expressions) {
        this.chance = chance;
        this.expressions = expressions;
    }

    Query next() {
        return switch (chance.between(0, 5)) {
            case 0, 1 -> byColumns();
            case 2, 3 -> byExpressions();
            case 4 -> new Query(windows(), false);
            default -> new Query(lists(), false);
        };
    }

    /** Keys and an aggregate of a few groups, for a query around. */
    String asTable(String row, String key, String where) {
        return "SELECT " + key + " AS k, " + aggregate(row) + " AS v FROM things " + row + where + " GROUP BY " + key
                + having(row, List.of(key));
    }

    private Query byColumns() {
        String row = chance.newName("t");
        var keys = new ArrayList<>(List.of(row + ".kind", row + ".whole", row + ".born", row + ".flag"));
        for (int i = chance.between(1, 3); i > 0; i--) {
            keys.remove(chance.between(0, keys.size() - 1));
        }
        String list = String.join(", ", keys);
        String grouping = chance.oneOf(
                list,
                list,
                "ROLLUP (" + list + ")",
                "CUBE (" + list + ")",
                "GROUPING SETS ((" + String.join("), (", keys) + "), ())",
                "GROUPING SETS ((" + list + "), (" + keys.get(0) + "))");
        boolean isPlain = grouping.equals(list);
        var columns = new ArrayList<>(keys);
        if (!isPlain) {
            columns.add("GROUPING(" + list + ")");
        }
        addColumns(columns, row, keys);
        return query(columns, row, grouping, keys, isPlain);
    }

    private Query byExpressions() {
        String row = chance.newName("t");
        // A key twice is one to Icespar.
        var chosen = new LinkedHashSet<String>();
        for (int i = chance.between(1, 2); i > 0; i--) {
            chosen.add(chance.oneOf(
                    row + ".kind",
                    "(" + expressions.condition(row, 1) + ")",
                    "(" + row + ".kind " + chance.oneOf("", "NOT ") + "IN ('x', 'y'))",
                    "COALESCE(" + expressions.text(row, 1) + ", '-')",
                    "(" + expressions.number(row, 1) + " + 0)"));
        }
        List<String> keys = List.copyOf(chosen);
        var columns = new ArrayList<>(keys);
        addColumns(columns, row, List.of());
        String grouping = String.join(", ", keys);
        boolean isPlain = !chance.happens(3) || !keys.stream().allMatch(key -> key.contains(row + "."));
        // PostgreSQL before 18 forgets, of keys that are constant and in expressions of others, that a total has none.
        return isPlain
                ? query(columns, row, grouping, keys, true)
                : query(columns, row, "ROLLUP (" + grouping + ")", List.of(), false);
    }

    private void addColumns(List<String> columns, String row, List<String> keys) {
        for (int i = chance.between(1, 3); i > 0; i--) {
            columns.add(chance.happens(3) ? ofGroup(row, keys) : aggregate(row));
        }
    }

    private Query query(List<String> columns, String row, String grouping, List<String> keys, boolean isPlain) {
        var order = new ArrayList<String>();
        if (chance.happens(4)) {
            order.add(ofGroup(row, keys) + chance.oneOf(" NULLS FIRST", " DESC NULLS LAST"));
            for (String key : keys) {
                order.add(key + " NULLS FIRST");
            }
        }
        String sql = "SELECT " + chance.oneOf("", "", "", order.isEmpty() ? "DISTINCT " : "") + String.join(", ", columns)
                + " FROM things " + row + expressions.where(row) + " GROUP BY " + grouping + having(row, keys);
        return order.isEmpty()
                ? new Query(sql, false)
                : new Query(sql + " ORDER BY " + String.join(", ", order), isPlain);
    }

    private String having(String row, List<String> keys) {
        return chance.happens(5) ? " HAVING " + conditionOfGroup(row, keys) : "";
    }

    private String conditionOfGroup(String row, List<String> keys) {
        String key = keys.isEmpty() ? "COUNT(*)" : chance.oneOf(keys);
        return switch (chance.between(0, 6)) {
            case 0 -> "COUNT(*) > 1";
            case 1 -> "SUM(" + expressions.number(row, 1) + ") > 0";
            case 2 -> key + " IS NULL";
            case 3 -> "MAX(" + row + ".id) IS NOT NULL AND NOT (COUNT(" + row + ".whole) = 0)";
            case 4 -> "COUNT(*) " + chance.oneOf("", "NOT ") + "IN (1, 2, COUNT(" + row + ".kind))";
            case 5 -> "MAX(" + row + ".id) " + chance.oneOf("", "NOT ") + "IN (SELECT whole FROM things)";
            default -> "EXISTS (SELECT 1 FROM things x WHERE x.id = " + key + ")";
        };
    }

    /** What has one value for a group. */
    private String ofGroup(String row, List<String> keys) {
        return switch (chance.between(0, 5)) {
            case 0 -> "CASE WHEN " + conditionOfGroup(row, keys) + " THEN " + chance.oneOf("COUNT(*)", "MIN(" + row + ".id)") + " END";
            case 1 -> "COUNT(*) - COUNT(" + row + ".kind)";
            case 2 -> "SUM(CASE WHEN " + expressions.condition(row, 1) + " THEN 1 ELSE 0 END)";
            case 3 -> "COALESCE(MAX(" + expressions.number(row, 1) + "), 0) + COUNT(*)";
            case 4 -> "SUM(COUNT(*)) OVER ()";
            default -> "(SELECT COUNT(*) FROM things x WHERE x.id < "
                    + (keys.contains(row + ".whole") ? row + ".whole" : "5") + ")";
        };
    }

    private String aggregate(String row) {
        String function = chance.oneOf("SUM", "COUNT", "MIN", "MAX", "AVG");
        String number = expressions.number(row, 1);
        return switch (chance.between(0, 7)) {
            case 0 -> function + "(DISTINCT " + number + ")";
            case 1 -> "COUNT(*)";
            case 2 -> function + "(" + number + ") FILTER (WHERE " + expressions.condition(row, 2) + ")";
            case 3 -> "COUNT(DISTINCT " + row + ".kind)";
            case 4 -> chance.oneOf("MAX(", "MIN(") + chance.oneOf(expressions.text(row, 1), row + ".happened", row + ".born") + ")";
            case 5 -> "COALESCE(SUM(" + number + "), -1)";
            case 6 -> chance.oneOf("BOOL_AND(", "BOOL_OR(") + expressions.condition(row, 2) + ")";
            default -> function + "(" + number + ")";
        };
    }

    private String windows() {
        String row = chance.newName("t");
        String key = row + chance.oneOf(".kind", ".whole", ".born");
        String argument = expressions.number(row, 1);
        return "SELECT " + key + ", SUM(" + argument + "), "
                + chance.oneOf(
                        "RANK() OVER (ORDER BY COUNT(*) DESC)",
                        "SUM(COUNT(*)) OVER (ORDER BY " + key + " NULLS FIRST)",
                        "COUNT(*) - MAX(COUNT(*)) OVER ()",
                        "LAG(COUNT(*)) OVER (ORDER BY " + key + " NULLS FIRST)",
                        "SUM(SUM(" + argument + ")) OVER ()",
                        "SUM(SUM(" + argument + ") FILTER (WHERE " + expressions.condition(row, 1) + ")) OVER ()",
                        "RANK() OVER (ORDER BY SUM(CASE WHEN " + expressions.condition(row, 1) + " THEN 1 END) NULLS FIRST)",
                        "COUNT(*) OVER (PARTITION BY 0 + " + ofGroup(row, List.of(key)) + ")")
                + " FROM things " + row + expressions.where(row) + " GROUP BY " + key;
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
        return "SELECT " + row + ".kind, " + list + " FROM things " + row + expressions.where(row) + " GROUP BY " + row + ".kind";
    }
}
