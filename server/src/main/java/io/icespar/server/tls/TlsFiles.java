package io.icespar.server.tls;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All files that TLS is set up by.
 *
 * @param certificate those with the server's own certificate
 * @param clients which certificates of clients are accepted; empty if clients are not asked for any
 */
public record TlsFiles(CertificateFiles certificate, Optional<ClientCertificates> clients) {
    /** All files, each once. */
    public List<Path> all() {
        return Stream.concat(certificate.files().stream(), clients.stream().flatMap(given -> given.files().stream()))
                .distinct()
                .toList();
    }
}
