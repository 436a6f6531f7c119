package io.icespar.engine.functions;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.run.RowStream;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The engine's answer to a query beside the reference's. */
final class Comparison {
    private static final double RELATIVE = 1e-9;

    private final Engine engine;
    private final Reference reference;

    Comparison(Engine engine, Reference reference) {
        this.engine = engine;
        this.reference = reference;
    }

    /** Rows, or why there are none. */
    record Outcome(List<List<@Nullable Object>> rows, Optional<String> failure, boolean unsupported) {}

    Outcome ofEngine(String sql) {
        Session session = engine.session(Name.of("reader"));
        try (RowStream rows = ((Answer.Rows) session.execute(session.prepare(sql), List.of(), 0)).stream()) {
            List<List<@Nullable Object>> result = new ArrayList<>();
            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                result.add(Arrays.asList(row));
            }
            return new Outcome(result, Optional.empty(), false);
        } catch (IcesparException e) {
            if (e.code() == ErrorCode.INTERNAL) {
                throw new AssertionError(sql, e);
            }
            return new Outcome(
                    List.of(),
                    Optional.of(e.code() + " " + e.getMessage()),
                    e.code() == ErrorCode.FEATURE_NOT_SUPPORTED);
        }
    }

    Outcome ofReference(String sql) {
        try {
            return new Outcome(reference.rows(sql), Optional.empty(), false);
        } catch (Exception | Error e) {
            return new Outcome(List.of(), Optional.of(String.valueOf(root(e))), isOfCalcite(e));
        }
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    // Calcite does not validate it, or has no Java for it.
    private static boolean isOfCalcite(Throwable e) {
        String text = String.valueOf(root(e));
        return !(root(e) instanceof ArithmeticException || root(e) instanceof NumberFormatException)
                || text.contains("Unable to implement");
    }

    /** Whether two rows are the same, in the order of their query. */
    static boolean same(List<List<@Nullable Object>> left, List<List<@Nullable Object>> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            for (int j = 0; j < left.get(i).size(); j++) {
                if (!same(left.get(i).get(j), right.get(i).get(j))) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return same(a, b);
        }
        // What a CHAR is filled up with.
        if (left instanceof String a && right instanceof String b) {
            return a.stripTrailing().equals(b.stripTrailing());
        }
        return left == null ? right == null : left.equals(right);
    }

    private static boolean same(Number left, Number right) {
        boolean binary =
                left instanceof Double || right instanceof Double || left instanceof Float || right instanceof Float;
        if (!binary) {
            return new BigDecimal(left.toString()).compareTo(new BigDecimal(right.toString())) == 0;
        }
        double a = left.doubleValue();
        double b = right.doubleValue();
        return Double.compare(a, b) == 0 || a == b || Math.abs(a - b) <= RELATIVE * Math.max(Math.abs(a), Math.abs(b));
    }
}
