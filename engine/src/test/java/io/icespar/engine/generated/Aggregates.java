package io.icespar.engine.generated;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is made of groups and windows of rows. */
final class Aggregates {
    private final Choices choices;
    private final Expressions expressions;
    private final Set<Production> used;

    Aggregates(Choices choices, Expressions expressions, Set<Production> used) {
        this.choices = choices;
        this.expressions = expressions;
        this.used = used;
    }

    /** A {@code SELECT} that groups; some of its columns are keys. */
    String select(List<Kind> kinds, Scope scope, String rest) {
        List<String> columns = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (Kind kind : kinds) {
            boolean isKey = choices.happens(5);
            String column = isKey ? key(kind, scope) : filtered(aggregate(kind, scope), scope);
            if (isKey && !keys.contains(column)) {
                keys.add(column);
            }
            columns.add(column + " AS c" + (columns.size() + 1));
        }
        String sql = "SELECT " + String.join(", ", columns) + rest;
        if (!keys.isEmpty()) {
            sql += " GROUP BY " + grouping(keys);
        } else if (choices.happens(2)) {
            sql += " GROUP BY ()";
        }
        if (choices.happens(3)) {
            used.add(Production.HAVING);
            sql += " HAVING " + aggregate(Kind.WHOLE, scope) + " > 1";
        }
        return sql;
    }

    // A number alone would be the place of a column, also one with a sign.
    private String key(Kind kind, Scope scope) {
        List<Field> fields = scope.of(kind);
        String key = fields.isEmpty() || choices.happens(4)
                ? expressions.of(kind, scope, 1, true)
                : choices.oneOf(fields).sql();
        return key.matches("[-( ]*[0-9.]+\\)*") ? "(0 + " + key + ")" : key;
    }

    private String grouping(List<String> keys) {
        String list = String.join(", ", keys);
        return switch (choices.below(6)) {
            case 3 -> {
                used.add(Production.ROLLUP);
                yield "ROLLUP(" + list + ")";
            }
            case 4 -> {
                used.add(Production.CUBE);
                yield "CUBE(" + list + ")";
            }
            case 5 -> {
                used.add(Production.GROUPING_SETS);
                yield "GROUPING SETS ((" + list + "), (" + keys.get(0) + "), ())";
            }
            default -> {
                used.add(Production.GROUP_BY);
                yield list;
            }
        };
    }

    private String filtered(String aggregate, Scope scope) {
        if (!choices.happens(2)) {
            return aggregate;
        }
        used.add(Production.FILTER);
        return aggregate + " FILTER (WHERE " + expressions.truth(scope, 1, true) + ")";
    }

    private String aggregate(Kind kind, Scope scope) {
        return switch (kind) {
            case WHOLE -> ofWhole(scope);
            case TEXT -> choices.happens(3) ? list(scope) : extreme(kind, scope);
            case DECIMAL -> choices.happens(5) ? sum(Kind.DECIMAL, scope) : extreme(kind, scope);
            case DAY -> extreme(kind, scope);
            case TRUTH -> {
                used.add(Production.EVERY);
                yield "EVERY(" + expressions.truth(scope, 1, true) + ")";
            }
        };
    }

    private String ofWhole(Scope scope) {
        return switch (choices.below(6)) {
            case 0, 1 -> {
                used.add(Production.COUNT);
                yield "COUNT(*)";
            }
            case 2 -> {
                used.add(Production.COUNT_DISTINCT);
                yield "COUNT(DISTINCT " + expressions.of(Kind.TEXT, scope, 1, true) + ")";
            }
            case 3 -> {
                used.add(Production.AVG);
                yield "AVG(" + expressions.of(Kind.WHOLE, scope, 1, true) + ")";
            }
            case 4 -> extreme(Kind.WHOLE, scope);
            default -> sum(Kind.WHOLE, scope);
        };
    }

    private String sum(Kind kind, Scope scope) {
        used.add(Production.SUM);
        return choices.oneOf(List.of("SUM(", "SUM(DISTINCT ")) + expressions.of(kind, scope, 1, true) + ")";
    }

    private String extreme(Kind kind, Scope scope) {
        used.add(Production.MIN_MAX);
        return choices.oneOf(List.of("MIN(", "MAX(")) + expressions.of(kind, scope, 1, true) + ")";
    }

    private String list(Scope scope) {
        used.add(Production.LISTAGG);
        String text = expressions.of(Kind.TEXT, scope, 1, true);
        return "LISTAGG(" + text + ", ';') WITHIN GROUP (ORDER BY " + text + ")";
    }

    /** One of a window whose result does not hang on the order of equals. */
    String over(Kind kind, Scope scope) {
        String partition = choices.happens(5) ? "PARTITION BY " + key(Kind.TEXT, scope) : "";
        String order = " ORDER BY " + expressions.of(Kind.TEXT, scope, 1, true);
        if (kind == Kind.WHOLE && choices.happens(5)) {
            return choices.oneOf(List.of("RANK()", "DENSE_RANK()", "COUNT(*)")) + " OVER (" + partition + order + ")";
        }
        String aggregate = kind == Kind.TEXT || kind == Kind.DAY || kind == Kind.TRUTH
                ? extreme(kind == Kind.TRUTH ? Kind.TEXT : kind, scope)
                : "SUM(" + expressions.of(kind, scope, 1, true) + ")";
        String value = aggregate + " OVER (" + partition + (choices.happens(5) ? order : "") + ")";
        return kind == Kind.TRUTH ? "(" + value + " IS NULL)" : value;
    }
}
