package io.icespar.server.console;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import sqlline.DispatchCallback;

/**
 * sqlline that runs a script instead of the first commands that it is given, up to the first statement that fails.
 *
 * <p>Statements that say who may see what go to the server as they are written; sqlline reads only those that give rows,
 * or that are for itself.
 */
final class ScriptSqlLine extends QuietSqlLine {
    private final SqlShell shell;
    private final SqlScript script;
    private final Optional<Path> file;
    private boolean begun;
    private int line;

    /**
     * Creates a run of a script.
     *
     * @param file where the script is from, to name it in errors
     */
    ScriptSqlLine(SqlShell shell, SqlScript script, Optional<Path> file) {
        this.shell = shell;
        this.script = script;
        this.file = file;
    }

    @Override
    public int runCommands(List<String> commands, DispatchCallback callback) {
        if (begun) {
            return super.runCommands(commands, callback);
        }
        begun = true;
        try {
            return runScript() ? commands.size() : 0;
        } catch (SQLException e) {
            handleException(e);
            return 0;
        }
    }

    private boolean runScript() throws SQLException {
        // What is said as another user is said on the connection that became another's.
        boolean direct = script.statements().stream().noneMatch(SqlScript.Statement::isOnAuthorization)
                && script.statements().stream().anyMatch(SqlScript.Statement::isOnRights);
        if (!direct) {
            return runAll(this::runHere);
        }
        try (Connection connection = shell.connect()) {
            return runAll(statement -> statement.isOnRights() ? run(statement, connection) : runHere(statement));
        }
    }

    private boolean runAll(Predicate<SqlScript.Statement> runner) {
        for (SqlScript.Statement statement : script.statements()) {
            line = statement.line();
            if (!isExit() && !runner.test(statement)) {
                return false;
            }
        }
        return true;
    }

    private boolean run(SqlScript.Statement command, Connection connection) {
        try (java.sql.Statement statement = connection.createStatement()) {
            statement.execute(command.text());
            return true;
        } catch (SQLException e) {
            handleException(e);
            return false;
        }
    }

    private boolean runHere(SqlScript.Statement statement) {
        Noting callback = new Noting();
        String text = statement.isOfShell() ? statement.text() : statement.text() + ";";
        boolean succeeded = super.runCommands(List.of(text), callback) == 1;
        if (succeeded && !statement.isOfShell() && !callback.noted) {
            // sqlline waits for the rest, and would leave it out without a word.
            error("Error: " + place() + "a quote or parenthesis is not closed");
            return false;
        }
        return succeeded;
    }

    @Override
    String place() {
        return file.map(name -> name + ":" + line + ": ").orElse("");
    }

    /** Notes whether there was anything to execute. */
    private static final class Noting extends DispatchCallback {
        private boolean noted;

        @Override
        public void trackSqlQuery(java.sql.Statement statement) {
            noted = true;
            super.trackSqlQuery(statement);
        }
    }
}
