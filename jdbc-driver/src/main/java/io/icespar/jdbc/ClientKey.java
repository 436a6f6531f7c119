package io.icespar.jdbc;

import java.io.ByteArrayInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** Reads the certificate with its key that a connection shows to the server, if the server asks for one. */
final class ClientKey {
    private static final String PEM = "PEM";
    private static final String PLAIN_KEY = "PRIVATE KEY";
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]{0,100000})-----END \\1-----");

    private ClientKey() {}

    /**
     * What shows it to the server of the URL, and to nobody else.
     *
     * @param type the kind of the file: that of a key store, or PEM
     */
    static KeyManager[] managers(ConnectUrl url, String file, String type, Optional<char[]> password)
            throws IOException, GeneralSecurityException {
        var isPem = type.equalsIgnoreCase(PEM);
        var store = KeyStore.getInstance(isPem ? KeyStore.getDefaultType() : type);
        try (var in = new FileInputStream(file)) {
            if (isPem) {
                store.load(null, null);
                addPem(store, new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
            } else {
                store.load(in, password.orElse(null));
            }
        }
        if (!isPem && password.isEmpty()) {
            throw new IOException("no `" + DriverProperty.KEY_STORE_PASSWORD.key() + "` was given");
        }
        var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, isPem ? new char[0] : password.orElse(new char[0]));
        for (var names = store.aliases(); names.hasMoreElements(); ) {
            if (store.isKeyEntry(names.nextElement())) {
                return new KeyManager[] {
                    new ServersKeyManager((X509ExtendedKeyManager) factory.getKeyManagers()[0], url.server())
                };
            }
        }
        throw new IOException("it holds no key with a certificate");
    }

    /** Adds the key of a file of PEM, with its certificate and those above it, which stand in the file in this order. */
    private static void addPem(KeyStore store, String text) throws IOException, GeneralSecurityException {
        var certificates = new ArrayList<Certificate>();
        Optional<PrivateKey> key = Optional.empty();
        for (var blocks = BLOCK.matcher(text); blocks.find(); ) {
            var label = blocks.group(1);
            if (label.equals("CERTIFICATE")) {
                certificates.add(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(decode(blocks.group(2)))));
            } else if (label.equals(PLAIN_KEY)) {
                key = Optional.of(key(decode(blocks.group(2))));
            } else if (label.endsWith(PLAIN_KEY)) {
                throw new IOException("its key is an `" + label + "`, expected a `" + PLAIN_KEY
                        + "` (as `openssl pkcs8 -topk8 -nocrypt` writes it), or a file of PKCS #12");
            }
        }
        if (key.isEmpty() || certificates.isEmpty()) {
            throw new IOException(
                    "it holds no " + (key.isEmpty() ? "`" + PLAIN_KEY + "`" : "`CERTIFICATE`") + " in PEM");
        }
        store.setKeyEntry("client", key.get(), new char[0], certificates.toArray(new Certificate[0]));
    }

    private static byte[] decode(String text) throws IOException {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("it is damaged");
        }
    }

    /** A key by PKCS #8, which names its algorithm in a way that the JDK alone does not tell. */
    private static PrivateKey key(byte[] encoded) throws IOException {
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (NoSuchAlgorithmException | InvalidKeySpecException e) {
                // Of another one.
            }
        }
        throw new IOException("its key is damaged, or of a kind that this JVM does not know");
    }
}
