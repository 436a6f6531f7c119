package io.icespar.server.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code icespar sql}: a shell for SQL on a running server. */
@Command(
        name = "sql",
        description = {
            "Opens a shell for SQL on a running server, or runs statements and exits.",
            "A password that is needed is taken from the variable ICESPAR_PASSWORD, or asked for."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Icespar.Version.class)
final class Sql implements Callable<Integer> {
    @Mixin
    private ServerLogin login = new ServerLogin();

    @Option(names = "-e", paramLabel = "SQL", description = "Runs the statement and exits. May be repeated.")
    private List<String> statements = new ArrayList<>();

    @Option(names = "-f", paramLabel = "FILE", description = "Runs the statements in the file and exits.")
    private Optional<Path> script = Optional.empty();

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = "table",
            description = "How rows are shown: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private SqlShell.Format format = SqlShell.Format.table;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        if (script.isPresent() && !statements.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "expected -e or -f, not both");
        }
        if (script.filter(Files::isReadable).isEmpty() && script.isPresent()) {
            throw new ParameterException(spec.commandLine(), "the file `" + script.get() + "` cannot be read");
        }
        var shell = new SqlShell(login.login(), format);
        Optional<String> text = text();
        try {
            // sqlline goes on after a failed login; so the login is tried first.
            shell.connect().close();
        } catch (SQLException e) {
            err.println("icespar: " + e.getMessage());
            return ExitCode.of(e).number();
        }
        return (text.isPresent() ? shell.run(text.get(), script) : shell.run()).number();
    }

    /** The statements to run; empty if they are typed. */
    private Optional<String> text() throws IOException {
        try {
            if (!statements.isEmpty()) {
                return Optional.of(String.join(";\n", statements));
            } else if (script.isPresent()) {
                return Optional.of(ScriptText.of("the file `" + script.get() + "`", Files.readAllBytes(script.get())));
            } else if (!Installation.isTyped()) {
                return Optional.of(ScriptText.of("what is read from standard input", System.in.readAllBytes()));
            }
            return Optional.empty();
        } catch (ScriptText.NotUtf8 e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
