import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Expressions over a row of {@code things}, which is found under the name that is given; inside of sub-queries sometimes over
 * one further out. None fails on any row, and each means the same to PostgreSQL.
 */
final class Expressions {
    private static final int MAX_DEPTH = 2;

    private final Chance chance;

    /** The rows around, the nearest first. */
    private final Deque<String> around = new ArrayDeque<>();

    Expressions(Chance chance) {
        this.chance = chance;
    }

    private String comparison() {
        return chance.oneOf("=", "<>", "<", "<=", ">", ">=");
    }

    private String not() {
        return chance.oneOf("", "NOT ");
    }

    /** That row, or seldom one around it. */
    private String one(String row) {
        return around.isEmpty() || !chance.happens(2) ? row : chance.oneOf(List.copyOf(around));
    }

    String number(String row, int depth) {
        if (depth < MAX_DEPTH && chance.happens(2)) {
            return value(row, depth + 1);
        }
        return switch (chance.between(depth < MAX_DEPTH ? -7 : 17, 23)) {
            case -1 -> "EXTRACT(" + chance.oneOf("HOUR", "MINUTE", "YEAR") + " FROM " + moment(row, depth + 1) + ")";
            case -7 -> chance.oneOf("POWER(2, ", "DEGREES(", "CBRT(", "RADIANS(") + one(row) + ".whole)";
            case -6 -> chance.oneOf("GREATEST(", "LEAST(") + row + ".id, " + number(row, MAX_DEPTH) + ")";
            case -5 -> "STRPOS(" + text(row, depth + 1) + ", 'b')";
            case -4 -> "CAST(" + one(row) + chance.oneOf(".whole", ".id", ".price") + " AS "
                    + chance.oneOf("DECIMAL(12, 1)", "BIGINT", "DOUBLE PRECISION") + ")";
            case -3 -> "ASCII(" + text(row, depth + 1) + ")";
            case -2 -> "LN(ABS(" + one(row) + ".id) + 1)";
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
            case 8 -> "-" + one(row) + ".whole";
            case 9 -> "POSITION(" + chance.oneOf("'a'", "'b'", "''") + " IN " + text(row, depth + 1) + ")";
            case 10 -> "EXTRACT(" + chance.oneOf("YEAR", "MONTH", "DAY", "QUARTER", "DOY") + " FROM " + date(row, depth + 1) + ")";
            case 11 -> "MOD(" + one(row) + ".whole, " + chance.oneOf("3", "-2", "5") + ")";
            case 12 -> one(row) + ".whole / " + chance.oneOf("2", "-3", "NULLIF(" + row + ".id - 4, 0)");
            case 13 -> chance.oneOf("FLOOR(", "CEIL(", "SIGN(") + one(row) + chance.oneOf(".price)", ".ratio)");
            case 14 -> "ROUND(" + one(row) + ".price, " + chance.oneOf("1", "0", "-1") + ")";
            case 15 -> "SQRT(ABS(" + one(row) + ".ratio))";
            case 16 ->
                "CASE " + one(row) + ".kind WHEN 'x' THEN " + number(row, depth + 1) + " WHEN " + text(row, depth + 1)
                        + " THEN 2 ELSE " + number(row, depth + 1) + " END";
            case 17 -> "NULLIF(" + one(row) + ".whole, 0)";
            case 18 -> Query.constant(chance.oneOf(String.valueOf(chance.between(-3, 12)), "2.50"));
            case 19 -> one(row) + ".id";
            case 20 -> one(row) + ".price";
            case 21 -> one(row) + ".ratio";
            default -> one(row) + ".whole";
        };
    }

