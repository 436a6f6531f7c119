package io.icespar.server;

import io.icespar.security.Security;
import io.icespar.server.browser.BrowserLogin;
import io.icespar.server.config.OidcSettings;
import io.icespar.server.http.AmbiguityRecorder;
import io.icespar.server.http.Authenticator;
import io.icespar.server.http.AuthenticatorChain;
import io.icespar.server.http.BasicAuthenticator;
import io.icespar.server.http.CertificateLogin;
import io.icespar.server.http.HttpServer;
import io.icespar.server.http.ServerAddress;
import io.icespar.server.oidc.AuthorizationCodeFlow;
import io.icespar.server.oidc.Provider;
import io.icespar.server.oidc.TokenAuthenticator;
import io.icespar.server.oidc.TokenVerifier;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The ways of logging in that there are, by what is configured.
 *
 * @param programs what requests of programs log in by: a password, a token, a client certificate
 * @param people the same, and a browser's session
 * @param browser how people come to a session; empty without a provider
 */
record Logins(Authenticator programs, Authenticator people, Optional<BrowserLogin> browser) {

    /** Makes them; a provider is asked what it publishes. */
    static Logins of(HttpServer http, Security security, ServerAddress address, Optional<OidcSettings> oidc) {
        Authenticator passwords = new BasicAuthenticator(security::authenticate);
        if (oidc.isEmpty()) {
            Authenticator all = withCertificates(http, security, List.of(passwords));
            return new Logins(all, all, Optional.empty());
        }
        Clock clock = Clock.systemUTC();
        Provider provider = Provider.start(oidc.get().issuer(), clock);
        TokenVerifier verifier = TokenVerifier.of(oidc.get(), provider, clock);
        Authenticator tokens = new TokenAuthenticator(verifier, security, address, clock);
        var flow = new AuthorizationCodeFlow(oidc.get(), provider, verifier, clock);
        var browser = new BrowserLogin(flow, security, address, oidc.get().sessions(), clock);
        return new Logins(
                withCertificates(http, security, List.of(passwords, tokens)),
                withCertificates(http, security, List.of(browser.sessions(), passwords, tokens)),
                Optional.of(browser));
    }

    private static Authenticator withCertificates(HttpServer http, Security security, List<Authenticator> others) {
        var chain = new AuthenticatorChain(others);
        Authenticator all = http.tls()
                .flatMap(tls -> tls.clients()
                        .<Authenticator>map(
                                clients -> new CertificateLogin(tls, clients.namePattern(), security, chain)))
                .orElse(chain);
        return new AmbiguityRecorder(all, security);
    }
}
