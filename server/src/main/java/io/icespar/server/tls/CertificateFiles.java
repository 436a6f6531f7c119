package io.icespar.server.tls;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the server's certificate and its key are. */
public sealed interface CertificateFiles {

    /**
     * Both in a file of PKCS #12.
     *
     * @param keystore the file
     * @param password what it is locked with
     */
    record Pkcs12(Path keystore, Password password) implements CertificateFiles {}

    /**
     * In PEM.
     *
     * @param certificate the file with the certificate, and after it those of the authorities between it and a root
     * @param key the file with its key; may be the same
     * @param password what the key is encrypted with, if it is
     */
    record Pem(Path certificate, Path key, Optional<Password> password) implements CertificateFiles {}

    /** All files. */
    default List<Path> files() {
        List<Path> files = new ArrayList<>();
        if (this instanceof Pkcs12 pkcs12) {
            files.add(pkcs12.keystore());
            pkcs12.password().findFile().ifPresent(files::add);
        } else if (this instanceof Pem pem) {
            files.add(pem.certificate());
            files.add(pem.key());
            pem.password().flatMap(Password::findFile).ifPresent(files::add);
        }
        return files;
    }
}
