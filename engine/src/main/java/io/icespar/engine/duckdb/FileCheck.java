package io.icespar.engine.duckdb;

import io.icespar.engine.csv.CsvFile;
import io.icespar.engine.csv.CsvFile.Facts;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The check of a file beside the work of loading it, which takes about as long: where the file is wrong, that work is
 * interrupted.
 */
final class FileCheck implements AutoCloseable {
    private final CsvFile file;
    private final LongConsumer progress;
    private final Runnable interrupt;
    private final Thread thread = new Thread(this::check, "icespar-load-check");
    private final CountDownLatch loaded = new CountDownLatch(1);
    private volatile boolean isUnwanted;

    /** What the thread leaves when it has ended: the facts or the failure. */
    private @Nullable Facts facts;

    private @Nullable Throwable failure;

    private FileCheck(CsvFile file, LongConsumer progress, Runnable interrupt) {
        this.file = file;
        this.progress = progress;
        this.interrupt = interrupt;
    }

    /**
     * Starts to check a file.
     *
     * @param progress is told, in another thread, how many bytes have been checked
     * @param interrupt ends the work of loading, and does no harm where that has not begun; is called until it has ended
     */
    static FileCheck start(CsvFile file, LongConsumer progress, Runnable interrupt) {
        var started = new FileCheck(file, progress, interrupt);
        started.thread.setDaemon(true);
        started.thread.start();
        return started;
    }

    private void check() {
        try {
            facts = file.check(bytes -> {
                if (isUnwanted) {
                    throw new IcesparException(ErrorCode.CANCELLED, "nobody loads the file any more");
                }
                progress.accept(bytes);
            });
        } catch (Throwable e) {
            // Too little memory among them: whoever waits is told.
            failure = e;
            interruptLoading();
        }
    }

    private void interruptLoading() {
        try {
            while (!loaded.await(DuckDbInterrupt.AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                interrupt.run();
            }
        } catch (InterruptedException e) {
            // Nobody else knows this thread.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits for the end of the check. The work of loading is over, and will not be interrupted from now on.
     *
     * @throws IcesparException {@code CONFIGURATION}, for the first thing in the file that is wrong
     */
    Facts facts() {
        end();
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        return Objects.requireNonNull(facts);
    }

    private void end() {
        loaded.countDown();
        boolean isInterrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the check, wherever it is. */
    @Override
    public void close() {
        isUnwanted = true;
        end();
    }
}
