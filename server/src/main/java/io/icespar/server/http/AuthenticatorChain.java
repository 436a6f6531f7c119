package io.icespar.server.http;

import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/**
 * Several ways of logging in, asked in turn; the first that finds something of its kind decides. A request that carries
 * more than one {@code Authorization} is refused: two readers could take it to be from two users.
 *
 * @param authenticators the ways, each by itself
 */
public record AuthenticatorChain(List<Authenticator> authenticators) implements Authenticator {

    /** Copies. */
    public AuthenticatorChain {
        authenticators = List.copyOf(authenticators);
    }

    @Override
    public Login authenticate(Request request) {
        if (request.getHeaders().getFields(HttpHeader.AUTHORIZATION).size() > 1) {
            return new Login.Ambiguous("more than one `Authorization`");
        }
        return authenticators.stream()
                .map(authenticator -> authenticator.authenticate(request))
                .filter(login -> !(login instanceof Login.Absent))
                .findFirst()
                .orElseGet(Login.Absent::new);
    }

    @Override
    public List<Challenge> challenges(Request request, Login refused) {
        return authenticators.stream()
                .flatMap(authenticator -> authenticator.challenges(request, refused).stream())
                .toList();
    }
}
