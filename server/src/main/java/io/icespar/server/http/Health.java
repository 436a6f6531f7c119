package io.icespar.server.http;

import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Says whether something is well: 200 and {@code up}, or 503 and {@code down}. It tells nothing else, and to anyone. */
public final class Health extends Handler.Abstract {
    private final BooleanSupplier up;

    /** Health as {@code up} says at each request. */
    public Health(BooleanSupplier up) {
        this.up = up;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Reply reply = up.getAsBoolean()
                ? Reply.text(HttpStatus.OK_200, "up")
                : Reply.text(HttpStatus.SERVICE_UNAVAILABLE_503, "down");
        reply.send(response, callback);
        return true;
    }
}
