package io.icespar.server.config;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.config.SettingsFile.Section;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how the server listens: the section {@code server} of the configuration file.
 *
 * @param host {@code host}: the name or address to listen at; {@code 127.0.0.1} by default
 * @param port {@code port}: the TCP port, 0 for any free one; 8765 by default
 * @param tls {@code tls}: how the server encrypts; without it, plain HTTP
 * @param welcome {@code welcome}: a text file that is shown when the server is ready, see
 *     {@link io.icespar.server.console}
 * @param plugins {@code plugins}: a folder of jars with plug-ins, see {@link io.icespar.server.plugin}; none by default
 * @param url {@code url}: the address by which clients reach the server, if a proxy makes it another one than the server
 *     would think; else it is what each client asked for
 */
public record ServerSettings(
        String host,
        int port,
        Optional<TlsSettings> tls,
        Optional<Path> welcome,
        Optional<Path> plugins,
        Optional<URI> url) {
    /** The port where nothing else is said. */
    public static final int DEFAULT_PORT = 8765;

    /** Settings without plug-ins. */
    public ServerSettings(String host, int port, Optional<TlsSettings> tls, Optional<Path> welcome) {
        this(host, port, tls, welcome, Optional.empty(), Optional.empty());
    }

    /**
     * Reads the section; a secret that is not in the file is looked up in the environment. Plain HTTP carries passwords
     * in the clear: it is refused at an address that other machines can reach, unless {@code allow-plain-http} is true,
     * for when something in front of the server encrypts.
     */
    static ServerSettings from(Section server, Map<String, String> environment) {
        String host = server.text("host", "127.0.0.1");
        int port = server.number("port", 0, 65535, DEFAULT_PORT);
        Optional<TlsSettings> tls = server.findSection("tls").map(section -> TlsSettings.from(section, environment));
        boolean plainHttpAllowed = server.flag("allow-plain-http", false);
        Optional<Path> welcome = server.findFile("welcome");
        Optional<Path> plugins = server.findFolder("plugins");
        try {
            if (!InetAddress.getByName(host).isLoopbackAddress() && tls.isEmpty() && !plainHttpAllowed) {
                server.problem(
                        server.at("host"),
                        "`host` is " + quote(host) + ", which other machines can reach, and without TLS anyone between "
                                + "can read the passwords; set `tls`, or `host: 127.0.0.1`, or `allow-plain-http: true` "
                                + "if a proxy in front encrypts");
            }
        } catch (UnknownHostException e) {
            server.problem(server.at("host"), "`host` is " + quote(host) + ", but there is no such host");
        }
        return new ServerSettings(host, port, tls, welcome, plugins, url(server));
    }

    private static Optional<URI> url(Section server) {
        Optional<String> text = server.findText("url");
        Optional<URI> url = text.flatMap(Addresses::find);
        if (url.isPresent() != text.isPresent()) {
            server.problem(
                    server.at("url"),
                    "`url` is " + quote(text.orElse("")) + ", expected an address, as `https://icespar.example.com`");
        }
        return url;
    }

    /** The same with another port. */
    public ServerSettings withPort(int other) {
        return new ServerSettings(host, other, tls, welcome, plugins, url);
    }
}
