package io.icespar.benchmark.report;

/**
 * What was measured on, and with how much data.
 *
 * @param scale the scale factor of the data
 * @param processors how many the machine has
 * @param java the version of Java
 */
public record Conditions(double scale, int processors, String java) {
    /** Those of now. */
    public static Conditions here(double scale) {
        return new Conditions(
                scale,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().toString());
    }
}
