package io.icespar.jdbc.login;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** An OpenID provider, as the server names it and as it describes itself, and as what this program is known to it. */
final class Provider {
    private static final String SERVER_METADATA = "/.well-known/oauth-protected-resource";
    private static final String PROVIDER_METADATA = "/.well-known/openid-configuration";
    private static final String DEFAULT_SCOPE = "openid";

    private final String issuer;
    private final String scope;
    private final Client client;
    private final JsonObject metadata;
    private final TokenEndpoint tokens;

    private Provider(String issuer, String scope, Client client, JsonObject metadata, TokenEndpoint tokens) {
        this.issuer = issuer;
        this.scope = scope;
        this.client = client;
        this.metadata = metadata;
        this.tokens = tokens;
    }

    /**
     * Asks the server for its provider, and that one for its endpoints.
     *
     * @param client as what to log in; otherwise as the client that the server names
     */
    static Provider discover(LoginTarget target, Optional<Client> client) throws LoginException {
        var server = serverMetadata(target);
        var issuer = issuer(target, server.texts("authorization_servers"));
        var known = client.isPresent()
                ? client.get()
                : new Client(
                        server.text("icespar_client_id")
                                .orElseThrow(() -> LoginException.refused("the server at `" + target.server()
                                        + "` names no client to log in as: give the option `clientId`")),
                        Optional.empty());
        var scopes = server.texts("scopes_supported");
        var scope = target.scope().orElse(scopes.isEmpty() ? DEFAULT_SCOPE : String.join(" ", scopes));
        var address = confidential(issuer, "issuer");
        if (address.getRawQuery() != null) {
            throw LoginException.refused(
                    "the provider's `issuer` has a `?`, which it must not: nothing was sent to it");
        }
        var metadata =
                LoginHttp.object(target.http().get(URI.create(issuer.replaceAll("/+$", "") + PROVIDER_METADATA)));
        if (!metadata.text("issuer").filter(issuer::equals).isPresent()) {
            throw LoginException.refused("the provider that the server names, `" + issuer
                    + "`, calls itself otherwise; nothing was sent to it");
        }
        var endpoint = confidential(metadata.text("token_endpoint").orElse(""), "token_endpoint");
        var tokens = new TokenEndpoint(target.http(), issuer, endpoint, known, authMethods(metadata));
        return new Provider(issuer, scope, known, metadata, tokens);
    }

    private static JsonObject serverMetadata(LoginTarget target) throws LoginException {
        var answer = target.http().get(URI.create(target.server() + SERVER_METADATA));
        if (answer.statusCode() == 404) {
            throw LoginException.refused("the server at `" + target.server()
                    + "` names no provider to log in at: log in with `auth=basic`, by user and password");
        }
        return LoginHttp.object(answer);
    }

    private static String issuer(LoginTarget target, List<String> named) throws LoginException {
        if (named.isEmpty()) {
            throw LoginException.refused("the server at `" + target.server() + "` names no provider to log in at");
        }
        var wanted = target.issuer();
        if (wanted.isPresent() && !named.contains(wanted.get())) {
            throw LoginException.refused("the server at `" + target.server()
                    + "` does not name the provider of the option `issuer`; nothing was sent to any");
        }
        return wanted.orElse(named.get(0));
    }

    private static List<String> authMethods(JsonObject metadata) {
        var name = "token_endpoint_auth_methods_supported";
        // The default of OpenID Connect Discovery.
        return metadata.has(name) ? metadata.texts(name) : List.of("client_secret_basic");
    }

    private static URI confidential(String address, String what) throws LoginException {
        return WebAddress.confidential(address)
                .orElseThrow(() -> LoginException.refused("the provider's `" + what
                        + "` is no address by https, and not on this machine: nothing was sent to it"));
    }

    /** Its name, an address. */
    String issuer() {
        return issuer;
    }

    /** What to ask for. */
    String scope() {
        return scope;
    }

    Client client() {
        return client;
    }

    TokenEndpoint tokens() {
        return tokens;
    }

    /** Where people log in. */
    URI authorizationEndpoint() throws LoginException {
        return confidential(metadata.text("authorization_endpoint").orElse(""), "authorization_endpoint");
    }

    /** Whether its answers by way of the browser say whose they are (RFC 9207). */
    boolean signsAnswers() {
        return metadata.flag("authorization_response_iss_parameter_supported").orElse(false);
    }
}
