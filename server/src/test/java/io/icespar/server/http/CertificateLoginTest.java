package io.icespar.server.http;

import static io.icespar.server.http.Running.basic;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.benmanes.caffeine.cache.Ticker;
import io.icespar.security.Bootstrap;
import io.icespar.security.Security;
import io.icespar.security.audit.Audit;
import io.icespar.security.audit.AuditEvent;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.GrantRoles;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.H2SecurityStore;
import io.icespar.server.config.ServerSettings;
import io.icespar.server.config.TlsSettings;
import io.icespar.server.tls.CertificateFiles.Pem;
import io.icespar.server.tls.ClientCertificates;
import io.icespar.server.tls.NamePattern;
import io.icespar.server.tls.ServerTls.Look;
import io.icespar.server.tls.TestAuthority;
import io.icespar.server.tls.TestAuthority.Issued;
import io.icespar.server.tls.TlsFiles;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a certificate of the client logs in, alone and beside a password or token. */
class CertificateLoginTest {
    private static final String COMMON_NAME = "CN=([^,]+)(?:,.*)?";
    private static final TestAuthority AUTHORITY = TestAuthority.create("CN=authority");
    private static final TestAuthority SECOND_AUTHORITY = TestAuthority.create("CN=second authority");
    private static final Issued ALICE = AUTHORITY.client("CN=alice,O=Example");

    private static final Pattern END = Pattern.compile("Content-Length: (\\d+)\r\n(?:[^\r]+\r\n)*\r\n");

    private final Path folder;
    private final Audit audit = Audit.inMemory();
    private final Security security =
            Security.open(H2SecurityStore.inMemory(), audit, LoginLimits.DEFAULT, 4, Ticker.systemTicker());

    private Optional<HttpServer> started = Optional.empty();

    CertificateLoginTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void makeUsers() {
        Bootstrap bootstrap = security.bootstrap();
        for (String user : new String[] {"alice", "bob", "admin", "outsider"}) {
            bootstrap.add(new CreateUser(Name.of(user), Optional.of(new Secret("changeit"))));
        }
        bootstrap.add(new CreateUser(Name.of("rose"), Optional.empty()));
        for (String user : new String[] {"alice", "bob", "admin", "rose"}) {
            bootstrap.add(new GrantRoles(List.of(Name.of("ROLE_USER")), new Grantee.User(Name.of(user))));
        }
        bootstrap.add(new GrantRoles(List.of(Name.of("ROLE_ADMIN")), new Grantee.User(Name.of("admin"))));
        bootstrap.commit();
    }

    @AfterEach
    void stop() {
        started.ifPresent(HttpServer::close);
        security.close();
    }

    private HttpServer start(boolean required, String... pattern) {
        return start(required, Optional.empty(), pattern);
    }

    private HttpServer start(boolean required, Optional<Path> crl, String... pattern) {
        Path trust = TestAuthority.write(
                folder.resolve("clients.pem"), AUTHORITY.certificate(), SECOND_AUTHORITY.certificate());
        return start(required, trust, crl, Clock.systemUTC(), pattern);
    }

    private HttpServer start(boolean required, Path trust, Optional<Path> crl, Clock clock, String... pattern) {
        Issued own = AUTHORITY.server();
        var clients = new ClientCertificates(
                trust, crl, required, Stream.of(pattern).map(NamePattern::parse).findFirst());
        var files = new TlsFiles(
                new Pem(
                        own.writeChain(folder.resolve("server.pem")),
                        own.writeKey(folder.resolve("server.key")),
                        Optional.empty()),
                Optional.of(clients));
        var settings = new ServerSettings(
                "localhost", 0, Optional.of(new TlsSettings(files, Duration.ZERO)), Optional.empty());
        HttpServer server = HttpServer.bind(settings, clock, Duration.ofDays(1000));
        started = Optional.of(server);
        server.serve(new LoginHandler(
                new CertificateLogin(
                        server.tls().orElseThrow(),
                        clients.namePattern(),
                        security,
                        new AuthenticatorChain(
                                List.of(new BasicAuthenticator(security::authenticate), new Vouching()))),
                identity -> security.state().findCaller(identity),
                Optional.empty(),
                new WhoAmI()));
        return server;
    }

    /** Stands for a provider: the text of a token is the user's name. */
    private static final class Vouching implements Authenticator {
        @Override
        public Login authenticate(Request request) {
            String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
            return header != null && header.startsWith("Bearer ")
                    ? new Login.Accepted(Identity.asserted(
                            Name.of(header.substring("Bearer ".length())),
                            new Assertion("https://login.example.com", Set.of(), Map.of(), Instant.MAX)))
                    : new Login.Absent();
        }

