package io.icespar.server.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.List;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Tells callers who they are: {@code {"name": …, "roles": […]}}, with all roles held at this moment. */
public final class WhoAmI implements CallerHandler {
    private final ObjectMapper json = new ObjectMapper();

    @Override
    public void handle(Caller caller, Request request, Response response, Callback callback) {
        Identity identity = new Identity(
                caller.name().spelling(),
                caller.roles().stream().map(Name::spelling).toList());
        try {
            Reply.ok("application/json", json.writeValueAsBytes(identity)).send(response, callback);
        } catch (JsonProcessingException e) {
            callback.failed(e);
        }
    }

    private record Identity(String name, List<String> roles) {}
}
