package io.icespar.benchmark.small;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.run.RowStream;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The user whose queries are measured is restricted, by the roles that are told. */
class ManyRightsTest {
    @Test
    void theUserIsRestricted(@TempDir Path folder) throws IOException {
        try (Engine engine = new ManyRights(4, 2, 2).open(folder)) {
            assertEquals(100, engine.security().state().restrictions().size());
            // Held are r0 and r2; of the restrictions on the table one is granted to r2, the other to r3.
            Answer answer = engine.session(Name.of(ManyRights.USER)).query("SELECT a FROM t7");
            try (RowStream rows = ((Answer.Rows) answer).stream()) {
                assertArrayEquals(new Object[] {"v0"}, rows.next());
                assertNull(rows.next());
            }
        }
    }
}
