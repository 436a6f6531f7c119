package io.icespar.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * An answer to a request. Every byte that the server sends over HTTP leaves through {@link #send}.
 *
 * @param status the HTTP status
 * @param contentType what the body is
 * @param body the body
 * @param headers further headers
 */
public record Reply(int status, String contentType, ByteBuffer body, Map<String, String> headers) {
    /** What browsers and caches must not do with an answer. */
    private static final Map<String, String> PROTECTION = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff");

    /** Checks and copies. */
    public Reply {
        headers = Map.copyOf(headers);
    }

    /** A success. */
    public static Reply ok(String contentType, byte[] body) {
        return new Reply(HttpStatus.OK_200, contentType, ByteBuffer.wrap(body), Map.of());
    }

    /** A sentence. */
    public static Reply text(int status, String sentence) {
        return new Reply(status, "text/plain;charset=utf-8", StandardCharsets.UTF_8.encode(sentence + "\n"), Map.of());
    }

    /** The same with one more header. */
    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more);
    }

    /** Sends the answer and completes the request. */
    public void send(Response response, Callback callback) {
        response.setStatus(status);
        PROTECTION.forEach(response.getHeaders()::put);
        headers.forEach(response.getHeaders()::put);
        response.getHeaders().put("Content-Type", contentType);
        response.getHeaders().put("Content-Length", body.remaining());
        response.write(true, body.slice(), callback);
    }
}
