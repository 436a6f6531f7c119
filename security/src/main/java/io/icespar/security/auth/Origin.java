package io.icespar.security.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where a login comes from.
 *
 * @param address the address of who asks; empty if that is this process itself
 */
public record Origin(Optional<InetAddress> address) {
    /** This process itself: an application that has the engine in it. */
    public static final Origin PROCESS = new Origin(Optional.empty());

    private static final int NETWORK_BYTES = 8;

    /** An address. */
    public static Origin of(InetAddress address) {
        return new Origin(Optional.of(address));
    }

    /** The address as it is written. */
    public Optional<String> text() {
        return address.map(InetAddress::getHostAddress);
    }

    /**
     * What one customer of a provider has: an address of IPv4, but of IPv6 the first 64 bits of it, for everybody has
     * 2 to the power of 64 addresses behind those.
     */
    String network() {
        return address.map(present -> present instanceof Inet6Address
                        ? HexFormat.of().formatHex(Arrays.copyOf(present.getAddress(), NETWORK_BYTES))
                        : present.getHostAddress())
                .orElse("");
    }
}
