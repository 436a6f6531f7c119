package io.icespar.server.console;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.List;
import org.jline.reader.History;
import org.jline.reader.LineReader;
import org.jline.reader.impl.DefaultParser;
import org.jspecify.annotations.Nullable;
import sqlline.DispatchCallback;
import sqlline.SqlLine;

/** sqlline, with errors that are one line, and without passwords in the history it keeps. */
class QuietSqlLine extends SqlLine {
    @Override
    public LineReader getConsoleReader(@Nullable InputStream input, History history) throws IOException {
        LineReader reader = super.getConsoleReader(input, history);
        reader.setVariable(LineReader.HISTORY_IGNORE, "*PASSWORD*:*password*:*Password*");
        if (reader.getParser() instanceof DefaultParser parser) {
            // In SQL a backslash is a character as any other.
            parser.setEscapeChars(new char[0]);
        }
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
        error("Error: " + place() + cause.getMessage() + state);
    }

    /** Where in a script the statement stands that is being run, as the beginning of a text. */
    String place() {
        return "";
    }
}
