package io.icespar.benchmark.suite;

import io.icespar.benchmark.report.Report;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** Something that can be measured alone. */
public interface Benchmark {
    /** What it is chosen by; {@link io.icespar.benchmark.report.Row#benchmark} of its rows. */
    String name();

    /** Starts what it needs, measures, and stops it. */
    List<Report> run(Run run) throws IOException, SQLException;
}
