package io.icespar.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.icespar.server.config.ServerSettings;
import io.icespar.server.config.TlsSettings;
import io.icespar.server.tls.CertificateFiles.Pem;
import io.icespar.server.tls.ClientCertificates;
import io.icespar.server.tls.ServerTls;
import io.icespar.server.tls.ServerTls.Look;
import io.icespar.server.tls.TestAuthority;
import io.icespar.server.tls.TestAuthority.Issued;
import io.icespar.server.tls.TlsFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.PathMappingsHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Real handshakes with a server of TLS: who gets through, and with which certificate, also after its files changed. */
class TlsServerTest {
    private static final TestAuthority AUTHORITY = TestAuthority.create("CN=authority");
    private static final Duration NEVER = Duration.ofDays(1000);

    private final Path certificate;
    private final Path key;
    private final Path trust;
    private final Path crl;
    private final Issued first = AUTHORITY.server();
    private final Issued second = AUTHORITY.server();

    private Optional<HttpServer> started = Optional.empty();

    TlsServerTest(@TempDir Path folder) {
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server.key");
        trust = folder.resolve("clients.pem");
        crl = folder.resolve("revoked.pem");
    }

    @BeforeEach
    void writeFiles() {
        write(first);
    }

    private void write(Issued pair) {
        pair.writeChain(certificate);
        pair.writeKey(key);
    }

    @AfterEach
    void stop() {
        started.ifPresent(HttpServer::close);
    }

    private HttpServer start() {
        return start(Optional.empty(), Clock.systemUTC(), Duration.ofDays(365));
    }

    private HttpServer start(boolean clientsRequired) {
        var clients = new ClientCertificates(trust, Optional.empty(), clientsRequired, Optional.empty());
        return start(Optional.of(clients), Clock.systemUTC(), Duration.ofDays(365));
    }

