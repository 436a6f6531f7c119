package io.icespar.benchmark.small;

import io.icespar.engine.Engine;
import io.icespar.engine.jdbc.CallerError;
import io.icespar.engine.jdbc.Connections;
import io.icespar.engine.jdbc.IcesparMeta;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.server.avatica.AvaticaEndpoint;
import io.icespar.server.config.OidcSettings;
import io.icespar.server.config.OidcSettings.TokenFormat;
import io.icespar.server.config.ServerSettings;
import io.icespar.server.http.Authenticator;
import io.icespar.server.http.AuthenticatorChain;
import io.icespar.server.http.BasicAuthenticator;
import io.icespar.server.http.HttpServer;
import io.icespar.server.http.Login;
import io.icespar.server.http.LoginHandler;
import io.icespar.server.http.Methods;
import io.icespar.server.http.ServerAddress;
import io.icespar.server.oidc.Provider;
import io.icespar.server.oidc.TokenAuthenticator;
import io.icespar.server.oidc.TokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.jetty.http.pathmap.PathSpec;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.PathMappingsHandler;

/**
 * One engine behind three doors: one that lets everyone in as the same user, which no product has; one for a password or
 * a signed token; and one for a token that the provider is asked about. But for that all are made as the server is.
 */
final class Doors implements AutoCloseable {
    static final String PASSWORD = "changeit";
    private static final int ROWS = 1_000;

    private final Engine engine;
    private final Connections connections = new Connections(Connections.Limits.DEFAULT);
    private final HttpServer open;
    private final HttpServer guarded;
    private final HttpServer asking;

    /** Writes a table into a folder, and opens the engine and its doors there. */
    Doors(Path folder, CountingProvider provider) throws IOException {
        engine = engine(folder);
        var passwords = new BasicAuthenticator(engine.security()::authenticate);
        open = serving(List.of(new Everyone()));
        guarded = serving(List.of(passwords, tokens(provider, TokenFormat.JWT)));
        asking = serving(List.of(passwords, tokens(provider, TokenFormat.OPAQUE)));
    }

    private static Engine engine(Path folder) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(
                catalog.resolve("t.csv"),
                IntStream.range(0, ROWS)
                        .mapToObj(row -> row + ",v" + row)
                        .collect(Collectors.joining("\n", "id,a\n", "\n")));
        Files.writeString(
                catalog.resolve("s.yaml"),
                "schema: s\nbackend: duckdb\ntables:\n  t: {file: t.csv, key: id, columns: {id: BIGINT}}\n");
        return EngineFolder.open(folder, """
                CREATE USER admin;
                GRANT ROLE_ADMIN TO USER admin;
                CREATE USER %s PASSWORD '%s';
                GRANT ROLE_USER TO USER %1$s;
                CREATE ROLE MAPPING FROM '%s' TO ROLE_USER;
                """.formatted(ManyRights.USER, PASSWORD, CountingProvider.ROLE));
    }

    private Authenticator tokens(CountingProvider provider, TokenFormat format) {
        var settings = new OidcSettings(
                provider.issuer(),
                CountingProvider.CLIENT,
                Optional.of(new Secret("s3cret")),
                CountingProvider.CLIENT,
                List.of("openid"),
                "sub",
                List.of(List.of("groups")),
                format,
                Set.of(CountingProvider.CLIENT),
                Set.of(CountingProvider.CLIENT),
                Set.of("RS256"),
                OidcSettings.Sessions.DEFAULT);
        Clock clock = Clock.systemUTC();
        var verifier = TokenVerifier.of(settings, Provider.start(provider.issuer(), clock), clock);
        return new TokenAuthenticator(verifier, engine.security(), new ServerAddress(Optional.empty()), clock);
    }

    private HttpServer serving(List<Authenticator> authenticators) {
        var avatica = new AvaticaEndpoint(
                (user, times) -> new IcesparMeta(engine, connections, user, times),
                failure -> CallerError.of(failure).toErrorResponse());
        var login = new LoginHandler(
                new AuthenticatorChain(authenticators),
                identity -> engine.security().state().findCaller(identity),
                Optional.empty(),
                avatica);
        var paths = new PathMappingsHandler();
        paths.addMapping(PathSpec.from("/avatica"), Methods.post(login));
        HttpServer http = HttpServer.bind(new ServerSettings("127.0.0.1", 0, Optional.empty(), Optional.empty()));
        http.serve(paths);
        return http;
    }

    /** Where nobody is asked who they are. */
    URI open() {
        return open.uri();
    }

    /** Where a password or a signed token lets in. */
    URI guarded() {
        return guarded.uri();
    }

    /** Where a password lets in, or a token that the provider is asked about. */
    URI asking() {
        return asking.uri();
    }

    @Override
    public void close() {
        try (engine;
                connections;
                open;
                guarded) {
            asking.close();
        }
    }

    /** Takes whoever comes for the same user. */
    private static final class Everyone implements Authenticator {
        private final Login user = new Login.Accepted(Identity.local(Name.of(ManyRights.USER)));

        @Override
        public Login authenticate(Request request) {
            return user;
        }

        @Override
        public List<Challenge> challenges(Request request, Login refused) {
            return List.of();
        }
    }
}
