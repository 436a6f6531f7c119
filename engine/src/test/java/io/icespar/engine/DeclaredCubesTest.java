package io.icespar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.jdbc.SmallShop;
import io.icespar.engine.run.RowStream;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cubes that the catalog's files declare, resolved when an engine opens. */
class DeclaredCubesTest {
    private static final Name ADMIN = Name.of("admin");

    private final Path folder;

    DeclaredCubesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Engine open(String cubes, String bootstrap) throws IOException {
        Path settings = SmallShop.write(folder);
        Files.writeString(folder.resolve("catalog").resolve("retail.yaml"), cubes, StandardOpenOption.APPEND);
        Files.writeString(folder.resolve("bootstrap.sql"), bootstrap, StandardOpenOption.APPEND);
        return Engine.open(EngineSettings.read(settings));
    }

    private static List<String> rows(Engine engine, String user, String sql) {
        Session session = engine.session(Name.of(user));
        Session.Prepared prepared = session.prepare(sql);
        List<String> rows = new ArrayList<>();
        try (RowStream stream = ((Answer.Rows) session.execute(prepared, List.of(), 0)).stream()) {
            for (@Nullable Object[] row = stream.next(); row != null; row = stream.next()) {
                rows.add(Arrays.stream(row)
                        .map(Objects::toString)
                        .reduce((a, b) -> a + ", " + b)
                        .orElse(""));
            }
        }
        return rows;
    }

    private static final String CUBE = """
            cubes:
              Sold:
                fact: Sales
                mode: manual
                hierarchies:
                  Place:
                    levels: {Town: [Shops, City]}
                measures:
                  Pieces: {expression: SUM("Quantity"), format: "#,##0"}
                  Worth: {expression: SUM("Quantity") * CONTEXT_VALUE('price')}
            """;

    @Test
    void aDeclaredCubeIsThereAndTheScriptMaySpeakOfIt() throws IOException {
        try (Engine engine = open(CUBE, """
                CREATE CONTEXT VALUE price INTEGER DEFAULT 2;
                CREATE ROLE CLERK;
                ALTER ROLE CLERK SET VISIBILITY OF MEASURE "Worth" IN CUBE "retail"."Sold" HIDDEN;
                """)) {
            String sql = "SELECT \"Town\", AGGREGATE(\"Pieces\"), AGGREGATE(\"Worth\") FROM \"retail\".\"Sold\""
                    + " GROUP BY \"Town\" ORDER BY 1";
            assertEquals(List.of("Lyon, 200, 400", "Paris, 43010, 86020"), rows(engine, "admin", sql));
            assertEquals(
                    List.of("Pieces", "Worth", "contributors.COUNT"),
                    rows(engine, "admin", "SELECT \"MEASURE\" FROM INFORMATION_SCHEMA.CUBE_MEASURES ORDER BY 1"));
        }
    }

    @Test
    void noCommandChangesADeclaredCube() throws IOException {
        try (Engine engine = open(CUBE, "CREATE CONTEXT VALUE price INTEGER DEFAULT 2;")) {
            Session admin = engine.session(ADMIN);
            IcesparException refused =
                    assertThrows(IcesparException.class, () -> admin.query("DROP CUBE \"retail\".\"Sold\""));
            assertEquals(ErrorCode.INVALID_STATEMENT, refused.code());
            assertTrue(refused.getMessage().contains("catalog's files"), refused::getMessage);
        }
    }

    @Test
    void whatIsWrongIsToldAllAtOnceWithItsPlace() {
        IcesparException refused = assertThrows(IcesparException.class, () -> open("""
                        cubes:
                          Sold:
                            fact: Sales
                            hierarchies:
                              Place:
                                levels: {Town: [Shops, Town]}
                            measures:
                              Pieces: {expression: SUM("Quantitty"), format: "#.#.#"}
                              Nothing: {expression: "\\"Quantity\\""}
                              Worth: {expression: SUM("Quantity") * CONTEXT_VALUE('price')}
                        """, ""));
        assertEquals(ErrorCode.CONFIGURATION, refused.code());
        String text = refused.getMessage();
        assertTrue(text.contains("column `Shops.Town` does not exist"), text);
        assertTrue(text.contains("`#.#.#` is no pattern for numbers"), text);
        assertTrue(text.contains("measure `Nothing` aggregates nothing"), text);
        assertTrue(text.matches("(?s).*retail\\.yaml:\\d+:\\d+: .*"), text);
    }

    @Test
    void aContextValueThatNobodyCreatesIsToldOnceTheScriptHasRun() {
        IcesparException refused = assertThrows(IcesparException.class, () -> open(CUBE, ""));
        assertTrue(refused.getMessage().contains("context value `price` does not exist"), refused::getMessage);
    }
}
