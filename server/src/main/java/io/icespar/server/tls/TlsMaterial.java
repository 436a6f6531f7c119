package io.icespar.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What TLS is spoken with, read of its files and checked.
 *
 * @param certificate the server's own certificate
 * @param clients which certificates of clients are genuine; empty if clients are not asked for any
 * @param context makes connections
 */
record TlsMaterial(Read<ServerCertificate> certificate, Optional<ClientTrust> clients, SSLContext context) {

    static TlsMaterial read(TlsFiles files, Clock clock) throws UnusableFile {
        CertificateFiles own = files.certificate();
        var certificate = Read.of(own.files(), contents -> ServerCertificate.read(own, contents));
        Optional<ClientTrust> clients = files.clients().isPresent()
                ? Optional.of(ClientTrust.read(files.clients().get(), clock))
                : Optional.empty();
        return of(certificate, clients);
    }

    static TlsMaterial of(Read<ServerCertificate> certificate, Optional<ClientTrust> clients) throws UnusableFile {
        try {
            // Each has a memory of sessions of its own: none is resumed that was begun with other authorities.
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificate.value().keyManagers(),
                    clients.map(ClientTrust::trustManagers).orElse(null),
                    null);
            return new TlsMaterial(certificate, clients, context);
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableFile(UnusableFile.Role.KEY, "the key cannot be used: " + e.getMessage());
        }
    }
}
