package io.icespar.benchmark.report;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page {@code docs/performance.md}: what its folder of reports holds, and nothing else. */
public final class PerformancePage {
    private static final String MISSING = "not measured yet";

    private final ReportFolder folder;
    private final Map<Row, Report> reports;

    private PerformancePage(ReportFolder folder, Map<Row, Report> reports) {
        this.folder = folder;
        this.reports = reports;
    }

    /** The text of the page. */
    public static String of(ReportFolder folder) throws IOException {
        return new PerformancePage(folder, folder.reports()).text();
    }

    private String text() throws IOException {
        StringBuilder page = new StringBuilder("""
                # How fast

                Written by `PerformancePageTest` from the files in `docs/performance`, which `./mvnw -Pbench` writes; no number
                here was written by hand. After a change of these files:
                `./mvnw -pl benchmark -am test -Dtest=PerformancePageTest -Dicespar.docs.write -Dsurefire.failIfNoSpecifiedTests=false`

                Machines differ and have other things to do, so what counts are ratios of what was measured in turns, in one
                run, on one machine. A ratio is the time that Icespar takes by the time that the other takes, so that below 1
                is faster, unless a figure says otherwise. `./mvnw -Pbench -Dbench=NAME,NAME -Dscale=1` measures what is
                named, `./mvnw -Pbench` everything; it takes PostgreSQL from `/usr/lib/postgresql`, on a port of its own. Why a
                row falls short of its target, and what was tried, is said below the table; that is written by hand, in a file
                of the row's name in `docs/performance`.

                | what | target | measured | | again | charts |
                |---|---|---|---|---|---|
                """);
        for (Row row : Row.values()) {
            page.append(line(row));
        }
        for (Report report : reports.values()) {
            page.append(section(report));
        }
        return page.toString();
    }

    private String line(Row row) {
        String target = row.criteria().isEmpty()
                ? "–"
                : row.criteria().stream().map(Criterion::text).collect(Collectors.joining("<br>"));
        Optional<Report> report = Optional.ofNullable(reports.get(row));
        return "| " + row.what() + " | " + target + " | "
                + report.map(PerformancePage::measured).orElse(MISSING) + " | "
                + report.map(PerformancePage::verdict).orElse("") + " | `"
                + report.map(Report::command).orElse("./mvnw -Pbench -Dbench=" + row.benchmark()) + "` | "
                + report.map(found -> "[" + row.id() + "](#" + row.id() + ")").orElse("") + " |\n";
    }

    private static String measured(Report report) {
        if (report.row().criteria().isEmpty()) {
            return report.measured().entrySet().stream()
                    .limit(1)
                    .map(figure -> figure.getKey() + " " + Criterion.number(figure.getValue()))
                    .collect(Collectors.joining());
        }
        return report.row().criteria().stream()
                .map(criterion -> criterion.figure() + " " + Criterion.number(report.figure(criterion)))
                .collect(Collectors.joining("<br>"));
    }

    private static String verdict(Report report) {
        if (report.row().criteria().isEmpty()) {
            return "";
        }
        return report.meetsTarget()
                ? "met"
                : report.row().criteria().stream()
                        .map(criterion -> criterion.shortPercent(report.figure(criterion)))
                        .filter(percent -> percent > 0)
                        .map(percent -> String.format(Locale.ROOT, "short by %.0f %%", Math.ceil(percent)))
                        .collect(Collectors.joining("<br>"));
    }

    private String section(Report report) throws IOException {
        StringBuilder section = new StringBuilder("\n## " + report.row().id() + "\n\n");
        section.append(report.row().what())
                .append(String.format(
                        Locale.ROOT,
                        ". Scale factor %s, %d processors, Java %s.%n%n".replace("%n", "\n"),
                        report.conditions().scale(),
                        report.conditions().processors(),
                        report.conditions().java()));
        Optional<String> note = folder.note(report.row());
        if (note.isPresent()) {
            section.append(note.get()).append("\n\n");
        }
        section.append("| figure | measured |\n|---|---|\n");
        report.measured()
                .forEach((figure, value) -> section.append("| " + figure + " | " + Criterion.number(value) + " |\n"));
        for (int i = 0; i < report.charts().size(); i++) {
            section.append("\n![" + report.charts().get(i).title() + "](performance/" + report.chartFile(i) + ")\n");
        }
        return section.toString();
    }
}
