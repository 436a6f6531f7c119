package io.icespar.server.http;

import java.util.Locale;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** The answer to what Jetty refuses by itself and to what a handler throws: the status in words, and nothing else. */
final class ErrorReply implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof HttpException refusal
                ? refusal.getCode()
                : response.getStatus();
        Reply.text(status, HttpStatus.getMessage(status).toLowerCase(Locale.ROOT))
                .send(response, callback);
        return true;
    }
}
