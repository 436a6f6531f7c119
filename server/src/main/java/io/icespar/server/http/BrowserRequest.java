package io.icespar.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** What the headers of a request say about the program that sends it, as far as browsers say it. */
public final class BrowserRequest {
    private BrowserRequest() {}

    /**
     * Whether someone may be looking at the answer, so that another page can be shown instead: the client takes any kind
     * of content, or pages, and does not say that the request is a script's, a frame's or a picture's, or made in advance.
     */
    public static boolean isNavigation(Request request) {
        boolean takesPages = accepted(request).anyMatch(kind -> kind.equals("text/html") || kind.equals("*/*"));
        boolean isPrefetched = request.getHeaders().contains("Sec-Purpose");
        return takesPages
                && !isPrefetched
                && says(request, "Sec-Fetch-Mode", "navigate")
                && says(request, "Sec-Fetch-Dest", "document");
    }

    /** Whether the client would rather have a page than a text. Browsers would; programs name no pages, or none first. */
    public static boolean prefersPages(Request request) {
        return accepted(request)
                .filter(Set.of("text/html", "text/plain", "text/*", "*/*")::contains)
                .findFirst()
                .equals(Optional.of("text/html"));
    }

    /** The kinds of content that the client takes, the one that it likes best first. */
    private static Stream<String> accepted(Request request) {
        return request.getHeaders().getQualityCSV(HttpHeader.ACCEPT).stream()
                .map(kind -> kind.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT));
    }

    /** Whether a header says this, or nothing: not all browsers send it, and no other programs. */
    private static boolean says(Request request, String header, String value) {
        String found = request.getHeaders().get(header);
        return found == null || found.equals(value);
    }

    /** The pages' origin that made a browser send the request, if it says so: a host and a port, or {@code null}. */
    static Optional<String> origin(Request request) {
        return Optional.ofNullable(request.getHeaders().get(HttpHeader.ORIGIN))
                .map(origin -> origin.replaceFirst("^[a-z]+://", ""));
    }
}
