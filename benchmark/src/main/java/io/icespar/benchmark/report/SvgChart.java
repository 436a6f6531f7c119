package io.icespar.benchmark.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * A chart as an SVG picture that can be read on white and on black: it asks the browser which of them it is on. Scales are
 * logarithmic where the greatest figure is many times the smallest.
 */
final class SvgChart {
    private static final int WIDTH = 860;
    private static final int LEFT = 190;
    private static final int RIGHT = 90;
    private static final int TOP = 74;
    private static final int BOTTOM = 44;
    private static final int BAR = 12;
    private static final int GAP = 8;
    private static final int PLOT_HEIGHT = 300;
    private static final int LEGEND_STEP = 170;
    private static final double WIDE = 20;
    private static final int TICKS = 5;
    private static final String[] LIGHT = {"#0b66c3", "#d9730d", "#2e8540", "#8e44ad", "#b3261e", "#5f6b7a"};
    private static final String[] DARK = {"#6cb2ff", "#ffab5e", "#6fd08c", "#d3a4ec", "#ff8a80", "#b8c2cc"};

    private final Chart chart;
    private final StringBuilder svg = new StringBuilder();

    private SvgChart(Chart chart) {
        this.chart = chart;
    }

    /** The text of the picture. */
    static String of(Chart chart) {
        return new SvgChart(chart).draw();
    }

    private String draw() {
        int height = chart.form() == Chart.Form.BARS ? barsHeight() : TOP + PLOT_HEIGHT + BOTTOM;
        begin(height);
        switch (chart.form()) {
            case BARS -> bars(height);
            case LINES -> lines();
        }
        return svg.append("</svg>\n").toString();
    }

    private int barsHeight() {
        return TOP + chart.points().size() * groupHeight() + BOTTOM;
    }

    private int groupHeight() {
        return chart.series().size() * BAR + GAP;
    }

