package io.icespar.engine.generated;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Expressions of a kind. What can fail is chosen so that it mostly does not on rows that are seen, and does on what
 * {@link io.icespar.engine.oracle.SampleData#poisonedFor} puts into hidden ones.
 */
final class Expressions {
    private static final List<String> TEXTS =
            List.of("Paris", "France", "big", "shop_3", "TAB_0", "CANARY", "", "Lyon");
    private static final List<String> PATTERNS = List.of("P%", "%a%", "shop_1_", "S0000%", "_", "%CANARY%");
    private static final List<String> NUMBERS = List.of("1", "2", "3", "0", "7", "-1", "100");
    private static final List<String> DAYS = List.of("2021-02-01", "2021-01-15", "9999-12-31", "0001-01-01");
    private static final List<String> COMPARISONS = List.of("=", "<>", "<", "<=", ">", ">=");

    private final Choices choices;
    private final Queries queries;
    private final Set<Production> used;

    /**
     * Makes expressions.
     *
     * @param queries for those with a query in them
     * @param used takes note of what was made
     */
    Expressions(Choices choices, Queries queries, Set<Production> used) {
        this.choices = choices;
        this.queries = queries;
        this.used = used;
    }

    private String using(Production production, String sql) {
        used.add(production);
        return sql;
    }

    /** An expression of that kind, {@code depth} deep at most; without queries in it if {@code plain}. */
    String of(Kind kind, Scope scope, int depth, boolean plain) {
        return switch (kind) {
            case TEXT -> text(scope, depth, plain);
            case WHOLE -> whole(scope, depth, plain);
            case DECIMAL -> decimal(scope, depth, plain);
            case DAY -> day(scope, depth, plain);
            case TRUTH -> truth(scope, depth, plain);
        };
    }

    private String leaf(Kind kind, Scope scope) {
        List<Field> fields = scope.of(kind);
        return fields.isEmpty() || choices.happens(2)
                ? literal(kind)
                : choices.oneOf(fields).sql();
    }

    private String literal(Kind kind) {
        return switch (kind) {
            case TEXT -> "'" + choices.oneOf(TEXTS) + "'";
            case WHOLE -> choices.oneOf(NUMBERS);
            case DECIMAL -> choices.oneOf(List.of("1.5", "210.00", "0.00", "-0.01"));
            case DAY -> "DATE '" + choices.oneOf(DAYS) + "'";
            case TRUTH -> choices.oneOf(List.of("TRUE", "FALSE"));
        };
    }

    private String choice(Kind kind, Scope scope, int depth, boolean plain) {
        return switch (choices.below(3)) {
            case 0 ->
                using(
                        Production.CASE,
                        "CASE WHEN " + truth(scope, depth - 1, plain) + " THEN " + of(kind, scope, depth - 1, plain)
                                + " ELSE " + of(kind, scope, depth - 1, plain) + " END");
            case 1 ->
                using(
                        Production.COALESCE,
                        "COALESCE(" + of(kind, scope, depth - 1, plain) + ", " + leaf(kind, scope) + ")");
            default ->
                using(Production.NULLIF, "NULLIF(" + of(kind, scope, depth - 1, plain) + ", " + literal(kind) + ")");
        };
    }

    private String text(Scope scope, int depth, boolean plain) {
        if (depth <= 0) {
            return leaf(Kind.TEXT, scope);
        }
        return switch (choices.below(9)) {
            case 0, 1 -> leaf(Kind.TEXT, scope);
            case 2 -> choice(Kind.TEXT, scope, depth, plain);
            case 3 ->
                using(
                        Production.CONCATENATION,
                        "(" + text(scope, depth - 1, plain) + " || " + text(scope, depth - 1, plain) + ")");
            case 4 ->
                using(
                        Production.CASE_OF_LETTERS,
                        choices.oneOf(List.of("UPPER(", "LOWER(")) + text(scope, depth - 1, plain) + ")");
            case 5 ->
                using(
                        Production.SUBSTRING,
                        "SUBSTRING(" + text(scope, depth - 1, plain) + " FROM " + leaf(Kind.WHOLE, Scope.EMPTY)
                                + " FOR " + choices.oneOf(List.of("1", "3", "5")) + ")");
            case 6 ->
                using(
                        Production.REPLACE,
                        "REPLACE(" + text(scope, depth - 1, plain) + ", 'a', " + literal(Kind.TEXT) + ")");
            case 7 -> using(Production.CAST_TO_TEXT, "CAST(" + whole(scope, depth - 1, plain) + " AS VARCHAR)");
            default -> scalar(Kind.TEXT, scope, depth, plain);
        };
    }

    private String whole(Scope scope, int depth, boolean plain) {
        if (depth <= 0) {
            return leaf(Kind.WHOLE, scope);
        }
        return switch (choices.below(14)) {
            case 0, 1 -> leaf(Kind.WHOLE, scope);
            case 2 -> choice(Kind.WHOLE, scope, depth, plain);
            case 3 -> number(scope);
            case 4 -> using(Production.DIVISION, "(12 / " + leaf(Kind.WHOLE, scope) + ")");
            case 5 ->
                using(
                        Production.REMAINDER,
                        "MOD(" + whole(scope, depth - 1, plain) + ", " + leaf(Kind.WHOLE, scope) + ")");
            case 6 ->
                using(
                        Production.SUM_OF_TWO,
                        "(" + whole(scope, depth - 1, plain) + choices.oneOf(List.of(" + ", " - "))
                                + whole(scope, depth - 1, plain) + ")");
            case 7 -> using(Production.LARGE_PRODUCT, "(" + leaf(Kind.WHOLE, scope) + " * 1000000000)");
            case 8 -> using(Production.NEGATION, "(- " + whole(scope, depth - 1, plain) + ")");
            case 9 -> using(Production.ABSOLUTE, "ABS(" + whole(scope, depth - 1, plain) + ")");
            case 10 -> using(Production.LENGTH, "CHAR_LENGTH(" + text(scope, depth - 1, plain) + ")");
            case 11 -> using(Production.POSITION, "POSITION('a' IN " + text(scope, depth - 1, plain) + ")");
            case 12 ->
                using(
                        Production.PART_OF_DAY,
                        "EXTRACT(" + choices.oneOf(List.of("YEAR", "MONTH", "DAY", "DOW")) + " FROM "
                                + day(scope, depth - 1, plain) + ")");
            default -> scalar(Kind.WHOLE, scope, depth, plain);
        };
    }

    private String number(Scope scope) {
        List<Field> fields = scope.fields().stream()
                .filter(field -> field.number().isPresent())
                .toList();
        return fields.isEmpty()
                ? leaf(Kind.WHOLE, scope)
                : using(
                        Production.CAST_TO_NUMBER,
                        choices.oneOf(fields).number().orElseThrow());
    }

    private String decimal(Scope scope, int depth, boolean plain) {
        if (depth <= 0) {
            return leaf(Kind.DECIMAL, scope);
        }
        return switch (choices.below(4)) {
            case 0, 1 -> leaf(Kind.DECIMAL, scope);
            case 2 -> choice(Kind.DECIMAL, scope, depth, plain);
            default -> using(Production.ROUND, "ROUND(" + decimal(scope, depth - 1, plain) + ", 1)");
        };
    }

    private String day(Scope scope, int depth, boolean plain) {
        if (depth <= 0) {
            return leaf(Kind.DAY, scope);
        }
        return switch (choices.below(6)) {
            case 0, 1 -> leaf(Kind.DAY, scope);
            case 2 -> choice(Kind.DAY, scope, depth, plain);
            case 3 ->
                using(
                        Production.DAYS_LATER,
                        "(" + leaf(Kind.DAY, scope) + choices.oneOf(List.of(" + ", " - "))
                                + choices.oneOf(List.of("INTERVAL '3' DAY", "INTERVAL '1' MONTH")) + ")");
            case 4 -> using(Production.START_OF_MONTH, "FLOOR(" + day(scope, depth - 1, plain) + " TO MONTH)");
            default ->
                using(
                        Production.CAST_TO_DAY,
                        "CAST('2021-01-' || CAST(10 + " + leaf(Kind.WHOLE, scope) + " AS VARCHAR) AS DATE)");
        };
    }

    /** A condition. */
    String truth(Scope scope, int depth, boolean plain) {
        if (depth <= 0) {
            return comparison(scope, 0, plain);
        }
        return switch (choices.below(plain ? 9 : 16)) {
            case 0, 1, 2 -> comparison(scope, depth - 1, plain);
            case 3 -> using(Production.NOT, "NOT (" + truth(scope, depth - 1, plain) + ")");
            case 4 ->
                using(
                        Production.AND,
                        "(" + truth(scope, depth - 1, plain) + " AND " + truth(scope, depth - 1, plain) + ")");
            case 5 ->
                using(
                        Production.OR,
                        "(" + truth(scope, depth - 1, plain) + " OR " + truth(scope, depth - 1, plain) + ")");
            case 6 -> inList(scope, depth, plain);
            case 7 -> isNull(scope, depth, plain);
            case 8 -> between(scope, depth, plain);
            case 9 -> inQuery(Production.IN_QUERY, " IN (", scope);
            case 10 -> inQuery(Production.NOT_IN_QUERY, " NOT IN (", scope);
            case 11 -> using(Production.EXISTS, "EXISTS (" + queries.correlated(scope) + ")");
            case 12 -> using(Production.NOT_EXISTS, "NOT EXISTS (" + queries.correlated(scope) + ")");
            case 13 ->
                inQuery(
                        Production.QUANTIFIED,
                        " " + choices.oneOf(COMPARISONS) + " " + choices.oneOf(List.of("ANY", "ALL")) + " (",
                        scope);
            default -> comparison(scope, depth - 1, false);
        };
    }

    private Kind anyKind() {
        return choices.oneOf(List.of(Kind.TEXT, Kind.WHOLE, Kind.DAY, Kind.DECIMAL));
    }

    private String comparison(Scope scope, int depth, boolean plain) {
        Kind kind = anyKind();
        String left = of(kind, scope, depth, plain);
        return switch (kind == Kind.TEXT ? choices.below(4) : choices.below(3)) {
            case 0, 1 ->
                using(
                        Production.COMPARISON,
                        left + " " + choices.oneOf(COMPARISONS) + " " + of(kind, scope, depth - 1, plain));
            case 2 ->
                using(
                        Production.IS_DISTINCT_FROM,
                        left
                                + choices.oneOf(List.of(" IS NOT DISTINCT FROM ", " IS DISTINCT FROM "))
                                + leaf(kind, scope));
            default ->
                using(
                        Production.LIKE,
                        left + choices.oneOf(List.of(" LIKE '", " NOT LIKE '")) + choices.oneOf(PATTERNS) + "'");
        };
    }

    private String inList(Scope scope, int depth, boolean plain) {
        Kind kind = anyKind();
        return using(
                Production.IN_LIST,
                of(kind, scope, depth - 1, plain)
                        + choices.oneOf(List.of(" IN (", " NOT IN ("))
                        + IntStream.range(0, 1 + choices.below(3))
                                .mapToObj(i -> literal(kind))
                                .collect(Collectors.joining(", ", "", ")")));
    }

    private String isNull(Scope scope, int depth, boolean plain) {
        return using(
                Production.IS_NULL,
                of(anyKind(), scope, depth - 1, plain) + choices.oneOf(List.of(" IS NOT NULL", " IS NULL")));
    }

    private String between(Scope scope, int depth, boolean plain) {
        Kind kind = anyKind();
        return using(
                Production.BETWEEN,
                of(kind, scope, depth - 1, plain) + " BETWEEN " + leaf(kind, scope) + " AND " + leaf(kind, scope));
    }

    private String inQuery(Production production, String words, Scope scope) {
        Kind kind = anyKind();
        return using(production, of(kind, scope, 1, true) + words + queries.column(kind, scope) + ")");
    }

    private String scalar(Kind kind, Scope scope, int depth, boolean plain) {
        return plain || depth < 2
                ? leaf(kind, scope)
                : using(Production.SCALAR_QUERY, "(" + queries.oneValue(kind, scope) + ")");
    }
}
