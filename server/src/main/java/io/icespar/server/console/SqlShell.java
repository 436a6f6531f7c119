package io.icespar.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import sqlline.BuiltInProperty;
import sqlline.SqlLine;

/**
 * sqlline, set up for Icespar.
 *
 * @param login what to log in with
 * @param format how rows are shown
 */
record SqlShell(Login login, Format format) {

    /** How rows are shown; sqlline has formats of these names. */
    enum Format {
        table,
        csv,
        tsv,
        json,
        vertical
    }

    /** A connection as the user; whoever gets it closes it. */
    Connection connect() throws SQLException {
        return login.connect();
    }

    /**
     * Runs the text of a script up to the first statement that fails.
     *
     * @param file where the text is from; if it is given, the failing statement's place in it is told
     */
    ExitCode run(String text, Optional<Path> file) throws IOException {
        var sqlline = new ScriptSqlLine(this, SqlScript.of(text), file);
        // What sqlline finds in the file only has it ask for the first statement.
        Path first = Files.createTempFile("icespar", ".sql");
        try {
            Files.writeString(first, "VALUES 1;\n");
            var options = Map.of(
                    BuiltInProperty.SILENT, "true",
                    BuiltInProperty.FORCE, "true",
                    BuiltInProperty.HEADER_INTERVAL, "-1",
                    BuiltInProperty.MAX_WIDTH, String.valueOf(Short.MAX_VALUE));
            return begin(sqlline, options, InputStream.nullInputStream(), "-f", first.toString());
        } finally {
            Files.delete(first);
        }
    }

    /** Runs what is typed. */
    ExitCode run() throws IOException {
        return begin(new QuietSqlLine(), Map.of(BuiltInProperty.PROMPT, "%n> ", BuiltInProperty.COLOR, "true"), null);
    }

    private ExitCode begin(
            QuietSqlLine sqlline, Map<BuiltInProperty, String> options, @Nullable InputStream input, String... more)
            throws IOException {
        options.forEach(sqlline.getOpts()::set);
        sqlline.getOpts().set(BuiltInProperty.ISOLATION, "TRANSACTION_READ_COMMITTED");
        sqlline.getOpts().setOutputFormat(format.name());
        sqlline.getOpts().setCsvQuoteCharacter("\"");
        sqlline.getOpts().set(BuiltInProperty.CONNECT_INTERACTION_MODE, "notAskCredentials");
        var arguments = new ArrayList<>(List.of("-u", login.url()));
        login.user().ifPresent(user -> arguments.addAll(List.of("-n", user)));
        login.password().ifPresent(password -> arguments.addAll(List.of("-p", password)));
        arguments.addAll(Arrays.asList(more));
        SqlLine.Status status = sqlline.begin(arguments.toArray(String[]::new), input, false);
        return status == SqlLine.Status.OK ? ExitCode.OK : ExitCode.STATEMENT;
    }
}
