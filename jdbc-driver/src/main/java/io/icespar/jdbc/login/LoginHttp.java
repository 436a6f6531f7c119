package io.icespar.jdbc.login;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
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
        var request =
                builder.header("Accept", "application/json").timeout(timeout).build();
        try {
            return http.send(request, LimitedBody.of(MAX_ANSWER));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(request.uri(), "interrupted");
        } catch (HttpTimeoutException e) {
            throw unreachable(request.uri(), "no answer in time");
        } catch (ConnectException e) {
            throw unreachable(request.uri(), "is it running?");
        } catch (SSLException e) {
            throw unreachable(request.uri(), "no trusted connection by TLS (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw unreachable(request.uri(), String.valueOf(e.getMessage()));
        }
    }

    private static LoginException unreachable(URI address, String why) {
        return LoginException.unreachable("cannot log in through `" + shown(address) + "`: " + why);
    }

    /** An address without its query. */
    static String shown(URI address) {
        return address.getScheme() + "://" + address.getAuthority() + address.getPath();
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
