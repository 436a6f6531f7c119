package io.icespar.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes files of keys and certificates in a folder, each once, by the JDK's own tool. */
final class CertificateFiles {
    static final String PASSWORD = "changeit";
    private static final String ALIAS = "it";

    private final Path folder;

    CertificateFiles(Path folder) {
        this.folder = folder;
    }

    /** A key and a certificate for some name of a server. */
    Path server(String name) throws Exception {
        return keys("server", "-ext", "san=" + name);
    }

    /** A key and a certificate for a client. */
    Path client(String name) throws Exception {
        return keys(name);
    }

    private Path keys(String name, String... further) throws Exception {
        var file = folder.resolve(name + ".p12");
        var arguments = new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name));
        arguments.addAll(List.of(further));
        if (!Files.exists(file)) {
            keytool(file, "PKCS12", arguments);
        }
        return file;
    }

    /** A store with the certificate alone. */
    Path trusting(Path keys, String type) throws Exception {
        var file = keys.resolveSibling(keys.getFileName() + ".trust." + type);
        if (!Files.exists(file)) {
            var certificate = certificate(keys).toString();
            keytool(file, type, List.of("-importcert", "-noprompt", "-file", certificate));
        }
        return file;
    }

    /** The certificate alone, in PEM. */
    Path certificate(Path keys) throws Exception {
        var file = keys.resolveSibling(keys.getFileName() + ".pem");
        if (!Files.exists(file)) {
            keytool(keys, "PKCS12", List.of("-exportcert", "-rfc", "-file", file.toString()));
        }
        return file;
    }

    /** The key and the certificate, in PEM, with some label for the key. */
    Path pem(Path keys, String label) throws Exception {
        var store = KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray());
        var key = Base64.getMimeEncoder()
                .encodeToString(store.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
        return Files.writeString(
                keys.resolveSibling(keys.getFileName() + ".all.pem"),
                "-----BEGIN " + label + "-----\n" + key + "\n-----END " + label + "-----\n"
                        + Files.readString(certificate(keys)));
    }

    private static void keytool(Path store, String type, List<String> arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(
                Path.of(System.getProperty("java.home", ""), "bin", "keytool").toString());
        command.addAll(arguments);
        command.addAll(
                List.of("-keystore", store.toString(), "-storetype", type, "-alias", ALIAS, "-storepass", PASSWORD));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, process.waitFor(), command.toString());
    }
}
