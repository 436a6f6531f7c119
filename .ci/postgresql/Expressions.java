/** Expressions over a row of {@code things}, which is found under the name that is given; none fails on any row. */
final class Expressions {
    private static final int MAX_DEPTH = 2;

    private final Chance chance;

    Expressions(Chance chance) {
        this.chance = chance;
    }

    String comparison() {
        return chance.oneOf("=", "<>", "<", "<=", ">", ">=");
    }

    String not() {
        return chance.oneOf("", "NOT ");
    }

    String number(String row, int depth) {
        if (depth < MAX_DEPTH && chance.happens(2)) {
            return value(row, depth + 1);
        }
        return switch (chance.between(depth < MAX_DEPTH ? 0 : 9, 15)) {
            case 0 -> "(" + number(row, depth + 1) + " + " + number(row, depth + 1) + ")";
            case 1 -> "(" + number(row, depth + 1) + " - " + number(row, depth + 1) + ")";
            case 2 -> "(" + number(row, depth + 1) + " * " + number(row, depth + 1) + ")";
            case 3 -> "ABS(" + number(row, depth + 1) + ")";
            case 4 -> "COALESCE(" + number(row, depth + 1) + ", 0)";
            case 5 -> "CASE WHEN " + condition(row, depth + 1) + " THEN " + number(row, depth + 1) + " END";
            case 6 ->
                "CASE WHEN " + condition(row, depth + 1) + " THEN " + number(row, depth + 1) + " ELSE "
                        + number(row, depth + 1) + " END";
            case 7 -> "CHAR_LENGTH(" + text(row, depth + 1) + ")";
            case 8 -> "-" + row + ".whole";
            case 9 -> "NULLIF(" + row + ".whole, 0)";
            case 10 -> String.valueOf(chance.between(-3, 12));
            case 11 -> row + ".id";
            case 12 -> row + ".price";
            case 13 -> row + ".ratio";
            default -> row + ".whole";
        };
    }

    String text(String row, int depth) {
        return switch (chance.between(depth < MAX_DEPTH ? 0 : 6, 10)) {
            case 0 -> "UPPER(" + text(row, depth + 1) + ")";
            case 1 -> "(" + text(row, depth + 1) + " || " + text(row, depth + 1) + ")";
            case 2 -> "SUBSTRING(" + text(row, depth + 1) + " FROM " + chance.between(1, 3) + ")";
            case 3 -> "TRIM(" + text(row, depth + 1) + ")";
            case 4 -> "REPLACE(" + text(row, depth + 1) + ", 'a', 'zz')";
            case 5 -> "NULLIF(" + text(row, depth + 1) + ", " + text(row, depth + 1) + ")";
            case 6 -> "COALESCE(" + row + ".kind, '?')";
            case 7 -> chance.oneOf("'x'", "'ab'");
            case 8 -> row + ".name";
            default -> row + ".kind";
        };
    }

    String condition(String row, int depth) {
        return switch (chance.between(0, depth < MAX_DEPTH ? 17 : 8)) {
            case 0 -> number(row, depth + 1) + " " + comparison() + " " + number(row, depth + 1);
            case 1 -> text(row, depth + 1) + " " + comparison() + " " + text(row, depth + 1);
            case 2 -> chance.oneOf(number(row, depth + 1), text(row, depth + 1)) + " IS " + not() + "NULL";
            case 3 -> row + ".id " + not() + "BETWEEN " + number(row, MAX_DEPTH) + " AND " + number(row, MAX_DEPTH);
            case 4 -> row + ".kind " + not() + "IN ('x', 'y'" + chance.oneOf("", ", NULL") + ")";
            case 5 -> row + ".whole " + not() + "IN (0, 1, " + number(row, MAX_DEPTH) + ")";
            case 6 -> text(row, depth + 1) + " " + not() + "LIKE '%" + chance.oneOf("a", "b", "x") + "%'";
            case 7 -> number(row, depth + 1) + " IS " + not() + "DISTINCT FROM " + number(row, depth + 1);
            case 8 -> "(" + row + ".kind, " + row + ".whole) " + chance.oneOf("=", "<>") + " ('x', 0)";
            case 9 -> "(" + condition(row, depth + 1) + " AND " + condition(row, depth + 1) + ")";
            case 10 -> "(" + condition(row, depth + 1) + " OR " + condition(row, depth + 1) + ")";
            case 11 -> "NOT (" + condition(row, depth + 1) + ")";
            case 12 ->
                "(" + condition(row, depth + 1) + ") IS " + not() + chance.oneOf("TRUE", "FALSE", "UNKNOWN");
            case 13 -> row + ".kind " + not() + "IN (SELECT kind FROM kinds)";
            default -> ofOthers(row);
        };
    }

    /** Asks for other rows. */
    private String ofOthers(String row) {
        String other = chance.newName("s");
        String others = " FROM things " + other + around(other, row);
        return switch (chance.between(0, 3)) {
            case 0 -> not() + "EXISTS (SELECT 1" + others + ")";
            case 1 -> row + ".whole " + not() + "IN (SELECT " + other + ".whole" + others + ")";
            case 2 ->
                row + ".id " + comparison() + " " + chance.oneOf("ANY", "ALL") + " (SELECT " + other + ".whole" + others
                        + ")";
            default ->
                "(" + row + ".kind, " + row + ".whole) " + not() + "IN (SELECT " + other + ".kind, " + other + ".whole"
                        + others + ")";
        };
    }

    private String around(String other, String row) {
        return switch (chance.between(0, 4)) {
            case 0 -> " WHERE " + other + ".kind = " + row + ".kind";
            case 1 -> " WHERE " + other + ".id < " + row + ".id";
            case 2 -> " WHERE " + other + ".whole >= " + row + ".whole AND " + condition(other, MAX_DEPTH);
            case 3 -> " WHERE " + condition(other, MAX_DEPTH);
            default -> "";
        };
    }

    private String value(String row, int depth) {
        String other = chance.newName("s");
        String others = " FROM things " + other;
        return switch (chance.between(0, 3)) {
            case 0 ->
                "(SELECT " + chance.oneOf("MAX", "MIN", "SUM", "COUNT") + "(" + other
                        + chance.oneOf(".id", ".whole", ".price") + ")" + others + around(other, row) + ")";
            case 1 -> "(SELECT COUNT(*)" + others + around(other, row) + ")";
            case 2 ->
                "(SELECT " + other + ".whole" + others + around(other, row) + " ORDER BY " + other + ".id LIMIT 1)";
            default ->
                "(SELECT " + other + ".whole + " + row + ".id" + others + " WHERE " + other + ".id = " + row + ".id)";
        };
    }
}
