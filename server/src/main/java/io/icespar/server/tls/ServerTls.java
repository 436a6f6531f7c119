package io.icespar.server.tls;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
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
    private static final String VERIFIED_BY = "io.icespar.verified-by";
    private static final Duration WARNING_BEFORE_END = Duration.ofDays(14);
    private static final Duration WARNING_PAUSE = Duration.ofDays(1);

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

    /** Why the files that are there now are not used, as it was told last. Of the watching thread, as those below. */
    private Optional<String> failure = Optional.empty();

    private Instant warned = Instant.MIN;

    /** What came of a look at the files. */
    public enum Look {
        /** They hold what is used. */
        UNCHANGED,
        /** What they hold is used from now on. */
        RELOADED,
        /** They hold something else, which is not good. */
        FAILED
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
        TlsMaterial.read(files, new FileContents(files.all()));
    }

    /**
     * Reads the files.
     *
     * @throws IcesparException {@code CONFIGURATION} if there is nothing to serve with in them
     */
    public static ServerTls open(TlsFiles files, Clock clock) {
        try {
            var tls = new ServerTls(files, clock, TlsMaterial.read(files, new FileContents(files.all())));
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
        } catch (RuntimeException e) {
            // A task that throws is not run again.
            LOG.error("event=tls-watch-failed", e);
        }
    }

    /** Looks at the files once, and uses what they hold if it is new and good. */
    public synchronized Look look() {
        FileContents contents = new FileContents(files.all());
        Look look = Look.UNCHANGED;
        if (contents.fingerprint().equals(material.fingerprint())) {
            failure = Optional.empty();
        } else {
            look = reload(contents);
        }
        warnOfEnd();
        return look;
    }

    private Look reload(FileContents contents) {
        try {
            TlsMaterial next = TlsMaterial.read(files, contents);
            Optional<String> flaw = next.certificate().findFlaw(clock.instant());
            if (flaw.isPresent()
                    && material.certificate().findFlaw(clock.instant()).isEmpty()) {
                return failed(flaw.get());
            }
            connections.reload(factory -> factory.setSslContext(next.context()));
            material = next;
        } catch (UnusableFile e) {
            return failed(e.text());
        } catch (Exception e) {
            throw new IllegalStateException("TLS does not start again", e);
        }
        failure = Optional.empty();
        warned = Instant.MIN;
        LOG.info(
                "event=tls-reloaded subject=\"{}\" expires={} client-authorities={}",
                oneLine(material.certificate().subject()),
                material.certificate().expires(),
                material.clients().map(ClientTrust::size).orElse(0));
        return Look.RELOADED;
    }

    private Look failed(String why) {
        // Told once; the next look may find the other half of what is being written.
        if (!failure.equals(Optional.of(why))) {
            failure = Optional.of(why);
            LOG.warn(
                    "event=tls-not-reloaded reason=\"{}\" still-expires={}",
                    why,
                    material.certificate().expires());
        }
        return Look.FAILED;
    }

    private void warnOfEnd() {
        Instant now = clock.instant();
        ServerCertificate certificate = material.certificate();
        Optional<String> flaw = certificate.findFlaw(now);
        boolean ends = !now.plus(WARNING_BEFORE_END).isBefore(certificate.expires());
        if ((ends || flaw.isPresent()) && !now.minus(WARNING_PAUSE).isBefore(warned)) {
            warned = now;
            LOG.warn(
                    "event={} subject=\"{}\" expires={}",
                    flaw.isPresent() ? "certificate-not-valid" : "certificate-expires-soon",
                    oneLine(certificate.subject()),
                    certificate.expires());
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
        try {
            chain[0].checkValidity(Date.from(clock.instant()));
        } catch (CertificateException e) {
            return false;
        }
        if (trust.isEmpty() || trust.get() == session.getValue(VERIFIED_BY)) {
            return trust.isPresent();
        }
        boolean trusted = trust.get().isTrusted(chain);
        if (trusted) {
            session.putValue(VERIFIED_BY, trust.get());
        }
        return trusted;
    }

    /** Looks at the files no more. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
