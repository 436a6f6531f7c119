package io.icespar.server;

import io.icespar.engine.Engine;
import io.icespar.engine.duckdb.LoadListener;
import io.icespar.engine.jdbc.CallerError;
import io.icespar.engine.jdbc.Connections;
import io.icespar.engine.jdbc.IcesparMeta;
import io.icespar.engine.jdbc.ReadAhead;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.server.avatica.AvaticaEndpoint;
import io.icespar.server.browser.BrowserLogin;
import io.icespar.server.browser.HomePage;
import io.icespar.server.browser.Logout;
import io.icespar.server.browser.MermaidScript;
import io.icespar.server.browser.SchemaPage;
import io.icespar.server.config.OidcSettings;
import io.icespar.server.config.Settings;
import io.icespar.server.http.CallerHandler;
import io.icespar.server.http.Health;
import io.icespar.server.http.HttpServer;
import io.icespar.server.http.LoginHandler;
import io.icespar.server.http.LoginPages;
import io.icespar.server.http.Methods;
import io.icespar.server.http.SameOrigin;
import io.icespar.server.http.ServerAddress;
import io.icespar.server.http.WhoAmI;
import io.icespar.server.oidc.ResourceMetadata;
import io.icespar.server.plugin.PluginFolder;
import java.net.URI;
import java.util.Optional;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.http.pathmap.ServletPathSpec;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.PathMappingsHandler;

/**
 * The running server: an engine, and the HTTP endpoints that lead to it.
 *
 * <pre>
 * HttpServer                                 limits on headers and idle connections
 * └── SameOrigin                             403 if another site has a browser send what could change something
 *     by path                                404
 *     ├── /health/live    GET                the server answers
 *     ├── /health/ready   GET                … is not about to stop, and knows who may see what
 *     ├── /.well-known/oauth-protected-resource
 *     │                   GET                where users log in; 404 if there is no provider
 *     ├── /login          GET                302 to the provider; 404 if there is none, so with the next two
 *     ├── /login/callback GET                302 back, 403, 503
 *     ├── /logout         GET, POST          303 to the provider
 *     ├── /, /whoami, /schema
 *     │                   GET
 *     │   └── LoginHandler                   also by a session's cookie; 302 for people who are not logged in
 *     │       └── HomePage, WhoAmI, SchemaPage with MermaidScript
 *     └── /avatica        POST               405
 *         └── LoginHandler                   400, 401, 403, 429, 503
 *             └── AvaticaEndpoint            408, 413, 415
 *                 └── Meta of the caller
 * </pre>
 */
public final class Server implements AutoCloseable {
    /** Frames of rows that wait for their clients; each may take some megabytes. */
    private static final int FRAMES_AHEAD = 16;

    private final HttpServer http;
    private final Engine engine;
    private final PluginFolder plugins;
    private final ServerAddress address;
    private final Optional<OidcSettings> oidc;
    private final Logins logins;
    private final Connections connections = new Connections(
            Connections.Limits.DEFAULT, new ReadAhead(Runtime.getRuntime().availableProcessors(), FRAMES_AHEAD));

    private Server(HttpServer http, Engine engine, PluginFolder plugins, Settings settings) {
        this.http = http;
        this.engine = engine;
        this.plugins = plugins;
        this.address = new ServerAddress(settings.server().url());
        this.oidc = settings.oidc();
        this.logins = Logins.of(http, engine.security(), address, oidc);
    }

    /**
     * Takes the port, loads the plug-ins, opens the engine, and answers requests from then on.
     *
     * @param listener is told how the loading of tables goes on
     * @throws io.icespar.security.error.IcesparException if any of it fails, with nothing left open
     */
    public static Server start(Settings settings, LoadListener listener) {
        HttpServer http = HttpServer.bind(settings.server());
        try {
            PluginFolder plugins = PluginFolder.open(settings.server().plugins());
            try {
                return serving(http, Engine.open(settings.engine(), plugins.plugins(), listener), plugins, settings);
            } catch (RuntimeException | Error e) {
                plugins.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            http.close();
            throw e;
        }
    }

    private static Server serving(HttpServer http, Engine engine, PluginFolder plugins, Settings settings) {
        try {
            Server server = new Server(http, engine, plugins, settings);
            http.serve(server.endpoints());
            return server;
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    private Handler endpoints() {
        var avatica = new AvaticaEndpoint(
                (user, times) -> new IcesparMeta(engine, connections, user, times),
                failure -> CallerError.of(failure).toErrorResponse());

        var paths = new PathMappingsHandler();
        paths.addMapping(PathSpec.from("/health/live"), Methods.get(new Health(() -> true)));
        paths.addMapping(
                PathSpec.from("/health/ready"),
                Methods.get(
                        new Health(() -> http.isServing() && engine.security().isCurrent())));
        oidc.ifPresent(settings -> paths.addMapping(
                PathSpec.from(ResourceMetadata.PATH), Methods.get(new ResourceMetadata(settings, address))));
        logins.browser().ifPresent(browser -> {
            paths.addMapping(PathSpec.from(BrowserLogin.LOGIN), Methods.get(browser.login()));
            paths.addMapping(PathSpec.from(BrowserLogin.CALLBACK), Methods.get(browser.callback()));
            paths.addMapping(PathSpec.from(Logout.PATH), Methods.getAndPost(browser.logout()));
        });
        paths.addMapping(new ServletPathSpec(""), Methods.get(page(new HomePage(address, logins.browser()))));
        paths.addMapping(PathSpec.from("/whoami"), Methods.get(page(new WhoAmI())));
        var mermaid = new MermaidScript();
        paths.addMapping(PathSpec.from(SchemaPage.PATH), Methods.get(page(new SchemaPage(this::diagram, mermaid))));
        paths.addMapping(PathSpec.from(mermaid.path()), Methods.get(page(mermaid)));
        paths.addMapping(
                PathSpec.from("/avatica"),
                Methods.post(new LoginHandler(logins.programs(), this::findCaller, Optional.empty(), avatica)));
        return new SameOrigin(address, paths);
    }

    /** What people may see with a browser. */
    private Handler page(CallerHandler next) {
        return new LoginHandler(
                logins.people(), this::findCaller, logins.browser().map(LoginPages.class::cast), next);
    }

    private String diagram(Caller caller) {
        return engine.session(caller.identity()).schemaDiagram();
    }

    private Optional<Caller> findCaller(Identity identity) {
        return engine.security().state().findCaller(identity);
    }

    /** Where the server is reached. */
    public URI uri() {
        return http.uri();
    }

    /** Stops: refuses new requests, waits a little for those under way, and closes the engine. */
    @Override
    public void close() {
        try (plugins;
                engine;
                connections) {
            http.close();
        }
    }
}
