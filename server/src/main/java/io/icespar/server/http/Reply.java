package io.icespar.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpCookie;
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
 * @param cookies what a browser shall keep, or forget
 */
public record Reply(
        int status, String contentType, ByteBuffer body, Map<String, String> headers, List<HttpCookie> cookies) {
    /** What browsers and caches must not do with an answer. */
    private static final Map<String, String> PROTECTION = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff");

    /** Checks and copies. */
    public Reply {
        headers = Map.copyOf(headers);
        cookies = List.copyOf(cookies);
    }

    /** The status alone: headers and cookies may hold what lets someone in. */
    @Override
    public String toString() {
        return "HTTP " + status;
    }

    /** A success. */
    public static Reply ok(String contentType, byte[] body) {
        return of(HttpStatus.OK_200, contentType, ByteBuffer.wrap(body));
    }

    /** A sentence. */
    public static Reply text(int status, String sentence) {
        return of(status, "text/plain;charset=utf-8", StandardCharsets.UTF_8.encode(sentence + "\n"));
    }

    /** A page. */
    public static Reply html(int status, String page) {
        return of(status, "text/html;charset=utf-8", StandardCharsets.UTF_8.encode(page));
    }

    /**
     * Sends a client elsewhere.
     *
     * @param status 302, or 303 to have it ask with GET there
     */
    public static Reply redirect(int status, String target) {
        return text(status, "see another address").with("Location", target);
    }

    /** Content of some type. */
    public static Reply of(int status, String contentType, ByteBuffer body) {
        return new Reply(status, contentType, body, Map.of(), List.of());
    }

    /** The same with one more header. */
    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, contentType, body, more, cookies);
    }

    /** The same with one more cookie. */
    public Reply with(HttpCookie cookie) {
        List<HttpCookie> more = new ArrayList<>(cookies);
        more.add(cookie);
        return new Reply(status, contentType, body, headers, more);
    }

    /** Sends the answer and completes the request; a refusal after the rest of the request has been read. */
    public void send(Response response, Callback callback) {
        response.setStatus(status);
        PROTECTION.forEach(response.getHeaders()::put);
        headers.forEach(response.getHeaders()::put);
        cookies.forEach(cookie -> Response.addCookie(response, cookie));
        response.getHeaders().put("Content-Type", contentType);
        response.getHeaders().put("Content-Length", body.remaining());
        Runnable write = () -> response.write(true, body.slice(), callback);
        if (HttpStatus.isClientError(status)) {
            UnreadBody.discard(response.getRequest(), write);
        } else {
            write.run();
        }
    }
}
