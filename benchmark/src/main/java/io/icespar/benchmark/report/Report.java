package io.icespar.benchmark.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured for one row.
 *
 * @param command that measures it again
 * @param measured figures by name, those of the row's criteria among them, in the order in which they are shown
 */
public record Report(Row row, String command, Conditions conditions, Map<String, Double> measured, List<Chart> charts) {
    /** Checks and copies. */
    public Report {
        measured = Collections.unmodifiableMap(new LinkedHashMap<>(measured));
        charts = List.copyOf(charts);
        for (Criterion criterion : row.criteria()) {
            if (!measured.containsKey(criterion.figure())) {
                throw new IllegalArgumentException(row + " lacks " + criterion.figure());
            }
        }
    }

    /** Whether every criterion of the row is met. */
    public boolean meetsTarget() {
        return row.criteria().stream().allMatch(criterion -> criterion.isMet(figure(criterion)));
    }

    /** The figure that a criterion is about. */
    double figure(Criterion criterion) {
        Double figure = measured.get(criterion.figure());
        if (figure == null) {
            throw new IllegalArgumentException(criterion.figure());
        }
        return figure;
    }

    /** The name of the file of a chart. */
    String chartFile(int index) {
        return row.id() + (charts.size() == 1 ? "" : "-" + (index + 1)) + ".svg";
    }
}
