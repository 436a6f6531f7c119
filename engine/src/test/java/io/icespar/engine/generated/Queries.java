package io.icespar.engine.generated;

import io.icespar.engine.generated.Sources.Source;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes up queries over the tables of the sample, whose answers hang on nothing but the rows: what takes the first of them
 * orders them by all there is.
 */
final class Queries {
    private static final int MAX_DEPTH = 3;

    private final Choices choices;
    private final Sources sources;
    private final Expressions expressions;
    private final Aggregates aggregates;
    private final Measures measures;
    private final Set<Production> used = EnumSet.noneOf(Production.class);

    private Queries(Choices choices) {
        this.choices = choices;
        this.sources = new Sources(choices);
        this.expressions = new Expressions(choices, this, used);
        this.aggregates = new Aggregates(choices, expressions, used);
        this.measures = new Measures(choices, sources, expressions, used);
    }

    /** A query of any shape. */
    static MadeQuery any(Choices choices) {
        Queries queries = new Queries(choices);
        String sql = queries.query();
        return new MadeQuery(sql, queries.used);
    }

    /** A query of single rows, to be parted. */
    static PartedQuery parted(Choices choices) {
        Queries queries = new Queries(choices);
        From from = queries.from(2);
        List<String> columns = new ArrayList<>();
        queries.kinds().forEach(kind -> columns.add(queries.expressions.of(kind, from.scope(), 2, false)));
        return new PartedQuery(
                "SELECT " + String.join(", ", columns) + " FROM " + from.sql(),
                queries.expressions.truth(from.scope(), 2, false),
                queries.expressions.truth(from.scope(), 3, false));
    }

    /** A query of which more rows beneath never make fewer: joins, conditions and expressions of single rows. */
    static MadeQuery monotone(Choices choices) {
        Queries queries = new Queries(choices);
        Source source = queries.sources.table();
        String from = source.sql();
        Scope scope = Scope.EMPTY.and(source.fields());
        if (choices.happens(6)) {
            Source other = queries.sources.table();
            from = queries.joined(from, source, other);
            scope = scope.and(other.fields());
        }
        Scope all = scope;
        String columns = queries.kinds().stream()
                .map(kind -> queries.expressions.of(kind, all, 2, true))
                .collect(Collectors.joining(", "));
        String sql = "SELECT " + columns + " FROM " + from + " WHERE " + queries.expressions.truth(scope, 3, true);
        return new MadeQuery(sql, queries.used);
    }

    private String query() {
        StringBuilder sql = new StringBuilder();
        if (choices.happens(2)) {
            used.add(Production.COMMON_TABLE);
            List<Kind> kinds = kinds();
            String name = sources.newName("w");
            sql.append("WITH ")
                    .append(name)
                    .append(" AS (")
                    .append(select(kinds, 2))
                    .append(") ");
            sources.addCommon(name, kinds);
        }
        List<Kind> kinds = kinds();
        sql.append(body(kinds));
        if (choices.happens(3)) {
            used.add(Production.ORDER_BY);
            sql.append(" ORDER BY ")
                    .append(IntStream.rangeClosed(1, kinds.size())
                            .mapToObj(i -> i + choices.oneOf(List.of("", " DESC", " NULLS FIRST")))
                            .collect(Collectors.joining(", ")));
            if (choices.happens(5)) {
                used.add(Production.LIMIT);
                sql.append(" LIMIT ").append(1 + choices.below(20));
            }
            if (choices.happens(3)) {
                used.add(Production.OFFSET);
                sql.append(" OFFSET ").append(choices.below(5));
            }
        }
        return sql.toString();
    }

    private String body(List<Kind> kinds) {
        if (!choices.happens(2)) {
            return select(kinds, MAX_DEPTH);
        }
        Production production =
                choices.oneOf(List.of(Production.UNION_ALL, Production.UNION, Production.INTERSECT, Production.EXCEPT));
        used.add(production);
        return select(kinds, 2) + " " + production.name().replace('_', ' ') + " " + select(kinds, 2);
    }

    private List<Kind> kinds() {
        return IntStream.range(0, 1 + choices.below(3))
                .mapToObj(i -> choices.oneOf(List.of(Kind.TEXT, Kind.WHOLE, Kind.DECIMAL, Kind.DAY, Kind.TRUTH)))
                .toList();
    }

    /** A {@code SELECT} of columns {@code c1}, {@code c2} and so on, of those kinds. */
    private String select(List<Kind> kinds, int depth) {
        if (choices.below(12) == 11) {
            return measures.select(kinds, depth);
        }
        From from = from(depth);
        String where = "";
        if (choices.happens(4)) {
            used.add(Production.WHERE);
            where = " WHERE " + expressions.truth(from.scope(), depth, false);
        }
        return switch (choices.below(6)) {
            case 0, 1 -> "SELECT " + columns(kinds, from, depth) + " FROM " + from.sql() + where;
            case 2 -> {
                used.add(Production.DISTINCT);
                yield "SELECT DISTINCT " + columns(kinds, from, depth - 1) + " FROM " + from.sql() + where;
            }
            case 3, 4 -> aggregates.select(kinds, from.scope(), " FROM " + from.sql() + where);
            default -> windowed(kinds, from, where);
        };
    }

