package io.icespar.server.http;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.server.config.ServerSettings;
import io.icespar.server.config.TlsSettings;
import io.icespar.server.tls.ServerTls;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty, set up for Icespar: a socket that is bound at once and answered when there is something to serve.
 *
 * <p>Limits: 8 KiB of headers (431), one minute without a byte, five seconds for requests under way when it closes.
 */
public final class HttpServer implements AutoCloseable {
    private static final int MAX_HEADER_BYTES = 8 * 1024;
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(5);
    private static final int MAX_THREADS = 200;

    /** How soon a new certificate is noticed. */
    private static final Duration TLS_WATCH = Duration.ofSeconds(5);

    private final Server jetty;
    private final ServerConnector connector;
    private final Optional<ServerTls> tls;
    private final URI uri;

    private HttpServer(Server jetty, ServerConnector connector, Optional<ServerTls> tls, URI uri) {
        this.jetty = jetty;
        this.connector = connector;
        this.tls = tls;
        this.uri = uri;
    }

    /**
     * Takes the port, so that a start-up does not load tables in vain. Clients that connect wait until {@link #serve}.
     *
     * @throws IcesparException {@code CONFIGURATION} if the port is not to be had, with a {@link BindException} as its
     *     cause, or if the certificate cannot be used
     */
    public static HttpServer bind(ServerSettings settings) {
        return bind(settings, Clock.systemUTC(), TLS_WATCH);
    }

    /**
     * As {@link #bind(ServerSettings)}.
     *
     * @param clock tells whether certificates count
     * @param tlsWatch how long to wait between two looks at the files with certificates
     */
    static HttpServer bind(ServerSettings settings, Clock clock, Duration tlsWatch) {
        var threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("http");
        var jetty = new Server(threads);
        jetty.setErrorHandler(new ErrorReply());
        jetty.setStopTimeout(GRACE.toMillis());

        Optional<ServerTls> tls = settings.tls().map(given -> ServerTls.open(given.files(), clock));
        var http = new HttpConnectionFactory(configuration(settings.tls()));
        ServerConnector connector = tls.map(given -> new SslConnectionFactory(given.connections(), http.getProtocol()))
                .map(encryption -> new ServerConnector(jetty, encryption, http))
                .orElseGet(() -> new ServerConnector(jetty, http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(IDLE.toMillis());
        jetty.addConnector(connector);
        try {
            connector.open();
        } catch (IOException e) {
            throw unavailable(settings, e);
        }
        tls.ifPresent(given -> given.watch(tlsWatch));
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return new HttpServer(
                jetty,
                connector,
                tls,
                URI.create((tls.isPresent() ? "https" : "http") + "://" + host + ":" + connector.getLocalPort()));
    }

    private static HttpConfiguration configuration(Optional<TlsSettings> tls) {
        var configuration = new HttpConfiguration();
        // The host that is asked for is not compared with the certificate: probes ask for addresses.
        tls.ifPresent(given ->
                configuration.addCustomizer(new SecureRequestCustomizer(false, false, hstsSeconds(given), false)));
        configuration.setSendServerVersion(false);
        configuration.setRequestHeaderSize(MAX_HEADER_BYTES);
        return configuration;
    }

    /** As Jetty takes it: negative for none. */
    private static long hstsSeconds(TlsSettings settings) {
        return settings.hsts().isZero() ? -1 : settings.hsts().toSeconds();
    }

    private static IcesparException unavailable(ServerSettings settings, IOException cause) {
        // Jetty wraps what it gets from the socket.
        Throwable reason = cause;
        while (!(reason instanceof BindException) && reason.getCause() != null) {
            reason = reason.getCause();
        }
        String place = "port " + settings.port() + " of `" + settings.host() + "`";
        String text = String.valueOf(reason.getMessage()).contains("in use")
                ? place + " is in use by another program; stop that, or choose another port (0 for any free one)"
                : place + " cannot be listened at: " + reason.getMessage();
        return new IcesparException(ErrorCode.CONFIGURATION, text, reason);
    }

    /** Where the server is reached. */
    public URI uri() {
        return uri;
    }

    /** How it encrypts; empty if it does not. */
    public Optional<ServerTls> tls() {
        return tls;
    }

    /** Whether requests are answered. */
    public boolean isServing() {
        return jetty.isStarted();
    }

    /** Answers requests with the handler, from now until it is closed. */
    public void serve(Handler handler) {
        jetty.setHandler(new GracefulHandler(handler));
        try {
            jetty.start();
        } catch (Exception e) {
            throw new IcesparException(ErrorCode.INTERNAL, "the HTTP server does not start", e);
        }
    }

    /** Stops accepting requests, and waits a little for those under way. */
    @Override
    public void close() {
        try {
            tls.ifPresent(ServerTls::close);
            jetty.stop();
            connector.close();
        } catch (Exception e) {
            throw new IcesparException(ErrorCode.INTERNAL, "the HTTP server does not stop", e);
        }
    }
}
