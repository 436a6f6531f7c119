package io.icespar.server.tls;

import io.icespar.server.tls.UnusableFile.Role;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * Decides which certificates of clients are genuine: those that one of some authorities issued for clients, that count
 * at the time, and that are not revoked. Nothing is fetched for that, whatever a certificate names.
 */
final class ClientTrust {
    private final Read<List<X509Certificate>> authorities;
    private final Read<List<X509CRL>> revocations;
    private final X509TrustManager manager;

    private ClientTrust(
            Read<List<X509Certificate>> authorities, Read<List<X509CRL>> revocations, X509TrustManager manager) {
        this.authorities = authorities;
        this.revocations = revocations;
        this.manager = manager;
    }

    static ClientTrust read(ClientCertificates files) throws UnusableFile {
        return of(
                Read.of(List.of(files.trust()), contents -> authorities(files, contents)),
                Read.of(files.crl().stream().toList(), contents -> revocations(files, contents)));
    }

    /**
     * What the files hold now, this if that is the same. Of a file that is no good what it held before is kept, while the
     * other one counts: a damaged list keeps no authority that is there no more.
     *
     * @param flaws gets why files are no good
     */
    ClientTrust newest(ClientCertificates files, List<String> flaws) {
        Read<List<X509Certificate>> nextAuthorities =
                authorities.newest(List.of(files.trust()), contents -> authorities(files, contents), flaws);
        Read<List<X509CRL>> nextRevocations =
                revocations.newest(files.crl().stream().toList(), contents -> revocations(files, contents), flaws);
        if (nextAuthorities.equals(authorities) && nextRevocations.equals(revocations)) {
            return this;
        }
        try {
            return of(nextAuthorities, nextRevocations);
        } catch (UnusableFile e) {
            flaws.add(e.text());
            return this;
        }
    }

    private static List<X509Certificate> authorities(ClientCertificates files, FileContents contents)
            throws UnusableFile {
        return new PemFile(Role.TRUST, files.trust(), contents).certificates();
    }

    private static List<X509CRL> revocations(ClientCertificates files, FileContents contents) throws UnusableFile {
        return files.crl().isPresent() ? new PemFile(Role.CRL, files.crl().get(), contents).revocations() : List.of();
    }

    private static ClientTrust of(Read<List<X509Certificate>> authorities, Read<List<X509CRL>> revocations)
            throws UnusableFile {
        try {
            return new ClientTrust(authorities, revocations, manager(authorities.value(), revocations.value()));
        } catch (GeneralSecurityException e) {
            throw new UnusableFile(Role.TRUST, "the authorities of client certificates cannot be used");
        }
    }

    private static X509TrustManager manager(List<X509Certificate> authorities, List<X509CRL> revocations)
            throws GeneralSecurityException {
        Set<TrustAnchor> anchors = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        var parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.setRevocationEnabled(!revocations.isEmpty());
        if (!revocations.isEmpty()) {
            parameters.addCertStore(
                    CertStore.getInstance("Collection", new CollectionCertStoreParameters(revocations)));
            var checker =
                    (PKIXRevocationChecker) CertPathBuilder.getInstance("PKIX").getRevocationChecker();
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
            parameters.addCertPathChecker(checker);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return (X509TrustManager) factory.getTrustManagers()[0];
    }

    /** Checks certificates in handshakes. */
    TrustManager[] trustManagers() {
        return new TrustManager[] {manager};
    }

    /** Whether a certificate, followed by those between it and an authority, is genuine now. */
    boolean isTrusted(X509Certificate[] chain) {
        try {
            manager.checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /** An authority whose list of revoked certificates is too old to decide by, so that none of its are trusted. */
    Optional<String> findOutdated(Instant now) {
        return revocations.value().stream()
                .filter(list -> list.getNextUpdate() != null
                        && list.getNextUpdate().toInstant().isBefore(now))
                .map(list -> list.getIssuerX500Principal().getName(X500Principal.RFC2253))
                .findFirst();
    }

    /** How many authorities there are. */
    int size() {
        return authorities.value().size();
    }
}
