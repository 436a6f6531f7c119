package io.icespar.jdbc;

import io.icespar.avatica.Unchecked;
import io.icespar.avatica.columns.RowsApart;
import io.icespar.jdbc.login.Credentials;
import io.icespar.jdbc.login.LoginException;
import io.icespar.jdbc.login.Refusal;
import io.icespar.jdbc.login.WhoAmI;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.calcite.avatica.remote.ProtobufService;
import org.apache.calcite.avatica.remote.Service.ErrorResponse;
import org.apache.calcite.avatica.remote.Service.Request;
import org.apache.calcite.avatica.remote.Service.Response;
import org.jspecify.annotations.Nullable;

/**
 * The server, at the other end of HTTP: sends Avatica's requests with the user's login, and makes an
 * {@link SQLException} of whatever goes wrong.
 *
 * <p>Redirects are never followed, since the login would go along.
 */
final class ServerConnection extends ProtobufService {
    private static final String PROTOBUF = "application/x-google-protobuf";
    private static final int MAX_TEXT = 500;
    private static final Pattern NO_HTTP = Pattern.compile("status line|header parser received no bytes");

    private final WireMessages messages = new WireMessages();
    private final URI endpoint;
    private final Credentials credentials;
    private final Duration responseTimeout;
    private final HttpClient http;

    /** Whether the server has ever answered as one of Icespar does. Until then, errors are errors of connecting. */
    private volatile boolean known;

    /** What JDBC's network timeout is set to, if it is. */
    private volatile Duration networkTimeout = Duration.ZERO;

    private volatile Runnable whenExceeded = () -> {};

    /** @param http a client that does not follow redirects */
    ServerConnection(ConnectUrl url, Credentials credentials, HttpClient http) throws SQLException {
        this.endpoint = url.endpoint();
        this.credentials = credentials;
        this.responseTimeout = Duration.ofSeconds(url.number(DriverProperty.RESPONSE_TIMEOUT));
        this.http = http;
    }

    /** After how long without an answer the connection is given up, zero for never; and what to do then, besides. */
    void setNetworkTimeout(Duration timeout, Runnable then) {
        networkTimeout = timeout;
        whenExceeded = then;
    }

    /** Sends a request. An answer that is an error is thrown, as an {@link SQLException}. */
    @Override
    public Response _apply(Request request) {
        try {
            return response(answer(post(request), responseTimeout));
        } catch (SQLException e) {
            throw Unchecked.raise(e);
        }
    }

    /**
     * Whether the server answers a request well, within some seconds; 0 for however long it takes. Nobody logs in for
     * that: without a login that is good, it does not.
     */
    boolean answers(Request request, int seconds) {
        try {
            return sendReady(request, seconds == 0 ? responseTimeout : Duration.ofSeconds(seconds));
        } catch (SQLException e) {
            return false;
        }
    }

    /** Sends a last request, unless that would take a new login. */
    void sayGoodbye(Request request) throws SQLException {
        sendReady(request, responseTimeout);
    }

    private boolean sendReady(Request request, Duration timeout) throws SQLException {
        var authorization = credentials.ready();
        if (authorization.isEmpty()) {
            return false;
        }
        response(exchange(post(request), timeout, authorization.get()));
        return true;
    }

    /** Nothing is sent any more, so the login need not be kept fresh. */
    void logOut() {
        credentials.close();
    }

    private HttpRequest.Builder post(Request request) throws SQLException {
        byte[] body;
        try {
            body = messages.encode(request);
        } catch (IOException | RuntimeException e) {
            throw SqlState.INVALID_PARAMETER.error("a parameter has a type that cannot be sent");
        }
        return HttpRequest.newBuilder(endpoint)
                .header("Content-Type", PROTOBUF)
                .header("Accept", RowsApart.MEDIA_TYPE + ", " + PROTOBUF)
                .POST(BodyPublishers.ofByteArray(body));
    }

    private Response response(HttpResponse<byte[]> answer) throws SQLException {
        var status = answer.statusCode();
        if (status != 200 && status != 400 && status != 500) {
            throw refusal(answer);
        }
        var response = decode(answer).orElseThrow(() -> notIcespar(status));
        known = true;
        return successful(response);
    }

    /** The name by which the server knows who is logged in; it is asked. */
    String userName() throws SQLException {
        var get = HttpRequest.newBuilder(endpoint.resolve(WhoAmI.PATH)).header("Accept", "application/json");
        var answer = answer(get, responseTimeout);
        if (answer.statusCode() != 200) {
            throw refusal(answer);
        }
        return WhoAmI.name(new String(answer.body(), StandardCharsets.UTF_8))
                .orElseThrow(() -> notIcespar(answer.statusCode()));
    }

