package io.icespar.server.console;

import io.icespar.server.config.ServerSettings;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options by which a command logs in to a running server. What the way of logging in has no need of is not asked
 * for; what others must not know is not among them, for everyone on a machine can read how a program was called.
 */
final class ServerLogin {
    static final String URL_PREFIX = "jdbc:icespar:";

    private static final String DEFAULT_URL = URL_PREFIX + "http://127.0.0.1:" + ServerSettings.DEFAULT_PORT;
    private static final String USER = "user";
    private static final String PASSWORD = "password";

    /** A value that no option has otherwise. */
    private static final String MARK = "*";

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = DEFAULT_URL,
            description = "The server, and how to log in there (default: ${DEFAULT-VALUE}).")
    private String url = DEFAULT_URL;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The user to log in as, unless the URL says how else to log in.")
    private Optional<String> user = Optional.empty();

    @Option(names = "--password-file", paramLabel = "FILE", description = "A file with the password and nothing else.")
    private Optional<Path> passwordFile = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /**
     * What to log in with. A password that is needed comes from the file or the variable, or is now asked for.
     *
     * @throws ParameterException if something is missing, or is where others can see it
     */
    Login login() {
        checkUrlHoldsNoSecret();
        checkUrlIsIcespars();
        List<DriverPropertyInfo> needed = needed();
        Optional<String> name = user.or(() -> find(USER, needed).map(option -> option.value));
        if (name.isEmpty() && find(USER, needed).isPresent()) {
            throw wrong("there is no user to log in as: give --user, or a --url that says how else to log in, such as '"
                    + URL_PREFIX + "https://HOST?auth=browser'");
        }
        return new Login(url, user, find(PASSWORD, needed).map(option -> password(name.orElse(""))));
    }

    /** A connection; whoever gets it closes it. */
    Connection connect() throws SQLException {
        return login().connect();
    }

    private void checkUrlHoldsNoSecret() {
        int query = url.indexOf('?');
        List<String> secrets = secrets();
        for (String option :
                query < 0 ? new String[0] : url.substring(query + 1).split("&", -1)) {
            String key = decoded(option.replaceFirst("=.*", ""));
            secrets.stream().filter(key::equalsIgnoreCase).findFirst().ifPresent(secret -> {
                throw wrong("the URL holds `" + secret
                        + "`, which others on this machine can see there: put it into a file and name that with"
                        + (secret.equals(PASSWORD) ? " --password-file" : " `" + secret + "File`"));
            });
        }
    }

    private void checkUrlIsIcespars() {
        if (!url.regionMatches(true, 0, URL_PREFIX, 0, URL_PREFIX.length())) {
            throw wrong("a --url begins with `" + URL_PREFIX + "`, such as '" + DEFAULT_URL + "'");
        }
    }

    /** The options whose values the driver does not show to anyone. */
    private static List<String> secrets() {
        Properties marked = new Properties();
        options(DEFAULT_URL, new Properties()).forEach(option -> marked.setProperty(option.name, MARK));
        return options(DEFAULT_URL, marked).stream()
                .filter(option -> !MARK.equals(option.value))
                .map(option -> option.name)
                .toList();
    }

    private static List<DriverPropertyInfo> options(String url, Properties info) {
        try {
            return List.of(DriverManager.getDriver(url).getPropertyInfo(url, info));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // The driver says what is wrong with it.
            return text;
        }
    }

    /** The options without which the driver cannot log in; none if there is no driver, as will be told then. */
    private List<DriverPropertyInfo> needed() {
        try {
            return Arrays.stream(DriverManager.getDriver(url).getPropertyInfo(url, new Properties()))
                    .filter(option -> option.required)
                    .toList();
        } catch (SQLException e) {
            return List.of();
        }
    }

    private static Optional<DriverPropertyInfo> find(String name, List<DriverPropertyInfo> options) {
        return options.stream().filter(option -> option.name.equals(name)).findFirst();
    }

    private String password(String name) {
        return passwordFile
                .map(this::content)
                .or(() -> Optional.ofNullable(System.getenv("ICESPAR_PASSWORD")))
                .or(() -> Optional.ofNullable(System.console())
                        .filter(console -> Installation.isTyped())
                        .map(console -> console.readPassword("Password of %s: ", name))
                        .map(String::valueOf))
                .orElseThrow(() ->
                        wrong("there is no password: set ICESPAR_PASSWORD, give --password-file, or use a terminal"));
    }

    private String content(Path file) {
        try {
            return Files.readString(file).replaceFirst("\\R\\z", "");
        } catch (IOException e) {
            throw wrong("the file `" + file + "` cannot be read");
        }
    }

    private ParameterException wrong(String text) {
        return new ParameterException(command.commandLine(), text);
    }
}
