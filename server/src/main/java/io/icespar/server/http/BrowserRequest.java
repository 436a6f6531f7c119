package io.icespar.server.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What the headers of a request say about the program that sends it, as far as browsers say it. */
final class BrowserRequest {
    private BrowserRequest() {}

    /**
     * Whether someone may be looking at the answer, so that another page can be shown instead: the client takes any kind
     * of content, or pages, and does not say that the request is a script's or a picture's.
     */
    static boolean isNavigation(Request request) {
        boolean takesPages = request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).stream()
                .map(kind -> kind.replaceFirst(";.*", "").strip())
                .anyMatch(kind -> kind.equalsIgnoreCase("text/html") || kind.equals("*/*"));
        String mode = request.getHeaders().get("Sec-Fetch-Mode");
        return takesPages && (mode == null || mode.equals("navigate"));
    }

    /** The pages' origin that made a browser send the request, if it says so: a host and a port, or {@code null}. */
    static Optional<String> origin(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN))
                .map(origin -> origin.replaceFirst("^[a-z]+://", ""));
    }
}
