package io.icespar.server.http;

import io.icespar.security.auth.AuthenticationResult;
import io.icespar.security.auth.Origin;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.server.config.ServerSettings;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.server.Handler;

/** A server with a handler on a free port, with three users who all have the password {@code changeit}. */
public final class Running implements AutoCloseable {
    private static final ServerSettings SETTINGS =
            new ServerSettings("127.0.0.1", 0, Optional.empty(), Optional.empty());

    private final HttpServer server = HttpServer.bind(SETTINGS);
    private final HttpClient client = HttpClient.newHttpClient();

    /** Serves the handler. */
    public Running(Handler handler) {
        server.serve(handler);
    }

    /** A server with a login in front of {@code next}. */
    public static Running behindLogin(CallerHandler next) {
        return new Running(new LoginHandler(
                new AuthenticatorChain(List.of(new BasicAuthenticator(Running::authenticate))),
                Running::findCaller,
                Optional.empty(),
                next));
    }

    private static AuthenticationResult authenticate(String user, Secret password, Origin origin) {
        if (user.equals("guessed")) {
            return new AuthenticationResult.Throttled(Duration.ofMillis(41_500), false);
        }
        boolean known = Set.of("alice", "outsider", "dropped", "Zoë").contains(user);
        boolean right = password.value().equals("changeit") || password.value().equals("pass:wörd");
        return known && right
                ? new AuthenticationResult.Authenticated(Name.of(user), false)
                : new AuthenticationResult.Refused(known ? "wrong password" : "unknown user");
    }

    private static Optional<Caller> findCaller(Identity identity) {
        Name user = identity.name();
        return switch (user.spelling()) {
            case "outsider" -> Optional.of(new Caller(user, Set.of(Name.of("ROLE_OTHER"))));
            case "dropped" -> Optional.empty();
            default -> Optional.of(new Caller(user, Set.of(Name.of("ROLE_USER"), Name.of("ROLE_\"quoted\""))));
        };
    }

    /** The header that logs in. */
    public static String basic(String user, String password) {
        return "Basic " + base64(user + ":" + password);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A request for a path. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.uri() + path));
    }

    /** Sends a request. */
    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = request("/");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** A connection to the server; who reads from it waits half a minute at most. */
    Socket connect() throws IOException {
        var socket = new Socket(server.uri().getHost(), server.uri().getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** Sends text as it is, and gives all that comes back until the server closes the connection. */
    public String sendRaw(String text) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
