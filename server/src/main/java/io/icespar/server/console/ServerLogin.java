package io.icespar.server.console;

import io.icespar.server.config.ServerSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options by which a command logs in to a running server. */
final class ServerLogin {
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

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    String url() {
        return url;
    }

    String user() {
        return user;
    }

    /**
     * The password that was given with the command, in the variable, or that is now asked for.
     *
     * @throws ParameterException if there is none, and nobody to ask
     */
    String password() {
        return password.or(() -> Optional.ofNullable(System.getenv("ICESPAR_PASSWORD")))
                .or(() -> Optional.ofNullable(System.console())
                        .filter(console -> Installation.isTyped())
                        .map(console -> console.readPassword("Password of %s: ", user))
                        .map(String::valueOf))
                .orElseThrow(() -> new ParameterException(
                        command.commandLine(), "there is no password: set ICESPAR_PASSWORD, or use a terminal"));
    }

    /** A connection; whoever gets it closes it. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password());
    }
}