    private String columns(List<Kind> kinds, From from, int depth) {
        return aliased(kinds.stream()
                .map(kind -> expressions.of(kind, from.scope(), depth - 1, false))
                .toList());
    }

    private static String aliased(List<String> columns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " AS c" + (i + 1))
                .collect(Collectors.joining(", "));
    }

    private String windowed(List<Kind> kinds, From from, String where) {
        used.add(Production.WINDOW);
        List<String> columns = new ArrayList<>();
        for (Kind kind : kinds) {
            columns.add(
                    columns.isEmpty() || choices.happens(5)
                            ? aggregates.over(kind, from.scope())
                            : expressions.of(kind, from.scope(), 1, true));
        }
        String sql = "SELECT " + aliased(columns) + " FROM " + from.sql() + where;
        if (!choices.happens(2)) {
            return sql;
        }
        used.add(Production.QUALIFY);
        return sql + " QUALIFY RANK() OVER (ORDER BY " + expressions.of(Kind.TEXT, from.scope(), 1, true) + ") < 9";
    }

    /**
     * What stands behind {@code FROM}.
     *
     * @param sql its text
     * @param scope its columns
     */
    private record From(String sql, Scope scope) {}

    private From from(int depth) {
        Source first = source(depth);
        String sql = first.sql();
        Scope scope = Scope.EMPTY.and(first.fields());
        if (choices.happens(5)) {
            if (choices.happens(2)) {
                used.add(Production.LATERAL);
                Source lateral = sources.derived(correlated(scope, "COUNT(*) AS c1"), List.of(Kind.WHOLE));
                return new From(sql + " CROSS JOIN LATERAL " + lateral.sql(), scope.and(lateral.fields()));
            }
            Source second = source(depth - 1);
            sql = joined(sql, first, second);
            scope = scope.and(second.fields());
        }
        return new From(sql, scope);
    }

    private Source source(int depth) {
        switch (depth > 1 ? choices.below(9) : 0) {
            case 6 -> {
                Optional<Source> common = sources.common();
                if (common.isPresent()) {
                    return common.get();
                }
            }
            case 7 -> {
                used.add(Production.DERIVED_TABLE);
                List<Kind> kinds = kinds();
                return sources.derived(select(kinds, depth - 1), kinds);
            }
            case 8 -> {
                used.add(Production.VALUES);
                return sources.values();
            }
            default -> {}
        }
        Source source = sources.table();
        used.add(source.production());
        return source;
    }

    private String joined(String left, Source first, Source second) {
        if (first.key().isEmpty() || second.key().isEmpty()) {
            used.add(Production.CROSS_JOIN);
            return left + " CROSS JOIN " + second.sql();
        }
        if (second.sql().substring(0, 3).equals(first.sql().substring(0, 3))) {
            used.add(Production.SELF_JOIN);
        }
        String keys = " ON " + first.key().get() + " = " + second.key().get();
        return switch (choices.below(6)) {
            case 0, 1 -> {
                used.add(Production.INNER_JOIN);
                yield left + " JOIN " + second.sql() + keys;
            }
            case 2 -> {
                used.add(Production.JOIN_CONDITION);
                Scope both = Scope.EMPTY.and(first.fields()).and(second.fields());
                yield left + " JOIN " + second.sql() + keys + " AND " + expressions.truth(both, 2, true);
            }
            case 3 -> outer(Production.LEFT_JOIN, " LEFT JOIN ", left, second, keys);
            case 4 -> outer(Production.RIGHT_JOIN, " RIGHT JOIN ", left, second, keys);
            default -> outer(Production.FULL_JOIN, " FULL JOIN ", left, second, keys);
        };
    }

    private String outer(Production production, String words, String left, Source second, String keys) {
        used.add(production);
        return left + words + second.sql() + keys;
    }

    /** A query that an expression asks whether it gives rows. */
    String correlated(Scope around) {
        return correlated(around, "1");
    }

    private String correlated(Scope around, String columns) {
        Source source = sources.table();
        return "SELECT " + columns + " FROM " + source.sql() + " WHERE " + condition(source, around);
    }

    /** A query of one column. */
    String column(Kind kind, Scope around) {
        Source source = sources.table();
        Scope scope = Scope.EMPTY.and(source.fields());
        return "SELECT " + expressions.of(kind, scope, 1, true) + " FROM " + source.sql() + " WHERE "
                + condition(source, around);
    }

    /** A query of one value. */
    String oneValue(Kind kind, Scope around) {
        Source source = sources.table();
        Scope scope = Scope.EMPTY.and(source.fields());
        return "SELECT " + choices.oneOf(List.of("MAX(", "MIN(")) + expressions.of(kind, scope, 1, true) + ") FROM "
                + source.sql() + " WHERE " + condition(source, around);
    }

    private String condition(Source source, Scope around) {
        Scope scope = Scope.EMPTY.and(source.fields());
        String own = expressions.truth(scope, 1, true);
        List<Field> theirs = around.of(Kind.TEXT);
        if (theirs.isEmpty() || choices.happens(3)) {
            return own;
        }
        used.add(Production.CORRELATION);
        return choices.oneOf(scope.of(Kind.TEXT)).sql() + " = "
                + choices.oneOf(theirs).sql() + " AND " + own;
    }
}
