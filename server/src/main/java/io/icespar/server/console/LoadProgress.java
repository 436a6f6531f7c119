package io.icespar.server.console;

import io.icespar.engine.duckdb.LoadListener;
import io.icespar.security.identity.TableName;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Prints how the loading of tables goes on, once it takes so long that someone may wonder. */
final class LoadProgress implements LoadListener {
    private static final long PATIENCE = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private final LongSupplier nanos;
    private long lastLine;
    private boolean printing;

    /**
     * Starts to count the time.
     *
     * @param nanos a clock, as {@link System#nanoTime}
     */
    LoadProgress(PrintWriter out, LongSupplier nanos) {
        this.out = out;
        this.nanos = nanos;
        this.lastLine = nanos.getAsLong();
    }

    @Override
    public void loading(TableName table, int percent) {
        if (nanos.getAsLong() - lastLine >= PATIENCE) {
            printing = true;
            print("Loading " + table + ": " + percent + " %");
        }
    }

    @Override
    public void loaded(TableName table, long rows) {
        if (printing || nanos.getAsLong() - lastLine >= PATIENCE) {
            print(String.format(Locale.ROOT, "Loaded %s: %,d rows", table, rows));
        }
    }

    private void print(String line) {
        lastLine = nanos.getAsLong();
        out.println(line);
        out.flush();
    }
}
