import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A query.
 *
 * @param isOrdered whether its rows come in one order only
 * @param parameters the values of its question marks
 */
record Query(String sql, boolean isOrdered, List<Object> parameters) {
    /** A constant that may become a parameter; nothing else in a query has these signs. */
    private static final Pattern CONSTANT = Pattern.compile("«(#?)([^»]*)»");

    /** A query that {@link #constant constants} may stand in, before it is known what becomes of them. */
    Query(String sql, boolean isOrdered) {
        this(sql, isOrdered, List.of());
    }

    /** A constant as SQL writes it: a whole number, a number with a point, {@code 'a text'} or {@code DATE '…'}. */
    static String constant(String literal) {
        return "«" + literal + "»";
    }

    /** A whole number where SQL takes a number or a parameter, and nothing around it. */
    static String number(int number) {
        return constant("#" + number);
    }

    /** The query with its constants as they are. */
    Query withConstants() {
        return new Query(CONSTANT.matcher(sql).replaceAll("$2"), isOrdered);
    }

    /** The query with parameters in the place of its constants. */
    Query withParameters() {
        var values = new ArrayList<Object>();
        var text = CONSTANT.matcher(sql).replaceAll(constant -> parameter(constant, values));
        return new Query(text, isOrdered, List.copyOf(values));
    }

    /** PostgreSQL asks for the type of a parameter where others could be meant. */
    private static String parameter(MatchResult constant, List<Object> values) {
        var literal = constant.group(2);
        if (!constant.group(1).isEmpty()) {
            values.add(Integer.valueOf(literal));
            return "?";
        }
        if (literal.startsWith("'")) {
            values.add(literal.substring(1, literal.length() - 1));
            return "CAST(? AS VARCHAR)";
        }
        if (literal.startsWith("DATE")) {
            values.add(Date.valueOf(literal.substring(6, literal.length() - 1)));
            return "CAST(? AS DATE)";
        }
        if (literal.contains(".")) {
            values.add(new BigDecimal(literal));
            return "CAST(? AS DECIMAL(10, 2))";
        }
        values.add(Integer.valueOf(literal));
        return "CAST(? AS INTEGER)";
    }
}
