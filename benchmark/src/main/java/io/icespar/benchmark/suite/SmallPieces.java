package io.icespar.benchmark.suite;

import io.icespar.benchmark.report.Chart;
import io.icespar.benchmark.report.Chart.Series;
import io.icespar.benchmark.report.Report;
import io.icespar.benchmark.report.Row;
import io.icespar.benchmark.small.Jmh;
import io.icespar.benchmark.small.Jmh.Cost;
import io.icespar.benchmark.small.MeasuredLogins;
import io.icespar.benchmark.small.MeasuredRights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Subjects that JMH measures beside the first of them.
 *
 * @param row that they are
 * @param type of the JMH benchmark
 * @param methods of it, each with what it measures
 * @param subjects what the others are beside, and the others; the second is the first once more, to see the noise
 */
public record SmallPieces(Row row, Class<?> type, Map<String, String> methods, List<String> subjects)
        implements Benchmark {
    /** What many rights cost. */
    public static final SmallPieces RIGHTS = new SmallPieces(
            Row.RIGHTS,
            MeasuredRights.class,
            Map.of("plan", "planning", "ask", "whole query"),
            List.of(
                    MeasuredRights.ONE,
                    MeasuredRights.AGAIN,
                    MeasuredRights.MANY,
                    MeasuredRights.CONTEXT,
                    MeasuredRights.CONDITION));

    /** What logins cost. */
    public static final SmallPieces LOGINS = new SmallPieces(
            Row.LOGINS,
            MeasuredLogins.class,
            Map.of("query", "query by key", "smallestRequest", "smallest request"),
            List.of(
                    MeasuredLogins.NOBODY,
                    MeasuredLogins.AGAIN,
                    MeasuredLogins.SIGNED,
                    MeasuredLogins.PASSWORD,
                    MeasuredLogins.OPAQUE));

    /** Copies. */
    public SmallPieces {
        methods = Map.copyOf(methods);
        subjects = List.copyOf(subjects);
    }

    @Override
    public String name() {
        return row.benchmark();
    }

    @Override
    public List<Report> run(Run run) {
        Jmh jmh = new Jmh(run.quick());
        Map<String, Double> measured = new LinkedHashMap<>();
        List<Series> series = new ArrayList<>();
        methods.keySet().stream().sorted().forEach(method -> {
            Map<String, Cost> costs = jmh.measure(type, method, subjects);
            Cost first = List.copyOf(costs.values()).get(0);
            List<Double> wall = new ArrayList<>();
            List<Double> processor = new ArrayList<>();
            String what = methods.getOrDefault(method, method);
            subjects.stream().skip(1).forEach(subject -> {
                Cost cost = costs.getOrDefault(subject, first);
                wall.add(cost.wall() / first.wall());
                processor.add(cost.processor() / first.processor());
                measured.put(subject + ": " + what + ", by the clock", cost.wall() / first.wall());
                measured.put(subject + ": " + what + ", processor", cost.processor() / first.processor());
            });
            measured.put(subjects.get(0) + ": " + what + ", µs", first.wall());
            series.add(new Series(what + ", clock", wall));
            series.add(new Series(what + ", processor", processor));
        });
        return List.of(run.report(
                row,
                measured,
                Chart.bars(
                                "Beside: " + subjects.get(0),
                                "times as long; shorter is better",
                                subjects.subList(1, subjects.size()),
                                series)
                        .withTarget(1)));
    }
}
