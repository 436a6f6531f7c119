package io.icespar.server.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemGenerationException;
import org.jspecify.annotations.Nullable;

/** An authority that issues certificates for tests, good ones and others. */
public final class TestAuthority {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Issued self;

    private TestAuthority(Issued self) {
        this.self = self;
    }

    /**
     * A certificate with its key.
     *
     * @param chain the certificate, and those above it but for the root
     */
    public record Issued(PrivateKey key, List<X509Certificate> chain) {
        /** The certificate. */
        public X509Certificate certificate() {
            return chain.get(0);
        }

        /** Writes the certificate and those above it. */
        public Path writeChain(Path file) {
            return write(file, chain.toArray());
        }

        /** Writes the key by PKCS #8, unencrypted. */
        public Path writeKey(Path file) {
            try {
                return write(file, new JcaPKCS8Generator(key, null));
            } catch (PemGenerationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** An authority of its own. */
    public static TestAuthority create(String name) {
        return create(name, Instant.now().plus(days(3650)));
    }

    /** An authority of its own that ends at some time. */
    public static TestAuthority create(String name, Instant end) {
        KeyPair keys = keys("EC");
        Instant now = Instant.now();
        X509Certificate certificate = sign(
                keys,
                new X500Name(name),
                keys.getPrivate(),
                new X500Name(name),
                now.minusSeconds(3600),
                end,
                true,
                null);
        return new TestAuthority(new Issued(keys.getPrivate(), List.of(certificate)));
    }

    private static Duration days(int days) {
        return Duration.ofDays(days);
    }

    /** An authority below this one. */
    public TestAuthority subordinate(String name) {
        return subordinate(name, Instant.now().plus(days(365)));
    }

    /** As {@link #subordinate(String)}, which ends at some time. */
    public TestAuthority subordinate(String name, Instant end) {
        KeyPair keys = keys("EC");
        Instant now = Instant.now();
        X509Certificate certificate =
                sign(keys, new X500Name(name), self.key(), name(), now.minusSeconds(3600), end, true, null);
        return new TestAuthority(new Issued(keys.getPrivate(), List.of(certificate, self.certificate())));
    }

    /** Its own certificate. */
    public X509Certificate certificate() {
        return self.certificate();
    }

    /** Writes its own certificate. */
    public Path write(Path file) {
        return write(file, self.certificate());
    }

    /** A certificate for a server at localhost and 127.0.0.1. */
    public Issued server() {
        return server(days(90));
    }

    /** As {@link #server()}, which began an hour ago and ends after some time. */
    public Issued server(Duration end) {
        return server("EC", Instant.now().minusSeconds(3600), Instant.now().plus(end));
    }

    /** As {@link #server()}, of a kind of key and with a certain life. */
    public Issued server(String algorithm, Instant begin, Instant end) {
        return issue(algorithm, new X500Name("CN=localhost"), begin, end, KeyPurposeId.id_kp_serverAuth);
    }

    /** A certificate for a client of a subject as RFC 2253 writes it. */
    public Issued client(String subject) {
        return client(subject, Instant.now().plus(days(90)));
    }

    /** A certificate for a client that ends at some time. */
    public Issued client(String subject, Instant end) {
        return client(X500Name.getInstance(new X500Principal(subject).getEncoded()), end);
    }

    /** A certificate for a client of any subject. */
    public Issued client(X500Name subject, Instant end) {
        return issue("EC", subject, end.minus(days(300)), end, KeyPurposeId.id_kp_clientAuth);
    }

    private Issued issue(String algorithm, X500Name subject, Instant begin, Instant end, KeyPurposeId purpose) {
        KeyPair keys = keys(algorithm);
        X509Certificate certificate = sign(keys, subject, self.key(), name(), begin, end, false, purpose);
        List<X509Certificate> chain = new ArrayList<>(List.of(certificate));
        if (self.chain().size() > 1) {
            chain.add(self.certificate());
        }
        return new Issued(keys.getPrivate(), chain);
    }

    /** Writes its list of revoked certificates. */
    public Path writeRevoked(Path file, X509Certificate... revoked) {
        try {
            var builder =
                    new JcaX509v2CRLBuilder(self.certificate().getSubjectX500Principal(), Date.from(Instant.now()));
            builder.setNextUpdate(Date.from(Instant.now().plus(days(30))));
            for (X509Certificate certificate : revoked) {
                builder.addCRLEntry(certificate.getSerialNumber(), Date.from(Instant.now()), CRLReason.keyCompromise);
            }
            return write(
                    file,
                    new JcaX509CRLConverter()
                            .getCRL(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(self.key()))));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A context that trusts this authority, and shows a certificate if it is asked for one. */
    public SSLContext context(Issued... shown) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", self.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    Arrays.stream(shown).map(Showing::new).toArray(KeyManager[]::new), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Shows a certificate to whoever asks for one, of whichever authority. */
    private static final class Showing extends X509ExtendedKeyManager {
        private final Issued shown;

        private Showing(Issued shown) {
            this.shown = shown;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return "client";
        }

        @Override
        public String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
            return "client";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return shown.chain().toArray(X509Certificate[]::new);
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return shown.key();
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"client"};
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            return null;
        }
    }

    /** Writes things in PEM. */
    public static Path write(Path file, Object... things) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            for (Object thing : things) {
                writer.writeObject(thing);
            }
            writer.flush();
            return Files.writeString(file, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private X500Name name() {
        return X500Name.getInstance(self.certificate().getSubjectX500Principal().getEncoded());
    }

    private static KeyPair keys(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static X509Certificate sign(
            KeyPair keys,
            X500Name subject,
            PrivateKey issuerKey,
            X500Name issuer,
            Instant begin,
            Instant end,
            boolean isAuthority,
            @Nullable KeyPurposeId purpose) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                    issuer, new BigInteger(64, RANDOM), Date.from(begin), Date.from(end), subject, keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (purpose != null) {
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                    new GeneralName(GeneralName.dNSName, "localhost"),
                    new GeneralName(GeneralName.iPAddress, "127.0.0.1")
                }));
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
