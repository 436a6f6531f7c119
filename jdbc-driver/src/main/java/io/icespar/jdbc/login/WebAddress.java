package io.icespar.jdbc.login;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** An address in the web, and whether others can read what goes there. */
public final class WebAddress {
    private WebAddress() {}

    /** Whether an address is this machine, by what it says, not by what some name service says of it. */
    public static boolean isLoopback(URI address) {
        var host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** A text as an address that a secret may be sent to: https, or http on this machine. */
    static Optional<URI> confidential(String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
        var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        var isConfidential = scheme.equals("https") || (scheme.equals("http") && isLoopback(address));
        return isConfidential
                        && address.getHost() != null
                        && address.getRawUserInfo() == null
                        && address.getRawFragment() == null
                ? Optional.of(address)
                : Optional.empty();
    }
}
