package io.icespar.jdbc;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.CertificateFactory;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * Makes the HTTP clients of connections, which trust the certificates they are told to trust and check that these name
 * the host, and which show the server a certificate of their own if it asks for one. They follow no redirects, on which a login would go along.
 */
final class TrustedHttp {
    private static final String PEM = "PEM";

    private TrustedHttp() {}

    static HttpClient client(ConnectUrl url) throws SQLException {
        // What is done with an answer is to keep its bytes, which takes no thread of its own: to wake one takes longer.
        var builder = HttpClient.newBuilder()
                .version(Version.HTTP_1_1)
                .followRedirects(Redirect.NEVER)
                .executor(Runnable::run);
        var connectTimeout = url.number(DriverProperty.CONNECT_TIMEOUT);
        if (connectTimeout > 0) {
            builder.connectTimeout(Duration.ofSeconds(connectTimeout));
        }
        var keys = keys(url);
        var trusted = trusted(url);
        if (keys.isPresent() || trusted.isPresent()) {
            try {
                var context = SSLContext.getInstance("TLS");
                context.init(keys.orElse(null), trusted.orElse(null), null);
                builder.sslContext(context);
            } catch (GeneralSecurityException e) {
                throw SqlState.INVALID_PARAMETER.error("TLS does not start: " + e.getMessage());
            }
        }
        return builder.build();
    }

    /** What shows a certificate to the server; empty if there is none to show. */
    private static Optional<KeyManager[]> keys(ConnectUrl url) throws SQLException {
        var file = url.find(DriverProperty.KEY_STORE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ClientKey.managers(
                    url,
                    file.get(),
                    url.find(DriverProperty.KEY_STORE_TYPE).orElse(KeyStore.getDefaultType()),
                    url.find(DriverProperty.KEY_STORE_PASSWORD).map(String::toCharArray)));
        } catch (IOException | GeneralSecurityException e) {
            throw SqlState.INVALID_PARAMETER.error(
                    "the key store `" + file.get() + "` cannot be read: " + why(e, DriverProperty.KEY_STORE_TYPE));
        }
    }

    /** What knows the certificates to trust; empty if those of the JVM are. */
    private static Optional<TrustManager[]> trusted(ConnectUrl url) throws SQLException {
        var file = url.find(DriverProperty.TRUST_STORE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var type = url.find(DriverProperty.TRUST_STORE_TYPE).orElse(KeyStore.getDefaultType());
        var password = url.find(DriverProperty.TRUST_STORE_PASSWORD).map(String::toCharArray);
        try (var in = new FileInputStream(file.get())) {
            var store = type.equalsIgnoreCase(PEM) ? pem(in) : keyStore(in, type, password);
            var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            return Optional.of(managers.getTrustManagers());
        } catch (IOException | GeneralSecurityException e) {
            throw SqlState.INVALID_PARAMETER.error(
                    "the trust store `" + file.get() + "` cannot be read: " + why(e, DriverProperty.TRUST_STORE_TYPE));
        }
    }

    private static String why(Exception failure, DriverProperty type) {
        if (failure instanceof FileNotFoundException) {
            return "there is no such file, or it may not be read";
        }
        if (failure instanceof KeyStoreException
                && String.valueOf(failure.getMessage()).endsWith(" not found")) {
            return "the option `" + type.key() + "` must be `PKCS12`, `JKS` or `PEM`";
        }
        var text = failure.getMessage();
        if (text == null || text.startsWith("toDerInputStream")) {
            return "it is damaged or of another kind; if it is PEM, set `" + type.key() + "=PEM`";
        }
        return text;
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
