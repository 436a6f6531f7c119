package io.icespar.server.http;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads the bodies of requests, up to a size and within a time. No thread waits while a body arrives.
 *
 * @param maxBytes the largest body that is read; a larger one is answered with 413
 * @param deadline within what time it must have arrived; after that the request is answered with 408
 */
public record RequestBody(int maxBytes, Duration deadline) {

    /** Reads the body, then calls {@code next}, which may block, on a thread for such work. */
    public void read(Request request, Response response, Callback callback, Consumer<byte[]> next) {
        if (request.getLength() > maxBytes) {
            tooLarge().send(response, callback);
            return;
        }
        var tooSlow = new TimeoutException("the request's body did not arrive in time");
        Scheduler.Task timer = request.getComponents()
                .getScheduler()
                .schedule(() -> request.fail(tooSlow), deadline.toMillis(), TimeUnit.MILLISECONDS);
        Content.Source.asByteArrayAsync(
                request,
                maxBytes,
                Promise.Invocable.from(
                        InvocationType.BLOCKING,
                        body -> {
                            timer.cancel();
                            try {
                                next.accept(body);
                            } catch (RuntimeException | Error e) {
                                callback.failed(e);
                            }
                        },
                        failure -> {
                            timer.cancel();
                            refusal(failure)
                                    .ifPresentOrElse(
                                            reply -> reply.send(response, callback), () -> callback.failed(failure));
                        }));
    }

    private Optional<Reply> refusal(Throwable failure) {
        if (failure instanceof IllegalStateException) {
            // How Jetty says that the body is larger than allowed.
            return Optional.of(tooLarge());
        } else if (failure instanceof TimeoutException) {
            return Optional.of(Reply.text(HttpStatus.REQUEST_TIMEOUT_408, "the request's body did not arrive in time")
                    .with("Connection", "close"));
        }
        return Optional.empty();
    }

    private Reply tooLarge() {
        return Reply.text(HttpStatus.PAYLOAD_TOO_LARGE_413, "the request's body is larger than " + maxBytes + " bytes")
                .with("Connection", "close");
    }
}
