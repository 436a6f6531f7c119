package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.avatica.remote.Service;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverTest {
    private static final String BASIC =
            "Basic " + Base64.getEncoder().encodeToString("french-user:changeit".getBytes(StandardCharsets.UTF_8));

    @Test
    void theDriverManagerFindsTheDriver() throws SQLException {
        assertEquals(
                Driver.class,
                DriverManager.getDriver("jdbc:icespar:http://localhost").getClass());
    }

    @Test
    void aUrlOfAnotherDriverIsLeftToIt() throws SQLException {
        var driver = new Driver();
        assertNull(driver.connect("jdbc:icespar:embedded:/conf/icespar.yaml", new Properties()));
        assertNull(driver.connect("jdbc:avatica:remote:url=http://localhost", new Properties()));
    }

    @Test
    void everyOptionIsDescribed() {
        var info = new Properties();
        info.setProperty("user", "french-user");
        var options = new Driver().getPropertyInfo("jdbc:icespar:http://localhost", info);
        assertEquals(DriverProperty.values().length, options.length);
        assertEquals("french-user", options[0].value);
        assertTrue(options[0].required);
        assertTrue(Arrays.stream(options).allMatch(option -> option.description.endsWith(".")));
    }

    @Test
    void theLoginGoesWithEachRequestAndTheSchemaWithTheFirst() throws Exception {
        try (var server = FakeServer.start()) {
            DriverManager.getConnection(server.url() + "/retail", "french-user", "changeit")
                    .close();
            var opened = server.requests(Service.OpenConnectionRequest.class);
            assertEquals(Map.of("schema", "retail"), opened.get(0).info);
            assertEquals(List.of(BASIC, BASIC), server.authorizations());
        }
    }

    @Test
    void aServerThatIsNotThereIsSaidToBe() throws IOException {
        String url;
        try (var server = FakeServer.start()) {
            url = server.url();
        }
        var error = refused("08001", url);
        assertEquals(
                "cannot connect to `" + url.substring("jdbc:icespar:".length()) + "`: is it running?",
                error.getMessage());
    }

    @Test
    void aHostThatIsNotThereIsSaidToBe() {
        var error = refused("08001", "jdbc:icespar:https://no-such-host.invalid");
        assertEquals(
                "cannot connect to `https://no-such-host.invalid:8765`: there is no such host", error.getMessage());
    }

    @Test
    void aWrongPasswordIsSaidToBe() throws IOException {
        try (var server = FakeServer.answering(401, Map.of("WWW-Authenticate", "Basic realm=\"icespar\""), "")) {
            assertEquals(
                    "the user name or the password is wrong",
                    refused("28000", server.url()).getMessage());
        }
    }

    @Test
    void whoMayBeAUserOfTheProviderIsToldHowToLogIn() throws IOException {
        var headers = Map.of("WWW-Authenticate", "Bearer realm=\"icespar\", error=\"invalid_token\"");
        try (var server = FakeServer.answering(401, headers, "")) {
            assertEquals(
                    "the user name or the password is wrong; users of the server's identity provider log in with"
                            + " `auth=browser` or `auth=password`",
                    refused("28000", server.url()).getMessage());
        }
    }

    @Test
    void theServerIsAskedOnceWhoIsLoggedIn() throws Exception {
        try (var server = FakeServer.start().knowing("Fr\\u00e9nch-User");
                var connection = server.connect()) {
            assertEquals("Frénch-User", connection.getMetaData().getUserName());
            assertEquals("Frénch-User", connection.getMetaData().getUserName());
            assertEquals(List.of(BASIC, BASIC), server.authorizations());
        }
    }

    @Test
    void whoIsLoggedInIsNotAskedOverAClosedConnection() throws Exception {
        try (var server = FakeServer.start().knowing("alice")) {
            var connection = server.connect();
            var metaData = connection.getMetaData();
            connection.close();
            assertThrows(SQLException.class, metaData::getUserName);
        }
    }

    @Test
    void aServerThatDoesNotTellWhoIsLoggedInIsSaidToBeAnother() throws Exception {
        try (var server = FakeServer.start();
                var connection = server.connect()) {
            var error = assertThrows(
                    SQLException.class, () -> connection.getMetaData().getUserName());
            assertEquals("08001", error.getSQLState());
        }
    }

    @Test
    void aUserWithoutTheRoleReadsWhatTheServerSays() throws IOException {
        var headers = Map.of("Content-Type", "text/plain;charset=utf-8");
        try (var server = FakeServer.answering(403, headers, "the user does not hold `ROLE_USER`")) {
            assertEquals(
                    "`french-user` may not enter: the user does not hold `ROLE_USER`",
                    refused("28000", server.url()).getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 404, 405, 500})
    void anotherServerIsSaidToBe(int status) throws IOException {
        var body = status == 204 ? "" : "<html><body>Welcome</body></html>";
        try (var server = FakeServer.answering(status, Map.of("Content-Type", "text/html"), body)) {
            var error = refused("08001", server.url());
            assertTrue(String.valueOf(error.getMessage())
                    .startsWith("there is no server of Icespar at `http://127.0.0.1:"));
        }
    }

    @Test
    void aServerThatIsBusyIsSaidToBe() throws IOException {
        try (var server = FakeServer.answering(503, Map.of(), "")) {
            assertEquals(
                    "the server at `" + server.address()
                            + "` is there but cannot serve now (HTTP 503); try again later",
                    refused("08004", server.url()).getMessage());
        }
    }

    @Test
    void aServerThatCannotServeSaysWhy() throws IOException {
        var headers = Map.of("Content-Type", "text/plain;charset=utf-8");
        try (var server = FakeServer.answering(503, headers, "the identity provider does not answer")) {
            assertEquals(
                    "the server at `" + server.address()
                            + "` is there but cannot serve now (HTTP 503): the identity provider does not answer",
                    refused("08004", server.url()).getMessage());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void thePasswordDoesNotFollowARedirect(int status) throws IOException {
        try (var target = FakeServer.start();
                var server = FakeServer.answering(
                        status,
                        Map.of("Location", target.url().substring("jdbc:icespar:".length()) + "/avatica"),
                        "")) {
            refused("08001", server.url());
            assertEquals(List.of(), target.authorizations());
        }
    }

    @ParameterizedTest
    @CsvSource({"3F000, schema `retial` does not exist", "53400, too many connections", "28000, no access"})
    void whatTheServerRefusesIsSaidInItsWords(String sqlState, String text) throws IOException {
        try (var server = FakeServer.start()) {
            server.on(Service.OpenConnectionRequest.class, request -> FakeServer.error(text, sqlState));
            assertEquals(text, refused(sqlState, server.url()).getMessage());
        }
    }

    private static SQLException refused(String sqlState, String url) {
        var error = assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(url, "french-user", "changeit")
                        .close());
        assertEquals(sqlState, error.getSQLState(), error.getMessage());
        return error;
    }
}
