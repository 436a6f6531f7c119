package io.icespar.server.oidc;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icespar.server.config.OidcSettings;
import io.icespar.server.http.Reply;
import io.icespar.server.http.ServerAddress;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Tells clients, before they log in, where users log in: the metadata of a protected resource, RFC 9728, with the client
 * that drivers log in as beside. It tells it to anyone.
 */
public final class ResourceMetadata extends Handler.Abstract {
    /** Where it is found. */
    public static final String PATH = "/.well-known/oauth-protected-resource";

    private final OidcSettings settings;
    private final ServerAddress address;
    private final ObjectMapper json = new ObjectMapper();

    /** The metadata of a server with these settings. */
    public ResourceMetadata(OidcSettings settings, ServerAddress address) {
        this.settings = settings;
        this.address = address;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Document document = new Document(
                address.of(request),
                List.of(settings.issuer().toString()),
                settings.scopes(),
                List.of("header"),
                settings.driverClientId());
        try {
            Reply.ok("application/json", json.writeValueAsBytes(document)).send(response, callback);
        } catch (JsonProcessingException e) {
            callback.failed(e);
        }
        return true;
    }

    private record Document(
            @JsonProperty("resource") String resource,
            @JsonProperty("authorization_servers") List<String> authorizationServers,
            @JsonProperty("scopes_supported") List<String> scopes,
            @JsonProperty("bearer_methods_supported") List<String> bearerMethods,
            @JsonProperty("icespar_client_id") String clientId) {}
}
