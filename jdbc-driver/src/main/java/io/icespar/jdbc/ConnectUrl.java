package io.icespar.jdbc;

import io.icespar.jdbc.login.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/**
 * What a connection is made with: {@code jdbc:icespar:http(s)://host[:port][/schema][?option=value&…]}, together with
 * the properties beside it, which go before the options in the URL.
 */
final class ConnectUrl {
    private static final String PREFIX = "jdbc:icespar:";
    private static final String EMBEDDED = PREFIX + "embedded:";
    private static final String FORM = PREFIX + "http(s)://host[:port][/schema][?option=value&...]";
    private static final int DEFAULT_PORT = 8765;
    private static final int MAX_PORT = 65_535;
    private static final String ENDPOINT = "/avatica";

    /** Options that name a file, and those whose value is in it. */
    private static final Map<DriverProperty, DriverProperty> SECRETS_IN_FILES = Map.of(
            DriverProperty.CLIENT_SECRET_FILE, DriverProperty.CLIENT_SECRET,
            DriverProperty.KEY_STORE_PASSWORD_FILE, DriverProperty.KEY_STORE_PASSWORD,
            DriverProperty.TRUST_STORE_PASSWORD_FILE, DriverProperty.TRUST_STORE_PASSWORD);

    private final URI endpoint;
    private final Map<DriverProperty, String> options;

    private ConnectUrl(URI endpoint, Map<DriverProperty, String> options) {
        this.endpoint = endpoint;
        this.options = options;
    }

    /** Whether a URL is for this driver, be it well formed or not. */
    static boolean accepts(String url) {
        return startsWith(url, PREFIX) && !startsWith(url, EMBEDDED);
    }

    private static boolean startsWith(String url, String prefix) {
        return url.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /**
     * Reads and checks.
     *
     * @throws SQLException 08001 if the URL cannot be right, 22023 for an option that is unknown or has a wrong value
     */
    static ConnectUrl parse(String url, Properties info) throws SQLException {
        var uri = uri(url);
        return new ConnectUrl(endpoint(uri), withSecretsOfFiles(options(uri, info))).checked();
    }

    /** The options with what is secret in place of the files that hold it. */
    private static Map<DriverProperty, String> withSecretsOfFiles(Map<DriverProperty, String> options)
            throws SQLException {
        for (var each : SECRETS_IN_FILES.entrySet()) {
            var file = options.remove(each.getKey());
            if (file != null && options.containsKey(each.getValue())) {
                throw SqlState.INVALID_PARAMETER.error("the options `"
                        + each.getValue().key() + "` and `" + each.getKey().key() + "` exclude each other");
            }
            if (file != null) {
                options.put(each.getValue(), secret(each.getKey(), file));
            }
        }
        return options;
    }

    private static String secret(DriverProperty property, String file) throws SQLException {
        try {
            return Files.readString(Path.of(file)).replaceFirst("\\R+\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw SqlState.INVALID_PARAMETER.error(
                    "the file `" + file + "` of the option `" + property.key() + "` cannot be read");
        }
    }

    /** The options of a URL and of the properties beside it; none if they are not well formed, or not for this driver. */
    static Map<DriverProperty, String> findOptions(@Nullable String url, Properties info) {
        if (url == null || !accepts(url)) {
            return Map.of();
        }
        try {
            return options(uri(url), info);
        } catch (SQLException e) {
            return Map.of();
        }
    }

    private static Map<DriverProperty, String> options(URI uri, Properties info) throws SQLException {
        var options = new EnumMap<DriverProperty, String>(DriverProperty.class);
        schema(uri).ifPresent(schema -> options.put(DriverProperty.SCHEMA, schema));
        if (uri.getRawQuery() != null) {
            for (var pair : uri.getRawQuery().split("&", -1)) {
                var equals = pair.indexOf('=');
                if (!pair.isEmpty() && equals < 0) {
                    throw SqlState.CANNOT_CONNECT.error(
                            "the option `" + decode(pair) + "` has no value, expected `" + FORM + "`");
                }
                if (!pair.isEmpty()) {
                    put(options, decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
                }
            }
        }
        for (var name : info.stringPropertyNames()) {
            put(options, name, info.getProperty(name));
        }
        return options;
    }

    private static URI uri(String url) throws SQLException {
        URI uri;
        try {
            uri = new URI(url.substring(PREFIX.length()));
        } catch (URISyntaxException e) {
            // Its text would repeat the whole URL, which may hold a secret.
            throw malformed("it is not a URL at its character " + (PREFIX.length() + e.getIndex() + 1));
        }
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw malformed("it must go on with `http://` or `https://`");
        }
        if (uri.getRawUserInfo() != null) {
            throw malformed("user and password belong among the properties");
        }
        if (uri.getHost() == null) {
            throw malformed("it names no host");
        }
        if (uri.getPort() == 0 || uri.getPort() > MAX_PORT) {
            throw malformed("its port must be between 1 and " + MAX_PORT);
        }
        if (uri.getRawFragment() != null) {
            throw malformed("`#` has no meaning in it");
        }
        return uri;
    }

    private static SQLException malformed(String why) {
        return SqlState.CANNOT_CONNECT.error("the URL is malformed: " + why + "; expected `" + FORM + "`");
    }

    private static Optional<String> schema(URI uri) throws SQLException {
        var path = uri.getRawPath() == null ? "" : uri.getRawPath();
        var schema = path.startsWith("/") ? path.substring(1) : path;
        if (schema.indexOf('/') >= 0) {
            throw malformed("its path must be the name of one schema");
        }
        return schema.isEmpty() ? Optional.empty() : Optional.of(decodePath(schema));
    }

    private static URI endpoint(URI uri) {
        var port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return URI.create(uri.getScheme().toLowerCase(Locale.ROOT) + "://" + uri.getHost() + ":" + port + ENDPOINT);
    }

    private static void put(Map<DriverProperty, String> options, String name, String value) throws SQLException {
        var property = DriverProperty.find(name);
        if (property.isEmpty()) {
            throw SqlState.INVALID_PARAMETER.error("unknown option `" + name + "`" + suggestion(name));
        }
        options.put(property.get(), value);
    }

    private static String suggestion(String name) {
        return Arrays.stream(DriverProperty.values())
                .map(DriverProperty::key)
                .filter(key -> EditDistance.between(key.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT))
                        <= Math.max(2, key.length() / 4))
                .min((left, right) ->
                        Integer.compare(EditDistance.between(left, name), EditDistance.between(right, name)))
                .map(key -> ", did you mean `" + key + "`?")
                .orElse(", expected one of "
                        + String.join(
                                ", ",
                                Arrays.stream(DriverProperty.values())
                                        .map(property -> "`" + property.key() + "`")
                                        .toArray(String[]::new)));
    }

