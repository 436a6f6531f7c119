package io.icespar.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/** Addresses of servers as a configuration has them. */
public final class Addresses {
    private Addresses() {}

    /** The address that a text is: {@code http} or {@code https} with a host, and nothing after its path; else empty. */
    static Optional<URI> find(String text) {
        try {
            URI address = new URI(text);
            boolean isAddress = address.getScheme() != null
                    && Set.of("http", "https").contains(address.getScheme())
                    && address.getHost() != null
                    && address.getUserInfo() == null
                    && address.getQuery() == null
                    && address.getFragment() == null;
            return isAddress ? Optional.of(address) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether nobody between can read and change what is sent there: by TLS, or because it is this machine. */
    public static boolean isSafe(URI address) {
        if ("https".equalsIgnoreCase(address.getScheme())) {
            return true;
        }
        try {
            return "http".equalsIgnoreCase(address.getScheme())
                    && address.getHost() != null
                    && InetAddress.getByName(address.getHost()).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