    /** What an answer means that is none to what was asked. */
    private SQLException refusal(HttpResponse<byte[]> answer) {
        switch (answer.statusCode()) {
            case 401:
                var refusal = new Refusal(answer.headers().allValues("WWW-Authenticate"));
                return SqlState.INVALID_AUTHORIZATION.error(credentials.meaning(refusal));
            case 403:
                return SqlState.INVALID_AUTHORIZATION.error(credentials.holder() + " may not enter"
                        + plainText(answer).map(text -> ": " + text).orElse(""));
            case 413:
                return SqlState.INVALID_PARAMETER.error("the statement or its parameters are too long for the server");
            case 429:
                var text = plainText(answer);
                if (text.isPresent() && text.get().startsWith("too many failed logins")) {
                    return SqlState.TOO_MANY_LOGINS.error(text.get());
                }
                // Something in front of the server has limits of its own.
                return cannotServe(answer);
            case 502:
            case 503:
            case 504:
                return cannotServe(answer);
            default:
                return notIcespar(answer.statusCode());
        }
    }

    private SQLException cannotServe(HttpResponse<byte[]> answer) {
        return SqlState.CONNECTION_REJECTED.error("the server at `" + address()
                + "` is there but cannot serve now (HTTP " + answer.statusCode() + ")"
                + plainText(answer).map(text -> ": " + text).orElse("; try again later"));
    }

    /** The server's answer to a request, which is sent a second time if its login was refused and there is a newer. */
    private HttpResponse<byte[]> answer(HttpRequest.Builder request, Duration timeout) throws SQLException {
        try {
            var authorization = credentials.authorization();
            var answer = exchange(request, timeout, authorization);
            if (answer.statusCode() != 401) {
                return answer;
            }
            var newer = credentials.afterRefusal(authorization);
            return newer.isPresent() ? exchange(request, timeout, newer.get()) : answer;
        } catch (LoginException e) {
            // A connection that was open once is no longer the user's, whoever is to blame.
            var isUnreachable = e.reason() == LoginException.Reason.UNREACHABLE && !known;
            throw (isUnreachable ? SqlState.CANNOT_CONNECT : SqlState.INVALID_AUTHORIZATION).error(e.text());
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request, Duration timeout, String authorization)
            throws SQLException {
        if (!authorization.isEmpty()) {
            request.setHeader("Authorization", authorization);
        }
        var network = networkTimeout;
        var isShorter = !network.isZero() && (timeout.isZero() || network.compareTo(timeout) < 0);
        var limit = isShorter ? network : timeout;
        if (!limit.isZero()) {
            request.timeout(limit);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SqlState.CONNECTION_FAILURE.error("interrupted while waiting for the server");
        } catch (HttpConnectTimeoutException e) {
            throw cannotConnect("no answer in time");
        } catch (HttpTimeoutException e) {
            if (isShorter) {
                whenExceeded.run();
                throw broken("no answer within the network timeout of " + limit.toMillis() + " ms");
            }
            throw broken("no answer within " + limit.toSeconds() + " seconds");
        } catch (ConnectException e) {
            throw cannotConnect(isUnresolved(e) ? "there is no such host" : "is it running?");
        } catch (SSLException e) {
            throw cannotConnect(TlsFailure.text(e));
        } catch (IOException e) {
            if (known) {
                throw broken(e.getMessage());
            }
            // The JDK's texts for what is no HTTP, such as the alert of a server that speaks TLS.
            var isNoHttp = NO_HTTP.matcher(String.valueOf(e.getMessage())).find();
            throw cannotConnect(isNoHttp ? noHttp() : e.getMessage());
        }
    }

    private String noHttp() {
        return "what answers there speaks no HTTP"
                + (endpoint.getScheme().equals("http") ? "; perhaps it speaks https" : "");
    }

    private static boolean isUnresolved(Throwable error) {
        for (var cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnresolvedAddressException) {
                return true;
            }
        }
        return false;
    }

    private Optional<Response> decode(HttpResponse<byte[]> answer) {
        try {
            var areRowsApart = answer.headers()
                    .firstValue("Content-Type")
                    .filter(RowsApart.MEDIA_TYPE::equals)
                    .isPresent();
            // A server that knows only Avatica's form sends that.
            return Optional.of(
                    areRowsApart ? RowsApart.read(answer.body(), messages::decode) : messages.decode(answer.body()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Response successful(Response response) throws SQLException {
        if (response instanceof ErrorResponse) {
            var error = (ErrorResponse) response;
            throw new SQLException(error.errorMessage, error.sqlState, error.errorCode);
        }
        return response;
    }

    private static Optional<String> plainText(HttpResponse<byte[]> answer) {
        var isText = answer.headers()
                .firstValue("Content-Type")
                .filter(type -> type.startsWith("text/plain"))
                .isPresent();
        var text = new String(answer.body(), StandardCharsets.UTF_8).strip();
        return isText && !text.isEmpty() && text.length() <= MAX_TEXT ? Optional.of(text) : Optional.empty();
    }

    private SQLException notIcespar(int status) {
        var text = "there is no server of Icespar at `" + address() + "` (it answers with HTTP " + status + ")";
        return SqlState.CANNOT_CONNECT.error(text);
    }

    private SQLException cannotConnect(@Nullable String why) {
        return SqlState.CANNOT_CONNECT.error("cannot connect to `" + address() + "`" + because(why));
    }

    private SQLException broken(@Nullable String why) {
        return SqlState.CONNECTION_FAILURE.error("the connection to `" + address() + "` broke" + because(why));
    }

    private static String because(@Nullable String why) {
        return why == null ? "" : ": " + why;
    }

    private String address() {
        return endpoint.getScheme() + "://" + endpoint.getAuthority();
    }
}
