package io.icespar.security.store;

import static io.icespar.security.store.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.identity.Name;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a store survives its process being killed, and belongs to one process at a time. */
class CrashTest {

    @Test
    void whatWasAcknowledgedIsThereAfterAKillAndNothingIsHalf(@TempDir Path folder)
            throws IOException, InterruptedException {
        for (int acknowledged : new int[] {1, 8, 50}) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Writer.class.getName(),
                            folder.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String last = "";
            try (BufferedReader lines = writer.inputReader(StandardCharsets.UTF_8)) {
                for (int i = 0; i < acknowledged; i++) {
                    last = lines.readLine();
                    assertNotNull(last, "the writer ended");
                    if (i == 0) {
                        assertRefused(ErrorCode.STORE, () -> H2SecurityStore.inFolder(folder));
                    }
                }
            } finally {
                writer.destroyForcibly();
                writer.waitFor();
            }
            try (H2SecurityStore store = H2SecurityStore.inFolder(folder)) {
                SecurityState state = store.load();
                assertTrue(state.epoch() >= Long.parseLong(last), state + ", but acknowledged was " + last);
                // Each change makes a user and a role, and grants the one to the other: two commands for each, so four
                // epochs.
                assertEquals(0, state.epoch() % 4);
                assertEquals(state.epoch() / 4, state.users().size());
                for (User user : state.users()) {
                    assertTrue(state.findRole(user.name()).isPresent());
                    assertTrue(user.roles().contains(user.name()));
                }
            }
        }
    }

    /** Changes the store for ever, saying each epoch once it is stored. */
    static final class Writer {
        private Writer() {}

        /** Runs in a process of its own. */
        public static void main(String[] folder) {
            try (H2SecurityStore store = H2SecurityStore.inFolder(Path.of(folder[0]))) {
                SecurityState state = store.load();
                while (true) {
                    String name = Name.of("n" + state.epoch()).spelling();
                    SecurityState next =
                            new Fixture(state).role(name).user(name, name).state();
                    store.save(state, next);
                    state = next;
                    System.out.println(state.epoch());
                }
            }
        }
    }
}