    String text(String row, int depth) {
        return switch (chance.between(depth < MAX_DEPTH ? -7 : 14, 18)) {
            case -7 -> "SPLIT_PART(" + text(row, depth + 1) + ", 'b', " + chance.between(1, 2) + ")";
            case -6 -> "CONCAT(" + text(row, depth + 1) + ", " + one(row) + ".kind)";
            case -5 -> "TRANSLATE(" + text(row, depth + 1) + ", 'abx', 'yz')";
            case -4 -> chance.oneOf("REVERSE(", "INITCAP(", "LTRIM(", "RTRIM(", "MD5(") + text(row, depth + 1) + ")";
            case -3 -> "REPEAT(" + text(row, depth + 1) + ", " + chance.between(0, 2) + ")";
            case -2 -> "CAST(" + date(row, depth + 1) + " AS VARCHAR)";
            case -1 -> "REGEXP_REPLACE(" + text(row, depth + 1) + ", '" + chance.oneOf("[ab]+", "x", "^a") + "', 'q')";
            case 0 -> "UPPER(" + text(row, depth + 1) + ")";
            case 1 -> "(" + text(row, depth + 1) + " || " + text(row, depth + 1) + ")";
            case 2 -> "SUBSTRING(" + text(row, depth + 1) + " FROM " + chance.between(1, 3) + ")";
            case 3 -> "TRIM(" + text(row, depth + 1) + ")";
            case 4 -> "REPLACE(" + text(row, depth + 1) + ", 'a', 'zz')";
            case 5 -> "NULLIF(" + text(row, depth + 1) + ", " + text(row, depth + 1) + ")";
            case 6 -> "LOWER(" + text(row, depth + 1) + ")";
            case 7 ->
                "SUBSTRING(" + text(row, depth + 1) + " FROM " + chance.between(-1, 3) + " FOR " + chance.between(2, 4) + ")";
            case 8 -> "TRIM(" + chance.oneOf("LEADING", "TRAILING", "BOTH") + " 'a' FROM " + text(row, depth + 1) + ")";
            case 9 -> "OVERLAY(" + text(row, depth + 1) + " PLACING 'zz' FROM 2 FOR " + chance.between(0, 2) + ")";
            case 10 -> chance.oneOf("LPAD(", "RPAD(") + text(row, depth + 1) + ", " + chance.between(0, 6) + ", '*')";
            case 11 -> "CAST(" + one(row) + chance.oneOf(".id", ".whole", ".price") + " AS VARCHAR)";
            case 12 -> chance.oneOf("LEFT(", "RIGHT(") + text(row, depth + 1) + ", " + chance.between(0, 3) + ")";
            case 13 -> "CASE WHEN " + condition(row, depth + 1) + " THEN " + text(row, depth + 1) + " END";
            case 14 -> "COALESCE(" + one(row) + ".kind, '?')";
            case 15 -> Query.constant(chance.oneOf("'x'", "'ab'"));
            case 16 -> one(row) + ".name";
            default -> one(row) + ".kind";
        };
    }

    private String date(String row, int depth) {
        return switch (chance.between(depth < MAX_DEPTH ? 0 : 4, 7)) {
            case 0 -> "CAST(" + date(row, depth + 1) + " + INTERVAL '" + chance.between(1, 30) + "' "
                    + chance.oneOf("DAY", "MONTH", "YEAR") + " AS DATE)";
            case 1 -> "CAST(DATE_TRUNC('" + chance.oneOf("month", "year", "quarter") + "', " + date(row, depth + 1) + ") AS DATE)";
            case 2 -> "COALESCE(" + date(row, depth + 1) + ", DATE '2000-02-29')";
            case 3 -> "CASE WHEN " + condition(row, depth + 1) + " THEN " + date(row, depth + 1) + " END";
            case 4 -> Query.constant("DATE '" + chance.oneOf("2021-01-31", "1970-01-01") + "'");
            case 5 -> "CAST(" + moment(row, depth + 1) + " AS DATE)";
            default -> one(row) + ".born";
        };
    }

    private String moment(String row, int depth) {
        return switch (chance.between(depth < MAX_DEPTH ? 0 : 4, 8)) {
            case 0 -> "(" + moment(row, depth + 1) + chance.oneOf(" + ", " - ") + "INTERVAL '" + chance.between(1, 30) + "' "
                    + chance.oneOf("SECOND", "HOUR", "DAY", "MONTH") + ")";
            case 1 -> "DATE_TRUNC('" + chance.oneOf("hour", "day", "month", "minute") + "', " + moment(row, depth + 1) + ")";
            case 2 -> "COALESCE(" + moment(row, depth + 1) + ", TIMESTAMP '2000-02-29 01:02:03.25')";
            case 3 -> "CASE WHEN " + condition(row, depth + 1) + " THEN " + moment(row, depth + 1) + " END";
            case 4 -> "CAST(" + row + ".born AS TIMESTAMP)";
            default -> one(row) + ".happened";
        };
    }

    /** A condition on rows, or none. */
    String where(String row) {
        return chance.happens(5) ? " WHERE " + condition(row, 1) : "";
    }

