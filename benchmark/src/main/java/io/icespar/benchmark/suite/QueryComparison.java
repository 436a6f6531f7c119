package io.icespar.benchmark.suite;

import io.icespar.benchmark.measure.Alternation;
import io.icespar.benchmark.measure.Means;
import io.icespar.benchmark.measure.Rounds;
import io.icespar.benchmark.measure.Times;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Queries that are asked of several systems in turns.
 *
 * <p>Where its rows come to lie in memory makes an instance of DuckDB some per cent faster or slower than its twin, for as
 * long as it lives. So systems are opened several times, each as often before the other as after it, and a query's time is
 * the geometric mean of the medians of all openings.
 */
final class QueryComparison {
    private static final int SMALL_QUERIES = 2_000;

    private final List<String> queries;
    private final Rounds rounds;
    private final int openings;
    private final int warmUps;
    private final List<OpenSystem.Opener> systems;
    private Optional<String> small = Optional.empty();
    private final Map<String, Map<String, List<Double>>> millis = new LinkedHashMap<>();

    /**
     * A comparison that begins with {@link #run}.
     *
     * @param queries their names
     * @param warmUps how often all of them are asked before any is measured, so that Java has compiled what they run through
     */
    QueryComparison(List<String> queries, Rounds rounds, int openings, int warmUps, List<OpenSystem.Opener> systems) {
        this.queries = queries;
        this.rounds = rounds;
        this.openings = openings;
        this.warmUps = warmUps;
        this.systems = systems;
    }

    /**
     * Has a small query asked so often, before any is measured, that Java has compiled what it runs through: the large ones
     * would take too long for that.
     */
    QueryComparison warmedUpBy(String smallQuery) {
        small = Optional.of(smallQuery);
        return this;
    }

    /** Opens, asks and closes. */
    Result run() throws IOException, SQLException {
        for (int opening = 0; opening < openings; opening++) {
            List<OpenSystem.Opener> order = new ArrayList<>(systems);
            if (opening % 2 == 1) {
                Collections.reverse(order);
            }
            open(order, new ArrayDeque<>());
        }
        Map<String, Map<String, Double>> means = new LinkedHashMap<>();
        millis.forEach((contestant, times) -> {
            Map<String, Double> mean = new LinkedHashMap<>();
            times.forEach((query, each) -> mean.put(query, Means.geometric(each)));
            means.put(contestant, mean);
        });
        return new Result(queries, means);
    }

    private void open(List<OpenSystem.Opener> left, Deque<OpenSystem> open) throws IOException, SQLException {
        if (left.isEmpty()) {
            ask(open.stream().flatMap(system -> system.contestants().stream()).toList());
            return;
        }
        try (OpenSystem system = left.get(0).open()) {
            open.addLast(system);
            open(left.subList(1, left.size()), open);
            open.removeLast();
        }
    }

    private void ask(List<Contestant> contestants) {
        for (int i = 0; small.isPresent() && i < SMALL_QUERIES; i++) {
            checkRows(small.get(), contestants);
        }
        for (int i = 0; i < warmUps; i++) {
            queries.forEach(query -> checkRows(query, contestants));
        }
        for (String query : queries) {
            checkRows(query, contestants);
            Map<String, Runnable> works = new LinkedHashMap<>();
            contestants.forEach(contestant ->
                    works.put(contestant.name(), () -> contestant.ask().ask(query)));
            Map<String, Times> times = new Alternation(rounds).measure(works);
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-32s", query));
            times.forEach((contestant, time) -> {
                line.append(String.format(Locale.ROOT, "  %s %.2f ms", contestant, time.medianMillis()));
                millis.computeIfAbsent(contestant, name -> new LinkedHashMap<>())
                        .computeIfAbsent(query, name -> new ArrayList<>())
                        .add(time.medianMillis());
            });
            System.out.println(line);
        }
    }

    // What is answered otherwise is not to be compared.
    private static void checkRows(String query, List<Contestant> contestants) {
        Map<String, Long> rows = new HashMap<>();
        for (Contestant contestant : contestants) {
            long count = contestant.ask().ask(query);
            Long other = rows.putIfAbsent(contestant.rows(), count);
            if (other != null && other != count) {
                throw new IllegalStateException(
                        query + ": " + contestant.name() + " answers " + count + " rows, not " + other);
            }
        }
    }

    /**
     * What was measured.
     *
     * @param millis by contestant and query
     */
    record Result(List<String> queries, Map<String, Map<String, Double>> millis) {
        /** The times of a contestant, in the order of the queries. */
        List<Double> millis(String contestant) {
            Map<String, Double> times = millis.get(contestant);
            if (times == null) {
                throw new IllegalArgumentException(contestant);
            }
            return List.copyOf(times.values());
        }

        /** How many times as long as {@code beside} a contestant takes, in the order of the queries. */
        List<Double> ratios(String contestant, String beside) {
            List<Double> times = millis(contestant);
            List<Double> others = millis(beside);
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < times.size(); i++) {
                ratios.add(times.get(i) / others.get(i));
            }
            return ratios;
        }
    }
}
