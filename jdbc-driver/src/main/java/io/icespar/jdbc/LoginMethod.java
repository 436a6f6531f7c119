package io.icespar.jdbc;

import static io.icespar.jdbc.DriverProperty.ACCESS_TOKEN;
import static io.icespar.jdbc.DriverProperty.ACCESS_TOKEN_FILE;
import static io.icespar.jdbc.DriverProperty.AUTH;
import static io.icespar.jdbc.DriverProperty.CLIENT_ID;
import static io.icespar.jdbc.DriverProperty.CLIENT_SECRET;
import static io.icespar.jdbc.DriverProperty.ISSUER;
import static io.icespar.jdbc.DriverProperty.LOGIN_TIMEOUT;
import static io.icespar.jdbc.DriverProperty.SCOPE;

import io.icespar.jdbc.login.Credentials;
import io.icespar.jdbc.login.LoginException;
import io.icespar.jdbc.login.LoginTarget;
import io.icespar.jdbc.login.Logins;
import java.net.http.HttpClient;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A way to log in: which options it needs, and which others go with it. */
enum LoginMethod {
    /** By user and password, which the server checks. */
    BASIC("basic") {
        @Override
        Set<DriverProperty> needed() {
            return Set.of(DriverProperty.USER, DriverProperty.PASSWORD);
        }

        @Override
        Credentials login(ConnectUrl url, Logins logins, HttpClient http) {
            return logins.password(url.text(DriverProperty.USER), url.text(DriverProperty.PASSWORD));
        }
    },

    /** By an access token that was got elsewhere. */
    TOKEN("token") {
        @Override
        Set<DriverProperty> allowed() {
            return Set.of(ACCESS_TOKEN, ACCESS_TOKEN_FILE);
        }

        @Override
        Credentials login(ConnectUrl url, Logins logins, HttpClient http) throws SQLException, LoginException {
            var token = url.find(ACCESS_TOKEN);
            if (token.isPresent()) {
                return logins.accessToken(token.get());
            }
            try {
                return logins.accessTokenFile(Path.of(url.text(ACCESS_TOKEN_FILE)));
            } catch (InvalidPathException e) {
                throw SqlState.INVALID_PARAMETER.error("the option `accessTokenFile` names no file");
            }
        }
    },

    /** By user and password, which the provider checks. */
    PASSWORD("password") {
        @Override
        Set<DriverProperty> needed() {
            return Set.of(DriverProperty.USER, DriverProperty.PASSWORD);
        }

        @Override
        Set<DriverProperty> allowed() {
            return Set.of(CLIENT_ID, CLIENT_SECRET, SCOPE, ISSUER);
        }

        @Override
        Credentials login(ConnectUrl url, Logins logins, HttpClient http) throws SQLException {
            return logins.passwordAtProvider(
                    target(url, http),
                    url.find(CLIENT_ID),
                    url.find(CLIENT_SECRET),
                    url.text(DriverProperty.USER),
                    url.text(DriverProperty.PASSWORD));
        }
    },

    /** By the secret of a client, as which a program logs in at the provider. */
    CLIENT_CREDENTIALS("client_credentials") {
        @Override
        Set<DriverProperty> needed() {
            return Set.of(CLIENT_ID, CLIENT_SECRET);
        }

        @Override
        Set<DriverProperty> allowed() {
            return Set.of(SCOPE, ISSUER);
        }

        @Override
        Credentials login(ConnectUrl url, Logins logins, HttpClient http) throws SQLException {
            return logins.clientCredentials(target(url, http), url.text(CLIENT_ID), url.text(CLIENT_SECRET));
        }
    },

    /** By what the provider asks for in a browser. */
    BROWSER("browser") {
        @Override
        Set<DriverProperty> allowed() {
            return Set.of(CLIENT_ID, CLIENT_SECRET, SCOPE, ISSUER, LOGIN_TIMEOUT);
        }

        @Override
        Credentials login(ConnectUrl url, Logins logins, HttpClient http) throws SQLException {
            return logins.browser(
                    target(url, http),
                    url.find(CLIENT_ID),
                    url.find(CLIENT_SECRET),
                    Duration.ofSeconds(url.number(LOGIN_TIMEOUT)));
        }
    },

    /** By the certificate that the server is shown. */
    CERTIFICATE("certificate") {
        @Override
        Set<DriverProperty> needed() {
            return Set.of(DriverProperty.KEY_STORE);
        }

        @Override
        Credentials login(ConnectUrl url, Logins logins, HttpClient http) throws SQLException {
            if (!"https".equals(url.server().getScheme())) {
                throw SqlState.INVALID_PARAMETER.error("`auth=certificate` needs an address with https");
            }
            return new CertificateCredentials();
        }
    };

    private static final Duration PROVIDER_TIMEOUT = Duration.ofSeconds(30);

