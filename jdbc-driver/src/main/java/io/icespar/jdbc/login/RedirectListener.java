package io.icespar.jdbc.login;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waits on this machine for the browser to bring the provider's answer (RFC 8252, section 7.3). Any page that the
 * browser shows can send requests here: those without the login's own state are turned away, and change nothing.
 */
final class RedirectListener implements AutoCloseable {
    private static final byte[] LOOPBACK = {127, 0, 0, 1};
    private static final String DONE = page("You can close this page and go back to your program.");
    private static final String STRANGE = page("This is not the answer to a login that is going on.");

    private final HttpServer http;
    private final ExecutorService workers;
    private final byte[] state;
    private final CompletableFuture<Map<String, String>> answer = new CompletableFuture<>();

    private RedirectListener(HttpServer http, ExecutorService workers, String state) {
        this.http = http;
        this.workers = workers;
        this.state = state.getBytes(StandardCharsets.UTF_8);
    }

    /** Listens at a free port. */
    static RedirectListener start(String state) throws LoginException {
        try {
            var http = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), 0), 0);
            var workers = Executors.newCachedThreadPool(task -> {
                var thread = new Thread(task, "icespar-login");
                thread.setDaemon(true);
                return thread;
            });
            var listener = new RedirectListener(http, workers, state);
            http.createContext("/", listener::take);
            http.setExecutor(workers);
            http.start();
            return listener;
        } catch (IOException e) {
            throw LoginException.refused("cannot listen on this machine for the browser's answer: " + e.getMessage());
        }
    }

    /** Where the provider sends the browser to. */
    URI address() {
        return URI.create("http://" + authority() + "/");
    }

    private String authority() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    /** The provider's answer. */
    Map<String, String> await(Duration limit) throws LoginException {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw LoginException.refused("nobody logged in in the browser within " + limit.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LoginException.refused("interrupted while waiting for the login in the browser");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        var found = isOurs(exchange)
                ? parameters(exchange.getRequestURI().getRawQuery())
                : Optional.<Map<String, String>>empty();
        var isAnswer = found.filter(this::isAnswer).isPresent();
        var body = (isAnswer ? DONE : STRANGE).getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("Content-Security-Policy", "default-src 'none'");
        headers.set("Cache-Control", "no-store");
        // The address holds the code.
        headers.set("Referrer-Policy", "no-referrer");
        try {
            exchange.sendResponseHeaders(isAnswer ? 200 : 400, body.length);
            exchange.getResponseBody().write(body);
        } finally {
            exchange.close();
            if (isAnswer) {
                found.ifPresent(answer::complete);
            }
        }
    }

    private boolean isOurs(HttpExchange exchange) {
        return exchange.getRequestMethod().equals("GET")
                && "/".equals(exchange.getRequestURI().getPath())
                // Else a name of another site that resolves to this machine would do.
                && authority().equals(exchange.getRequestHeaders().getFirst("Host"));
    }

    private boolean isAnswer(Map<String, String> parameters) {
        var given = parameters.getOrDefault("state", "").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(state, given)
                && (parameters.containsKey("code") || parameters.containsKey("error"));
    }

    /** The parameters of a query; empty if it has none, or one of them twice. */
    private static Optional<Map<String, String>> parameters(@Nullable String query) {
        if (query == null) {
            return Optional.empty();
        }
        Map<String, String> parameters = new HashMap<>();
        for (var pair : query.split("&", -1)) {
            var equals = pair.indexOf('=');
            if (equals < 0) {
                continue;
            }
            try {
                var name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
                var value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                if (parameters.put(name, value) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private static String page(String text) {
        return "<!DOCTYPE html><html lang=\"en\"><head><title>Icespar</title></head><body><p>" + text
                + "</p></body></html>";
    }

    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
    }
}
