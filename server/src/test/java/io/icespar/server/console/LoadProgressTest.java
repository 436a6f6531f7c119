package io.icespar.server.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.identity.TableName;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoadProgressTest {
    private static final TableName SALES = TableName.of("retail", "Sales");

    private final StringWriter output = new StringWriter();
    private long nanos;
    private final LoadProgress progress = new LoadProgress(new PrintWriter(output), () -> nanos);

    @Test
    void aShortLoadIsSilent() {
        pass(1900);
        progress.loading(SALES, 50);
        progress.loaded(SALES, 5000);
        assertEquals("", output.toString());
    }

    @Test
    void aLongLoadShowsALineFromTimeToTime() {
        pass(2000);
        progress.loading(SALES, 10);
        pass(100);
        progress.loading(SALES, 11);
        pass(1900);
        progress.loading(SALES, 20);
        progress.loaded(SALES, 1234567);
        assertEquals(
                "Loading retail.Sales: 10 %\nLoading retail.Sales: 20 %\nLoaded retail.Sales: 1,234,567 rows\n",
                output.toString());
    }

    private void pass(long millis) {
        nanos += Duration.ofMillis(millis).toNanos();
    }
}
