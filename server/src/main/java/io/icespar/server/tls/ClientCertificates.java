package io.icespar.server.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which certificates of clients are accepted, and what they are for.
 *
 * @param trust a PEM file of the authorities whose certificates are trusted
 * @param crl a PEM file of lists of revoked certificates, one of each authority; without it none is revoked
 * @param required whether clients without a certificate are turned away
 * @param namePattern which user a certificate logs in; without it certificates log nobody in
 */
public record ClientCertificates(Path trust, Optional<Path> crl, boolean required, Optional<NamePattern> namePattern) {
    /** All files. */
    List<Path> files() {
        return Stream.concat(Stream.of(trust), crl.stream()).toList();
    }
}
