package io.icespar.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/performance.md} says what was measured, as the files in {@code docs/performance} have it. */
class PerformancePageTest {
    private static final Path DOCS = Path.of("../docs");
    private static final ReportFolder MEASURED = new ReportFolder(DOCS.resolve("performance"));

    @Test
    void thePageIsWhatTheReportsGive() throws IOException {
        Path file = DOCS.resolve("performance.md");
        String page = PerformancePage.of(MEASURED);
        if (System.getProperty("icespar.docs.write") != null) {
            Files.writeString(file, page);
        }
        assertEquals(
                page,
                Files.readString(file),
                "docs/performance.md is out of date; run this test with -Dicespar.docs.write to write it");
    }

    @Test
    void theChartsAreWhatTheReportsGive() throws IOException {
        for (Report report : MEASURED.reports().values()) {
            for (int i = 0; i < report.charts().size(); i++) {
                assertEquals(
                        SvgChart.of(report.charts().get(i)),
                        Files.readString(DOCS.resolve("performance").resolve(report.chartFile(i))));
            }
        }
    }

    @Test
    void whatFallsShortSaysWhy() throws IOException {
        for (Report report : MEASURED.reports().values()) {
            assertTrue(
                    report.meetsTarget() || MEASURED.note(report.row()).isPresent(),
                    "docs/performance/" + report.row().id() + ".md is missing: it says why the target was not met, and"
                            + " what was tried");
        }
    }

    @Test
    void aRowThatWasNotMeasuredSaysSo(@TempDir Path folder) throws IOException {
        String page = PerformancePage.of(new ReportFolder(folder.resolve("none")));
        for (Row row : Row.values()) {
            String line = line(page, row);
            assertTrue(line.contains("not measured yet") && line.contains("-Dbench=" + row.benchmark()), line);
            row.criteria().forEach(criterion -> assertTrue(line.contains(criterion.text()), line));
        }
    }

    @Test
    void aRowShowsItsFiguresItsShortfallItsNoteAndItsCharts(@TempDir Path folder) throws IOException {
        ReportFolder reports = new ReportFolder(folder);
        Report report = report(1.2, 3);
        reports.write(report);
        Files.writeString(folder.resolve("tpch-restricted.md"), "Because of something.\n");

        assertEquals(Map.of(Row.TPCH_RESTRICTED, report), reports.reports());
        String page = PerformancePage.of(reports);
        String line = line(page, Row.TPCH_RESTRICTED);
        assertTrue(line.contains("geometric mean 1.20<br>slowest query 3.00"), line);
        assertTrue(line.contains("short by 20 %<br>short by 100 %"), line);
        assertTrue(line.contains("`./mvnw -Pbench -Dbench=tpch -Dscale=1`"), line);
        assertTrue(page.contains("Because of something."), page);
        assertTrue(page.contains("(performance/tpch-restricted.svg)"), page);
        assertTrue(Files.exists(folder.resolve("tpch-restricted.svg")));
    }

    @Test
    void aRowThatMeetsItsTargetSaysSo(@TempDir Path folder) throws IOException {
        ReportFolder reports = new ReportFolder(folder);
        reports.write(report(0.9, 1.5));
        assertTrue(line(PerformancePage.of(reports), Row.TPCH_RESTRICTED).contains("| met |"));
    }

    private static Report report(double mean, double slowest) {
        Map<String, Double> measured = new LinkedHashMap<>();
        measured.put("geometric mean", mean);
        measured.put("slowest query", slowest);
        return new Report(
                Row.TPCH_RESTRICTED,
                "./mvnw -Pbench -Dbench=tpch -Dscale=1",
                new Conditions(1, 2, "17"),
                measured,
                List.of(Chart.bars(
                                "ratios",
                                "times",
                                List.of("Q1"),
                                List.of(new Chart.Series("Icespar", List.of(slowest))))
                        .withTarget(1)));
    }

    private static String line(String page, Row row) {
        return page.lines()
                .filter(line -> line.startsWith("| " + row.what() + " |"))
                .findFirst()
                .orElseThrow();
    }
}
