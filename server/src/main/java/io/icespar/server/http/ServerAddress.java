package io.icespar.server.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Request;

/**
 * The address by which a client reaches the server.
 *
 * @param configured the one that is configured; else it is what the client asked for
 */
public record ServerAddress(Optional<URI> configured) {

    /** The address that the sender of a request knows, without a slash at its end. */
    public String of(Request request) {
        HttpURI asked = request.getHttpURI();
        return configured
                .map(URI::toString)
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .or(() -> address(asked))
                .orElse("");
    }

    // What a client wrote goes into a header of the answer: only what is an address does.
    private static Optional<String> address(HttpURI asked) {
        try {
            URI address = new URI(asked.getScheme(), null, asked.getHost(), asked.getPort(), null, null, null);
            return Optional.of(address.toASCIIString());
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
