package io.icespar.server.browser;

import io.icespar.server.http.ServerAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.Request;

/**
 * A cookie that scripts cannot read, and that other sites' forms and pictures do not bring. Where the server is reached
 * by TLS it goes over TLS only, and its name has the prefix {@code __Host-}, by which browsers see to it that no
 * neighbouring host can set it (RFC 6265bis §4.1.3.2).
 *
 * @param name its name without the prefix
 * @param address where the server is reached
 */
record Cookie(String name, ServerAddress address) {

    /** What the request holds under this name; more than one value is suspect. */
    List<String> values(Request request) {
        String full = fullName(request);
        return Request.getCookies(request).stream()
                .filter(cookie -> cookie.getName().equals(full))
                .map(HttpCookie::getValue)
                .toList();
    }

    /** The only value under this name. */
    Optional<String> find(Request request) {
        List<String> values = values(request);
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    /** The cookie to keep until the browser is closed. */
    HttpCookie set(Request request, String value) {
        return builder(request, value).build();
    }

    /** The cookie to keep for some time. */
    HttpCookie set(Request request, String value, Duration age) {
        return builder(request, value).maxAge(age.toSeconds()).build();
    }

    /** Has the cookie forgotten. */
    HttpCookie forget(Request request) {
        return set(request, "", Duration.ZERO);
    }

    private HttpCookie.Builder builder(Request request, String value) {
        return HttpCookie.build(fullName(request), value)
                .path("/")
                .httpOnly(true)
                .secure(isSecure(request))
                .sameSite(HttpCookie.SameSite.LAX);
    }

    private String fullName(Request request) {
        return isSecure(request) ? "__Host-" + name : name;
    }

    private boolean isSecure(Request request) {
        return request.isSecure() || address.of(request).startsWith("https:");
    }
}
