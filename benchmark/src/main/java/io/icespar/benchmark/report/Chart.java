package io.icespar.benchmark.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * A chart, as its figures.
 *
 * @param title what it shows
 * @param axis what its figures are, with their unit
 * @param targets the figures where a line is drawn
 * @param points what the figures are of: names, or numbers for {@link Form#LINES}
 * @param series at least one
 */
public record Chart(
        Form form, String title, String axis, List<Double> targets, List<String> points, List<Series> series) {

    /** How it looks. */
    public enum Form {
        /** A bar for each figure. */
        BARS,
        /** A line for each series. */
        LINES
    }

    /**
     * Figures of one sort.
     *
     * @param figures one for each point
     */
    public record Series(String name, List<Double> figures) {
        /** Copies. */
        public Series {
            figures = List.copyOf(figures);
        }
    }

    /** Checks and copies. */
    public Chart {
        targets = List.copyOf(targets);
        points = List.copyOf(points);
        series = List.copyOf(series);
        int count = points.size();
        if (count == 0 || series.isEmpty() || series.stream().anyMatch(each -> each.figures.size() != count)) {
            throw new IllegalArgumentException(title + ": " + points + ", " + series);
        }
    }

    /** Bars. */
    public static Chart bars(String title, String axis, List<String> points, List<Series> series) {
        return new Chart(Form.BARS, title, axis, List.of(), points, series);
    }

    /** Lines over numbers. */
    public static Chart lines(String title, String axis, List<Integer> points, List<Series> series) {
        return new Chart(
                Form.LINES,
                title,
                axis,
                List.of(),
                points.stream().map(String::valueOf).toList(),
                series);
    }

    /** The same with a line more. */
    public Chart withTarget(double figure) {
        return new Chart(
                form,
                title,
                axis,
                Stream.concat(targets.stream(), Stream.of(figure)).toList(),
                points,
                series);
    }
}