    private static String decode(String text) throws SQLException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("`%` must be followed by two hexadecimal digits");
        }
    }

    /** In a path, unlike in options, a plus sign is just that. */
    private static String decodePath(String text) throws SQLException {
        return decode(text.replace("+", "%2B"));
    }

    private ConnectUrl checked() throws SQLException {
        login().check(options);
        number(DriverProperty.CONNECT_TIMEOUT);
        number(DriverProperty.RESPONSE_TIMEOUT);
        number(DriverProperty.FETCH_SIZE);
        if (number(DriverProperty.LOGIN_TIMEOUT) == 0) {
            throw wrongValue(DriverProperty.LOGIN_TIMEOUT, "expected a number above 0");
        }
        timeZone();
        if (!flag(DriverProperty.ALLOW_PLAIN_HTTP)
                && endpoint.getScheme().equals("http")
                && !WebAddress.isLoopback(endpoint)) {
            throw SqlState.CANNOT_CONNECT.error("refused to log in to `" + endpoint.getHost()
                    + "` over http, where others can read along: use https, or set the option `"
                    + DriverProperty.ALLOW_PLAIN_HTTP.key() + "` to `true`");
        }
        return this;
    }

    /** Where requests go. */
    URI endpoint() {
        return endpoint;
    }

    /** The server alone: its scheme, host and port. */
    URI server() {
        return URI.create(endpoint.getScheme() + "://" + endpoint.getAuthority());
    }

    /** How to log in. */
    LoginMethod login() throws SQLException {
        return LoginMethod.of(options);
    }

    /** The URL again, with the schema but without options, some of which may be secret. */
    String withoutOptions() {
        var schema = find(DriverProperty.SCHEMA)
                .map(name ->
                        "/" + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .orElse("");
        return PREFIX + endpoint.getScheme() + "://" + endpoint.getAuthority() + schema;
    }

    /** The value of an option, or its default. */
    Optional<String> find(DriverProperty property) {
        return Optional.ofNullable(options.get(property)).or(property::defaultValue);
    }

    /** The value of an option that has one. */
    String text(DriverProperty property) {
        return find(property).orElseThrow();
    }

    /** The value of an option that counts something. */
    int number(DriverProperty property) throws SQLException {
        var text = text(property);
        if (!text.matches("\\d{1,9}")) {
            throw wrongValue(property, "expected a whole number of at most 9 digits");
        }
        return Integer.parseInt(text);
    }

    /** The value of an option that is true or false. */
    boolean flag(DriverProperty property) throws SQLException {
        var text = text(property);
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw wrongValue(property, "expected `true` or `false`");
    }

    private void timeZone() throws SQLException {
        var zone = find(DriverProperty.TIME_ZONE);
        // Of a zone it does not know, java.util.TimeZone makes GMT.
        if (zone.isPresent()
                && !Arrays.asList(TimeZone.getAvailableIDs()).contains(zone.get())
                && !zone.get().matches("GMT[+-]\\d{1,2}(:\\d{2})?")) {
            throw wrongValue(DriverProperty.TIME_ZONE, "expected a zone such as `Europe/Paris`");
        }
    }

    private SQLException wrongValue(DriverProperty property, String expected) {
        return SqlState.INVALID_PARAMETER.error(
                "the option `" + property.key() + "` has the value `" + text(property) + "`, " + expected);
    }
}
