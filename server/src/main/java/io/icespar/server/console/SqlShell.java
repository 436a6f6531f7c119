package io.icespar.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jspecify.annotations.Nullable;
import sqlline.BuiltInProperty;
import sqlline.DispatchCallback;
import sqlline.SqlLine;

/**
 * sqlline, set up for Icespar.
 *
 * @param url the JDBC URL
 * @param user the user to log in as
 * @param password the user's password
 * @param format how rows are shown
 */
record SqlShell(String url, String user, String password, Format format) {

    /** How rows are shown; sqlline has formats of these names. */
    enum Format {
        table,
        csv,
        tsv,
        json,
        vertical
    }

    /** Runs the statements in order, up to the first that fails. */
    ExitCode run(List<String> statements) throws IOException {
        return run(String.join(";\n", statements));
    }

    /** Runs the text of a script up to the first statement that fails; the last one may lack its semicolon. */
    ExitCode run(String text) throws IOException {
        String last = text.lines().reduce("", (line, next) -> next.isBlank() ? line : next);
        Path script = Files.createTempFile("icespar", ".sql");
        try {
            // A command such as !quit takes none.
            Files.writeString(script, last.startsWith("!") ? text : text + "\n;\n");
            return run(script);
        } finally {
            Files.delete(script);
        }
    }

    /** Runs the script up to the first statement that fails. */
    ExitCode run(Path script) throws IOException {
        var options = Map.of(
                BuiltInProperty.SILENT, "true",
                BuiltInProperty.FORCE, "true",
                BuiltInProperty.HEADER_INTERVAL, "-1",
                BuiltInProperty.MAX_WIDTH, String.valueOf(Short.MAX_VALUE));
        return begin(options, InputStream.nullInputStream(), "-f", script.toString());
    }

    /** Runs what is typed. */
    ExitCode run() throws IOException {
        return begin(Map.of(BuiltInProperty.PROMPT, "%n> ", BuiltInProperty.COLOR, "true"), null);
    }

    private ExitCode begin(Map<BuiltInProperty, String> options, @Nullable InputStream input, String... more)
            throws IOException {
        var sqlline = new QuietSqlLine();
        options.forEach(sqlline.getOpts()::set);
        sqlline.getOpts().set(BuiltInProperty.ISOLATION, "TRANSACTION_READ_COMMITTED");
        sqlline.getOpts().setOutputFormat(format.name());
        sqlline.getOpts().setCsvQuoteCharacter("\"");
        var arguments = new ArrayList<>(List.of("-u", url, "-n", user, "-p", password));
        arguments.addAll(Arrays.asList(more));
        SqlLine.Status status = sqlline.begin(arguments.toArray(String[]::new), input, false);
        return status == SqlLine.Status.OK ? ExitCode.OK : ExitCode.STATEMENT;
    }

    /** sqlline, with errors that are one line, and without passwords in the history it keeps. */
    private static final class QuietSqlLine extends SqlLine {
        @Override
        public LineReader getConsoleReader(@Nullable InputStream input, History history) throws IOException {
            LineReader reader = super.getConsoleReader(input, history);
            reader.setVariable(LineReader.HISTORY_IGNORE, "*PASSWORD*:*password*:*Password*");
            return reader;
        }

        /** Stops at the first failure. So would sqlline if not told to go on, but it would say so at length. */
        @Override
        public int runCommands(List<String> commands, DispatchCallback callback) {
            int done = 0;
            while (done < commands.size() && super.runCommands(List.of(commands.get(done)), callback) == 1) {
                done++;
            }
            return done;
        }

        @Override
        public void handleException(Throwable failure) {
            Throwable cause = failure;
            while (!(cause instanceof SQLException) && cause.getCause() != null) {
                cause = cause.getCause();
            }
            String state = cause instanceof SQLException sql ? " (SQLSTATE " + sql.getSQLState() + ")" : "";
            error("Error: " + cause.getMessage() + state);
        }
    }
}
