package io.icespar.server.http;

import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses requests that other sites' pages make a browser send, if they could change something (403): a browser adds
 * what it has to log in with, such as a password that it was told once. Browsers say where a request comes from, in
 * {@code Sec-Fetch-Site} (Fetch Metadata) or in {@code Origin} (RFC 6454); other programs say nothing, and have nothing
 * that a site could make them send.
 */
public final class SameOrigin extends Handler.Wrapper {
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final ServerAddress address;

    /** Passes on to a handler the requests that are not of other sites than the one at an address. */
    public SameOrigin(ServerAddress address, Handler handler) {
        super(handler);
        this.address = address;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (SAFE_METHODS.contains(request.getMethod()) || isOfThisSite(request)) {
            return super.handle(request, response, callback);
        }
        Reply.text(HttpStatus.FORBIDDEN_403, "the request comes from another site")
                .send(response, callback);
        return true;
    }

    private boolean isOfThisSite(Request request) {
        String site = request.getHeaders().get("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        Optional<String> origin = BrowserRequest.origin(request);
        return origin.isEmpty()
                || origin.get().equalsIgnoreCase(request.getHeaders().get(HttpHeader.HOST))
                || origin.get().equalsIgnoreCase(address.of(request).replaceFirst("^[a-z]+://", ""));
    }
}
