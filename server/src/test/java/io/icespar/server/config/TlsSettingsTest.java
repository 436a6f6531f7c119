package io.icespar.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.config.SettingsFile;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Secret;
import io.icespar.server.tls.CertificateFiles.Pem;
import io.icespar.server.tls.CertificateFiles.Pkcs12;
import io.icespar.server.tls.Password;
import io.icespar.server.tls.TestAuthority;
import io.icespar.server.tls.TestAuthority.Issued;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of TLS, each form in which keys and certificates come, and each mistake. */
class TlsSettingsTest {
    private static final String PEM = "certificate: server.pem\nkey: server.key\n";
    private static final TestAuthority AUTHORITY = TestAuthority.create("CN=authority");
    private static final Issued SERVER = AUTHORITY.server();
    private static final Issued OTHER = AUTHORITY.server();

    private final Path folder;

    TlsSettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @BeforeEach
    void writeFiles() {
        SERVER.writeChain(folder.resolve("server.pem"));
        SERVER.writeKey(folder.resolve("server.key"));
        AUTHORITY.write(folder.resolve("clients.pem"));
    }

    @Test
    void aPairInPemIsRead() throws IOException {
        TlsSettings settings = read(PEM);
        assertEquals(
                new Pem(folder.resolve("server.pem"), folder.resolve("server.key"), Optional.empty()),
                settings.files().certificate());
        assertEquals(Duration.ofDays(365), settings.hsts());
        assertTrue(settings.files().clients().isEmpty());
    }

    @Test
    void bothMayBeInOneFile() throws IOException {
        Files.writeString(
                folder.resolve("all.pem"),
                "Some words.\n" + Files.readString(folder.resolve("server.key"))
                        + Files.readString(folder.resolve("server.pem")) + "More words.\n");
        read("certificate: all.pem\nkey: all.pem\n");
    }

