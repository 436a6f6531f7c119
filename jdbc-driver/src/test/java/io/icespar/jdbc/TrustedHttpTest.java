package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedHttpTest {
    private final Path folder;
    private final CertificateFiles files;

    TrustedHttpTest(@TempDir Path folder) {
        this.folder = folder;
        this.files = new CertificateFiles(folder);
    }

    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aCertificateOfTheTrustStoreIsTrustedWhicheverKindOfFileItIsIn() throws Exception {
        var keys = files.server("ip:127.0.0.1");
        var server = start(keys);
        try {
            // It is no server of Icespar, but it was talked to.
            assertEquals(
                    "08001",
                    refused(server, "trustStore", files.trusting(keys, "PKCS12").toString())
                            .getSQLState());
            refused(server, "trustStore", files.trusting(keys, "JKS").toString(), "trustStoreType", "JKS");
            refused(server, "trustStore", files.certificate(keys).toString(), "trustStoreType", "PEM");
            assertEquals(3, authorizations.size());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void anUnknownCertificateIsNotTrusted() throws Exception {
        var server = start(files.server("ip:127.0.0.1"));
        try {
            var error = refused(server);
            assertEquals("08001", error.getSQLState());
            assertTrue(
                    String.valueOf(error.getMessage())
                            .endsWith(": no trusted connection by TLS: the server's certificate is of no authority that"
                                    + " is trusted; name a file of certificates to trust by the option `trustStore`"),
                    error.getMessage());
            assertEquals(List.of(), authorizations);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void httpInPlaceOfHttpsIsSuspected() throws Exception {
        var server = start(files.server("ip:127.0.0.1"));
        try {
            var error = refusedAt("http", server);
            assertEquals("08001", error.getSQLState());
            assertTrue(
                    String.valueOf(error.getMessage())
                            .endsWith(": what answers there speaks no HTTP; perhaps it speaks https"),
                    error.getMessage());
        } finally {
            server.stop(0);
        }
    }

    @Test
    void httpsInPlaceOfHttpIsSuspected() {
        assertEquals(
                "what answers there speaks no TLS; perhaps it speaks http",
                TlsFailure.text(new SSLException("Unrecognized SSL message, plaintext connection?")));
    }

    @Test
    void aCertificateOfAnotherHostIsNotTrusted() throws Exception {
        var keys = files.server("dns:other.example.org");
        var server = start(keys);
        try {
            var error =
                    refused(server, "trustStore", files.trusting(keys, "PKCS12").toString());
            assertEquals("08001", error.getSQLState());
            assertEquals(List.of(), authorizations);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aTrustStoreThatIsNoneIsNamed() throws Exception {
        var file = Files.writeString(folder.resolve("trust"), "nothing");
        for (var type : List.of("PKCS12", "PEM", "s3cret")) {
            var error = assertThrows(
                    SQLException.class,
                    () -> DriverManager.getConnection(
                            "jdbc:icespar:https://127.0.0.1:1?user=u&password=s3cret&trustStoreType=" + type
                                    + "&trustStore=" + file));
            assertEquals("22023", error.getSQLState());
            assertTrue(
                    String.valueOf(error.getMessage()).startsWith("the trust store `" + file + "` cannot be read: "),
                    error.getMessage());
        }
    }

    private SQLException refused(HttpsServer server, String... options) {
        return refusedAt("https", server, options);
    }

    private SQLException refusedAt(String scheme, HttpServer server, String... options) {
        var info = new Properties();
        info.setProperty("user", "french-user");
        info.setProperty("password", "s3cret");
        info.setProperty("trustStorePassword", CertificateFiles.PASSWORD);
        for (int i = 0; i < options.length; i += 2) {
            info.setProperty(options[i], options[i + 1]);
        }
        var url =
                "jdbc:icespar:" + scheme + "://127.0.0.1:" + server.getAddress().getPort();
        return assertThrows(SQLException.class, () -> DriverManager.getConnection(url, info));
    }

    private HttpsServer start(Path keys) throws Exception {
        var store = KeyStore.getInstance(keys.toFile(), CertificateFiles.PASSWORD.toCharArray());
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, CertificateFiles.PASSWORD.toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        return server;
    }
}