    private void begin(int height) {
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">\n",
                WIDTH,
                height,
                WIDTH,
                height));
        svg.append("<title>" + text(chart.title()) + "</title>\n<style>\n");
        svg.append("text { font: 12px sans-serif; fill: #1f2328; } .grid { stroke: #d0d7de; }"
                + " .target { stroke: #b3261e; stroke-width: 2; stroke-dasharray: 6 4; }"
                + " .line { fill: none; stroke-width: 2; }\n");
        svg.append(colours(LIGHT));
        svg.append("@media (prefers-color-scheme: dark) {\ntext { fill: #e6edf3; } .grid { stroke: #3d444d; }"
                + " .target { stroke: #ff8a80; }\n");
        svg.append(colours(DARK)).append("}\n</style>\n");
        label(LEFT, 20, "start", chart.title(), " style=\"font-weight: bold\"");
        label(LEFT, 38, "start", chart.axis(), "");
        for (int i = 0; i < chart.series().size(); i++) {
            int x = LEFT + i * LEGEND_STEP;
            svg.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"f%d\" x=\"%d\" y=\"48\" width=\"10\" height=\"10\"/>\n",
                    i % LIGHT.length,
                    x));
            label(x + 14, 58, "start", chart.series().get(i).name(), "");
        }
    }

    private static String colours(String[] palette) {
        StringBuilder styles = new StringBuilder();
        for (int i = 0; i < palette.length; i++) {
            styles.append(".f" + i + " { fill: " + palette[i] + "; } .s" + i + " { stroke: " + palette[i] + "; }\n");
        }
        return styles.toString();
    }

    private void bars(int height) {
        Scale scale = Scale.of(figures(), true, LEFT, WIDTH - RIGHT);
        int floor = height - BOTTOM;
        for (double tick : scale.ticks()) {
            double x = scale.at(tick);
            grid(x, TOP, x, floor);
            label(x, floor + 18, "middle", Criterion.number(tick), "");
        }
        for (int point = 0; point < chart.points().size(); point++) {
            int y = TOP + point * groupHeight() + GAP / 2;
            label(
                    LEFT - 8,
                    y + (groupHeight() - GAP) / 2 + 4,
                    "end",
                    chart.points().get(point),
                    "");
            for (int i = 0; i < chart.series().size(); i++) {
                double figure = chart.series().get(i).figures().get(point);
                double end = Math.max(scale.at(figure), LEFT + 1);
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect class=\"f%d\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                        i % LIGHT.length,
                        LEFT,
                        y + i * BAR,
                        end - LEFT,
                        BAR - 1));
                label(end + 4, y + i * BAR + BAR - 2, "start", Criterion.number(figure), " style=\"font-size: 10px\"");
            }
        }
        chart.targets().forEach(target -> target(scale.at(target), TOP, scale.at(target), floor));
    }

    private void lines() {
        List<Double> numbers = chart.points().stream().map(Double::valueOf).toList();
        Scale across = Scale.of(numbers, false, LEFT, WIDTH - RIGHT);
        Scale up = Scale.of(figures(), true, TOP + PLOT_HEIGHT, TOP);
        for (double tick : up.ticks()) {
            grid(LEFT, up.at(tick), WIDTH - RIGHT, up.at(tick));
            label(LEFT - 8, up.at(tick) + 4, "end", Criterion.number(tick), "");
        }
        for (double number : numbers) {
            label(across.at(number), TOP + PLOT_HEIGHT + 18, "middle", String.format(Locale.ROOT, "%,.0f", number), "");
        }
        for (int i = 0; i < chart.series().size(); i++) {
            StringBuilder path = new StringBuilder();
            for (int point = 0; point < numbers.size(); point++) {
                double x = across.at(numbers.get(point));
                double y = up.at(chart.series().get(i).figures().get(point));
                path.append(String.format(Locale.ROOT, "%s%.1f,%.1f", point == 0 ? "" : " ", x, y));
                svg.append(String.format(
                        Locale.ROOT,
                        "<circle class=\"f%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"3\"/>\n",
                        i % LIGHT.length,
                        x,
                        y));
            }
            svg.append("<polyline class=\"line s" + i % LIGHT.length + "\" points=\"" + path + "\"/>\n");
        }
        chart.targets().forEach(target -> target(LEFT, up.at(target), WIDTH - RIGHT, up.at(target)));
    }

    /** All figures, and the target. */
    private List<Double> figures() {
        return Stream.concat(
                        chart.series().stream().flatMap(series -> series.figures().stream()), chart.targets().stream())
                .toList();
    }

    private void grid(double x1, double y1, double x2, double y2) {
        stroke("grid", x1, y1, x2, y2);
    }

    private void target(double x1, double y1, double x2, double y2) {
        stroke("target", x1, y1, x2, y2);
    }

    private void stroke(String style, double x1, double y1, double x2, double y2) {
        svg.append(String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                style,
                x1,
                y1,
                x2,
                y2));
    }

    private void label(double x, double y, String anchor, String words, String attributes) {
        svg.append(String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s>%s</text>\n",
                x,
                y,
                anchor,
                attributes,
                text(words)));
    }

    private static String text(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * Where figures are drawn.
     *
     * @param low the figure at {@code from}
     * @param high the figure at {@code to}
     */
    private record Scale(boolean logarithmic, double low, double high, double from, double to) {
        static Scale of(List<Double> figures, boolean fromZero, double from, double to) {
            double least = figures.stream()
                    .filter(figure -> figure > 0)
                    .min(Double::compare)
                    .orElse(1.0);
            double most = Math.max(figures.stream().max(Double::compare).orElse(1.0), least);
            if (most / least >= WIDE) {
                return new Scale(
                        true,
                        fromZero ? Math.pow(10, Math.floor(Math.log10(least))) : least,
                        fromZero ? Math.pow(10, Math.ceil(Math.log10(most))) : most,
                        from,
                        to);
            }
            double low = fromZero ? 0 : least;
            return new Scale(false, low, most > low ? most : low + 1, from, to);
        }

        double at(double figure) {
            double share = logarithmic
                    ? Math.log(Math.max(figure, low) / low) / Math.log(high / low)
                    : (figure - low) / (high - low);
            return from + share * (to - from);
        }

        List<Double> ticks() {
            if (logarithmic) {
                return DoubleStream.iterate(low, tick -> tick <= high * 1.001, tick -> tick * 10)
                        .boxed()
                        .toList();
            }
            double raw = (high - low) / TICKS;
            double size = Math.pow(10, Math.floor(Math.log10(raw)));
            double step = raw / size > 5 ? size * 10 : raw / size > 2 ? size * 5 : raw / size > 1 ? size * 2 : size;
            return DoubleStream.iterate(Math.ceil(low / step) * step, tick -> tick <= high * 1.001, tick -> tick + step)
                    .boxed()
                    .toList();
        }
    }
}
