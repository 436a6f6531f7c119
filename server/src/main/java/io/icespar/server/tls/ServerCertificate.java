package io.icespar.server.tls;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.server.tls.UnusableFile.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.security.auth.x500.X500Principal;

/**
 * The server's certificate with its key, which belong together.
 *
 * @param key the private key
 * @param chain the certificate, and after it those of the authorities between it and a root
 */
record ServerCertificate(PrivateKey key, List<X509Certificate> chain) {

    ServerCertificate {
        chain = List.copyOf(chain);
    }

    /** Reads it of its files, and checks that all of it fits together. */
    static ServerCertificate read(CertificateFiles files, FileContents contents) throws UnusableFile {
        if (files instanceof CertificateFiles.Pkcs12 pkcs12) {
            return read(pkcs12, contents);
        }
        return read((CertificateFiles.Pem) files, contents);
    }

    private static ServerCertificate read(CertificateFiles.Pem files, FileContents contents) throws UnusableFile {
        Optional<String> password =
                files.password().isPresent() ? Optional.of(text(files.password().get(), contents)) : Optional.empty();
        List<X509Certificate> chain = new PemFile(Role.CERTIFICATE, files.certificate(), contents).certificates();
        PrivateKey key = new PemFile(Role.KEY, files.key(), contents).key(password);
        if (!belongTogether(key, chain.get(0))) {
            throw chain.stream().anyMatch(other -> belongTogether(key, other))
                    ? new UnusableFile(
                            Role.CERTIFICATE,
                            "the first certificate in " + quote(files.certificate())
                                    + " is not the server's own, which is further on; put it first")
                    : new UnusableFile(
                            Role.KEY,
                            "the key in " + quote(files.key()) + " does not belong to the certificate in "
                                    + quote(files.certificate()));
        }
        checkOrder(chain, Role.CERTIFICATE, files.certificate());
        return new ServerCertificate(key, chain);
    }

    private static ServerCertificate read(CertificateFiles.Pkcs12 files, FileContents contents) throws UnusableFile {
        Path path = files.keystore();
        byte[] content = contents.of(Role.KEYSTORE, path);
        char[] password = text(files.password(), contents).toCharArray();
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(content), password);
            List<String> names = new ArrayList<>();
            for (String name : Collections.list(store.aliases())) {
                if (store.isKeyEntry(name)) {
                    names.add(name);
                }
            }
            if (names.size() != 1) {
                throw new UnusableFile(
                        Role.KEYSTORE,
                        quote(path) + " holds " + names.size() + " keys with certificates, expected one");
            }
            Key key = store.getKey(names.get(0), password);
            List<X509Certificate> chain = Arrays.stream(store.getCertificateChain(names.get(0)))
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!(key instanceof PrivateKey privateKey) || !belongTogether(privateKey, chain.get(0))) {
                throw new UnusableFile(
                        Role.KEYSTORE, "in " + quote(path) + " the key does not belong to the certificate");
            }
            checkOrder(chain, Role.KEYSTORE, path);
            return new ServerCertificate(privateKey, chain);
        } catch (IOException e) {
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? new UnusableFile(Role.PASSWORD, "the password does not open " + quote(path))
                    : new UnusableFile(Role.KEYSTORE, quote(path) + " is damaged, or no file of PKCS #12");
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new UnusableFile(Role.KEYSTORE, quote(path) + " holds a key or certificate that cannot be used");
        }
    }

    private static String text(Password password, FileContents contents) throws UnusableFile {
        if (password instanceof Password.InFile inFile) {
            return new String(contents.of(Role.PASSWORD, inFile.file()), StandardCharsets.UTF_8).strip();
        }
        return ((Password.Given) password).secret().value();
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        byte[] text = "whose is this".getBytes(StandardCharsets.UTF_8);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // A key of another kind than the certificate's.
            return false;
        }
    }

    private static void checkOrder(List<X509Certificate> chain, Role role, Path file) throws UnusableFile {
        for (int i = 1; i < chain.size(); i++) {
            try {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new UnusableFile(
                        role,
                        "certificate " + (i + 1) + " in " + quote(file) + " did not issue certificate " + i
                                + "; put the server's own first, and after each the one that issued it");
            }
        }
    }

    /** Shows the certificate in handshakes. */
    KeyManager[] keyManagers() throws GeneralSecurityException, IOException {
        char[] none = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, none, chain.toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, none);
        return managers.getKeyManagers();
    }

    /** Whom it is for. */
    String subject() {
        return chain.get(0).getSubjectX500Principal().getName(X500Principal.RFC2253);
    }

    /** When it ends. */
    Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    /** Why clients do not accept it at a time; empty if they do. */
    Optional<String> findFlaw(Instant now) {
        Instant begins = chain.get(0).getNotBefore().toInstant();
        if (now.isBefore(begins)) {
            return Optional.of("the certificate is valid from " + begins + " only");
        }
        return now.isAfter(expires()) ? Optional.of("the certificate expired at " + expires()) : Optional.empty();
    }
}
