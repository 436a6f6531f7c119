package io.icespar.jdbc.login;

import java.time.Duration;
import java.util.concurrent.Future;

/** What is done later, and holds up nobody. Safe for several threads. */
public interface Background {
    /** Does a task after a while, unless it is cancelled before. */
    Future<?> after(Duration delay, Runnable task);

    /** Does nothing more, and breaks off what is being done. */
    void stop();
}
