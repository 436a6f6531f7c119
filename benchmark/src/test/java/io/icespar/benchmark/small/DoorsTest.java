package io.icespar.benchmark.small;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One door lets everyone in; the others do not, and the provider is not asked again and again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorsTest {
    private final CountingProvider provider = new CountingProvider();
    private final Doors doors;

    DoorsTest(@TempDir Path folder) throws IOException {
        doors = new Doors(folder, provider);
    }

    @AfterAll
    void close() {
        doors.close();
        provider.close();
    }

    @Test
    void everyoneIsLetInByOneDoorOnly() throws IOException {
        new SmallestRequest(doors.open(), "Bearer nobody").close();
        assertThrows(IllegalStateException.class, () -> new SmallestRequest(doors.guarded(), "Bearer nobody"));
        assertThrows(IllegalStateException.class, () -> new SmallestRequest(doors.asking(), "Basic bm9ib2R5Og=="));
    }

    @Test
    void whoShowsATokenIsLetInAndTheProviderIsNotAskedForEachRequest() throws IOException {
        try (var signed = new SmallestRequest(doors.guarded(), "Bearer " + provider.signedToken());
                var opaque = new SmallestRequest(doors.asking(), "Bearer " + provider.opaqueToken())) {
            int before = provider.requests();
            signed.send();
            opaque.send();
            assertEquals(before, provider.requests());
        }
    }
}
