package io.icespar.engine.generated;

import io.icespar.engine.generated.Sources.Source;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is made of the measures of cubes, by groups. */
final class Measures {
    private final Choices choices;
    private final Sources sources;
    private final Expressions expressions;
    private final Set<Production> used;

    Measures(Choices choices, Sources sources, Expressions expressions, Set<Production> used) {
        this.choices = choices;
        this.sources = sources;
        this.expressions = expressions;
        this.used = used;
    }

    /** A {@code SELECT} of columns {@code c1}, {@code c2} and so on, of those kinds, each a level or from a measure. */
    String select(List<Kind> kinds, int depth) {
        Source cube = sources.cube(choices.oneOf(List.of("Made cube", "Made slices")));
        String name = cube.sql().substring(cube.sql().lastIndexOf(' ') + 1);
        Scope scope = Scope.EMPTY.and(cube.fields());
        Set<String> keys = new LinkedHashSet<>();
        List<String> columns = new ArrayList<>();
        for (Kind kind : kinds) {
            boolean isKey = (kind == Kind.TEXT || kind == Kind.DAY) && choices.happens(6);
            String column = isKey ? choices.oneOf(scope.of(kind)).sql() : measure(kind, name, scope);
            if (isKey) {
                keys.add(column);
            }
            columns.add(column + " AS c" + (columns.size() + 1));
        }
        String sql = "SELECT " + String.join(", ", columns) + " FROM " + cube.sql();
        if (choices.happens(4)) {
            used.add(Production.WHERE);
            sql += " WHERE " + expressions.truth(scope, depth - 1, false);
        }
        if (!keys.isEmpty()) {
            sql += " GROUP BY " + choices.oneOf(List.of("", "ROLLUP")) + "(" + String.join(", ", keys) + ")";
        }
        if (choices.happens(2)) {
            used.add(Production.HAVING);
            sql += " HAVING " + measure(Kind.WHOLE, name, scope) + " > 1";
        }
        return sql;
    }

    private String measure(Kind kind, String cube, Scope scope) {
        used.add(Production.MEASURE);
        String name = choices.oneOf(
                switch (kind) {
                    case WHOLE -> List.of("Sold", "contributors.COUNT", "Cities", "Number", "Quotients");
                    case DECIMAL -> List.of("Turnover");
                    case TEXT -> List.of("Last product");
                    case DAY -> List.of("First day");
                    case TRUTH -> List.of("Sold", "Share");
                });
        String aggregate = "AGGREGATE(" + cube + ".\"" + name + "\")";
        if (choices.happens(2)) {
            used.add(Production.FILTER);
            aggregate += " FILTER (WHERE " + expressions.truth(scope, 1, true) + ")";
        }
        if (choices.happens(3)) {
            used.add(Production.MEASURE_OF_ALL);
            aggregate += choices.oneOf(List.of(" AT (ALL)", " AT (ALL " + cube + ".\"City\")"));
        }
        return kind == Kind.TRUTH ? "(" + aggregate + " IS NULL)" : aggregate;
    }
}