        @Override
        public List<Challenge> challenges(Request request, Login refused) {
            return List.of(new Challenge("an access token", Optional.of("Bearer")));
        }
    }

    private static HttpClient client(Issued... shown) {
        return HttpClient.newBuilder()
                .sslContext(AUTHORITY.context(shown))
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    private static HttpResponse<String> ask(HttpServer server, HttpClient client, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri().resolve("/whoami"));
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** A connection that stays open. */
    private static Socket connect(HttpServer server, Issued shown) throws IOException {
        return AUTHORITY
                .context(shown)
                .getSocketFactory()
                .createSocket(server.uri().getHost(), server.uri().getPort());
    }

    /** Asks on a connection who is asking; gives the answer's status and body. */
    private static String askOn(Socket connection, String... headers) throws IOException {
        connection.setSoTimeout(30_000);
        String request = "GET /whoami HTTP/1.1\r\nHost: localhost\r\n" + String.join("", headers) + "\r\n";
        connection.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var answer = new StringBuilder();
        Matcher end = END.matcher(answer);
        while (!end.reset().find() || answer.length() < end.end() + Integer.parseInt(end.group(1))) {
            int next = connection.getInputStream().read();
            if (next < 0) {
                throw new IOException("the connection ended after: " + answer);
            }
            answer.append((char) next);
        }
        return answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()) + answer.substring(end.end());
    }

    private static void assertIs(String user, HttpResponse<String> answer) {
        assertEquals(200, answer.statusCode(), answer.body());
        assertTrue(answer.body().startsWith("{\"name\":\"" + user + "\","), answer.body());
    }

    /** What the audit says of logins, the latest last. */
    private List<String> logins() {
        return audit.recent().stream()
                .filter(AuditEvent.Login.class::isInstance)
                .map(AuditEvent.Login.class::cast)
                .map(login -> login.user() + ": " + login.outcome().reason().orElse("ok"))
                .toList();
    }

    // ---- Alone

