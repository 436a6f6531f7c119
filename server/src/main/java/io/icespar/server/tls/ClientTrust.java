package io.icespar.server.tls;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.server.tls.UnusableFile.Role;
import java.net.Socket;
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
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.security.auth.x500.X500Principal;

/**
 * Decides which certificates of clients are genuine: those that one of some authorities issued for clients, that count
 * at the time, and that are not revoked. Nothing is fetched for that, whatever a certificate names.
 */
final class ClientTrust {
    private final Read<List<X509Certificate>> authorities;
    private final Read<List<X509CRL>> revocations;
    private final Clock clock;
    private final RefusedCertificates refused;

    private ClientTrust(Read<List<X509Certificate>> authorities, Read<List<X509CRL>> revocations, Clock clock) {
        this.refused = new RefusedCertificates(clock);
        this.authorities = authorities;
        this.revocations = revocations;
        this.clock = clock;
    }

    static ClientTrust read(ClientCertificates files, Clock clock) throws UnusableFile {
        return new ClientTrust(
                Read.of(List.of(files.trust()), contents -> authorities(files, contents)),
                Read.of(files.crl().stream().toList(), contents -> revocations(files, contents)),
                clock);
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
        return nextAuthorities.equals(authorities) && nextRevocations.equals(revocations)
                ? this
                : new ClientTrust(nextAuthorities, nextRevocations, clock);
    }

    private static List<X509Certificate> authorities(ClientCertificates files, FileContents contents)
            throws UnusableFile {
        List<X509Certificate> found = new PemFile(Role.TRUST, files.trust(), contents).certificates();
        for (X509Certificate certificate : found) {
            if (certificate.getBasicConstraints() < 0) {
                throw new UnusableFile(
                        Role.TRUST,
                        quote(files.trust()) + " holds the certificate of "
                                + quote(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253))
                                + ", which is no authority (`CA:TRUE`)");
            }
        }
        return found;
    }

    private static List<X509CRL> revocations(ClientCertificates files, FileContents contents) throws UnusableFile {
        return files.crl().isPresent() ? new PemFile(Role.CRL, files.crl().get(), contents).revocations() : List.of();
    }

    /** Checks certificates in handshakes. */
    TrustManager[] trustManagers() {
        return new TrustManager[] {new TrustNow()};
    }

    /** Whether a certificate, followed by those between it and an authority, is genuine now. */
    boolean isTrusted(X509Certificate[] chain) {
        try {
            manager().checkClientTrusted(chain, chain[0].getPublicKey().getAlgorithm());
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    /**
     * What decides now. It is made for each decision, of what is in force: left to itself it asks no authority's dates,
     * and takes a list of revoked certificates that is a little too old.
     */
    private X509ExtendedTrustManager manager() throws CertificateException {
        Instant now = clock.instant();
        List<X509Certificate> anchors = authoritiesAt(now);
        if (anchors.isEmpty()) {
            throw new CertificateException("no authority is valid now");
        }
        try {
            var parameters = new PKIXBuilderParameters(
                    anchors.stream()
                            .map(authority -> new TrustAnchor(authority, null))
                            .collect(Collectors.toSet()),
                    new X509CertSelector());
            parameters.setDate(Date.from(now));
            parameters.setRevocationEnabled(!revocations.value().isEmpty());
            if (!revocations.value().isEmpty()) {
                List<X509CRL> lists = revocations.value().stream()
                        .filter(list -> !isOutdated(list, now))
                        .toList();
                parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(lists)));
                var checker = (PKIXRevocationChecker)
                        CertPathBuilder.getInstance("PKIX").getRevocationChecker();
                checker.setOptions(
                        EnumSet.of(PKIXRevocationChecker.Option.PREFER_CRLS, PKIXRevocationChecker.Option.NO_FALLBACK));
                parameters.addCertPathChecker(checker);
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the authorities of client certificates cannot be used", e);
        }
    }

    private List<X509Certificate> authoritiesAt(Instant now) {
        return authorities.value().stream()
                .filter(authority -> isValid(authority, now))
                .toList();
    }

    private static boolean isValid(X509Certificate certificate, Instant now) {
        return !now.isBefore(certificate.getNotBefore().toInstant())
                && !now.isAfter(certificate.getNotAfter().toInstant());
    }

    private static boolean isOutdated(X509CRL list, Instant now) {
        return list.getNextUpdate() != null && list.getNextUpdate().toInstant().isBefore(now);
    }

    /** An authority that has no list of revoked certificates though others have, so that none of its are trusted. */
    Optional<X509Certificate> findWithoutRevocations() {
        return authorities.value().stream()
                .filter(authority -> !revocations.value().isEmpty())
                .filter(authority -> revocations.value().stream()
                        .noneMatch(list -> list.getIssuerX500Principal().equals(authority.getSubjectX500Principal())))
                .findFirst();
    }

    /** An authority that is not valid now, so that none of its certificates are trusted. */
    Optional<X509Certificate> findNotValid(Instant now) {
        return authorities.value().stream()
                .filter(authority -> !isValid(authority, now))
                .findFirst();
    }

    /** An authority whose list of revoked certificates is too old to decide by, so that none of its are trusted. */
    Optional<String> findOutdated(Instant now) {
        return revocations.value().stream()
                .filter(list -> isOutdated(list, now))
                .map(list -> list.getIssuerX500Principal().getName(X500Principal.RFC2253))
                .findFirst();
    }

    /** How many authorities there are. */
    int size() {
        return authorities.value().size();
    }

    /** What is asked of who decides. */
    private interface Check {
        void by(X509ExtendedTrustManager manager) throws CertificateException;
    }

    /** Decides in each handshake by what is in force then. */
    private final class TrustNow extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            check(chain, manager -> manager.checkClientTrusted(chain, authType, engine));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            check(chain, manager -> manager.checkClientTrusted(chain, authType, socket));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            check(chain, manager -> manager.checkClientTrusted(chain, authType));
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            throw notForServers();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
                throws CertificateException {
            throw notForServers();
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw notForServers();
        }

        private void check(X509Certificate[] chain, Check check) throws CertificateException {
            try {
                check.by(manager());
            } catch (CertificateException e) {
                refused.log(chain[0], e);
                throw e;
            }
        }

        private static CertificateException notForServers() {
            return new CertificateException("these are authorities of clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authoritiesAt(clock.instant()).toArray(X509Certificate[]::new);
        }
    }
}
