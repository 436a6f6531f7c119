package io.icespar.server.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.icespar.security.Security;
import io.icespar.security.auth.AuthenticationResult.Throttled;
import io.icespar.security.auth.Origin;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.Secret;
import io.icespar.security.store.User;
import io.icespar.server.tls.NamePattern;
import io.icespar.server.tls.ServerTls;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint.SslSessionData;
import org.eclipse.jetty.server.Request;

/**
 * What the certificate that a client showed means for its requests. It is that of the connection itself; what headers say
 * of certificates is not looked at.
 *
 * <p>Without a name pattern it logs nobody in. With one it is a login: of the user whose name it holds letter by letter,
 * and who has a password, so that no provider's user is meant. A request that logs in by something else besides must do
 * so as the same user, since two readers could take it to be from two; for the same reason one is refused with an {@code
 * Authorization} that is not understood.
 */
public final class CertificateLogin implements Authenticator {
    private static final Duration MEMORY = Duration.ofMinutes(1);
    private static final int MAX_REMEMBERED = 10_000;

    /** Stands for a name that is not known. */
    private static final String UNKNOWN = "(certificate)";

    private final ServerTls tls;
    private final Optional<NamePattern> names;
    private final Security security;
    private final Authenticator besides;
    private final Cache<Recorded, Boolean> recorded = Caffeine.newBuilder()
            .expireAfterWrite(MEMORY)
            .maximumSize(MAX_REMEMBERED)
            .build();

    private record Recorded(X509Certificate certificate, Optional<String> address) {}

    /**
     * Creates it.
     *
     * @param tls what the connections are made by
     * @param names which users certificates log in; without it, none
     * @param besides how requests log in by other means
     */
    public CertificateLogin(ServerTls tls, Optional<NamePattern> names, Security security, Authenticator besides) {
        this.tls = tls;
        this.names = names;
        this.security = security;
        this.besides = besides;
    }

    @Override
    public List<Challenge> challenges(Request request, Login refused) {
        Stream<Challenge> ours = names.stream().map(pattern -> new Challenge("a client certificate", Optional.empty()));
        return Stream.concat(besides.challenges(request, refused).stream(), ours)
                .toList();
    }

    @Override
    public Login authenticate(Request request) {
        if (!(request.getAttribute(SslSessionData.ATTRIBUTE) instanceof SslSessionData session)
                || session.peerCertificates() == null
                || session.peerCertificates().length == 0) {
            return besides.authenticate(request);
        }
        Origin origin = RequestOrigin.of(request);
        X509Certificate certificate = session.peerCertificates()[0];
        if (!tls.isTrusted(session.sslSession(), session.peerCertificates())) {
            return refused(UNKNOWN, certificate, origin, "the client certificate does not count any more");
        }
        return names.isPresent() ? login(names.get(), certificate, request, origin) : besides.authenticate(request);
    }

    private Login login(NamePattern pattern, X509Certificate certificate, Request request, Origin origin) {
        Optional<Name> named = pattern.find(certificate).map(Name::of).filter(Name::isUsable);
        if (named.isEmpty()) {
            return refused(
                    UNKNOWN,
                    certificate,
                    origin,
                    "the subject of the client certificate holds no name as `name-pattern` has it");
        }
        Name name = named.get();
        Optional<User> user = security.state().findUser(name);
        if (user.filter(found -> found.name().spelling().equals(name.spelling()))
                .isEmpty()) {
            return refused(
                    name.spelling(), certificate, origin, "there is no user of the name in the client certificate");
        }
        if (user.get().password().isEmpty()) {
            return refused(
                    name.spelling(),
                    certificate,
                    origin,
                    "the user of the name in the client certificate has no password, and so is a provider's");
        }
        Login other = besides.authenticate(request);
        if (other instanceof Login.Absent && request.getHeaders().contains(HttpHeader.AUTHORIZATION)) {
            return new Login.Ambiguous("a client certificate, and an `Authorization` of no kind that is known here");
        }
        if (other instanceof Login.Absent) {
            Identity identity = Identity.local(user.get().name());
            record(identity, certificate, origin);
            return new Login.Accepted(identity);
        }
        if (other instanceof Login.Accepted accepted && !isSame(accepted.identity(), name)) {
            return refused(
                    name.spelling(),
                    certificate,
                    origin,
                    "the client certificate is of another user than the login besides");
        }
        return other;
    }

    private static boolean isSame(Identity identity, Name name) {
        return identity.assertion().isEmpty() && identity.name().equals(name);
    }

    /** Once a minute for a certificate and address, as with other logins. */
    private void record(Identity identity, X509Certificate certificate, Origin origin) {
        Recorded login = new Recorded(certificate, origin.text());
        if (recorded.getIfPresent(login) == null) {
            security.recordLogin(identity, origin);
            recorded.put(login, true);
        }
    }

    private Login refused(String user, X509Certificate certificate, Origin origin, String reason) {
        Secret credentials = new Secret(certificate.getIssuerX500Principal() + " " + certificate.getSerialNumber());
        Optional<Throttled> throttled = security.findThrottled(user, credentials, origin);
        if (throttled.isPresent()) {
            return new Login.Throttled(throttled.get().retryAfter());
        }
        security.recordFailedLogin(user, credentials, origin, reason);
        return new Login.Refused(reason);
    }
}
