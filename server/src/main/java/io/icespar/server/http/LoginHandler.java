package io.icespar.server.http;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who sends a request, and passes it on only if that caller may enter.
 *
 * <p>Nobody who asks for a page is told to log in if there are {@link LoginPages}: they are brought there.
 */
public final class LoginHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(LoginHandler.class);

    private final Authenticator authenticator;
    private final Function<Identity, Optional<Caller>> callers;
    private final Optional<LoginPages> pages;
    private final CallerHandler next;

    /**
     * Creates it.
     *
     * @param authenticator finds out who sends a request
     * @param callers finds the caller that a user is, with the roles of this moment
     * @param pages what people with a browser get; if empty, the same as programs
     * @param next gets the requests of callers who may enter
     */
    public LoginHandler(
            Authenticator authenticator,
            Function<Identity, Optional<Caller>> callers,
            Optional<LoginPages> pages,
            CallerHandler next) {
        this.authenticator = authenticator;
        this.callers = callers;
        this.pages = pages;
        this.next = next;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Login login;
        Optional<Caller> caller;
        try {
            login = authenticator.authenticate(request);
            caller = login instanceof Login.Accepted accepted ? callers.apply(accepted.identity()) : Optional.empty();
        } catch (IcesparException e) {
            if (e.code().audience() != ErrorCode.Audience.CALLER) {
                throw e;
            }
            // Nothing is wrong with the login: the server is in no state to let anyone in.
            forPeople(request)
                    .map(people -> people.unavailable(request, e.getMessage()))
                    .orElseGet(() -> Reply.text(HttpStatus.SERVICE_UNAVAILABLE_503, e.getMessage()))
                    .send(response, callback);
            return true;
        }
        answer(login, caller, request, response, callback);
        return true;
    }

    private void answer(Login login, Optional<Caller> caller, Request request, Response response, Callback callback) {
        if (login instanceof Login.Accepted accepted) {
            if (caller.filter(Caller::mayEnter).isPresent()) {
                next.handle(caller.get(), request, response, callback);
            } else if (caller.isPresent()) {
                LOG.info(
                        "entry refused user={} reason=\"does not hold ROLE_USER\"",
                        accepted.identity().name());
                forPeople(request)
                        .map(people -> people.noEntry(request))
                        .orElseGet(() -> Reply.text(
                                HttpStatus.FORBIDDEN_403,
                                "the user does not hold `ROLE_USER`, ask an administrator for it"))
                        .send(response, callback);
            } else if (accepted.identity().assertion().isPresent()
                    && forPeople(request).isPresent()) {
                forPeople(request).get().noEntry(request).send(response, callback);
            } else {
                challenge(new Login.Refused("nobody here"), request, response, callback);
            }
        } else if (login instanceof Login.Throttled throttled) {
            tooMany(throttled.retryAfter()).send(response, callback);
        } else if (login instanceof Login.Ambiguous ambiguous) {
            Reply.text(HttpStatus.BAD_REQUEST_400, "the request carries " + ambiguous.found())
                    .send(response, callback);
        } else {
            if (login instanceof Login.Refused refused) {
                LOG.info(
                        "login refused from={} reason=\"{}\"",
                        Request.getRemoteAddr(request),
                        refused.reason().replaceAll("[\\p{Cntrl}\"]", "?"));
            }
            challenge(login, request, response, callback);
        }
    }

    /** The pages for who sent the request, if it is someone with a browser. */
    private Optional<LoginPages> forPeople(Request request) {
        return pages.filter(found -> BrowserRequest.isNavigation(request));
    }

    private static Reply tooMany(Duration wait) {
        long seconds = wait.toSeconds() + 1;
        return Reply.text(
                        HttpStatus.TOO_MANY_REQUESTS_429,
                        "too many failed logins for this user or from this address; try again in " + seconds
                                + " seconds")
                .with("Retry-After", String.valueOf(seconds));
    }

    /** The same answer whatever was wrong: none of it tells whether a user exists. */
    private void challenge(Login login, Request request, Response response, Callback callback) {
        Optional<LoginPages> people = forPeople(request).filter(found -> login instanceof Login.Absent);
        if (people.isPresent()) {
            people.get().toLogin(request).send(response, callback);
            return;
        }
        List<Authenticator.Challenge> challenges = authenticator.challenges(request, login);
        String words = login instanceof Login.Expired
                ? "the login has expired: log in again"
                : "log in with "
                        + challenges.stream()
                                .map(Authenticator.Challenge::words)
                                .collect(Collectors.joining(" or "));
        // One header each: clients differ in how they read several challenges in one.
        challenges.stream()
                .flatMap(challenge -> challenge.header().stream())
                .forEach(header -> response.getHeaders().add(HttpHeader.WWW_AUTHENTICATE, header));
        Reply.text(HttpStatus.UNAUTHORIZED_401, words).send(response, callback);
    }
}
