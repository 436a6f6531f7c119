package io.icespar.server.tls;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.server.tls.UnusableFile.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMParser;

/**
 * A file in PEM, RFC 7468. Text around its blocks is a comment; a block that is cut off, or of no known kind, makes the
 * file unusable.
 */
final class PemFile {
    private static final Pattern BEGIN = Pattern.compile("-----BEGIN ");
    private static final Pattern END = Pattern.compile("-----END ");

    private final Role role;
    private final Path path;
    private final List<Object> blocks;

    PemFile(Role role, Path path, FileContents contents) throws UnusableFile {
        this.role = role;
        this.path = path;
        this.blocks = parse(new String(contents.of(role, path), StandardCharsets.ISO_8859_1));
    }

    private List<Object> parse(String text) throws UnusableFile {
        List<Object> found = new ArrayList<>();
        try (var parser = new PEMParser(new StringReader(text))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                found.add(block);
            }
        } catch (IOException | RuntimeException e) {
            // What the parser throws at a damaged file is not only what it says it throws.
            throw unusable("is damaged at block " + (found.size() + 1) + ", or holds there what is no certificate and"
                    + " no key");
        }
        if (BEGIN.matcher(text).results().count() != found.size()
                || END.matcher(text).results().count() != found.size()) {
            throw unusable("is damaged: the lines that begin and end its blocks do not match");
        }
        return found;
    }

    /** The certificates, in their order. */
    List<X509Certificate> certificates() throws UnusableFile {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object block : blocks) {
            if (block instanceof X509CertificateHolder holder) {
                try {
                    certificates.add((X509Certificate)
                            x509().generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
                } catch (IOException | CertificateException e) {
                    throw unusable("holds a certificate that is damaged");
                }
            }
        }
        if (certificates.isEmpty()) {
            throw unusable("holds no certificate in PEM");
        }
        return certificates;
    }

    /** The lists of revoked certificates. */
    List<X509CRL> revocations() throws UnusableFile {
        List<X509CRL> lists = new ArrayList<>();
        for (Object block : blocks) {
            if (block instanceof X509CRLHolder holder) {
                try {
                    lists.add((X509CRL) x509().generateCRL(new ByteArrayInputStream(holder.getEncoded())));
                } catch (IOException | CRLException | CertificateException e) {
                    throw unusable("holds a list of revoked certificates that is damaged");
                }
            }
        }
        if (lists.isEmpty()) {
            throw unusable("holds no list of revoked certificates in PEM");
        }
        return lists;
    }

    /**
     * The one key.
     *
     * @param password what it is encrypted with, if it is
     */
    PrivateKey key(Optional<String> password) throws UnusableFile {
        List<PemKey> keys =
                blocks.stream().flatMap(block -> PemKey.find(block).stream()).toList();
        if (keys.size() != 1) {
            throw unusable(keys.isEmpty() ? "holds no private key in PEM" : "holds more than one private key");
        }
        PemKey key = keys.get(0);
        if (key.isEncrypted() && password.isEmpty()) {
            throw new UnusableFile(
                    Role.PASSWORD, "the key in " + quote(path) + " is encrypted, and no password is given");
        }
        try {
            return key.decrypted(password.orElse(""));
        } catch (GeneralSecurityException | IOException e) {
            throw key.isEncrypted()
                    ? new UnusableFile(Role.PASSWORD, "the password does not open the key in " + quote(path))
                    : unusable("holds a private key that is damaged, or of a kind that cannot be used; expected RSA, EC"
                            + " or Ed25519");
        }
    }

    private UnusableFile unusable(String what) {
        return new UnusableFile(role, quote(path) + " " + what);
    }

    private static CertificateFactory x509() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
