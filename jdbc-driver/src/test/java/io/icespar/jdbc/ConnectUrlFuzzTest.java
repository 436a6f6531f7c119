package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.icespar.jdbc.login.Logins;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is given to connect with, it is refused by an SQLException with a state that is documented, or it is read to
 * the same again; and a password in the URL is shown nowhere.
 */
class ConnectUrlFuzzTest {
    private static final String SECRET = "pA55-w0rD";
    private static final Set<String> STATES = Set.of("08001", "22023", "28000");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A URL, and on each line below an option among the properties. */
    static Stream<byte[]> inputs() {
        return Stream.of(
                        "jdbc:icespar:http://localhost\nuser=u",
                        "jdbc:icespar:https://data.example.org:443/retail?user=u&fetchSize=7",
                        "JDBC:Icespar:HTTPS://[::1]:1/a%20b+c?user=u&timeZone=Europe%2FParis",
                        "jdbc:icespar:http://[fe80::1%25eth0]/?user=u&allowPlainHttp=true",
                        "jdbc:icespar:http://example.org/?user=u",
                        "jdbc:icespar:https://h?auth=password&user=u&clientId=c&clientSecret=s&scope=a%20b&issuer=i",
                        "jdbc:icespar:https://h?auth=browser&loginTimeout=0",
                        "jdbc:icespar:https://h?auth=client_credentials\nclientId=c\nclientSecret=s",
                        "jdbc:icespar:https://h?auth=kerberos\nconnectTimeout=1234567890",
                        "jdbc:icespar:https://h\naccessToken=a b\npassword=",
                        "jdbc:icespar:https://h?accessTokenFile=%00\npassword=",
                        "jdbc:icespar:https://h?trustStore=t&trustStoreType=PEM&fetchsiz=8",
                        "jdbc:icespar:https://user:other@h/a/b#c",
                        "jdbc:icespar:https://h:99999/%zz?%&a&=&b=%zz",
                        "jdbc:icespar:embedded:x",
                        "jdbc:icespa?:http://exa/gu",
                        "jdbc:icespar:",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("inputs")
    @FuzzTest
    void whatIsReadIsReadAgainAndAPasswordIsNotShown(byte[] input) throws SQLException {
        var lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
        var url = lines[0] + (lines[0].indexOf('?') < 0 ? "?" : "&") + "password=" + SECRET;
        var info = new Properties();
        for (var line : Arrays.asList(lines).subList(1, lines.length)) {
            var equals = line.indexOf('=');
            info.setProperty(equals < 0 ? line : line.substring(0, equals), line.substring(equals + 1));
        }
        // Who writes a password elsewhere too shows it themselves.
        var isSecret = !new String(input, StandardCharsets.UTF_8).contains(SECRET);
        for (var property : new Driver().getPropertyInfo(url, info)) {
            assertFalse(isSecret && String.valueOf(property.value).contains(SECRET), property.name);
        }
        if (!ConnectUrl.accepts(url)) {
            return;
        }
        try {
            var read = ConnectUrl.parse(url, info);
            assertFalse(isSecret && (read.withoutOptions() + read.endpoint()).contains(SECRET));
            assertEndpoint(read);
            assertSame(read, ConnectUrl.parse(read.withoutOptions(), options(read)));
            var clock = new TestClock();
            read.login().credentials(read, new Logins(address -> {}, clock, new SecureRandom(), clock), HTTP);
        } catch (SQLException e) {
            assertTrue(STATES.contains(String.valueOf(e.getSQLState())), e.toString());
            assertFalse(isSecret && e.toString().contains(SECRET), e.toString());
        }
    }

    private static void assertEndpoint(ConnectUrl url) throws SQLException {
        var endpoint = url.endpoint();
        assertEquals("/avatica", endpoint.getRawPath());
        assertTrue(endpoint.getHost() != null && endpoint.getRawQuery() == null, endpoint.toString());
        var host = endpoint.getHost().toLowerCase(Locale.ROOT);
        assertTrue(
                endpoint.getScheme().equals("https")
                        || url.flag(DriverProperty.ALLOW_PLAIN_HTTP)
                        || host.equals("localhost")
                        || host.equals("[::1]")
                        || host.startsWith("127."),
                endpoint.toString());
    }

    private static Properties options(ConnectUrl url) {
        var options = new Properties();
        for (var property : DriverProperty.values()) {
            url.find(property).ifPresent(value -> {
                // Given, though as it is by default, it might not go with the way to log in.
                if (!value.equals(property.defaultValue().orElse(null))) {
                    options.setProperty(property.key(), value);
                }
            });
        }
        return options;
    }

    private static void assertSame(ConnectUrl one, ConnectUrl other) throws SQLException {
        assertEquals(one.endpoint(), other.endpoint());
        assertEquals(one.login(), other.login());
        assertEquals(one.withoutOptions(), other.withoutOptions());
        for (var property : DriverProperty.values()) {
            assertEquals(one.find(property), other.find(property), property.key());
        }
    }
}
