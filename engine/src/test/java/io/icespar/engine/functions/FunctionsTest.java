package io.icespar.engine.functions;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.Engine;
import io.icespar.engine.functions.Comparison.Outcome;
import io.icespar.engine.functions.DeclaredTypes.Declared;
import io.icespar.engine.sql.KnownOperators;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every function that statements may use, beside Calcite's own execution; and the page that lists them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FunctionsTest {
    private static final Path PAGE = Path.of("..", "docs", "functions.md");

    /** The rows with the least and greatest values, and with rare ones. */
    private static final List<Integer> EXTREMES = List.of(8, 9, 10, 11);

    private final Engine engine;
    private final Reference reference = new Reference(KnownOperators.types());
    private final Comparison comparison;
    private final DeclaredTypes declaredTypes;

    FunctionsTest(@TempDir Path folder) throws IOException {
        engine = Things.open(folder);
        comparison = new Comparison(engine, reference);
        declaredTypes = new DeclaredTypes(engine);
    }

    @AfterAll
    void close() {
        engine.close();
    }

    static List<Example> examples() {
        return Example.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void givesWhatTheReferenceGives(Example example) {
        Outcome actual = comparison.ofEngine(example.sql());
        assertTrue(actual.failure().isEmpty(), () -> example.sql() + ": " + actual);
        Outcome expected = comparison.ofReference(example.sql());
        if (example.difference().isPresent()) {
            boolean differs = expected.failure().isPresent() || !Comparison.same(expected.rows(), actual.rows());
            assertTrue(differs, () -> example.sql() + " is said to differ, but both give " + actual.rows());
        } else if (expected.failure().isEmpty()) {
            assertTrue(
                    Comparison.same(expected.rows(), actual.rows()),
                    () -> example.sql() + "\nreference: " + expected.rows() + "\nengine:    " + actual.rows());
        } else {
            assertTrue(expected.unsupported(), () -> example.sql() + ": the reference fails, " + expected);
        }
    }

    // What does not fit is an error to the engine, and wraps to the reference.
    @ParameterizedTest
    @MethodSource("examples")
    void givesWhatTheReferenceGivesOfExtremesOrFails(Example example) {
        if (example.isQuery() || example.difference().isPresent()) {
            return;
        }
        String both = example.sql().replace("id < 8", "id > 7");
        for (String sql : comparison.ofEngine(both).failure().isEmpty() ? List.of(both) : each(example)) {
            Outcome actual = comparison.ofEngine(sql);
            Outcome expected = comparison.ofReference(sql);
            assertFalse(actual.unsupported(), actual::toString);
            if (actual.failure().isEmpty() && expected.failure().isEmpty()) {
                assertTrue(
                        Comparison.same(expected.rows(), actual.rows()),
                        () -> sql + "\nreference: " + expected.rows() + "\nengine:    " + actual.rows());
            }
        }
    }

    private static List<String> each(Example example) {
        return EXTREMES.stream().map(example::sql).toList();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void isDeclaredAsTheReferenceDerivesAndFits(Example example) throws SQLException {
        List<Declared> declared = declaredTypes.of(example.sql());
        List<RelDataType> types;
        try {
            types = reference.types(example.sql());
        } catch (Exception e) {
            // Calcite has no such function, or another one by that name.
            return;
        }
        List<Declared> derived = types.stream().map(Declared::of).toList();
        if (example.otherType().isPresent()) {
            assertNotEquals(derived, declared, example.sql() + " is said to be declared otherwise");
        } else {
            assertEquals(derived, declared, example.sql());
        }
    }

    @Test
    void everyFunctionHasAnExample() {
        assertEquals(Set.of(), new FunctionTable(Example.all()).withoutExample());
    }

    @Test
    void thePageListsThem() throws IOException {
        String page = new FunctionTable(Example.all()).markdown();
        if (System.getProperty("icespar.docs.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertEquals(
                page,
                Files.readString(PAGE),
                "docs/functions.md is not up to date: run ./mvnw -pl engine -am test -Dtest=FunctionsTest"
                        + " -Dicespar.docs.write and look at what changed");
    }
}
