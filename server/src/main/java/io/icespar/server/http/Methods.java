package io.icespar.server.http;

import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Passes on requests of certain methods, and answers 405 to others. */
public final class Methods extends Handler.Wrapper {
    private final Set<String> methods;

    private Methods(Set<String> methods, Handler handler) {
        super(handler);
        this.methods = methods;
    }

    /** Passes on GET and HEAD. */
    public static Methods get(Handler handler) {
        return new Methods(Set.of("GET", "HEAD"), handler);
    }

    /** Passes on GET, HEAD and POST. */
    public static Methods getAndPost(Handler handler) {
        return new Methods(Set.of("GET", "HEAD", "POST"), handler);
    }

    /** Passes on POST. */
    public static Methods post(Handler handler) {
        return new Methods(Set.of("POST"), handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (methods.contains(request.getMethod())) {
            return super.handle(request, response, callback);
        }
        String allowed = String.join(", ", new TreeSet<>(methods));
        Reply.text(HttpStatus.METHOD_NOT_ALLOWED_405, "expected " + allowed)
                .with("Allow", allowed)
                .send(response, callback);
        return true;
    }
}
