package io.icespar.benchmark.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * The folder of the reports. Of each row that was measured it holds a JSON file and charts; of each row that falls short
 * a text, written by hand, that says why.
 */
public final class ReportFolder {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path folder;

    /** A folder that may not be there yet. */
    public ReportFolder(Path folder) {
        this.folder = folder;
    }

    /** Writes a report and its charts over those of the row that are there. */
    public void write(Report report) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(json(report.row()), JSON.writeValueAsString(report) + "\n");
        for (int i = 0; i < report.charts().size(); i++) {
            Files.writeString(
                    folder.resolve(report.chartFile(i)),
                    SvgChart.of(report.charts().get(i)));
        }
    }

    /** The reports that are there. */
    public Map<Row, Report> reports() throws IOException {
        Map<Row, Report> reports = new EnumMap<>(Row.class);
        for (Row row : Row.values()) {
            if (Files.exists(json(row))) {
                reports.put(row, JSON.readValue(json(row).toFile(), Report.class));
            }
        }
        return reports;
    }

    /** What is written of a row by hand: why it falls short, and what was tried. */
    public Optional<String> note(Row row) throws IOException {
        Path note = folder.resolve(row.id() + ".md");
        return Files.exists(note) ? Optional.of(Files.readString(note).strip()) : Optional.empty();
    }

    private Path json(Row row) {
        return folder.resolve(row.id() + ".json");
    }
}