    /** The options that are for logging in, each with some ways only. */
    private static final List<DriverProperty> OF_LOGINS = List.of(
            DriverProperty.USER,
            DriverProperty.PASSWORD,
            ACCESS_TOKEN,
            ACCESS_TOKEN_FILE,
            CLIENT_ID,
            CLIENT_SECRET,
            SCOPE,
            ISSUER,
            LOGIN_TIMEOUT);

    private final String key;

    LoginMethod(String key) {
        this.key = key;
    }

    /** The options without which it cannot be done. */
    Set<DriverProperty> needed() {
        return Set.of();
    }

    /** Those options for logging in that go with it beside them. */
    Set<DriverProperty> allowed() {
        return Set.of();
    }

    abstract Credentials login(ConnectUrl url, Logins logins, HttpClient http) throws SQLException, LoginException;

    /** The values of the option {@code auth}. */
    static List<String> keys() {
        return Arrays.stream(values()).map(method -> method.key).collect(Collectors.toList());
    }

    /** The options without which the way that the options ask for cannot be done. */
    static Set<DriverProperty> needs(Map<DriverProperty, String> options) {
        try {
            var needed = EnumSet.noneOf(DriverProperty.class);
            needed.addAll(of(options).needed());
            if (options.containsKey(DriverProperty.CLIENT_SECRET_FILE)) {
                needed.remove(CLIENT_SECRET);
            }
            return needed;
        } catch (SQLException e) {
            return Set.of();
        }
    }

    /**
     * The way that the options ask for.
     *
     * @throws SQLException 22023 if there is none of that name
     */
    static LoginMethod of(Map<DriverProperty, String> options) throws SQLException {
        var wanted = options.get(AUTH);
        if (wanted == null) {
            return options.containsKey(ACCESS_TOKEN) || options.containsKey(ACCESS_TOKEN_FILE) ? TOKEN : BASIC;
        }
        for (var method : values()) {
            if (method.key.equals(wanted)) {
                return method;
            }
        }
        throw SqlState.INVALID_PARAMETER.error("the option `auth` has the value `" + wanted + "`, expected one of "
                + keys().stream().map(each -> "`" + each + "`").collect(Collectors.joining(", ")));
    }

    /**
     * Whether the options are those that this way needs, and none that it has no use for.
     *
     * @throws SQLException 28000 for one that is missing, 22023 for one too many
     */
    void check(Map<DriverProperty, String> options) throws SQLException {
        for (var property : OF_LOGINS) {
            var value = options.get(property);
            if (value == null && needed().contains(property)) {
                throw SqlState.INVALID_AUTHORIZATION.error(
                        "no `" + property.key() + "` was given to log in with" + asked(options));
            }
            // Tools send an empty user and password where they were given none.
            if (value != null
                    && !value.isEmpty()
                    && !needed().contains(property)
                    && !allowed().contains(property)) {
                throw SqlState.INVALID_PARAMETER.error(
                        "the option `" + property.key() + "` does not go with `auth=" + key + "`");
            }
        }
        if (this == CERTIFICATE && !options.containsKey(DriverProperty.KEY_STORE)) {
            throw SqlState.INVALID_AUTHORIZATION.error("no `keyStore` was given to log in with" + asked(options));
        }
        if (this == TOKEN && options.containsKey(ACCESS_TOKEN) == options.containsKey(ACCESS_TOKEN_FILE)) {
            throw options.containsKey(ACCESS_TOKEN)
                    ? SqlState.INVALID_PARAMETER.error(
                            "the options `accessToken` and `accessTokenFile` exclude each other")
                    : SqlState.INVALID_AUTHORIZATION.error(
                            "no `accessToken` and no `accessTokenFile` was given to log in with" + asked(options));
        }
        if (options.containsKey(CLIENT_SECRET) && !options.containsKey(CLIENT_ID)) {
            throw SqlState.INVALID_PARAMETER.error("the option `clientSecret` needs the option `clientId`");
        }
        if (this == BASIC && options.getOrDefault(DriverProperty.USER, "").indexOf(':') >= 0) {
            throw SqlState.INVALID_AUTHORIZATION.error("a user name cannot have a `:`");
        }
    }

    private String asked(Map<DriverProperty, String> options) {
        return options.containsKey(AUTH) ? " (`auth=" + key + "`)" : "";
    }

    /**
     * What to log in with.
     *
     * @throws SQLException 22023 or 28000 if an option has a value that cannot be
     */
    Credentials credentials(ConnectUrl url, Logins logins, HttpClient http) throws SQLException {
        try {
            return login(url, logins, http);
        } catch (LoginException e) {
            throw SqlState.INVALID_AUTHORIZATION.error(e.text());
        }
    }

    private static LoginTarget target(ConnectUrl url, HttpClient http) throws SQLException {
        var timeout = url.number(DriverProperty.RESPONSE_TIMEOUT);
        return new LoginTarget(
                url.server(),
                http,
                timeout == 0 ? PROVIDER_TIMEOUT : Duration.ofSeconds(timeout),
                url.find(ISSUER),
                url.find(SCOPE));
    }
}
