package io.icespar.engine.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.Engine;
import io.icespar.engine.functions.Comparison.Outcome;
import io.icespar.engine.functions.DeclaredTypes.Declared;
import io.icespar.engine.generated.Choices;
import io.icespar.engine.sql.KnownOperators;
import io.icespar.security.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.Lifespan;
import net.jqwik.api.lifecycle.Store;
import net.jqwik.api.statistics.Statistics;

/**
 * Queries of expressions that nobody thought of, beside Calcite's own execution: values and declared types. What is known
 * to differ is not made; {@code docs/functions.md} lists it. Where one of the two fails, as of a result that does not fit,
 * the other may wrap, round or be lazy.
 */
class ExpressionsTest {
    private static final Grammar GRAMMAR = Grammar.read();

    private static Both both() {
        return Store.getOrCreate(Both.class, Lifespan.RUN, Both::new).get();
    }

    /** The engine and the reference. */
    private static final class Both implements Store.CloseOnReset {
        private final Path folder;
        private final Engine engine;
        final Reference reference = new Reference(KnownOperators.types());
        final Comparison comparison;
        final DeclaredTypes types;

        Both() {
            try {
                folder = Files.createTempDirectory("expressions");
                engine = Things.open(folder);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            comparison = new Comparison(engine, reference);
            types = new DeclaredTypes(engine);
        }

        @Override
        public void close() throws IOException {
            engine.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    // The same queries in each build; OtherExpressions makes others each time.
    @Property(tries = 240, seed = "20261122")
    void aQueryGivesWhatTheReferenceGives(@ForAll("queries") String sql) throws Exception {
        check(sql);
    }

    static void check(String sql) throws Exception {
        Outcome actual = both().comparison.ofEngine(sql);
        Outcome expected = both().comparison.ofReference(sql);
        boolean answered = actual.failure().isEmpty();
        boolean compared = answered && expected.failure().isEmpty();
        Statistics.label("compared").collect(compared);
        Statistics.label("compared").coverage(checker -> checker.check(true).percentage(share -> share > 80));
        if (!answered) {
            String failure = actual.failure().orElseThrow();
            boolean ofValues = failure.startsWith(ErrorCode.DATA_EXCEPTION.name());
            assertTrue(ofValues || (actual.unsupported() && expected.unsupported()), () -> sql + "\n" + failure);
            return;
        }
        List<Declared> declared = both().types.of(sql);
        if (compared) {
            assertTrue(
                    Comparison.same(expected.rows(), actual.rows()),
                    () -> sql + "\nreference: " + expected.rows() + "\nengine:    " + actual.rows());
            List<Declared> derived =
                    both().reference.types(sql).stream().map(Declared::of).toList();
            assertEquals(derived, declared, sql);
        }
    }

    @Provide
    Arbitrary<String> queries() {
        return anyQuery();
    }

    static Arbitrary<String> anyQuery() {
        return Choices.any().map(GRAMMAR::query);
    }
}
