package io.icespar.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.config.ServerSettings;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpServerTest {
    private static final Running SERVER = new Running(endpoints());

    private static Handler endpoints() {
        var paths = new PathMappingsHandler();
        paths.addMapping(PathSpec.from("/up"), Methods.get(new Health(() -> true)));
        paths.addMapping(PathSpec.from("/down"), Methods.get(new Health(() -> false)));
        paths.addMapping(PathSpec.from("/fails"), new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                throw new IllegalStateException("hidden value");
            }
        });
        return paths;
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Test
    void healthIsToldToAnyone() throws Exception {
        assertEquals(200, SERVER.send(SERVER.request("/up")).statusCode());
        assertEquals(503, SERVER.send(SERVER.request("/down")).statusCode());
    }

    @Test
    void headHasTheHeadersOfGetAndNoBody() throws Exception {
        HttpResponse<String> get = SERVER.send(SERVER.request("/up"));
        HttpResponse<String> head =
                SERVER.send(SERVER.request("/up").method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertEquals(200, head.statusCode());
        assertEquals("", head.body());
        assertEquals(get.headers().firstValue("Content-Length"), head.headers().firstValue("Content-Length"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH"})
    void anotherMethodIsToldWhichAreAllowed(String method) throws Exception {
        String reply =
                SERVER.sendRaw(method + " /up HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        assertEquals(
                "HTTP/1.1 405 Method Not Allowed", reply.lines().findFirst().orElseThrow());
        assertTrue(reply.contains("\r\nAllow: GET, HEAD\r\n"), reply);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/up/", "/UP", "/up/../", "/nowhere", "/up%00", "/up%2f", "//up"})
    void anotherPathIsNotFound(String path) throws Exception {
        String reply = SERVER.sendRaw("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        assertTrue(reply.startsWith("HTTP/1.1 404 ") || reply.startsWith("HTTP/1.1 400 "), reply);
        assertHarmless(reply);
    }

    @Test
    void whatAHandlerThrowsIsNotTold() throws Exception {
        HttpResponse<String> reply = SERVER.send(SERVER.request("/fails"));
        assertEquals(500, reply.statusCode());
        assertEquals("server error\n", reply.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/up", "/nowhere", "/fails", "/down"})
    void everyReplyIsProtected(String path) throws Exception {
        HttpResponse<String> reply = SERVER.send(SERVER.request(path));
        assertEquals(
                "nosniff", reply.headers().firstValue("X-Content-Type-Options").orElseThrow());
        assertEquals("no-store", reply.headers().firstValue("Cache-Control").orElseThrow());
        assertTrue(reply.headers().firstValue("Content-Security-Policy").isPresent());
        assertTrue(reply.headers().firstValue("Server").isEmpty());
        assertTrue(reply.headers().firstValue("X-Powered-By").isEmpty());
    }

    @Test
    void headersAreLimited() throws Exception {
        String reply = SERVER.sendRaw(
                "GET /up HTTP/1.1\r\nHost: x\r\nX-Long: " + "x".repeat(9000) + "\r\nConnection: close\r\n\r\n");
        assertTrue(reply.startsWith("HTTP/1.1 431 "), reply);
        assertHarmless(reply);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET /up\r\n\r\n",
                "GET /up HTTP/3.7\r\nHost: x\r\n\r\n",
                "GET /up HTTP/1.1\r\n\r\n",
                "GET /up HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "GET /up HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "POST /up HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n"
            })
    void malformedRequestsAreRefused(String request) throws Exception {
        String reply = SERVER.sendRaw(request);
        assertTrue(
                reply.isEmpty()
                        || Pattern.compile("^HTTP/1.[01] [45]..").matcher(reply).find(),
                reply);
        assertHarmless(reply);
    }

    @Test
    void aPortInUseIsToldWithoutAnythingElse() throws Exception {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var settings = new ServerSettings("127.0.0.1", other.getLocalPort(), Optional.empty(), Optional.empty());
            IcesparException failure = assertThrows(IcesparException.class, () -> HttpServer.bind(settings));
            assertEquals(ErrorCode.CONFIGURATION, failure.code());
            assertInstanceOf(BindException.class, failure.getCause());
            assertEquals(
                    "port " + other.getLocalPort()
                            + " of `127.0.0.1` is in use by another program; stop that, or choose"
                            + " another port (0 for any free one)",
                    failure.getMessage());
        }
    }

    @Test
    void aServerThatWasNeverStartedGivesThePortBack() {
        var settings = new ServerSettings("127.0.0.1", 0, Optional.empty(), Optional.empty());
        HttpServer bound = HttpServer.bind(settings);
        bound.close();
        var again = new ServerSettings("127.0.0.1", bound.uri().getPort(), Optional.empty(), Optional.empty());
        HttpServer.bind(again).close();
    }

    @Test
    void aClosedServerDoesNotAnswer() {
        var running = new Running(endpoints());
        running.close();
        assertThrows(ConnectException.class, () -> running.send(running.request("/up")));
    }

    private static void assertHarmless(String reply) {
        assertFalse(
                Pattern.compile("Exception|\\bat [a-z]+\\.|jetty|java", Pattern.CASE_INSENSITIVE)
                        .matcher(reply)
                        .find(),
                reply);
    }
}
