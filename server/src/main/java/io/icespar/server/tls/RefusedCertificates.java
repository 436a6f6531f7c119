package io.icespar.server.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.security.auth.x500.X500Principal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs which certificates of clients are refused in handshakes, where no request comes of them and so no audit. Anyone can
 * bring them about, so that only one in ten seconds is logged; of the others their number is. Safe for use by several
 * threads.
 */
final class RefusedCertificates {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedCertificates.class);
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MAX_TEXT = 200;

    private final Clock clock;
    private Instant next = Instant.MIN;
    private long unlogged;

    RefusedCertificates(Clock clock) {
        this.clock = clock;
    }

    synchronized void log(X509Certificate certificate, CertificateException refusal) {
        Instant now = clock.instant();
        if (now.isBefore(next)) {
            unlogged++;
            return;
        }
        Throwable reason = refusal;
        while (reason.getCause() != null) {
            reason = reason.getCause();
        }
        LOG.warn(
                "event=client-certificate-refused subject=\"{}\" serial={} reason=\"{}\" unlogged={}",
                shortLine(certificate.getSubjectX500Principal().getName(X500Principal.RFC2253)),
                certificate.getSerialNumber().toString(16),
                shortLine(String.valueOf(reason.getMessage())),
                unlogged);
        next = now.plus(PAUSE);
        unlogged = 0;
    }

    private static String shortLine(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT)).replaceAll("[\\p{Cntrl}\"]", "?");
    }
}
