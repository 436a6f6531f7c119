package io.icespar.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class RequestBodyTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void aBodyUpToTheLimitIsRead() throws Exception {
        try (var server = echo(10, LONG)) {
            assertEquals(
                    "0123456789",
                    server.send(server.request("/").POST(BodyPublishers.ofString("0123456789")))
                            .body());
            assertEquals(
                    "",
                    server.send(server.request("/").POST(BodyPublishers.noBody()))
                            .body());
        }
    }

    @Test
    void aLargerBodyIsRefused() throws Exception {
        try (var server = echo(10, LONG)) {
            HttpResponse<String> reply = server.send(server.request("/").POST(BodyPublishers.ofString("0123456789x")));
            assertEquals(413, reply.statusCode());
            assertEquals("the request's body is larger than 10 bytes\n", reply.body());
        }
    }

    @Test
    void aLargerBodyOfUnknownLengthIsRefused() throws IOException {
        try (var server = echo(10, LONG)) {
            String reply = server.sendRaw("""
                    POST / HTTP/1.1
                    Host: x
                    Transfer-Encoding: chunked

                    8
                    01234567
                    3
                    89x
                    """.replace("\n", "\r\n"));
            assertTrue(reply.startsWith("HTTP/1.1 413 "), reply);
        }
    }

    @Test
    void aRefusalArrivesThoughTheBodyIsStillOnItsWay() throws Exception {
        var refused = new CountDownLatch(1);
        byte[] body = new byte[16 * 1024 * 1024];
        try (var server = new Running(new Handler.Abstract() {
                    @Override
                    public boolean handle(Request request, Response response, Callback callback) {
                        Reply.text(403, "not you").send(response, callback);
                        refused.countDown();
                        return true;
                    }
                });
                var socket = server.connect()) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            refused.await();
            out.write(body);
            String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertTrue(reply.startsWith("HTTP/1.1 403 "), reply);
        }
    }

    @Test
    void whoAsksWhetherToSendTheBodyIsAnsweredAtOnce() throws Exception {
        try (var server = echo(10, LONG)) {
            String reply =
                    server.sendRaw("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 11\r\n\r\n");
            assertTrue(reply.startsWith("HTTP/1.1 413 "), reply);
        }
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsRefused() throws IOException {
        try (var server = echo(10, Duration.ofMillis(1))) {
            String reply = server.sendRaw("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n01");
            assertTrue(reply.startsWith("HTTP/1.1 408 "), reply);
        }
    }

    @Test
    void aFailureAfterReadingIsAnswered() throws Exception {
        try (var server = new Running(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                new RequestBody(10, LONG).read(request, response, callback, body -> {
                    throw new AssertionError("hidden value");
                });
                return true;
            }
        })) {
            HttpResponse<String> reply = server.send(server.request("/").POST(BodyPublishers.ofString("x")));
            assertEquals(500, reply.statusCode());
            assertEquals("server error\n", reply.body());
        }
    }

    /** A server that answers with what it was sent. */
    private static Running echo(int maxBytes, Duration deadline) {
        return new Running(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                new RequestBody(maxBytes, deadline)
                        .read(
                                request,
                                response,
                                callback,
                                body -> Reply.ok("text/plain", body).send(response, callback));
                return true;
            }
        });
    }
}
