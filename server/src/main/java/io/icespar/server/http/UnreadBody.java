package io.icespar.server.http;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What a client is still sending when its request is refused. A server that answers and closes the connection
 * meanwhile has the client's network stack throw the answer away (RFC 9112, section 9.6): who sends too much would see
 * a broken connection, and not why. So the rest is read first, and nothing of it kept; but for one whose length was not
 * said and that turned out too long.
 */
final class UnreadBody implements Invocable.Task {
    /** Within what time the rest must have arrived; after that the client is answered all the same. */
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    /** So much of it is read at most; more than anyone sends by mistake. */
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Request request;
    private final Scheduler.Task deadline;
    private final Runnable next;
    private long left = MAX_BYTES;

    private UnreadBody(Request request, Scheduler.Task deadline, Runnable next) {
        this.request = request;
        this.deadline = deadline;
        this.next = next;
    }

    /**
     * Reads the rest of the body, then calls {@code next}. No thread waits meanwhile.
     *
     * @param next must not block
     */
    static void discard(Request request, Runnable next) {
        // With the first, the client asks whether to send it at all (RFC 9110, section 10.1.1).
        if (request.getHeaders().contains(HttpHeader.EXPECT) || request.getLength() > MAX_BYTES) {
            next.run();
            return;
        }
        var late = new TimeoutException("the rest of the request's body did not arrive in time");
        Scheduler.Task deadline = request.getComponents()
                .getScheduler()
                .schedule(() -> request.fail(late), DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        new UnreadBody(request, deadline, next).run();
    }

    @Override
    public void run() {
        Content.Chunk chunk = request.read();
        while (chunk != null && !chunk.isLast() && !Content.Chunk.isFailure(chunk) && left > 0) {
            left -= chunk.remaining();
            chunk.release();
            chunk = request.read();
        }
        if (chunk == null) {
            request.demand(this);
            return;
        }
        chunk.release();
        deadline.cancel();
        next.run();
    }

    /** It does not block, but may go on for a while: the thread that serves all connections has better to do. */
    @Override
    public InvocationType getInvocationType() {
        return InvocationType.BLOCKING;
    }
}
