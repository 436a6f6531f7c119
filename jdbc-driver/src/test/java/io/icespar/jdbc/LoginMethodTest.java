package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginMethodTest {
    private static final String URL = "jdbc:icespar:http://localhost";

    @ParameterizedTest
    @CsvSource({
        "user=u&password=p, BASIC",
        "auth=basic&user=u&password=p, BASIC",
        "accessToken=t, TOKEN",
        "accessTokenFile=f, TOKEN",
        "auth=token&accessToken=t, TOKEN",
        "auth=password&user=u&password=p, PASSWORD",
        "auth=password&user=u&password=p&clientId=c&clientSecret=s&scope=openid&issuer=i, PASSWORD",
        "auth=client_credentials&clientId=c&clientSecret=s, CLIENT_CREDENTIALS",
        "auth=browser, BROWSER",
        "auth=browser&loginTimeout=9, BROWSER",
        "auth=certificate&keyStore=f, CERTIFICATE",
        "auth=certificate&keyStore=f&keyStorePassword=p&keyStoreType=PEM, CERTIFICATE",
        "user=u&password=p&keyStore=f, BASIC",
        // What tools send that were given neither.
        "auth=browser&user=&password=, BROWSER",
        "accessToken=t&user=&password=, TOKEN",
    })
    void theOptionsSayHowToLogIn(String options, LoginMethod expected) throws SQLException {
        assertEquals(expected, parse(options).login());
    }

    @Test
    void anUnknownWayIsNamedWithThoseThatThereAre() {
        assertEquals(
                "the option `auth` has the value `kerberos`, expected one of `basic`, `token`, `password`,"
                        + " `client_credentials`, `browser`, `certificate`",
                refused("22023", "auth=kerberos&user=u&password=p"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', no `user` was given to log in with",
        "user=u, no `password` was given to log in with",
        "auth=password&user=u, no `password` was given to log in with (`auth=password`)",
        "auth=token, no `accessToken` and no `accessTokenFile` was given to log in with (`auth=token`)",
        "auth=certificate, no `keyStore` was given to log in with (`auth=certificate`)",
        "auth=client_credentials, no `clientId` was given to log in with (`auth=client_credentials`)",
        "auth=client_credentials&clientId=c, no `clientSecret` was given to log in with (`auth=client_credentials`)",
    })
    void whatIsMissingIsNamed(String options, String text) {
        assertEquals(text, refused("28000", options));
    }

    @ParameterizedTest
    @CsvSource({
        "accessToken=t&user=u, user, token",
        "accessToken=t&user=u&password=p, user, token",
        "auth=basic&user=u&password=p&accessToken=t, accessToken, basic",
        "user=u&password=p&clientId=c, clientId, basic",
        "auth=browser&password=p, password, browser",
        "auth=browser&accessTokenFile=f, accessTokenFile, browser",
        "auth=client_credentials&clientId=c&clientSecret=s&user=u, user, client_credentials",
        "auth=password&user=u&password=p&loginTimeout=3, loginTimeout, password",
        "accessToken=t&issuer=i, issuer, token",
        "auth=certificate&keyStore=f&user=u, user, certificate",
        "auth=certificate&keyStore=f&accessToken=t, accessToken, certificate",
    })
    void optionsThatDoNotGoTogetherAreNamed(String options, String option, String way) {
        assertEquals("the option `" + option + "` does not go with `auth=" + way + "`", refused("22023", options));
    }

    @Test
    void oneTokenIsEnough() {
        assertEquals(
                "the options `accessToken` and `accessTokenFile` exclude each other",
                refused("22023", "accessToken=t&accessTokenFile=f"));
    }

    @Test
    void aSecretNeedsItsClient() {
        assertEquals(
                "the option `clientSecret` needs the option `clientId`",
                refused("22023", "auth=browser&clientSecret=s3cret"));
    }

    @ParameterizedTest
    @CsvSource({
        "auth=client_credentials&clientId=c, clientSecret, CLIENT_SECRET",
        "user=u&password=p, keyStorePassword, KEY_STORE_PASSWORD",
        "user=u&password=p, trustStorePassword, TRUST_STORE_PASSWORD",
    })
    void aSecretCanBeInAFile(String login, String option, DriverProperty property, @TempDir Path folder)
            throws Exception {
        var file = Files.writeString(folder.resolve("secret"), "s3 cret\n");
        var options = login + "&" + option + "File=";
        assertEquals("s3 cret", parse(options + file).text(property));
        assertEquals(
                "the file `" + folder + "` of the option `" + option + "File` cannot be read",
                refused("22023", options + folder));
        assertEquals(
                "the options `" + option + "` and `" + option + "File` exclude each other",
                refused("22023", options + file + "&" + option + "=s3cret"));
    }

    @Test
    void aPersonNeedsSomeTime() {
        assertEquals(
                "the option `loginTimeout` has the value `0`, expected a number above 0",
                refused("22023", "auth=browser&loginTimeout=0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"accessToken=s3cret", "auth=browser", "auth=password&user=u&password=s3cret"})
    void noLoginGoesToAnotherMachineUnencrypted(String options) {
        var error = assertThrows(
                SQLException.class,
                () -> ConnectUrl.parse("jdbc:icespar:http://data.example.org?" + options, new Properties()));
        assertEquals("08001", error.getSQLState());
        assertTrue(String.valueOf(error.getMessage()).contains("`allowPlainHttp`"), error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "'', user:password",
        "auth=browser, ''",
        "auth=client_credentials, clientId:clientSecret",
        "auth=client_credentials&clientSecretFile=f, clientId",
        "auth=certificate, keyStore",
    })
    void toolsAreToldWhichOptionsAreNeeded(String options, String expected) {
        var needed = Arrays.stream(new Driver().getPropertyInfo(URL + "?" + options, new Properties()))
                .filter(option -> option.required)
                .map(option -> option.name)
                .collect(Collectors.joining(":"));
        assertEquals(expected, needed);
    }

    @Test
    void toolsAreToldNoSecrets() {
        var info = new Properties();
        for (var name : Set.of("password", "accessToken", "clientSecret", "trustStorePassword", "keyStorePassword")) {
            info.setProperty(name, "s3cret");
        }
        var url = URL + "?password=s3cret&accessToken=s3cret&clientSecret=s3cret&trustStorePassword=s3cret"
                + "&keyStorePassword=s3cret";
        for (var option : new Driver().getPropertyInfo(url, info)) {
            assertTrue(!"s3cret".equals(option.value), option.name);
        }
        assertTrue(!ConnectUrl.findOptions(url, info).isEmpty());
    }

    private static ConnectUrl parse(String options) throws SQLException {
        return ConnectUrl.parse(URL + "?" + options, new Properties());
    }

    private static String refused(String sqlState, String options) {
        var error = assertThrows(SQLException.class, () -> parse(options));
        assertEquals(sqlState, error.getSQLState());
        return String.valueOf(error.getMessage());
    }
}
