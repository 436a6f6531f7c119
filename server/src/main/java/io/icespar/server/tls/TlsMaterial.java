package io.icespar.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * What TLS is spoken with, read of its files and checked.
 *
 * @param certificate the server's own certificate
 * @param clients which certificates of clients are genuine; empty if clients are not asked for any
 * @param context makes connections
 */
record TlsMaterial(Read<ServerCertificate> certificate, Optional<Read<ClientTrust>> clients, SSLContext context) {

    /**
     * What was read.
     *
     * @param fingerprint which contents of the files it is of
     */
    record Read<T>(String fingerprint, T value) {}

    static TlsMaterial read(TlsFiles files) throws UnusableFile {
        FileContents own = new FileContents(files.certificate().files());
        var certificate = new Read<>(own.fingerprint(), ServerCertificate.read(files.certificate(), own));
        if (files.clients().isEmpty()) {
            return of(certificate, Optional.empty());
        }
        ClientCertificates clients = files.clients().get();
        FileContents theirs = new FileContents(clients.files());
        return of(certificate, Optional.of(new Read<>(theirs.fingerprint(), ClientTrust.read(clients, theirs))));
    }

    static TlsMaterial of(Read<ServerCertificate> certificate, Optional<Read<ClientTrust>> clients)
            throws UnusableFile {
        try {
            // Each has a memory of sessions of its own: none is resumed that was begun with other authorities.
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    certificate.value().keyManagers(),
                    clients.map(read -> read.value().trustManagers()).orElse(null),
                    null);
            return new TlsMaterial(certificate, clients, context);
        } catch (GeneralSecurityException | IOException e) {
            throw new UnusableFile(UnusableFile.Role.KEY, "the key cannot be used: " + e.getMessage());
        }
    }
}
