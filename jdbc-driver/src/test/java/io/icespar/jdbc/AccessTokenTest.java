package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTokenTest {
    private static final String TOKEN = "eyJhbGciOi.J9.s3cret-_=";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void theTokenGoesWithEachRequest() throws Exception {
        try (var server = FakeServer.start()) {
            new Program().connect(server, "accessToken", TOKEN).close();
            new Program()
                    .connect(server, "auth", "token", "accessToken", TOKEN + "\n")
                    .close();
            assertEquals(Set.of("Bearer " + TOKEN), Set.copyOf(server.authorizations()));
        }
    }

    @Test
    void aTokenThatTheServerRefusesIsSaidToBe() throws Exception {
        try (var server = FakeServer.start().givingNumbers()) {
            var connection = new Program().connect(server, "accessToken", TOKEN);
            Program.query(connection);
            server.accepting(authorization -> false);
            var error = assertThrows(SQLException.class, () -> Program.query(connection));
            assertEquals("28000", error.getSQLState());
            assertEquals(
                    "the server does not accept the access token, which may have expired or be for another server:"
                            + " connect with a new one",
                    error.getMessage());
            connection.close();
        }
    }

    @Test
    void aTokenThatHasExpiredIsSaidToHave() throws Exception {
        var file = Files.writeString(folder.resolve("token"), TOKEN);
        var challenge = "Bearer realm=\"icespar\", error=\"invalid_token\","
                + " error_description=\"the access token has expired\"";
        try (var server = FakeServer.answering(401, Map.of("WWW-Authenticate", challenge), "")) {
            assertEquals("the access token has expired: connect with a new one", refusal(server, "accessToken", TOKEN));
            assertEquals(
                    "the access token in `" + file + "` has expired: put a new one there",
                    refusal(server, "accessTokenFile", file.toString()));
        }
    }

    @Test
    void aServerThatTakesNoTokensIsSaidTo() throws Exception {
        var challenge = Map.of("WWW-Authenticate", "Basic realm=\"icespar\", charset=\"UTF-8\"");
        try (var server = FakeServer.answering(401, challenge, "")) {
            assertEquals(
                    "the server takes no access tokens: log in with `auth=basic`, by user and password",
                    refusal(server, "accessToken", TOKEN));
        }
    }

    private static String refusal(FakeServer server, String... options) {
        var error = assertThrows(SQLException.class, () -> new Program().connect(server, options));
        assertEquals("28000", error.getSQLState());
        return String.valueOf(error.getMessage());
    }

    @Test
    void theFileIsReadAgainForEachRequest() throws Exception {
        var file = Files.writeString(folder.resolve("token"), "first\n");
        try (var server = FakeServer.start().givingNumbers();
                var connection = new Program().connect(server, "accessTokenFile", file.toString())) {
            Files.writeString(file, "second");
            Program.query(connection);
            assertEquals(
                    List.of("Bearer first", "Bearer second"),
                    server.authorizations().subList(0, 2));
        }
    }

    @Test
    void aFileThatChangesWhileTheServerRefusesItsTokenIsTriedOnceMore() throws Exception {
        var file = Files.writeString(folder.resolve("token"), "old");
        try (var server = FakeServer.start()) {
            server.accepting(authorization -> {
                write(file);
                return authorization.equals("Bearer new");
            });
            new Program().connect(server, "accessTokenFile", file.toString()).close();
            assertEquals(
                    List.of("Bearer old", "Bearer new"), server.authorizations().subList(0, 2));
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "new");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatIsGoneEndsTheConnectionUntilItIsBack() throws Exception {
        var file = Files.writeString(folder.resolve("token"), TOKEN);
        try (var server = FakeServer.start().givingNumbers();
                var connection = new Program().connect(server, "accessTokenFile", file.toString())) {
            Files.delete(file);
            var error = assertThrows(SQLException.class, () -> Program.query(connection));
            assertEquals("28000", error.getSQLState());
            assertEquals("the file of the access token, `" + file + "`, cannot be read", error.getMessage());
            Files.writeString(file, TOKEN);
            Program.query(connection);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two tokens", "a\r\nX-Forged: 1", "s3cret{", "s3crét"})
    void whatIsNoTokenIsNotSent(String text) throws Exception {
        var file = Files.writeString(folder.resolve("token"), text);
        try (var server = FakeServer.start()) {
            for (var option : List.of(List.of("accessToken", text), List.of("accessTokenFile", file.toString()))) {
                var error = assertThrows(
                        SQLException.class, () -> new Program().connect(server, option.get(0), option.get(1)));
                assertEquals("28000", error.getSQLState());
                assertFalse(String.valueOf(error.getMessage()).contains("s3cr"), error.getMessage());
            }
            assertEquals(List.of(), server.authorizations());
        }
    }

    @Test
    void aFileOfAnySizeIsNotReadWhole() throws Exception {
        var file = Files.writeString(folder.resolve("token"), "a".repeat(70_000));
        try (var server = FakeServer.start()) {
            var error = assertThrows(
                    SQLException.class, () -> new Program().connect(server, "accessTokenFile", file.toString()));
            assertEquals("the file `" + file + "` holds no access token, or more than that", error.getMessage());
        }
    }
}
