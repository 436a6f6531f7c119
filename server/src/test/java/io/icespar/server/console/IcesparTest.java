package io.icespar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IcesparTest {
    private final Path folder;
    private final StringWriter output = new StringWriter();
    private final StringWriter errors = new StringWriter();

    IcesparTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void helpNamesTheCommandsAndTheExitCodes() {
        assertEquals(0, run("--help"));
        assertTrue(output.toString().contains("  serve "), output.toString());
        assertTrue(output.toString().contains("  sql "), output.toString());
        assertTrue(output.toString().contains("  78   the configuration"), output.toString());
    }

    @Test
    void theVersionIsTold() {
        assertEquals(0, run("--version"));
        assertTrue(output.toString().startsWith("Icespar "), output.toString());
    }

    @Test
    void aWrongCommandLineIsToldWithUsage() {
        assertEquals(64, run("serve", "--prot", "1"));
        assertTrue(errors.toString().startsWith("Unknown options: '--prot'"), errors.toString());
        assertEquals(64, run("sql"));
        assertEquals(64, run("nonsense"));
        assertEquals(64, run());
        assertEquals(64, run("serve", "--port", "65536"));
        assertEquals(64, run("sql", "--user", "u", "-e", "VALUES 1", "-f", "x"));
    }

    @Test
    void aMissingConfigurationIsToldInOneLine() {
        Path file = folder.resolve("icespar.yaml");
        assertEquals(78, run("serve", "--config", file.toString()));
        assertEquals("icespar: " + file + ": there is no such file\n", errors.toString());
    }

    @Test
    void allProblemsOfAConfigurationAreTold() throws IOException {
        Path file = Files.writeString(folder.resolve("icespar.yaml"), "server: {prot: 1}\nsecurity: []\n");
        assertEquals(78, run("serve", "--config", file.toString()));
        assertTrue(
                errors.toString().contains("icespar: " + file + ":1:10: unknown key `prot`, did you mean `port`?\n"),
                errors.toString());
        assertTrue(errors.toString().contains("icespar: " + file + ":2:11: "), errors.toString());
    }

    @Test
    void aPortInUseIsToldBeforeAnythingIsLoaded() throws IOException {
        Files.createDirectory(folder.resolve("catalog"));
        Path file = Files.writeString(folder.resolve("icespar.yaml"), "catalog: catalog\ndata: data\n");
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(other.getLocalPort());
            assertEquals(69, run("serve", "--config", file.toString(), "--port", port));
            assertEquals(
                    "icespar: port " + port + " of `127.0.0.1` is in use by another program; stop that, or choose"
                            + " another port (0 for any free one)\n",
                    errors.toString());
        }
    }

    @Test
    void aServerThatIsNotThereIsToldInOneLine() throws IOException {
        int port;
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
        }
        String url = "jdbc:icespar:http://127.0.0.1:" + port;
        assertEquals(69, run("sql", "--url", url, "--user", "u", "--password-file", password("p"), "-e", "VALUES 1"));
        assertEquals("icespar: cannot connect to `http://127.0.0.1:" + port + "`: is it running?\n", errors.toString());
    }

    private String password(String text) throws IOException {
        return Files.writeString(folder.resolve("password"), text).toString();
    }

    @Test
    void aUserIsNeededWhereTheLoginNeedsOne() {
        for (String option : List.of("", "?auth=basic", "?auth=password")) {
            errors.getBuffer().setLength(0);
            assertEquals(64, run("sql", "--url", "jdbc:icespar:http://127.0.0.1" + option, "-e", "VALUES 1"));
            assertEquals(
                    "there is no user to log in as: give --user, or a --url that says how else to log in, such as"
                            + " 'jdbc:icespar:https://HOST?auth=browser'",
                    errors.toString().lines().findFirst().orElseThrow());
        }
        assertEquals(64, run("security", "export"));
    }

    @Test
    void noUserAndNoPasswordIsAskedForWhereTheLoginNeedsNone() throws IOException {
        int port;
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();
        }
        String server = "http://127.0.0.1:" + port;
        Path file = Files.writeString(folder.resolve("secret"), "s3cret");
        for (String option : List.of(
                "auth=browser",
                "auth=client_credentials&clientId=job&clientSecretFile=" + file,
                "accessTokenFile=" + file)) {
            errors.getBuffer().setLength(0);
            String url = "jdbc:icespar:" + server + "?" + option;
            assertEquals(69, run("sql", "--url", url, "-e", "VALUES 1"), errors.toString());
            assertTrue(errors.toString().contains("`: is it running?\n"), errors.toString());
            assertEquals(69, run("security", "export", "--url", url));
        }
    }

    @Test
    void theUrlOfAPageIsNoneForTheShell() {
        for (String url : List.of("http://127.0.0.1:8765", "127.0.0.1", "jdbc:other:x", "")) {
            errors.getBuffer().setLength(0);
            assertEquals(64, run("sql", "--url", url, "--user", "u", "-e", "VALUES 1"));
            assertEquals(
                    "a --url begins with `jdbc:icespar:`, such as 'jdbc:icespar:http://127.0.0.1:8765'",
                    errors.toString().lines().findFirst().orElseThrow());
        }
    }

    @Test
    void aUserOfTheUrlNeedsAPassword() throws IOException {
        String url = "jdbc:icespar:http://127.0.0.1?user=u";
        Path missing = folder.resolve("missing");
        assertEquals(64, run("sql", "--url", url, "--password-file", missing.toString(), "-e", "VALUES 1"));
        assertTrue(errors.toString().startsWith("the file `" + missing + "` cannot be read\n"), errors.toString());
    }

    @Test
    void noSecretIsTakenFromTheCommandLine() {
        for (String option : List.of(
                "password",
                "PASSWORD",
                "accessToken",
                "clientSecret",
                "client%53ecret",
                "keyStorePassword",
                "trustStorePassword")) {
            errors.getBuffer().setLength(0);
            String url = "jdbc:icespar:http://127.0.0.1?user=u&" + option + "=c4nary";
            assertEquals(64, run("sql", "--url", url, "-e", "VALUES 1"));
            assertTrue(errors.toString().startsWith("the URL holds `"), errors.toString());
            assertFalse(errors.toString().contains("c4nary"), errors.toString());
        }
        assertEquals(64, run("sql", "--user", "u", "--password", "c4nary", "-e", "VALUES 1"));
    }

    @Test
    void aScriptThatIsNotUtf8IsToldBeforeAnyoneLogsIn() throws IOException {
        Path file = Files.write(folder.resolve("latin.sql"), "VALUES 'é'".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals(64, run("sql", "--user", "u", "--password-file", password("p"), "-f", file.toString()));
        assertTrue(
                errors.toString()
                        .startsWith("the file `" + file
                                + "` is not UTF-8 (line 1, byte 9 in all): save it with that encoding\n"),
                errors.toString());
    }

    @Test
    void theWelcomeSaysWhatToTypeNext() throws IOException {
        Path file = Files.writeString(folder.resolve("welcome.txt"), "Type:\n{sql} --user a\n");
        assertEquals("Type:\nicespar sql --user a\n", Welcome.read(file, URI.create("http://127.0.0.1:8765")));
        assertEquals(
                "Type:\nicespar sql --url jdbc:icespar:http://127.0.0.1:9000 --user a\n",
                Welcome.read(file, URI.create("http://127.0.0.1:9000")));
    }

    private int run(String... arguments) {
        return Icespar.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments);
    }
}
