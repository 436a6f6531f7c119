package io.icespar.benchmark.small;

import io.icespar.benchmark.measure.Clocks;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * A profiler of JMH's that tells how long all threads had a processor for one operation, those of clients and servers in
 * this Java alike: what else the machine does does not weigh. The backend's own threads are not counted.
 */
public final class ProcessorTime implements InternalProfiler {
    /** The name of its result, in microseconds. */
    static final String RESULT = "processor";

    private static final double NANOS_PER_MICRO = 1_000;

    private long before;

    @Override
    public String getDescription() {
        return "time of the processor per operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = Clocks.allThreads();
    }

    @Override
    public List<Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double micros = (Clocks.allThreads() - before) / NANOS_PER_MICRO;
        long operations = Math.max(1, result.getMetadata().getAllOps());
        return List.of(new ScalarResult(RESULT, micros / operations, "us/op", AggregationPolicy.AVG));
    }
}
