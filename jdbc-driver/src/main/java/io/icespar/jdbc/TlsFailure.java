package io.icespar.jdbc;

import java.security.cert.CertPathBuilderException;
import java.util.List;
import javax.net.ssl.SSLException;

/** What a failure of TLS means: the JDK tells it in the terms of its classes. */
final class TlsFailure {
    /** The alerts by which a server turns a client's certificate away, or the lack of one. */
    private static final List<String> OF_CERTIFICATES = List.of(
            "bad_certificate",
            "certificate_required",
            "certificate_unknown",
            "certificate_expired",
            "certificate_revoked",
            "unsupported_certificate",
            "unknown_ca");

    private TlsFailure() {}

    /** A text for the user, of what to do where that is known. */
    static String text(SSLException failure) {
        var text = String.valueOf(failure.getMessage());
        if (text.contains("plaintext connection")) {
            return "what answers there speaks no TLS; perhaps it speaks http";
        }
        var alert = OF_CERTIFICATES.stream()
                .filter(name -> text.equals("Received fatal alert: " + name))
                .findFirst();
        if (alert.isPresent()) {
            return "the server wants a certificate, or refuses the one that it was shown (" + alert.get()
                    + "): see the option `keyStore`";
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return "no trusted connection by TLS: the server's certificate is of no authority that is trusted; name"
                        + " a file of certificates to trust by the option `trustStore`";
            }
        }
        return "no trusted connection by TLS (" + text + ")";
    }
}