    @Test
    void certificatesOfAuthoritiesComeAfterTheServersOwn() throws IOException {
        Issued below = AUTHORITY.subordinate("CN=below").server();
        below.writeChain(folder.resolve("server.pem"));
        below.writeKey(folder.resolve("server.key"));
        assertEquals(2, below.chain().size());
        read(PEM);

        TestAuthority.write(folder.resolve("server.pem"), below.chain().get(1), below.certificate());
        assertEquals(
                "tls.yaml:1:14: the first certificate in " + path("server.pem")
                        + " is not the server's own, which is further on; put it first",
                problem(PEM));
        TestAuthority.write(folder.resolve("server.pem"), below.certificate(), SERVER.certificate());
        assertEquals(
                "tls.yaml:1:14: certificate 2 in " + path("server.pem")
                        + " did not issue certificate 1; put the server's own first, and after each the one that issued it",
                problem(PEM));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void keysOfTheUsualKindsAreRead(String algorithm) throws IOException {
        Issued server = AUTHORITY.server(algorithm, Instant.now(), Instant.now().plusSeconds(3600));
        server.writeChain(folder.resolve("server.pem"));
        server.writeKey(folder.resolve("server.key"));
        read(PEM);
    }

    @ParameterizedTest
    @CsvSource({"RSA, RSA PRIVATE KEY", "EC, EC PRIVATE KEY"})
    void keysInTheOlderFormsAreRead(String algorithm, String label) throws Exception {
        Issued server = AUTHORITY.server(algorithm, Instant.now(), Instant.now().plusSeconds(3600));
        server.writeChain(folder.resolve("server.pem"));
        // Of a provider that names the curve within the key, as openssl does.
        PrivateKey other = KeyFactory.getInstance(algorithm, new BouncyCastleProvider())
                .generatePrivate(new PKCS8EncodedKeySpec(server.key().getEncoded()));
        Path key = TestAuthority.write(folder.resolve("server.key"), new JcaMiscPEMGenerator(other));
        assertTrue(Files.readString(key).startsWith("-----BEGIN " + label + "-----"), label);
        if (algorithm.equals("EC")) {
            // As "openssl ecparam -genkey" writes them.
            Files.writeString(
                    key,
                    "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n"
                            + Files.readString(key));
        }
        read(PEM);

        TestAuthority.write(
                key,
                new JcaMiscPEMGenerator(
                        other,
                        new JcePEMEncryptorBuilder("AES-256-CBC")
                                .setProvider(new BouncyCastleProvider())
                                .build("s3cret".toCharArray())));
        read(PEM + "password: s3cret\n");
        assertEquals(
                "tls.yaml:3:11: the password does not open the key in " + path("server.key"),
                problem(PEM + "password: other\n"));
    }

    @Test
    void anEncryptedKeyNeedsItsPassword() throws Exception {
        encryptKey();
        Files.writeString(folder.resolve("password"), "s3cret\n");
        read(PEM + "password: s3cret\n");
        read(PEM + "password-file: password\n");
        read(PEM, Map.of("ICESPAR_TLS_PASSWORD", "s3cret"));
        assertEquals(
                "tls.yaml:3:11: the password does not open the key in " + path("server.key"),
                problem(PEM + "password: other\n"));
        assertEquals(
                "tls.yaml:1:1: the key in " + path("server.key") + " is encrypted, and no password is given",
                problem(PEM));
        Files.writeString(folder.resolve("password"), "other");
        assertEquals(
                "tls.yaml:3:16: the password does not open the key in " + path("server.key"),
                problem(PEM + "password-file: password\n"));
        assertEquals(
                "tls.yaml:4:16: there are both `password` and `password-file`, expected one of them",
                problem(PEM + "password: s3cret\npassword-file: password\n"));
    }

    private void encryptKey() throws IOException, OperatorCreationException {
        TestAuthority.write(
                folder.resolve("server.key"),
                new JcaPKCS8Generator(
                        SERVER.key(),
                        new JceOpenSSLPKCS8EncryptorBuilder(NISTObjectIdentifiers.id_aes256_CBC)
                                .setProvider(new BouncyCastleProvider())
                                .setPassword("s3cret".toCharArray())
                                .build()));
    }

    @Test
    void aKeystoreIsRead() throws Exception {
        Path keystore = keystore("server", SERVER);
        TlsSettings settings = read("keystore: server.p12\npassword: s3cret\n");
        assertEquals(
                new Pkcs12(keystore, new Password.Given(new Secret("s3cret"))),
                settings.files().certificate());
        assertFalse(settings.toString().contains("s3cret"));
        read("keystore: server.p12\n", Map.of("ICESPAR_TLS_PASSWORD", "s3cret"));
        assertEquals(
                "tls.yaml:2:11: the password does not open " + path("server.p12"),
                problem("keystore: server.p12\npassword: other\n"));
        assertEquals(
                "tls.yaml:1:11: `keystore` is there without what opens it, expected `password`, `password-file` or the"
                        + " environment variable `ICESPAR_TLS_PASSWORD`",
                problem("keystore: server.p12\n"));
        Files.writeString(keystore, "nothing");
        assertEquals(
                "tls.yaml:1:11: " + path("server.p12") + " is damaged, or no file of PKCS #12",
                problem("keystore: server.p12\npassword: s3cret\n"));
    }

    @Test
    void aKeystoreHasOneKey() throws Exception {
        keystore("one", SERVER, OTHER);
        assertEquals(
                "tls.yaml:1:11: " + path("one.p12") + " holds 2 keys with certificates, expected one",
                problem("keystore: one.p12\npassword: s3cret\n"));
        keystore("none");
        assertEquals(
                "tls.yaml:1:11: " + path("none.p12") + " holds 0 keys with certificates, expected one",
                problem("keystore: none.p12\npassword: s3cret\n"));
    }

    private Path keystore(String name, Issued... entries) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Issued entry : entries) {
            store.setKeyEntry(
                    "key" + store.size(),
                    entry.key(),
                    "s3cret".toCharArray(),
                    entry.chain().toArray(X509Certificate[]::new));
        }
        Path file = folder.resolve(name + ".p12");
        try (var out = Files.newOutputStream(file)) {
            store.store(out, "s3cret".toCharArray());
        }
        return file;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1:1 | there is no certificate, expected either `keystore`, or `certificate` and `key` | hsts-seconds: 1",
                "1:14 | `certificate` is there without `key` | certificate: server.pem",
                "1:6 | `key` is there without `certificate` | key: server.key",
                "1:11 | there are both `keystore` and `certificate`, expected either `keystore`, or `certificate` and"
                        + " `key` | keystore: clients.pem;certificate: server.pem;password: x",
                "2:11 | there are both `keystore` and `key`, expected either `keystore`, or `certificate` and `key`"
                        + " | key: server.key;keystore: clients.pem;password: x",
            })
    void formsAreNotMixed(String place, String text, String yaml) {
        assertEquals("tls.yaml:" + place + ": " + text, problem(yaml.replace(';', '\n') + "\n"));
    }

    @Test
    void aFileThatIsMissingIsTold() {
        assertEquals(
                "tls.yaml:2:6: `key` is " + path("no.key") + ", but there is no such file",
                problem("certificate: server.pem\nkey: no.key\n"));
    }

    @Test
    void aKeyOfAnotherCertificateIsTold() {
        OTHER.writeKey(folder.resolve("server.key"));
        assertEquals(
                "tls.yaml:2:6: the key in " + path("server.key") + " does not belong to the certificate in "
                        + path("server.pem"),
                problem(PEM));
    }

    @Test
    void filesOfSomethingElseAreTold() {
        assertEquals(
                "tls.yaml:1:14: " + path("server.key") + " holds no certificate in PEM",
                problem("certificate: server.key\nkey: server.key\n"));
        assertEquals(
                "tls.yaml:2:6: " + path("server.pem") + " holds no private key in PEM",
                problem("certificate: server.pem\nkey: server.pem\n"));
    }

    @ParameterizedTest
    @CsvSource({"0.5, 0", "0.9, 0", "0, 0.1", "0, 0.5"})
    void aFileThatIsCutOffIsTold(double without, double from) throws IOException {
        Path file = folder.resolve("server.pem");
        String whole = Files.readString(file);
        String part = whole.substring((int) (whole.length() * from), (int) Math.round(whole.length() * (1 - without)));
        for (String text : new String[] {part, whole + part, part + whole}) {
            Files.writeString(file, text);
            assertTrue(problem(PEM).startsWith("tls.yaml:1:14: " + path("server.pem") + " is damaged"), text);
        }
    }

    @Test
    void garbageInABlockIsTold() throws IOException {
        Path file = folder.resolve("server.pem");
        String whole = Files.readString(file);
        for (String garbage : new String[] {
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n",
            "-----BEGIN NONSENSE-----\nAAAA\n-----END NONSENSE-----\n"
        }) {
            Files.writeString(file, whole + garbage);
            assertEquals(
                    "tls.yaml:1:14: " + path("server.pem")
                            + " is damaged at block 2, or holds there what is no certificate and no key",
                    problem(PEM));
        }
    }

    @Test
    void anExpiredCertificateIsNoMistakeOfTheConfiguration() throws IOException {
        // The server starts and warns, and takes a better one when it comes.
        Issued expired = AUTHORITY.server("EC", Instant.EPOCH, Instant.EPOCH.plusSeconds(60));
        expired.writeChain(folder.resolve("server.pem"));
        expired.writeKey(folder.resolve("server.key"));
        read(PEM);
    }

    @Test
    void certificatesOfClientsAreRead() throws IOException {
        AUTHORITY.writeRevoked(folder.resolve("revoked.pem"));
        var clients = read(PEM + """
                client-certificates:
                  trust: clients.pem
                  crl: revoked.pem
                  mode: required
                  name-pattern: "CN=([^,]+)(?:,.*)?"
                """).files().clients().orElseThrow();
        assertEquals(folder.resolve("clients.pem"), clients.trust());
        assertEquals(Optional.of(folder.resolve("revoked.pem")), clients.crl());
        assertTrue(clients.required());
        assertEquals(
                "CN=([^,]+)(?:,.*)?",
                clients.namePattern().orElseThrow().pattern().pattern());
        assertFalse(read(PEM + "client-certificates: {trust: clients.pem}\n")
                .files()
                .clients()
                .orElseThrow()
                .required());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3:1 | key `trust` is missing | {mode: optional}",
                "3:33 | `mode` is `maybe`, expected `optional` or `required` | {trust: clients.pem, mode: maybe}",
                "3:32 | `name-pattern` is `CN=(`, no regular expression: | {trust: clients.pem, name-pattern: 'CN=('}",
                "3:32 | `name-pattern` is `CN=.*`, not a regular expression with exactly one group"
                        + " | {trust: clients.pem, name-pattern: 'CN=.*'}",
                "3:32 | `name-pattern` is `EMAILADDRESS=(.+)`, but `EMAILADDRESS` is no type of attribute that can be"
                        + " written; expected one of CN, L, ST, O, OU, C, STREET, DC, UID"
                        + " | {trust: clients.pem, name-pattern: 'EMAILADDRESS=(.+)'}",
                "3:32 | `name-pattern` is `CN=(.*)(,.*)?`, not a regular expression with exactly one group"
                        + " | {trust: clients.pem, name-pattern: 'CN=(.*)(,.*)?'}",
            })
    void mistakesInWhatIsSaidOfClientsAreTold(String place, String text, String section) {
        String problem = problem(PEM + "client-certificates: " + section + "\n");
        assertTrue(problem.startsWith("tls.yaml:3:") && problem.contains(": " + text), problem);
    }

    @Test
    void filesForClientsThatAreUnusableAreTold() {
        assertEquals(
                "tls.yaml:3:30: " + path("server.key") + " holds no certificate in PEM",
                problem(PEM + "client-certificates: {trust: server.key}\n"));
        assertEquals(
                "tls.yaml:3:48: " + path("clients.pem") + " holds no list of revoked certificates in PEM",
                problem(PEM + "client-certificates: {trust: clients.pem, crl: clients.pem}\n"));
    }

    @Test
    void aCertificateOfNoAuthorityIsNotTrustedAsOne() {
        assertEquals(
                "tls.yaml:3:30: " + path("server.pem")
                        + " holds the certificate of `CN=localhost`, which is no authority (`CA:TRUE`)",
                problem(PEM + "client-certificates: {trust: server.pem}\n"));
    }

    private String path(String file) {
        return "`" + folder.resolve(file) + "`";
    }

    private TlsSettings read(String yaml) throws IOException {
        return read(yaml, Map.of());
    }

    private TlsSettings read(String yaml, Map<String, String> environment) throws IOException {
        Path file = Files.writeString(folder.resolve("tls.yaml"), yaml);
        return SettingsFile.read(file, root -> TlsSettings.from(root, environment));
    }

    private String problem(String yaml) {
        return assertThrows(IcesparException.class, () -> read(yaml))
                .getMessage()
                .replace(folder.resolve("tls.yaml").toString(), "tls.yaml");
    }
}
