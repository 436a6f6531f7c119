package io.icespar.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import sqlline.SqlLine;

/**
 * sqlline, set up for Icespar.
 *
 * @param url the JDBC URL
 * @param user the user to log in as
 * @param password the user's password
 * @param format how rows are shown, one of sqlline's formats
 */
record SqlShell(String url, String user, String password, String format) {

    /** Runs the statements in order, up to the first that fails. */
    ExitCode run(List<String> statements) throws IOException {
        Path script = Files.createTempFile("icespar", ".sql");
        try {
            Files.writeString(script, String.join(";\n", statements) + ";\n");
            return run(Optional.of(script));
        } finally {
            Files.delete(script);
        }
    }

    /** Runs the script up to the first statement that fails; without a script, what is typed. */
    ExitCode run(Optional<Path> script) throws IOException {
        List<String> arguments = new ArrayList<>(
                Arrays.asList("-u", url, "-n", user, "-p", password, "--outputFormat=" + format, "--maxWidth=-1"));
        if (script.isPresent()) {
            arguments.addAll(List.of("--silent=true", "-f", script.get().toString()));
        } else {
            arguments.addAll(List.of("--prompt=%n> ", "--color=true"));
        }
        SqlLine.Status status = new DiscreetSqlLine()
                .begin(
                        arguments.toArray(String[]::new),
                        script.isPresent() ? InputStream.nullInputStream() : null,
                        false);
        return status == SqlLine.Status.OK ? ExitCode.OK : ExitCode.STATEMENT;
    }

    /** Keeps lines with passwords out of the history that sqlline writes to the user's folder. */
    private static final class DiscreetSqlLine extends SqlLine {
        @Override
        public LineReader getConsoleReader(InputStream input, History history) throws IOException {
            LineReader reader = super.getConsoleReader(input, history);
            reader.setVariable(LineReader.HISTORY_IGNORE, "*PASSWORD*:*password*:*Password*");
            return reader;
        }
    }
}
