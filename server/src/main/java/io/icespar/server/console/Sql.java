package io.icespar.server.console;

import io.icespar.server.config.ServerSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code icespar sql}: a shell for SQL on a running server. */
@Command(
        name = "sql",
        description = {
            "Opens a shell for SQL on a running server, or runs statements and exits.",
            "The password is taken from the variable ICESPAR_PASSWORD, or asked for."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Icespar.Version.class)
final class Sql implements Callable<Integer> {
    static final String URL_PREFIX = "jdbc:icespar:";

    private static final String DEFAULT_URL = URL_PREFIX + "http://127.0.0.1:" + ServerSettings.DEFAULT_PORT;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = DEFAULT_URL,
            description = "The server (default: ${DEFAULT-VALUE}).")
    private String url = DEFAULT_URL;

    @Option(names = "--user", paramLabel = "NAME", required = true, description = "The user to log in as.")
    private String user = "";

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            arity = "0..1",
            interactive = true,
            description = "The password; without TEXT it is asked for. Others on this machine can see TEXT.")
    private Optional<String> password = Optional.empty();

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
        var shell = new SqlShell(url, user, password(), format);
        try {
            // sqlline goes on after a failed login; so the login is tried first.
            DriverManager.getConnection(url, user, shell.password()).close();
        } catch (SQLException e) {
            err.println("icespar: " + e.getMessage());
            return ExitCode.of(e).number();
        }
        return run(shell).number();
    }

    private ExitCode run(SqlShell shell) throws IOException {
        if (!statements.isEmpty()) {
            return shell.run(statements);
        } else if (script.isPresent()) {
            return shell.run(script.get());
        } else if (!Installation.isTyped()) {
            return shell.run(new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
        }
        return shell.run();
    }

    private String password() {
        return password.or(() -> Optional.ofNullable(System.getenv("ICESPAR_PASSWORD")))
                .or(() -> Optional.ofNullable(System.console())
                        .filter(console -> Installation.isTyped())
                        .map(console -> console.readPassword("Password of %s: ", user))
                        .map(String::valueOf))
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(), "there is no password: set ICESPAR_PASSWORD, or use a terminal"));
    }
}
