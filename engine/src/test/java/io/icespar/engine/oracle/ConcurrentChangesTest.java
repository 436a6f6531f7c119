package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While an administrator changes what a user may see, each query sees the old state or the new one, never neither. */
@ExtendWith(Samples.class)
class ConcurrentChangesTest {
    private static final String TOTALS =
            "SELECT (SELECT SUM(\"Quantity\") FROM \"Sales\"), (SELECT COUNT(*) FROM \"Shops\") FROM (VALUES (1)) AS t(x)";
    private static final int READERS = 3;
    private static final int QUERIES = 60;

    /** Has readers ask while commands are run one after the other, over and over, and tells all they saw. */
    private static Set<String> seen(Sample sample, String user, String... commands)
            throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(READERS);
        try {
            List<Future<Set<String>>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader(sample.session(user), i)));
            }
            for (int i = 0; readers.stream().anyMatch(reader -> !reader.isDone()); i++) {
                sample.run(commands[i % commands.length]);
            }
            Set<String> seen = new TreeSet<>();
            for (Future<Set<String>> reader : readers) {
                seen.addAll(reader.get());
            }
            return seen;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Set<String>> reader(SampleSession session, int number) {
        SampleStatement totals = number == 0 ? session.sql(TOTALS) : session.prepared(TOTALS);
        return () -> {
            Set<String> seen = new TreeSet<>();
            for (int i = 0; i < QUERIES; i++) {
                Observation observation = totals.observation();
                seen.add(observation.failure() + observation.text());
            }
            return seen;
        };
    }

    private static void assertAmong(Set<String> expected, Set<String> seen) {
        Set<String> others = new TreeSet<>(seen);
        others.removeAll(expected);
        assertEquals(Set.of(), others);
    }

    @Tag("security")
    @Test
    void aRestrictionThatIsReplacedAlwaysHolds(SampleLibrary samples) throws Exception {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE ROLE meanwhile_role",
                "CREATE USER meanwhile",
                "GRANT ROLE_USER, meanwhile_role TO USER meanwhile",
                "CREATE RESTRICTION meanwhile ON \"Shops\" USING (\"City\" = 'Paris') TO meanwhile_role");
        Set<String> seen = seen(
                sample,
                "meanwhile",
                "CREATE OR REPLACE RESTRICTION meanwhile ON \"Shops\" USING (\"City\" = 'Lyon')",
                "CREATE OR REPLACE RESTRICTION meanwhile ON \"Shops\" USING (\"Country\" = 'France')",
                "CREATE OR REPLACE RESTRICTION meanwhile ON \"Shops\" USING (\"City\" = 'Paris')");
        assertAmong(Set.of("603, 3", "609, 3", "3027, 15"), seen);
        sample.run("DROP RESTRICTION meanwhile", "DROP USER meanwhile", "DROP ROLE meanwhile_role");
    }

    @Tag("security")
    @Test
    void aRestrictionHoldsAsLongAsOneWayToItIsLeft(SampleLibrary samples) throws Exception {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE ROLE one_way",
                "CREATE ROLE other_way",
                "CREATE USER ways",
                "CREATE RESTRICTION ways ON \"Shops\" USING (\"City\" = 'Paris') TO one_way, other_way",
                "GRANT ROLE_USER, one_way TO USER ways");
        Set<String> seen = seen(
                sample,
                "ways",
                "GRANT other_way TO USER ways",
                "REVOKE one_way FROM USER ways",
                "GRANT one_way TO USER ways",
                "REVOKE other_way FROM USER ways");
        assertAmong(Set.of("603, 3"), seen);
        sample.run("DROP RESTRICTION ways", "DROP USER ways", "DROP ROLE one_way", "DROP ROLE other_way");
    }

    @Tag("security")
    @Test
    void whatWidensIsSeenWholeOrNotAtAll(SampleLibrary samples) throws Exception {
        Sample sample = samples.changeable();
        sample.run(
                "CREATE ROLE wider_role",
                "CREATE USER wider",
                "GRANT ROLE_USER, ROLE_PARIS, wider_role TO USER wider",
                "CREATE RESTRICTION wider ON \"Shops\" USING (\"City\" = 'Lyon')");
        Set<String> seen = seen(
                sample, "wider", "GRANT RESTRICTION wider TO wider_role", "REVOKE RESTRICTION wider FROM wider_role");
        assertAmong(Set.of("603, 3", "1212, 6"), seen);
        sample.run("DROP RESTRICTION wider", "DROP USER wider", "DROP ROLE wider_role");
    }
}
