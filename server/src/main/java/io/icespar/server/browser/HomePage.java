package io.icespar.server.browser;

import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.server.http.CallerHandler;
import io.icespar.server.http.ServerAddress;
import java.util.Optional;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The page of someone who comes with a browser: who they are here, and what a JDBC tool must be told. */
public final class HomePage implements CallerHandler {
    private final ServerAddress address;
    private final Optional<BrowserLogin> login;

    /**
     * Creates it.
     *
     * @param login how people log in; empty if only by password
     */
    public HomePage(ServerAddress address, Optional<BrowserLogin> login) {
        this.address = address;
        this.login = login;
    }

    @Override
    public void handle(Caller caller, Request request, Response response, Callback callback) {
        Page page = Page.of(HttpStatus.OK_200, caller.name().spelling())
                .list("Roles", caller.roles().stream().map(Name::spelling).toList())
                .code(
                        "For JDBC tools",
                        "jdbc:icespar:" + address.of(request)
                                + (caller.identity().assertion().isPresent() ? "?auth=browser" : ""))
                .link("Schema", SchemaPage.PATH);
        login.map(found -> found.withLogout(page, request)).orElse(page).reply().send(response, callback);
    }
}
