package io.icespar.jdbc;

import io.icespar.jdbc.login.Background;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** A clock that goes on when it is told to. What is to be done in the background is done by who tells it, in time. */
final class TestClock extends Clock implements Background {
    private static final class Task {
        private final Instant time;
        private final FutureTask<?> work;

        Task(Instant time, Runnable work) {
            this.time = time;
            this.work = new FutureTask<>(work, null);
        }
    }

    private final List<Task> tasks = new ArrayList<>();
    private volatile boolean stopped;
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    /** Time passes, and what is due meanwhile is done. */
    void passes(Duration time) {
        var end = now.plus(time);
        for (var task = takeUntil(end); task.isPresent(); task = takeUntil(end)) {
            now = task.get().time.isAfter(now) ? task.get().time : now;
            task.get().work.run();
        }
        now = end;
    }

    /** Time passes while the machine is asleep, and nothing is done. */
    void passesAsleep(Duration time) {
        now = now.plus(time);
    }

    private Optional<Task> takeUntil(Instant end) {
        synchronized (tasks) {
            var next = waiting().stream()
                    .filter(task -> !task.time.isAfter(end))
                    .min(Comparator.comparing(task -> task.time));
            next.ifPresent(tasks::remove);
            return next;
        }
    }

    private List<Task> waiting() {
        synchronized (tasks) {
            tasks.removeIf(task -> task.work.isDone());
            return List.copyOf(tasks);
        }
    }

    /** How much is still to be done in the background. */
    int planned() {
        return waiting().size();
    }

    @Override
    public Future<?> after(Duration delay, Runnable work) {
        var task = new Task(now.plus(delay), work);
        synchronized (tasks) {
            if (!stopped) {
                tasks.add(task);
            }
        }
        return task.work;
    }

    @Override
    public void stop() {
        stopped = true;
        waiting().forEach(task -> task.work.cancel(true));
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("there is one zone only");
    }
}
