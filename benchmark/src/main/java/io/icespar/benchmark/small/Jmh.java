package io.icespar.benchmark.small;

import io.icespar.benchmark.measure.Means;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a JMH benchmark for several subjects in turns, A B A B, each time in a Java of its own. What is told apart is
 * the parameter {@code subject}, which every class here has.
 */
public final class Jmh {
    private static final String SUBJECT = "subject";
    private static final int ROUNDS = 3;
    private static final int ITERATIONS = 5;
    private static final int MEDIAN = 50;
    private static final TimeValue SECOND = TimeValue.seconds(1);
    private static final TimeValue MOMENT = TimeValue.milliseconds(20);

    private final boolean quick;

    /**
     * Runs benchmarks.
     *
     * @param quick whether to measure next to nothing, in this Java, only to see that everything runs
     */
    public Jmh(boolean quick) {
        this.quick = quick;
    }

    /**
     * What one operation takes, in microseconds.
     *
     * @param wall half of all operations take no longer
     * @param processor how long all threads together had a processor, on average
     */
    public record Cost(double wall, double processor) {}

    /**
     * Measures a method.
     *
     * @return for each subject, the median of all rounds
     */
    public Map<String, Cost> measure(Class<?> type, String method, List<String> subjects) {
        Map<String, List<Double>> wall = new LinkedHashMap<>();
        Map<String, List<Double>> processor = new LinkedHashMap<>();
        for (int round = 0; round < (quick ? 1 : ROUNDS); round++) {
            for (RunResult result : run(type, method, subjects)) {
                String subject = result.getParams().getParam(SUBJECT);
                Result<?> primary = result.getPrimaryResult();
                wall.computeIfAbsent(subject, name -> new ArrayList<>())
                        .add(primary.getStatistics().getPercentile(MEDIAN));
                processor
                        .computeIfAbsent(subject, name -> new ArrayList<>())
                        .add(Objects.requireNonNull(result.getSecondaryResults().get(ProcessorTime.RESULT))
                                .getScore());
            }
        }
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (String subject : subjects) {
            costs.put(
                    subject,
                    new Cost(
                            Means.median(wall.getOrDefault(subject, List.of())),
                            Means.median(processor.getOrDefault(subject, List.of()))));
        }
        return costs;
    }

    private Iterable<RunResult> run(Class<?> type, String method, List<String> subjects) {
        TimeValue time = quick ? MOMENT : SECOND;
        int iterations = quick ? 1 : ITERATIONS;
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + type.getName() + "\\." + method + "$")
                .param(SUBJECT, subjects.toArray(String[]::new))
                .forks(quick ? 0 : 1)
                .warmupIterations(iterations)
                .warmupTime(time)
                .measurementIterations(iterations)
                .measurementTime(time)
                .addProfiler(ProcessorTime.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IllegalStateException(e);
        }
    }
}
