package io.icespar.jdbc.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent to where a login waits for the browser, only what has the login's own state is taken for its answer. */
class RedirectFuzzTest {
    private static final String STATE = "St4te";
    private static final int PATIENCE_MILLIS = 10_000;

    private RedirectListener listener = start();

    private static RedirectListener start() {
        try {
            return RedirectListener.start(STATE);
        } catch (LoginException e) {
            throw new AssertionError(e);
        }
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    /** What stands behind the address. */
    static Stream<byte[]> inputs() {
        return Stream.of(
                        "?state=St4te&code=c0de",
                        "?state=St4te&error=access_denied&error_description=a%20b",
                        "?state=%53t4te&code=",
                        "?state=St4te",
                        "?state=other&code=c0de",
                        "?state=St4te&state=other&code=c0de",
                        "?state=St4te&code=a&code=b",
                        "?code=c0de&&=&state=%zz",
                        "a?state=St4te&code=c0de",
                        "//host?state=St4te&code=c0de",
                        "#?state=St4te&code=c0de",
                        "?",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    @MethodSource("inputs")
    @FuzzTest
    void onlyWhatHasTheStateIsTheAnswer(byte[] input) throws IOException, LoginException {
        // A line that ends ends the request; anyone may send several.
        var target = "/" + new String(input, StandardCharsets.ISO_8859_1).replaceAll("[\r\n]", "");
        var answer = send("GET " + target + " HTTP/1.1\r\nHost: "
                + listener.address().getAuthority() + "\r\nConnection: close\r\n\r\n");
        if (answer.startsWith("HTTP/1.1 200 ")) {
            var taken = listener.await(Duration.ofSeconds(1));
            assertEquals(STATE, taken.get("state"));
            assertTrue(taken.containsKey("code") || taken.containsKey("error"));
            listener.close();
            listener = start();
        } else {
            assertTrue(answer.startsWith("HTTP/1.1 40"), answer);
            assertThrows(LoginException.class, () -> listener.await(Duration.ZERO));
        }
    }

    private String send(String request) throws IOException {
        var address = listener.address();
        try (var socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
