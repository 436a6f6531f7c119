package io.icespar.benchmark.report;

import java.util.Locale;

/**
 * When a target is met: what one figure must be.
 *
 * @param figure its name, with its unit if it has one
 */
public record Criterion(String figure, Bound bound, double limit) {
    private static final int PERCENT = 100;

    /** Which side of the limit is the good one. */
    public enum Bound {
        /** The limit or less. */
        AT_MOST("≤"),
        /** The limit or more. */
        AT_LEAST("≥");

        private final String sign;

        Bound(String sign) {
            this.sign = sign;
        }
    }

    /** A figure that is the better the smaller it is. */
    static Criterion atMost(String figure, double limit) {
        return new Criterion(figure, Bound.AT_MOST, limit);
    }

    /** A figure that is the better the greater it is. */
    static Criterion atLeast(String figure, double limit) {
        return new Criterion(figure, Bound.AT_LEAST, limit);
    }

    /** Whether a figure meets it. */
    public boolean isMet(double measured) {
        return switch (bound) {
            case AT_MOST -> measured <= limit;
            case AT_LEAST -> measured >= limit;
        };
    }

    /** How far a figure falls short of it, in percent of the limit; 0 if it does not. */
    public double shortPercent(double measured) {
        return isMet(measured) ? 0 : Math.abs(measured - limit) / limit * PERCENT;
    }

    /** As {@code geometric mean ≤ 1.00}. */
    public String text() {
        return figure + " " + bound.sign + " " + number(limit);
    }

    /** A figure with as many digits as say something. */
    static String number(double figure) {
        double size = Math.abs(figure);
        if (size >= 10 && size == Math.rint(size)) {
            return String.format(Locale.ROOT, "%,.0f", figure);
        }
        String format =
                size >= 1_000 ? "%,.0f" : size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4f";
        return String.format(Locale.ROOT, format, figure);
    }
}
