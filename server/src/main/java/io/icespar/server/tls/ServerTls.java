package io.icespar.server.tls;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.tls.UnusableFile.Role;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the server: versions, ciphers, and a certificate that is read anew when its files change.
 *
 * <p>Files are looked at by what they hold, since neither times nor names tell of every way to replace them. Connections
 * that are open go on with what they began with; what is not good is not used, and tried again. A certificate that
 * clients would not accept, being too old or too new, is used only in place of one that they would not accept either.
 * Safe for use by several threads.
 */
public final class ServerTls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);
    private static final String VERDICT = "io.icespar.verdict";
    private static final Duration WARNING_BEFORE_END = Duration.ofDays(14);
    private static final Duration WARNING_PAUSE = Duration.ofDays(1);
    private static final Duration VERDICT_LIFE = Duration.ofMinutes(1);

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /** Those with forward secrecy and authenticated encryption. */
    private static final String[] CIPHERS = {
        "TLS_AES_256_GCM_SHA384",
        "TLS_AES_128_GCM_SHA256",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private final TlsFiles files;
    private final Clock clock;
    private final SslContextFactory.Server connections = new SslContextFactory.Server();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "icespar-tls-watch");
        made.setDaemon(true);
        return made;
    });

    private volatile TlsMaterial material;

    /** Why files that are there now are not used, as it was told last. Guarded by this object's lock, as the next. */
    private List<String> told = List.of();

    private Instant warned = Instant.MIN;

    /** What came of a look at the files. */
    public enum Look {
        /** They hold what is used already. */
        UNCHANGED,
        /** Something new that they hold is used from now on. */
        RELOADED,
        /** They hold something else, and none of it is good. */
        FAILED
    }

    /** That a certificate was genuine. Whatever it hangs on may end, so it is looked at again. */
    private record Verdict(ClientTrust by, Instant at) {
        boolean holds(ClientTrust trust, Instant now) {
            return by == trust && !now.isBefore(at) && now.isBefore(at.plus(VERDICT_LIFE));
        }
    }

    private ServerTls(TlsFiles files, Clock clock, TlsMaterial material) {
        this.files = files;
        this.clock = clock;
        this.material = material;
    }

    /**
     * Whether there is something to serve with in the files.
     *
     * @throws UnusableFile if not
     */
    public static void check(TlsFiles files) throws UnusableFile {
        TlsMaterial.read(files, Clock.systemUTC());
    }

    /**
     * Reads the files.
     *
     * @throws IcesparException {@code CONFIGURATION} if there is nothing to serve with in them
     */
    public static ServerTls open(TlsFiles files, Clock clock) {
        try {
            var tls = new ServerTls(files, clock, TlsMaterial.read(files, clock));
            tls.configure();
            tls.warnOfEnd();
            return tls;
        } catch (UnusableFile e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, e.text(), e);
        }
    }

    private void configure() {
        connections.setSslContext(material.context());
        connections.setIncludeProtocols(VERSIONS);
        connections.setIncludeCipherSuites(CIPHERS);
        connections.setRenegotiationAllowed(false);
        connections.setNeedClientAuth(
                files.clients().filter(ClientCertificates::required).isPresent());
        connections.setWantClientAuth(
                files.clients().filter(clients -> !clients.required()).isPresent());
        try {
            connections.start();
        } catch (Exception e) {
            throw new IcesparException(ErrorCode.INTERNAL, "TLS does not start", e);
        }
    }

    /** Looks at the files again and again, with a pause between, until it is closed. */
    public void watch(Duration pause) {
        var unused = thread.scheduleWithFixedDelay(
                this::lookSafely, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void lookSafely() {
        try {
            look();
        } catch (Throwable e) {
            // A task that throws is not run again, and then nobody's trust would end any more.
            LOG.error("event=tls-watch-failed", e);
        }
    }

    /**
     * Looks at the files once, and uses what they hold if it is new and good. The server's own certificate, the
     * authorities of clients and their lists of revoked certificates do not wait for each other: who is trusted no more
     * is so at once.
     */
    public synchronized Look look() {
        List<String> flaws = new ArrayList<>();
        Read<ServerCertificate> certificate = newest(flaws);
        Optional<ClientTrust> clients =
                material.clients().map(former -> former.newest(files.clients().orElseThrow(), flaws));
        boolean isNew = !certificate.equals(material.certificate()) || !clients.equals(material.clients());
        if (isNew) {
            try {
                use(TlsMaterial.of(certificate, clients));
            } catch (UnusableFile e) {
                flaws.add(e.text());
                isNew = false;
            }
        }
        tell(flaws);
        warnOfEnd();
        return isNew ? Look.RELOADED : flaws.isEmpty() ? Look.UNCHANGED : Look.FAILED;
    }

    /** The certificate that there is now; the former if there is none that is as good. */
    private Read<ServerCertificate> newest(List<String> flaws) {
        Read<ServerCertificate> former = material.certificate();
        return former.newest(files.certificate().files(), contents -> asGood(former.value(), contents), flaws);
    }

    private ServerCertificate asGood(ServerCertificate former, FileContents contents) throws UnusableFile {
        ServerCertificate next = ServerCertificate.read(files.certificate(), contents);
        Optional<String> flaw = next.findFlaw(clock.instant());
        if (flaw.isPresent() && former.findFlaw(clock.instant()).isEmpty()) {
            throw new UnusableFile(Role.CERTIFICATE, flaw.get());
        }
        return next;
    }

    private void use(TlsMaterial next) {
        try {
            connections.reload(factory -> factory.setSslContext(next.context()));
        } catch (Exception e) {
            throw new IllegalStateException("TLS does not start again", e);
        }
        // Only now: what failed is new to the next look still.
        material = next;
        warned = Instant.MIN;
        ServerCertificate certificate = next.certificate().value();
        LOG.info(
                "event=tls-reloaded subject=\"{}\" expires={} client-authorities={}",
                oneLine(certificate.subject()),
                certificate.expires(),
                next.clients().map(ClientTrust::size).orElse(0));
    }

    private void tell(List<String> flaws) {
        // Told once; the next look may find the other half of what is being written.
        if (!flaws.equals(told)) {
            flaws.forEach(flaw -> LOG.warn("event=tls-not-reloaded reason=\"{}\"", oneLine(flaw)));
        }
        told = List.copyOf(flaws);
    }

    private void warnOfEnd() {
        Instant now = clock.instant();
        if (now.minus(WARNING_PAUSE).isBefore(warned)) {
            return;
        }
        ServerCertificate certificate = material.certificate().value();
        boolean flawed = certificate.findFlaw(now).isPresent();
        boolean ends = !now.plus(WARNING_BEFORE_END).isBefore(certificate.expires());
        if (flawed || ends) {
            warned = now;
            LOG.warn(
                    "event={} subject=\"{}\" expires={}",
                    flawed ? "certificate-not-valid" : "certificate-expires-soon",
                    oneLine(certificate.subject()),
                    certificate.expires());
        }
        Optional<X509Certificate> notValid = material.clients().flatMap(clients -> clients.findNotValid(now));
        if (notValid.isPresent()) {
            warned = now;
            LOG.warn(
                    "event=authority-not-valid authority=\"{}\" expires={}",
                    oneLine(notValid.get().getSubjectX500Principal().getName(X500Principal.RFC2253)),
                    notValid.get().getNotAfter().toInstant());
        }
        Optional<X509Certificate> withoutRevocations = material.clients().flatMap(ClientTrust::findWithoutRevocations);
        if (withoutRevocations.isPresent()) {
            warned = now;
            LOG.warn(
                    "event=authority-without-revocations authority=\"{}\"",
                    oneLine(withoutRevocations.get().getSubjectX500Principal().getName(X500Principal.RFC2253)));
        }
        Optional<String> outdated = material.clients().flatMap(clients -> clients.findOutdated(now));
        if (outdated.isPresent()) {
            warned = now;
            LOG.warn("event=revocations-out-of-date authority=\"{}\"", oneLine(outdated.get()));
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cntrl}\"]", "?");
    }

    /** Makes connections, with what is used at the time. */
    public SslContextFactory.Server connections() {
        return connections;
    }

    /** Which certificates of clients are accepted; empty if clients are not asked for any. */
    public Optional<ClientCertificates> clients() {
        return files.clients();
    }

    /**
     * Whether the certificate that a client showed is one to trust now. When its connection began it was; it may have
     * ended since, or its authority may have gone.
     *
     * @param chain the certificate, and those that came with it
     */
    public boolean isTrusted(SSLSession session, X509Certificate[] chain) {
        Optional<ClientTrust> trust = material.clients();
        Instant now = clock.instant();
        try {
            chain[0].checkValidity(Date.from(now));
        } catch (CertificateException e) {
            return false;
        }
        if (trust.isEmpty()) {
            return false;
        }
        if (session.getValue(VERDICT) instanceof Verdict verdict && verdict.holds(trust.get(), now)) {
            return true;
        }
        boolean trusted = trust.get().isTrusted(chain);
        if (trusted) {
            session.putValue(VERDICT, new Verdict(trust.get(), now));
        }
        return trusted;
    }

    /** Looks at the files no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
