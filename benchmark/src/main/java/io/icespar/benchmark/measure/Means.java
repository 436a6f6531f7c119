package io.icespar.benchmark.measure;

import java.util.Collection;

/** Means of several figures. */
public final class Means {
    private Means() {}

    /**
     * The mean for ratios: twice as long and half as long make no difference.
     *
     * @param ratios at least one, all above zero
     */
    public static double geometric(Collection<Double> ratios) {
        if (ratios.isEmpty() || ratios.stream().anyMatch(ratio -> !(ratio > 0))) {
            throw new IllegalArgumentException("no ratios: " + ratios);
        }
        return Math.exp(ratios.stream().mapToDouble(Math::log).average().orElse(0));
    }

    /** The figure in the middle; at least one. */
    public static double median(Collection<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
