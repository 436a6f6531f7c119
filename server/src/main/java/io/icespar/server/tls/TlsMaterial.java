package io.icespar.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What TLS is spoken with, read of its files and checked.
 *
 * @param fingerprint which contents of the files it is of
 * @param context makes connections
 */
record TlsMaterial(
        String fingerprint, ServerCertificate certificate, Optional<ClientTrust> clients, SSLContext context) {

    static TlsMaterial read(TlsFiles files, FileContents contents) throws UnusableFile {
        ServerCertificate certificate = ServerCertificate.read(files.certificate(), contents);
        Optional<ClientTrust> clients = files.clients().isPresent()
                ? Optional.of(ClientTrust.read(files.clients().get(), contents))
                : Optional.empty();
        try {
            // Each has a memory of sessions of its own: none is resumed that was begun with other authorities.
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificate.keyManagers(),
                    clients.map(ClientTrust::trustManagers).orElse(null),
                    null);
            return new TlsMaterial(contents.fingerprint(), certificate, clients, context);
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableFile(UnusableFile.Role.KEY, "the key cannot be used: " + e.getMessage());
        }
    }
}