    private HttpServer start(Optional<ClientCertificates> clients, Clock clock, Duration hsts) {
        var files = new TlsFiles(new Pem(certificate, key, Optional.empty()), clients);
        var settings = new ServerSettings("localhost", 0, Optional.of(new TlsSettings(files, hsts)), Optional.empty());
        HttpServer server = HttpServer.bind(settings, clock, NEVER);
        started = Optional.of(server);
        var paths = new PathMappingsHandler();
        paths.addMapping(PathSpec.from("/up"), new Health(() -> true));
        paths.addMapping(PathSpec.from("/fails"), new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                throw new IllegalStateException("hidden value");
            }
        });
        server.serve(paths);
        return server;
    }

    private static HttpResponse<String> get(HttpClient client, URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> get(SSLContext context, URI address) throws IOException, InterruptedException {
        return get(HttpClient.newBuilder().sslContext(context).build(), address);
    }

    private static URI up(HttpServer server) {
        return server.uri().resolve("/up");
    }

    private static SSLSocket connect(HttpServer server, SSLContext context) throws IOException {
        return (SSLSocket) context.getSocketFactory()
                .createSocket(server.uri().getHost(), server.uri().getPort());
    }

    /** Which certificate a new connection gets. */
    private static X509Certificate shown(HttpServer server) throws IOException {
        try (SSLSocket socket = connect(server, AUTHORITY.context())) {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }

    private static Look look(HttpServer server) {
        return server.tls().orElseThrow().look();
    }

    // ---- Who gets through

    @Test
    void theGivenCertificateIsServed() throws Exception {
        HttpServer server = start();
        assertEquals("https", server.uri().getScheme());
        assertEquals("up\n", get(AUTHORITY.context(), up(server)).body());
        assertEquals(first.certificate(), shown(server));
    }

    @Test
    void aClientThatKnowsAnotherAuthorityDoesNotTrustTheServer() {
        HttpServer server = start();
        SSLContext stranger = TestAuthority.create("CN=authority").context();
        assertThrows(SSLHandshakeException.class, () -> get(stranger, up(server)));
    }

    @Test
    void aClientThatTrustsWhatTheJvmTrustsDoesNotTrustTheServer() {
        HttpServer server = start();
        assertThrows(SSLHandshakeException.class, () -> get(HttpClient.newHttpClient(), up(server)));
    }

    @Test
    void anotherHostsNameIsNotTheServers() throws Exception {
        HttpServer server = start();
        // The certificate is for localhost and 127.0.0.1.
        var other = new URI("https", null, "127.0.0.2", up(server).getPort(), "/up", null, null);
        try (SSLSocket socket = (SSLSocket) AUTHORITY
                .context()
                .getSocketFactory()
                .createSocket(
                        new Socket("localhost", server.uri().getPort()), other.getHost(), other.getPort(), true)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
            assertThrows(SSLHandshakeException.class, socket::startHandshake);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1", "TLSv1.1", "SSLv3"})
    void oldVersionsAreRefused(String version) throws Exception {
        HttpServer server = start();
        String answer = firstAnswer(server, version);
        // The description of the alert: 70 is protocol_version, 40 handshake_failure.
        assertTrue(answer.equals("alert 70") || answer.equals("alert 40"), answer);
        assertEquals("handshake", firstAnswer(server, "TLSv1.2"));
    }

    /** Says hello by hand, since the JVM itself refuses to speak old versions. */
    private static String firstAnswer(HttpServer server, String version) throws IOException {
        int minor = switch (version) {
            case "SSLv3" -> 0;
            case "TLSv1" -> 1;
            case "TLSv1.1" -> 2;
            default -> 3;
        };
        byte[] suites = {
            (byte) 0xc0, 0x09, (byte) 0xc0, 0x0a, (byte) 0xc0, 0x13, (byte) 0xc0, 0x2b, (byte) 0xc0, 0x2c, 0, 0x2f
        };
        // Curve secp256r1, uncompressed points, and ECDSA with SHA-256.
        byte[] extensions = {0, 10, 0, 4, 0, 2, 0, 23, 0, 11, 0, 2, 1, 0, 0, 13, 0, 4, 0, 2, 4, 3};
        int hello = 2 + 32 + 1 + 2 + suites.length + 2 + 2 + extensions.length;
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {22, 3, (byte) Math.min(minor, 1), 0, (byte) (hello + 4), 1, 0, 0, (byte) hello});
        bytes.writeBytes(new byte[] {3, (byte) minor});
        bytes.writeBytes(new byte[32]);
        bytes.writeBytes(new byte[] {0, 0, (byte) suites.length});
        bytes.writeBytes(suites);
        bytes.writeBytes(new byte[] {1, 0, 0, (byte) extensions.length});
        bytes.writeBytes(extensions);
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(bytes.toByteArray());
            byte[] answer = socket.getInputStream().readNBytes(7);
            return switch (answer[0]) {
                case 21 -> "alert " + answer[6];
                case 22 -> "handshake";
                default -> "something else";
            };
        }
    }

    @Test
    void onlyCiphersWithForwardSecrecyAreSpoken() throws Exception {
        HttpServer server = start();
        for (String suite : new String[] {
            "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_NULL_SHA"
        }) {
            try (SSLSocket socket = connect(server, AUTHORITY.context())) {
                socket.setEnabledProtocols(new String[] {"TLSv1.2"});
                socket.setEnabledCipherSuites(new String[] {suite});
                assertThrows(SSLException.class, socket::startHandshake, suite);
            }
        }
    }

    @Test
    void plainHttpGetsNoAnswerAndNoRedirect() throws Exception {
        HttpServer server = start();
        try (var socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /up HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            assertFalse(answer.contains("HTTP"), answer);
        }
    }

    // ---- Strict-Transport-Security

    @ParameterizedTest
    @ValueSource(strings = {"/up", "/nowhere", "/fails"})
    void browsersAreToldToComeByTlsOnly(String path) throws Exception {
        HttpServer server = start();
        assertEquals(
                List.of("max-age=31536000"),
                get(AUTHORITY.context(), server.uri().resolve(path)).headers().allValues("Strict-Transport-Security"));
    }

    @Test
    void browsersAreNotToldWhereItIsNotWanted() throws Exception {
        HttpServer server = start(Optional.empty(), Clock.systemUTC(), Duration.ZERO);
        assertTrue(get(AUTHORITY.context(), up(server))
                .headers()
                .firstValue("Strict-Transport-Security")
                .isEmpty());
    }

    @Test
    void aPlainServerDoesNotTellBrowsersToComeByTls() throws Exception {
        try (var plain = new Running(new Health(() -> true))) {
            assertTrue(plain.get()
                    .headers()
                    .firstValue("Strict-Transport-Security")
                    .isEmpty());
        }
    }

    // ---- Files that change

    @Test
    void aNewCertificateIsServedToNewConnectionsWhileOpenOnesGoOn() throws Exception {
        HttpServer server = start();
        assertEquals(Look.UNCHANGED, look(server));
        try (SSLSocket open = connect(server, AUTHORITY.context())) {
            askOn(open);
            write(second);
            assertEquals(Look.RELOADED, look(server));
            assertEquals(second.certificate(), shown(server));
            askOn(open);
            assertEquals(first.certificate(), open.getSession().getPeerCertificates()[0]);
        }
        assertEquals(Look.UNCHANGED, look(server));
    }

    private static void askOn(SSLSocket open) throws IOException {
        open.setSoTimeout(30_000);
        open.getOutputStream().write("GET /up HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        while (answer.indexOf("up\n") < 0) {
            int next = open.getInputStream().read();
            assertTrue(next >= 0, answer.toString());
            answer.append((char) next);
        }
        assertTrue(answer.toString().startsWith("HTTP/1.1 200 "), answer.toString());
    }

    @Test
    void aFileThatChangesUnderTheSameTimeAndSizeIsNoticed() throws Exception {
        HttpServer server = start();
        FileTime time = Files.getLastModifiedTime(certificate);
        write(second);
        Files.setLastModifiedTime(certificate, time);
        Files.setLastModifiedTime(key, time);
        assertEquals(Look.RELOADED, look(server));
    }

    @Test
    void aSymbolicLinkThatIsSwappedIsNoticed(@TempDir Path folder) throws Exception {
        // As Kubernetes does it: the files lead through ..data, which leads to a folder with a time in its name.
        for (String name : new String[] {"one", "two"}) {
            Path version = Files.createDirectory(folder.resolve(name));
            Issued pair = name.equals("one") ? first : second;
            pair.writeChain(version.resolve("server.pem"));
            pair.writeKey(version.resolve("server.key"));
        }
        Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("one"));
        Files.delete(certificate);
        Files.delete(key);
        Files.createSymbolicLink(certificate, data.resolve("server.pem"));
        Files.createSymbolicLink(key, data.resolve("server.key"));
        HttpServer server = start();
        assertEquals(first.certificate(), shown(server));
        Path next = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("two"));
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
        assertEquals(Look.RELOADED, look(server));
        assertEquals(second.certificate(), shown(server));
    }

    @Test
    void aPairThatIsHalfWrittenIsLeftUntilItIsWhole() throws Exception {
        HttpServer server = start();
        second.writeChain(certificate);
        assertEquals(Look.FAILED, look(server));
        assertEquals(Look.FAILED, look(server));
        assertEquals(first.certificate(), shown(server));
        Files.delete(key);
        assertEquals(Look.FAILED, look(server));
        String whole = Files.readString(second.writeKey(key));
        Files.writeString(key, whole.substring(0, whole.length() / 2));
        assertEquals(Look.FAILED, look(server));
        assertEquals(first.certificate(), shown(server));
        Files.writeString(key, whole);
        assertEquals(Look.RELOADED, look(server));
        assertEquals(second.certificate(), shown(server));
    }

    @Test
    void whatWasThereBeforeIsGoodAgain() throws Exception {
        HttpServer server = start();
        Files.writeString(certificate, "nothing");
        assertEquals(Look.FAILED, look(server));
        write(first);
        assertEquals(Look.UNCHANGED, look(server));
        assertEquals(first.certificate(), shown(server));
    }

    @Test
    void aCertificateIsNotReplacedByOneThatClientsWouldNotAccept() throws Exception {
        var clock = new SetClock(Instant.now());
        HttpServer server = start(Optional.empty(), clock, Duration.ZERO);
        write(AUTHORITY.server("EC", Instant.EPOCH, Instant.EPOCH.plusSeconds(1)));
        assertEquals(Look.FAILED, look(server));
        Issued later = AUTHORITY.server(
                "EC", clock.instant().plusSeconds(3600), clock.instant().plusSeconds(7200));
        write(later);
        assertEquals(Look.FAILED, look(server));
        assertEquals(first.certificate(), shown(server));
        clock.now = clock.now.plusSeconds(3601);
        assertEquals(Look.RELOADED, look(server));
    }

    @Test
    void whoIsTrustedNoMoreIsSoAtOnceEvenIfTheServersOwnFilesAreBad() throws Exception {
        TestAuthority other = TestAuthority.create("CN=other");
        TestAuthority.write(trust, AUTHORITY.certificate(), other.certificate());
        HttpServer server = start(true);
        Issued removed = other.client("CN=bob");
        assertEquals(200, get(AUTHORITY.context(removed), up(server)).statusCode());
        Files.writeString(certificate, "nothing");
        assertEquals(Look.FAILED, look(server));
        AUTHORITY.write(trust);
        assertEquals(Look.RELOADED, look(server));
        assertThrows(IOException.class, () -> get(AUTHORITY.context(removed), up(server)));
        assertEquals(
                200,
                get(AUTHORITY.context(AUTHORITY.client("CN=alice")), up(server)).statusCode());
        Files.writeString(trust, "nothing");
        assertEquals(Look.FAILED, look(server));
        write(second);
        assertEquals(Look.RELOADED, look(server));
        assertThrows(IOException.class, () -> get(AUTHORITY.context(removed), up(server)));
    }

    @Test
    void anAuthorityThatIsRemovedIsSoEvenIfTheListOfRevocationsIsDamaged() throws Exception {
        TestAuthority other = TestAuthority.create("CN=other");
        TestAuthority.write(trust, AUTHORITY.certificate(), other.certificate());
        Issued alice = AUTHORITY.client("CN=alice");
        Issued revoked = AUTHORITY.client("CN=carol");
        Issued removed = other.client("CN=bob");
        String theirs = Files.readString(other.writeRevoked(crl));
        Files.writeString(crl, theirs + Files.readString(AUTHORITY.writeRevoked(crl, revoked.certificate())));
        var clients = new ClientCertificates(trust, Optional.of(crl), true, Optional.empty());
        HttpServer server = start(Optional.of(clients), Clock.systemUTC(), Duration.ZERO);
        assertEquals(200, get(AUTHORITY.context(removed), up(server)).statusCode());

        AUTHORITY.write(trust);
        Files.writeString(crl, "nothing");
        assertEquals(Look.RELOADED, look(server));
        assertThrows(IOException.class, () -> get(AUTHORITY.context(removed), up(server)));
        assertThrows(IOException.class, () -> get(AUTHORITY.context(revoked), up(server)));
        assertEquals(200, get(AUTHORITY.context(alice), up(server)).statusCode());
        assertEquals(Look.FAILED, look(server));

        Files.writeString(trust, "nothing");
        AUTHORITY.writeRevoked(crl, alice.certificate());
        assertEquals(Look.RELOADED, look(server));
        assertThrows(IOException.class, () -> get(AUTHORITY.context(alice), up(server)));
    }

    @Test
    void filesWithoutEndAreNotRead() throws Exception {
        AUTHORITY.write(trust);
        HttpServer server = start(true);
        try (var file = new RandomAccessFile(trust.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        assertEquals(Look.FAILED, look(server));
        Files.delete(trust);
        Files.createSymbolicLink(trust, Path.of("/dev/zero"));
        assertEquals(Look.FAILED, look(server));
        Files.delete(trust);
        TestAuthority.create("CN=other").write(trust);
        assertEquals(Look.RELOADED, look(server));
    }

    @Test
    void whatCouldNotBeUsedIsTriedAgain() throws Exception {
        HttpServer server = start();
        SslContextFactory.Server connections = server.tls().orElseThrow().connections();
        String[] ciphers = connections.getIncludeCipherSuites();
        write(second);
        connections.setIncludeCipherSuites("[");
        assertThrows(IllegalStateException.class, () -> look(server));
        connections.setIncludeCipherSuites(ciphers);
        assertEquals(Look.RELOADED, look(server));
        assertEquals(second.certificate(), shown(server));
    }

    @Test
    void anErrorDoesNotEndTheWatch() throws Exception {
        var looks = new CountDownLatch(3);
        var clock = new SetClock(Instant.now()) {
            private volatile boolean fails;

            @Override
            public Instant instant() {
                if (fails) {
                    looks.countDown();
                    throw new OutOfMemoryError("as the test has it");
                }
                return super.instant();
            }
        };
        var files = new TlsFiles(new Pem(certificate, key, Optional.empty()), Optional.empty());
        try (ServerTls tls = ServerTls.open(files, clock)) {
            clock.fails = true;
            tls.watch(Duration.ofMillis(1));
            assertTrue(looks.await(30, TimeUnit.SECONDS));
        }
    }

    private static class SetClock extends Clock {
        private volatile Instant now;

        private SetClock(Instant now) {
            this.now = now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    // ---- Certificates of clients

    @Test
    void whereTheyAreRequiredNobodyComesWithoutOne() throws Exception {
        AUTHORITY.write(trust);
        HttpServer server = start(true);
        assertThrows(IOException.class, () -> get(AUTHORITY.context(), up(server)));
        write(second);
        assertEquals(Look.RELOADED, look(server));
        assertThrows(IOException.class, () -> get(AUTHORITY.context(), up(server)));
        assertEquals(
                200,
                get(AUTHORITY.context(AUTHORITY.client("CN=alice")), up(server)).statusCode());
    }

    @Test
    void whereTheyAreOptionalOneMayComeWithout() throws Exception {
        AUTHORITY.write(trust);
        HttpServer server = start(false);
        assertEquals(200, get(AUTHORITY.context(), up(server)).statusCode());
        assertEquals(
                200,
                get(AUTHORITY.context(AUTHORITY.client("CN=alice")), up(server)).statusCode());
    }

    @Test
    void oneThatIsNotGenuineDoesNotGetThrough() throws Exception {
        AUTHORITY.write(trust);
        HttpServer server = start(true);
        Issued foreign = TestAuthority.create("CN=authority").client("CN=alice");
        Issued expired = AUTHORITY.client("CN=alice", Instant.now().minusSeconds(1));
        Issued forServers = AUTHORITY.server();
        for (Issued shown : new Issued[] {foreign, expired, forServers}) {
            assertThrows(
                    IOException.class, () -> get(AUTHORITY.context(shown), up(server)), shown.certificate()::toString);
        }
    }

    @Test
    void theLogTellsOfOneThatIsRefusedButNotOfEach() throws Exception {
        AUTHORITY.write(trust);
        var clock = new SetClock(Instant.now());
        var clients = new ClientCertificates(trust, Optional.empty(), true, Optional.empty());
        HttpServer server = start(Optional.of(clients), clock, Duration.ZERO);
        Issued foreign = TestAuthority.create("CN=other").client("CN=al\\\"ice");
        String serial = foreign.certificate().getSerialNumber().toString(16);
        var logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("io.icespar.server.tls");
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        logger.addAppender(logged);
        try {
            for (int i = 0; i < 3; i++) {
                assertThrows(IOException.class, () -> get(AUTHORITY.context(foreign), up(server)));
            }
            clock.now = clock.now.plusSeconds(10);
            assertThrows(IOException.class, () -> get(AUTHORITY.context(foreign), up(server)));
        } finally {
            logger.detachAppender(logged);
        }
        List<String> lines = logged.list.stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(line -> line.startsWith("event=client-certificate-refused "))
                .toList();
        assertEquals(2, lines.size(), lines.toString());
        assertTrue(lines.get(0).contains(" subject=\"CN=al\\?ice\" serial=" + serial + " reason=\""), lines.toString());
        assertTrue(lines.get(0).endsWith(" unlogged=0"), lines.toString());
        // A client may try more than once for one request.
        assertFalse(lines.get(1).endsWith(" unlogged=0"), lines.toString());
    }

    @Test
    void theLogTellsOfAuthoritiesThatNobodyIsTrustedBy() throws Exception {
        TestAuthority ended = TestAuthority.create("CN=ended", Instant.now().minusSeconds(60));
        TestAuthority.write(trust, AUTHORITY.certificate(), ended.certificate());
        AUTHORITY.writeRevoked(crl);
        var clients = new ClientCertificates(trust, Optional.of(crl), true, Optional.empty());
        var logger = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("io.icespar.server.tls");
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        logger.addAppender(logged);
        try {
            start(Optional.of(clients), Clock.systemUTC(), Duration.ZERO);
        } finally {
            logger.detachAppender(logged);
        }
        List<String> lines =
                logged.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("event=authority-not-valid authority=\"CN=ended\"")),
                lines.toString());
        assertTrue(lines.contains("event=authority-without-revocations authority=\"CN=ended\""), lines.toString());
    }
}
