package io.icespar.jdbc.login;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** The requests that a login needs: small ones, with small answers in JSON. */
final class LoginHttp {
    private static final int MAX_ANSWER = 262_144;

    private final HttpClient http;
    private final Duration timeout;

    /** @param http a client that does not follow redirects */
    LoginHttp(HttpClient http, Duration timeout) {
        if (http.followRedirects() != HttpClient.Redirect.NEVER) {
            throw new IllegalArgumentException("a secret would follow redirects");
        }
        this.http = http;
        this.timeout = timeout;
    }

    HttpResponse<String> get(URI address) throws LoginException {
        return send(HttpRequest.newBuilder(address).GET());
    }

    /** Posts a form. */
    HttpResponse<String> post(URI address, String form, Optional<Secret> authorization) throws LoginException {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form));
        authorization.ifPresent(value -> request.header("Authorization", value.reveal()));
        return send(request);
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) throws LoginException {
        var request = builder.header("Accept", "application/json").build();
        // The timeout of a request ends with the answer's headers; this one counts until the last byte.
        var answer = http.sendAsync(request, LimitedBody.of(MAX_ANSWER));
        try {
            return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(request.uri(), "interrupted");
        } catch (TimeoutException e) {
            throw unreachable(request.uri(), "no answer within " + timeout.toSeconds() + " seconds");
        } catch (ExecutionException e) {
            throw unreachable(request.uri(), why(e));
        } finally {
            answer.cancel(true);
        }
    }

    /** In words of our own: those of the HTTP client repeat what was answered, which may be what was sent. */
    private static String why(ExecutionException error) {
        var cause = error.getCause();
        if (cause instanceof HttpConnectTimeoutException) {
            return "no answer in time";
        }
        if (cause instanceof ConnectException) {
            return "is it running?";
        }
        if (cause instanceof SSLException) {
            return "no trusted connection by TLS (" + cause.getMessage() + ")";
        }
        return cause instanceof LimitedBody.TooLong ? String.valueOf(cause.getMessage()) : "the connection broke";
    }

    private static LoginException unreachable(URI address, String why) {
        return LoginException.unreachable("cannot log in through `" + shown(address) + "`: " + why);
    }

    /** An address without its query. */
    static String shown(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }

    /** The object of a good answer. */
    static JsonObject object(HttpResponse<String> answer) throws LoginException {
        if (answer.statusCode() != 200) {
            throw unexpected(answer);
        }
        return JsonObject.parse(answer.body())
                .orElseThrow(
                        () -> LoginException.unreachable("`" + shown(answer.uri()) + "` answers with no JSON object"));
    }

    static LoginException unexpected(HttpResponse<String> answer) {
        var status = answer.statusCode();
        var hint = status >= 300 && status < 400 ? ", a redirect, which is not followed" : "";
        return LoginException.unreachable(
                "cannot log in through `" + shown(answer.uri()) + "`: it answers with HTTP " + status + hint);
    }
}