    String condition(String row, int depth) {
        return switch (chance.between(-3, depth < MAX_DEPTH ? 22 : 13)) {
            case -3 -> one(row) + ".flag" + chance.oneOf("", " IS NOT TRUE", " IS UNKNOWN", " IS FALSE");
            case -2 -> moment(row, depth + 1) + " " + comparison() + " " + moment(row, depth + 1);
            case -1 ->
                moment(row, depth + 1) + " " + not() + "BETWEEN " + row + ".happened AND " + moment(row, MAX_DEPTH);
            case 0 -> number(row, depth + 1) + " " + comparison() + " " + number(row, depth + 1);
            case 1 -> text(row, depth + 1) + " " + comparison() + " " + text(row, depth + 1);
            case 2 ->
                chance.oneOf(number(row, depth + 1), text(row, depth + 1), date(row, depth + 1)) + " IS " + not() + "NULL";
            case 3 ->
                one(row) + ".id " + not() + "BETWEEN " + chance.oneOf("", "", "SYMMETRIC ") + number(row, MAX_DEPTH) + " AND "
                        + number(row, MAX_DEPTH);
            case 4 -> one(row) + ".kind " + not() + "IN (" + Query.constant("'x'") + ", 'y'" + chance.oneOf("", ", NULL") + ")";
            case 5 -> one(row) + ".whole " + not() + "IN (0, 1, " + number(row, MAX_DEPTH) + ")";
            case 6 -> text(row, depth + 1) + " " + not() + "LIKE '%" + chance.oneOf("a", "b", "x") + "%'";
            case 7 -> number(row, depth + 1) + " IS " + not() + "DISTINCT FROM " + number(row, depth + 1);
            case 8 -> "(" + row + ".kind, " + row + ".whole) " + chance.oneOf("=", "<>") + " ('x', 0)";
            case 9 -> date(row, depth + 1) + " " + comparison() + " " + date(row, depth + 1);
            case 10 -> text(row, depth + 1) + " " + not() + "LIKE '" + chance.oneOf("a!_%", "_b%", "!%%", "") + "' ESCAPE '!'";
            case 11 -> text(row, depth + 1) + " " + not() + "SIMILAR TO '" + chance.oneOf("(a|x)%", "[a-c]+", "_|__", "%b") + "'";
            case 12 ->
                "(" + row + ".id, " + row + ".id) " + chance.oneOf("<", "<=", ">", ">=") + " (" + number(row, MAX_DEPTH) + ", "
                        + number(row, MAX_DEPTH) + ")";
            case 13 -> text(row, depth + 1) + " IS " + not() + "DISTINCT FROM " + text(row, depth + 1);
            case 14 -> "(" + condition(row, depth + 1) + " AND " + condition(row, depth + 1) + ")";
            case 15 -> "(" + condition(row, depth + 1) + " OR " + condition(row, depth + 1) + ")";
            case 16 -> "NOT (" + condition(row, depth + 1) + ")";
            case 17 ->
                "(" + condition(row, depth + 1) + ") IS " + not() + chance.oneOf("TRUE", "FALSE", "UNKNOWN");
            case 18 -> one(row) + ".kind " + not() + "IN (SELECT kind FROM kinds)";
            default -> ofOthers(row);
        };
    }

    /** Asks for other rows. */
    private String ofOthers(String row) {
        String other = chance.newName("s");
        String others = " FROM things " + other + where(other, row);
        return switch (chance.between(0, 4)) {
            case 0 -> not() + "EXISTS (SELECT 1" + others + ")";
            case 1 -> one(row) + ".whole " + not() + "IN (SELECT " + other + ".whole" + others + ")";
            case 2 ->
                one(row) + ".id " + comparison() + " " + chance.oneOf("ANY", "ALL") + " (SELECT " + other + ".whole" + others
                        + ")";
            case 3 -> text(row, MAX_DEPTH) + " " + not() + "IN (SELECT " + inside(row, () -> text(other, MAX_DEPTH)) + others + ")";
            default ->
                "(" + row + ".kind, " + row + ".whole) " + not() + "IN (SELECT " + other + ".kind, " + other + ".whole"
                        + others + ")";
        };
    }

    private String inside(String row, Supplier<String> expression) {
        around.push(row);
        try {
            return expression.get();
        } finally {
            around.pop();
        }
    }

    private String where(String other, String row) {
        return inside(row, () -> switch (chance.between(0, 4)) {
            case 0 -> " WHERE " + other + ".kind = " + row + ".kind";
            case 1 -> " WHERE " + other + ".id < " + row + ".id";
            case 2 -> " WHERE " + other + ".whole >= " + row + ".whole AND " + condition(other, MAX_DEPTH);
            case 3 -> " WHERE " + condition(other, MAX_DEPTH - 1);
            default -> "";
        });
    }

    private String value(String row, int depth) {
        String other = chance.newName("s");
        String others = " FROM things " + other;
        return switch (chance.between(0, 4)) {
            case 0 ->
                "(SELECT " + chance.oneOf("MAX", "MIN", "SUM", "COUNT") + "(" + other
                        + chance.oneOf(".id", ".whole", ".price") + ")" + others + where(other, row) + ")";
            case 1 -> "(SELECT COUNT(*)" + others + where(other, row) + ")";
            case 2 ->
                "(SELECT " + other + ".whole" + others + where(other, row) + " ORDER BY " + other + ".id LIMIT 1)";
            case 3 ->
                "(SELECT " + inside(row, () -> number(other, depth)) + others + " WHERE " + other + ".id = " + row + ".id)";
            default ->
                "(SELECT " + other + ".whole + " + row + ".id" + others + " WHERE " + other + ".id = " + row + ".id)";
        };
    }
}
