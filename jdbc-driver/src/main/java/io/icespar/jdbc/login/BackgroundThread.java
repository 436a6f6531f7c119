package io.icespar.jdbc.login;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One daemon thread, which is there only while there is something to do, and a little longer. It keeps no program from
 * ending, nor the classes of a program that is taken out of another.
 */
public final class BackgroundThread implements Background {
    private final ScheduledThreadPoolExecutor executor;

    /** @param idle how long the thread stays without anything to do */
    public BackgroundThread(Duration idle) {
        // What comes after it was stopped is left out.
        this.executor =
                new ScheduledThreadPoolExecutor(1, BackgroundThread::thread, new ThreadPoolExecutor.DiscardPolicy());
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(idle.toMillis(), TimeUnit.MILLISECONDS);
        executor.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable work) {
        // Without what it would get from the thread that happens to be the first to need it.
        var thread = new Thread(null, work, "icespar-jdbc-login", 0, false);
        thread.setContextClassLoader(BackgroundThread.class.getClassLoader());
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public Future<?> after(Duration delay, Runnable task) {
        return executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        executor.shutdownNow();
    }
}
