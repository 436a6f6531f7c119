package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The certificate that a connection shows: from which files, to whom, and what goes along with it. */
class ClientKeyTest {
    /** Of all tests: each file takes a second. */
    @TempDir
    private static Path folder = Path.of("");

    private final CertificateFiles files = new CertificateFiles(folder);

    /** Who asked a server, and with which header. */
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    private final List<HttpsServer> servers = new ArrayList<>();
    private Path serverKeys = Path.of("");
    private Path clientKeys = Path.of("");

    @BeforeEach
    void makeKeys() throws Exception {
        serverKeys = files.server("ip:127.0.0.1");
        clientKeys = files.client("etl");
    }

    @AfterEach
    void stop() {
        servers.forEach(server -> server.stop(0));
    }

    @Test
    void theCertificateLogsInAndNothingElseIsSent() throws Exception {
        var server = start(true);
        // It is no server of Icespar, but it was talked to.
        assertEquals("08001", refused(server, Map.of("auth", "certificate")).getSQLState());
        assertEquals(List.of("CN=etl null"), asked);
    }

    @Test
    void itGoesTogetherWithOtherWaysToLogIn() throws Exception {
        refused(start(true), Map.of("user", "u", "password", "p"));
        assertEquals(List.of("CN=etl Basic dTpw"), asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PEM", "pem", "PKCS12", ""})
    void itIsReadOfFilesOfSeveralKinds(String type) throws Exception {
        var file = type.equalsIgnoreCase("pem") ? files.pem(clientKeys, "PRIVATE KEY") : clientKeys;
        var options = type.isEmpty()
                ? Map.of("auth", "certificate", "keyStore", file.toString())
                : Map.of("auth", "certificate", "keyStore", file.toString(), "keyStoreType", type);
        refused(start(true), options);
        assertEquals(List.of("CN=etl null"), asked);
    }

    @Test
    void whoShowsNoneIsTurnedAwayWhereOneIsRequired() throws Exception {
        var server = start(true);
        var info = options(Map.of("user", "u", "password", "s3cret"));
        info.remove("keyStore");
        var error = assertThrows(SQLException.class, () -> DriverManager.getConnection(url(server), info));
        assertEquals("08001", error.getSQLState());
        assertEquals(List.of(), asked);
        assertFalse(String.valueOf(error.getMessage()).contains("s3cret"));
    }

    @Test
    void aServerThatTurnsACertificateAwayIsUnderstood() {
        assertEquals(
                "the server wants a certificate, or refuses the one that it was shown (bad_certificate): see the option"
                        + " `keyStore`",
                TlsFailure.text(new SSLHandshakeException("Received fatal alert: bad_certificate")));
    }

    @Test
    void aStoreNeedsItsPassword() throws Exception {
        var info = options(Map.of("auth", "certificate"));
        info.remove("keyStorePassword");
        var error = assertThrows(
                SQLException.class, () -> DriverManager.getConnection("jdbc:icespar:https://127.0.0.1:1", info));
        assertEquals(
                "the key store `" + clientKeys + "` cannot be read: no `keyStorePassword` was given",
                error.getMessage());
    }

    @Test
    void aRefusalSaysWhatWasTried() throws Exception {
        var server = start(false);
        server.createContext("/avatica", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        var error = refused(server, Map.of("auth", "certificate"));
        assertEquals("28000", error.getSQLState());
        assertEquals("the server does not let the certificate of `keyStore` log in", error.getMessage());
    }

    @Test
    void itIsShownToTheServerAloneAndToNoProvider() throws Exception {
        var server = start(false);
        var other = start(false);
        HttpClient client = TrustedHttp.client(ConnectUrl.parse(url(server), options(Map.of("auth", "certificate"))));
        for (var each : List.of(server, other)) {
            client.send(
                    HttpRequest.newBuilder(URI.create(
                                    "https://127.0.0.1:" + each.getAddress().getPort()))
                            .build(),
                    BodyHandlers.discarding());
        }
        assertEquals(List.of("CN=etl null", "nobody null"), asked);
    }

    @Test
    void aFileThatIsNoneIsNamed() throws Exception {
        var nothing = Files.writeString(folder.resolve("nothing"), "nothing");
        var certificate = files.certificate(clientKeys);
        var older = files.pem(clientKeys, "EC PRIVATE KEY");
        for (var expected : Map.of(
                        Map.of("keyStore", nothing.toString()),
                        "cannot be read: it is damaged or of another kind; if it is PEM, set `keyStoreType=PEM`",
                        Map.of("keyStore", certificate.toString()),
                        "cannot be read: it is damaged or of another kind; if it is PEM, set `keyStoreType=PEM`",
                        Map.of("keyStore", "nowhere"),
                        "cannot be read: there is no such file, or it may not be read",
                        Map.of("keyStore", clientKeys.toString(), "keyStoreType", "PKCS13"),
                        "cannot be read: the option `keyStoreType` must be `PKCS12`, `JKS` or `PEM`",
                        Map.of("keyStore", nothing.toString(), "keyStoreType", "PEM"),
                        "cannot be read: it holds no `PRIVATE KEY` in PEM",
                        Map.of("keyStore", certificate.toString(), "keyStoreType", "PEM"),
                        "cannot be read: it holds no `PRIVATE KEY` in PEM",
                        Map.of("keyStore", older.toString(), "keyStoreType", "PEM"),
                        "cannot be read: its key is an `EC PRIVATE KEY`, expected a `PRIVATE KEY` (as `openssl pkcs8"
                                + " -topk8 -nocrypt` writes it), or a file of PKCS #12",
                        Map.of("keyStore", clientKeys.toString(), "keyStorePassword", "s3cret"),
                        "cannot be read: ",
                        Map.of("keyStore", files.trusting(clientKeys, "PKCS12").toString()),
                        "cannot be read: it holds no key with a certificate")
                .entrySet()) {
            var options = options(expected.getKey());
            options.setProperty("auth", "certificate");
            var error = assertThrows(
                    SQLException.class, () -> DriverManager.getConnection("jdbc:icespar:https://127.0.0.1:1", options));
            assertEquals("22023", error.getSQLState(), error.getMessage());
            assertTrue(
                    String.valueOf(error.getMessage())
                            .startsWith(
                                    "the key store `" + expected.getKey().get("keyStore") + "` " + expected.getValue()),
                    error.getMessage());
            assertFalse(String.valueOf(error.getMessage()).contains("s3cret"));
            assertNull(error.getCause());
        }
    }

    @Test
    void itIsNotSentWithoutTls() {
        var error = assertThrows(
                SQLException.class,
                () -> DriverManager.getConnection(
                        "jdbc:icespar:http://127.0.0.1:1", options(Map.of("auth", "certificate"))));
        assertEquals("22023", error.getSQLState());
        assertEquals("`auth=certificate` needs an address with https", error.getMessage());
    }

    private Properties options(Map<String, String> further) {
        var info = new Properties();
        try {
            info.setProperty("trustStore", files.certificate(serverKeys).toString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        info.setProperty("trustStoreType", "PEM");
        info.setProperty("keyStore", clientKeys.toString());
        info.setProperty("keyStorePassword", CertificateFiles.PASSWORD);
        further.forEach(info::setProperty);
        return info;
    }

    private static String url(HttpsServer server) {
        return "jdbc:icespar:https://127.0.0.1:" + server.getAddress().getPort();
    }

    private SQLException refused(HttpsServer server, Map<String, String> further) {
        return assertThrows(SQLException.class, () -> DriverManager.getConnection(url(server), options(further)));
    }

    private HttpsServer start(boolean required) throws Exception {
        var password = CertificateFiles.PASSWORD.toCharArray();
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(serverKeys.toFile(), password), password);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(KeyStore.getInstance(files.trusting(clientKeys, "PKCS12").toFile(), password));
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                var tls = context.getDefaultSSLParameters();
                if (required) {
                    tls.setNeedClientAuth(true);
                } else {
                    tls.setWantClientAuth(true);
                }
                parameters.setSSLParameters(tls);
            }
        });
        server.createContext("/", exchange -> {
            var who = "nobody";
            try {
                who = ((HttpsExchange) exchange)
                        .getSSLSession()
                        .getPeerPrincipal()
                        .getName();
            } catch (SSLPeerUnverifiedException e) {
                // Nobody it is.
            }
            asked.add(who + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        servers.add(server);
        return server;
    }
}