    @Test
    void theUserOfItsNameIsLoggedInAndThatIsRecordedOnce() throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        HttpClient client = client(ALICE);
        assertIs("alice", ask(server, client));
        assertIs("alice", ask(server, client));
        assertIs("alice", ask(server, client(ALICE)));
        assertEquals(List.of("alice: ok"), logins());
    }

    @Test
    void anAdministratorIsOne() throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        HttpResponse<String> answer = ask(server, client(AUTHORITY.client("CN=admin")));
        assertIs("admin", answer);
        assertTrue(answer.body().contains("\"ROLE_ADMIN\""), answer.body());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=nobody",
                "O=alice",
                "CN=ALICE",
                // A look-alike: with a Cyrillic letter.
                "CN=\u0430lice",
                "CN=alice\\,CN=x",
                "CN=alice+CN=x",
                "CN=alice,CN=alice",
                "CN=alice\u200b",
                // A user without a password is there for a provider's user.
                "CN=rose"
            })
    void anyOtherNameGetsTheAnswerThatANameOfNobodyGets(String subject) throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        HttpResponse<String> answer = ask(server, client(AUTHORITY.client(subject)));
        HttpResponse<String> wrongPassword = ask(server, client(), "Authorization", basic("alice", "wrong"));
        assertEquals(401, answer.statusCode());
        assertEquals(wrongPassword.body(), answer.body());
        assertEquals(
                wrongPassword.headers().allValues("WWW-Authenticate"),
                answer.headers().allValues("WWW-Authenticate"));
        assertEquals("log in with a user and its password or an access token or a client certificate\n", answer.body());
        assertEquals(2, logins().size());
        assertTrue(logins().stream().noneMatch(login -> login.endsWith("ok")), logins().toString());
    }

    @Test
    void theAuditSaysWhyOneIsRefused() throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        for (String subject : new String[] {"CN=nobody", "O=alice", "CN=rose", "CN=outsider"}) {
            ask(server, client(AUTHORITY.client(subject)));
        }
        assertEquals(
                Set.of(
                        "nobody: there is no user of the name in the client certificate",
                        "(certificate): the subject of the client certificate holds no name as `name-pattern` has it",
                        "rose: the user of the name in the client certificate has no password, and so is a provider's",
                        "outsider: the user does not hold `ROLE_USER`"),
                Set.copyOf(logins()));
    }

    @Test
    void whoDoesNotHoldRoleUserMayNotEnter() throws Exception {
        assertEquals(
                403,
                ask(start(false, COMMON_NAME), client(AUTHORITY.client("CN=outsider")))
                        .statusCode());
    }

    @Test
    void aUserWhoWasDroppedIsNobodyOnTheSameConnection() throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        try (Socket open = connect(server, ALICE)) {
            assertTrue(askOn(open).startsWith("200{\"name\":\"alice\""));
            security.execute(
                    security.state().findCaller(Name.of("admin")).orElseThrow(), new DropUser(Name.of("alice"), false));
            assertTrue(askOn(open).startsWith("401"));
        }
    }

    @Test
    void headersSayNothingOfCertificates() throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        String pem = Base64.getEncoder().encodeToString(ALICE.certificate().getEncoded());
        for (String header : new String[] {
            "X-SSL-Client-Cert", "X-Forwarded-Client-Cert", "Client-Cert", "X-Client-Cert", "X-SSL-Client-S-DN"
        }) {
            assertEquals(
                    401,
                    ask(server, client(), header, header.endsWith("DN") ? "CN=alice" : pem)
                            .statusCode());
        }
        assertIs("alice", ask(server, client(ALICE), "X-SSL-Client-S-DN", "CN=bob", "X-Forwarded-User", "bob"));
    }

    // ---- Beside another login

    @Test
    void aLoginBesidesMustBeOfTheSameUser() throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        HttpClient client = client(ALICE);
        assertIs("alice", ask(server, client, "Authorization", basic("alice", "changeit")));
        assertEquals(
                401,
                ask(server, client, "Authorization", basic("bob", "changeit")).statusCode());
        assertEquals(
                401,
                ask(server, client, "Authorization", basic("admin", "changeit")).statusCode());
        assertEquals(
                401,
                ask(server, client, "Authorization", basic("alice", "wrong")).statusCode());
        assertEquals(401, ask(server, client, "Authorization", "Bearer rose").statusCode());
        // A provider's user of the same name is another user.
        assertEquals(401, ask(server, client, "Authorization", "Bearer alice").statusCode());
        assertTrue(
                logins().contains("alice: the client certificate is of another user than the login besides"),
                logins().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP alice", "Negotiate alice", "nonsense", ""})
    void aLoginBesidesThatNobodyUnderstandsIsRefused(String authorization) throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        try (Socket open = connect(server, ALICE)) {
            String answer = askOn(open, "Authorization: " + authorization + "\r\n");
            assertTrue(answer.startsWith("400"), answer);
            assertTrue(askOn(open).startsWith("200"));
        }
    }

    @Test
    void aCertificateOfNobodyIsNotMadeGoodByAPassword() throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        assertEquals(
                401,
                ask(server, client(AUTHORITY.client("CN=nobody")), "Authorization", basic("alice", "changeit"))
                        .statusCode());
        assertEquals(List.of("nobody: there is no user of the name in the client certificate"), logins());
    }

    @Test
    void severalAuthorizationsAreRefusedWithACertificateToo() throws Exception {
        String two = basic("alice", "changeit");
        assertEquals(
                400,
                ask(start(false, COMMON_NAME), client(ALICE), "Authorization", two, "Authorization", two)
                        .statusCode());
    }

    @Test
    void withoutAPatternItLogsNobodyIn() throws Exception {
        HttpServer server = start(true);
        HttpClient client = client(ALICE);
        HttpResponse<String> answer = ask(server, client);
        assertEquals(401, answer.statusCode());
        assertEquals("log in with a user and its password or an access token\n", answer.body());
        assertIs("bob", ask(server, client, "Authorization", basic("bob", "changeit")));
        assertIs("rose", ask(server, client, "Authorization", "Bearer rose"));
    }

    // ---- Genuine or not

    @Test
    void aRevokedOneDoesNotGetThrough() throws Exception {
        Issued revoked = AUTHORITY.client("CN=bob");
        Path crl = AUTHORITY.writeRevoked(folder.resolve("crl.pem"), revoked.certificate());
        HttpServer server = start(false, Optional.of(crl), COMMON_NAME);
        assertIs("alice", ask(server, client(ALICE)));
        assertThrows(IOException.class, () -> ask(server, client(revoked)));
        // Whether it is revoked is not known of one whose authority publishes no list.
        assertThrows(IOException.class, () -> ask(server, client(SECOND_AUTHORITY.client("CN=alice"))));
    }

    @Test
    void oneThatIsRevokedMeanwhileDoesNotCountOnAnOpenConnectionEither() throws Exception {
        Path crl = AUTHORITY.writeRevoked(folder.resolve("crl.pem"));
        HttpServer server = start(false, Optional.of(crl), COMMON_NAME);
        try (Socket open = connect(server, ALICE)) {
            assertTrue(askOn(open).startsWith("200"));
            AUTHORITY.writeRevoked(crl, ALICE.certificate());
            assertEquals(Look.RELOADED, server.tls().orElseThrow().look());
            assertTrue(askOn(open).startsWith("401"));
        }
        assertTrue(
                logins().contains("(certificate): the client certificate does not count any more"),
                logins().toString());
    }

    @Test
    void anAuthorityThatIsRemovedTakesItsCertificatesAlong() throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        Issued bob = SECOND_AUTHORITY.client("CN=bob");
        try (Socket open = connect(server, bob);
                Socket alice = connect(server, ALICE)) {
            assertTrue(askOn(open).startsWith("200{\"name\":\"bob\""));
            assertTrue(askOn(alice).startsWith("200"));
            AUTHORITY.write(folder.resolve("clients.pem"));
            assertEquals(Look.RELOADED, server.tls().orElseThrow().look());
            assertTrue(askOn(open).startsWith("401"));
            assertTrue(askOn(open).startsWith("401"));
            assertTrue(askOn(alice).startsWith("200{\"name\":\"alice\""));
        }
        assertThrows(IOException.class, () -> ask(server, client(bob)));
        assertIs("alice", ask(server, client(ALICE)));
    }

    @Test
    void asTransportItMustGoOnToCountToo() throws Exception {
        HttpServer server = start(true);
        String bob = "Authorization: " + basic("bob", "changeit") + "\r\n";
        try (Socket open = connect(server, SECOND_AUTHORITY.client("CN=anyone"))) {
            assertTrue(askOn(open, bob).startsWith("200"));
            AUTHORITY.write(folder.resolve("clients.pem"));
            assertEquals(Look.RELOADED, server.tls().orElseThrow().look());
            assertTrue(askOn(open, bob).startsWith("401"));
        }
    }

    @Test
    void anAuthorityThatHasEndedVouchesForNobody() throws Exception {
        TestAuthority ending = TestAuthority.create("CN=ending", Instant.now().plus(Duration.ofHours(1)));
        var later = new Later();
        HttpServer server =
                start(false, ending.write(folder.resolve("clients.pem")), Optional.empty(), later, COMMON_NAME);
        assertEndsAfter(Duration.ofHours(1), server, later, ending.client("CN=alice"));
        assertThrows(IOException.class, () -> ask(server, client(ending.client("CN=alice"))));
    }

    @Test
    void anAuthorityBelowThatHasEndedVouchesForNobody() throws Exception {
        TestAuthority ending = AUTHORITY.subordinate("CN=ending", Instant.now().plus(Duration.ofHours(1)));
        var later = new Later();
        HttpServer server =
                start(false, AUTHORITY.write(folder.resolve("clients.pem")), Optional.empty(), later, COMMON_NAME);
        assertEndsAfter(Duration.ofHours(1), server, later, ending.client("CN=alice"));
    }

    @Test
    void aListOfRevocationsThatIsTooOldEndsWhatItIsOf() throws Exception {
        var later = new Later();
        Path crl = AUTHORITY.writeRevoked(folder.resolve("crl.pem"));
        HttpServer server =
                start(false, AUTHORITY.write(folder.resolve("clients.pem")), Optional.of(crl), later, COMMON_NAME);
        // As TestAuthority writes it. No minute of grace is given past that.
        assertEndsAfter(Duration.ofDays(30), server, later, ALICE);
        assertThrows(IOException.class, () -> ask(server, client(ALICE)));
    }

    private static void assertEndsAfter(Duration life, HttpServer server, Later later, Issued shown)
            throws IOException {
        try (Socket open = connect(server, shown)) {
            assertTrue(askOn(open).startsWith("200"));
            later.by = life.minusMinutes(1);
            assertTrue(askOn(open).startsWith("200"));
            later.by = life.plusMinutes(1);
            assertTrue(askOn(open).startsWith("401"));
        }
    }

    /** A clock that may be put forward. */
    private static final class Later extends Clock {
        private volatile Duration by = Duration.ZERO;

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
            return Instant.now().plus(by);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aSessionIsNotResumedPastTheAuthoritiesItBeganWith(String version) throws Exception {
        HttpServer server = start(false, COMMON_NAME);
        // It remembers sessions, and offers them again.
        var context = AUTHORITY.context(SECOND_AUTHORITY.client("CN=bob"));
        Instant begun = begun(server, context, version);
        assertEquals(begun, begun(server, context, version));
        AUTHORITY.write(folder.resolve("clients.pem"));
        assertEquals(Look.RELOADED, server.tls().orElseThrow().look());
        assertThrows(IOException.class, () -> begun(server, context, version));
    }

    /** When the session began that a new connection, which is let in, is part of. */
    private static Instant begun(HttpServer server, SSLContext context, String version) throws IOException {
        try (var socket = (SSLSocket) context.getSocketFactory()
                .createSocket(server.uri().getHost(), server.uri().getPort())) {
            socket.setEnabledProtocols(new String[] {version});
            assertTrue(askOn(socket).startsWith("200"));
            return Instant.ofEpochMilli(socket.getSession().getCreationTime());
        }
    }
}
