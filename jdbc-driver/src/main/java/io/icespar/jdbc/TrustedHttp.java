package io.icespar.jdbc;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes the HTTP clients of connections, which trust the certificates they are told to trust and check that these name
 * the host. They follow no redirects, on which a login would go along.
 */
final class TrustedHttp {
    private static final String PEM = "PEM";

    private TrustedHttp() {}

    static HttpClient client(ConnectUrl url) throws SQLException {
        var builder = HttpClient.newBuilder().version(Version.HTTP_1_1).followRedirects(Redirect.NEVER);
        var connectTimeout = url.number(DriverProperty.CONNECT_TIMEOUT);
        if (connectTimeout > 0) {
            builder.connectTimeout(Duration.ofSeconds(connectTimeout));
        }
        var trustStore = url.find(DriverProperty.TRUST_STORE);
        if (trustStore.isPresent()) {
            builder.sslContext(trusting(
                    trustStore.get(),
                    url.find(DriverProperty.TRUST_STORE_TYPE).orElse(KeyStore.getDefaultType()),
                    url.find(DriverProperty.TRUST_STORE_PASSWORD).map(String::toCharArray)));
        }
        return builder.build();
    }

    private static SSLContext trusting(String file, String type, Optional<char[]> password) throws SQLException {
        try (var in = new FileInputStream(file)) {
            var store = type.equalsIgnoreCase(PEM) ? pem(in) : keyStore(in, type, password);
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw SqlState.INVALID_PARAMETER.error("the trust store `" + file + "` cannot be read: " + e.getMessage());
        }
    }

    private static KeyStore keyStore(InputStream in, String type, Optional<char[]> password)
            throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(type);
        store.load(in, password.orElse(null));
        return store;
    }

    /** A trust store of the certificates in a file of PEM. */
    private static KeyStore pem(InputStream in) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            store.setCertificateEntry("certificate-" + count++, certificate);
        }
        if (count == 0) {
            throw new IOException("it holds no certificate");
        }
        return store;
    }
}
