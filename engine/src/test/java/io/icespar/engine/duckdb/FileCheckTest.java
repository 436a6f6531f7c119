package io.icespar.engine.duckdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.catalog.TableDefinition;
import io.icespar.engine.config.Location;
import io.icespar.engine.config.Problems;
import io.icespar.engine.csv.CsvFile;
import io.icespar.engine.csv.CsvFile.Facts;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FileCheckTest {
    private final Path folder;

    FileCheckTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private CsvFile file(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), content);
        var at = new Location(folder.resolve("c.yaml"), 1, 1);
        var problems = new Problems();
        var opened = CsvFile.open(
                new TableDefinition(TableName.of("s", "T"), at, file, List.of(), Map.of(), List.of()), problems);
        problems.throwIfAny();
        return opened.orElseThrow();
    }

    @Test
    void aFineFileLetsTheLoadingGoOn() throws IOException {
        var interrupts = new CountDownLatch(1);
        try (FileCheck check = FileCheck.start(file("a,b\n1,x\n2,y\n"), bytes -> {}, interrupts::countDown)) {
            assertEquals(new Facts(2, 12), check.facts());
        }
        assertEquals(1, interrupts.getCount());
    }

    @Test
    void aWrongFileInterruptsTheLoadingUntilItHasEnded() throws IOException, InterruptedException {
        var interrupts = new CountDownLatch(3);
        try (FileCheck check = FileCheck.start(
                file("a,b\n" + "1,x\n".repeat(100_000) + "y,y\n"), bytes -> {}, interrupts::countDown)) {
            interrupts.await();
            var e = assertThrows(IcesparException.class, check::facts);
            assertEquals(ErrorCode.CONFIGURATION, e.code());
            assertTrue(e.getMessage().contains(":100002:1: "), e.getMessage());
        }
    }

    @Test
    void nobodyWaitsForTheCheckOfAFileThatIsNotLoaded() throws IOException {
        var closed = new CountDownLatch(1);
        var check = FileCheck.start(
                file("a,b\n" + "1,x\n".repeat(100_000)),
                bytes -> {
                    try {
                        closed.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                },
                () -> {});
        var closing = new Thread(check::close);
        closing.start();
        // It may be over before the check has begun.
        while (closing.isAlive() && closing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        closed.countDown();
        assertEquals(
                ErrorCode.CANCELLED,
                assertThrows(IcesparException.class, check::facts).code());
    }
}
