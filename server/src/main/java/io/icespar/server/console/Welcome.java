package io.icespar.server.console;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.config.ServerSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The text that tells a newcomer what to type next; a file that the setting {@code server.welcome} names.
 *
 * <p>In it, <code>{sql}</code> stands for the command that opens a SQL shell on this server, as it can be typed in
 * another terminal.
 */
final class Welcome {
    private Welcome() {}

    /**
     * The text for a server.
     *
     * @throws IcesparException {@code CONFIGURATION} if the file cannot be read
     */
    static String read(Path file, URI server) {
        try {
            return Files.readString(file).replace("{sql}", Installation.command() + " sql" + url(server));
        } catch (IOException e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, file + ": the file cannot be read", e);
        }
    }

    private static String url(URI server) {
        boolean usual = server.getHost().equals("127.0.0.1")
                && server.getPort() == ServerSettings.DEFAULT_PORT
                && server.getScheme().equals("http");
        return usual ? "" : " --url " + ServerLogin.URL_PREFIX + server;
    }
}
