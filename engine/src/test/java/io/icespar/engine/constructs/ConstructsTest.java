package io.icespar.engine.constructs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.config.AuditSettings;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.engine.config.StoreSettings;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.run.RowStream;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each construct through the whole engine, on two small tables that nobody's view is restricted of. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConstructsTest {
    private final Engine engine;

    ConstructsTest(@TempDir Path folder) throws IOException {
        engine = open(folder);
    }

    static Engine open(Path folder) throws IOException {
        Path catalog = Files.createDirectory(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("small.yaml"), """
                schema: small
                backend: duckdb
                tables:
                  things:
                    file: things.csv
                    key: [id]
                    columns: {whole: INTEGER, price: "DECIMAL(10, 2)", ratio: DOUBLE, clock: TIME}
                  kinds:
                    file: kinds.csv
                    key: [kind]
                    columns: {label: VARCHAR NOT NULL}
                """);
        Files.writeString(catalog.resolve("things.csv"), """
                id,kind,whole,price,ratio,name,flag,born,moment,clock
                1,x,7,19.99,0.5,Alice,true,2021-01-31,2021-01-31 10:11:12.345678,10:11:12.5
                2,x,-7,-3.50,-2.25,Été à Zürich,false,1999-12-31,1969-12-31 23:59:59.999999,23:59:59
                3,y,,,,,,,,
                4,,0,0.00,1e10,"a_b%c\\",true,2020-02-29,2020-02-29 00:00:00,00:00:00
                """);
        Files.writeString(catalog.resolve("kinds.csv"), """
                kind,label
                x,first
                z,last
                """);
        Path bootstrap = Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE USER admin PASSWORD 'changeit';
                GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER reader PASSWORD 'changeit';
                GRANT ROLE_USER TO USER reader;
                """);
        return engine(folder, catalog, bootstrap);
    }

    static Engine engine(Path folder, Path catalog, Path bootstrap) {
        return Engine.open(new EngineSettings(
                catalog,
                folder.resolve("data"),
                Storage.MEMORY,
                new StoreSettings.Memory(),
                Optional.of(bootstrap),
                LoginLimits.DEFAULT,
                AuditSettings.DEFAULT,
                List.of()));
    }

    @AfterAll
    void close() {
        engine.close();
    }

    static Stream<Script.Case> constructs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/constructs"))) {
            return files
                    .map(file -> "/constructs/" + file.getFileName())
                    .sorted()
                    .map(Script::read)
                    .flatMap(List::stream)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("constructs")
    void aConstructGivesWhatIsWritten(Script.Case construct) {
        List<String> actual = lines(engine.session(Name.of("reader")), construct.sql(), List.of());
        assertEquals(String.join("\n", construct.expected()), String.join("\n", actual));
    }

    /** The answer, as a script has it. */
    static List<String> lines(Session session, String sql, List<@Nullable Object> parameters) {
        try {
            Session.Prepared prepared = session.prepare(sql);
            Answer answer = session.execute(prepared, parameters, 0);
            List<String> lines = new ArrayList<>();
            try (RowStream rows = ((Answer.Rows) answer).stream()) {
                lines.add(rows.columns().stream()
                        .map(ConstructsTest::type)
                        .collect(Collectors.joining(" | ", "--: ", "")));
                for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                    lines.add(Arrays.stream(row)
                            .map(ConstructsTest::text)
                            .collect(Collectors.joining(" | ", "--> ", "")));
                }
            }
            return lines;
        } catch (IcesparException e) {
            return List.of("--! " + e.code() + " " + e.getMessage());
        }
    }

    private static String type(ResultColumn column) {
        return column.typeName() + (column.nullable() ? "" : "!");
    }

    private static String text(@Nullable Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : String.valueOf(value);
    }

    static Stream<Arguments> parameters() {
        return Stream.of(
                Arguments.of("SELECT id FROM things WHERE whole = ?", List.of(7), "1"),
                Arguments.of("SELECT id + ? FROM things WHERE id = 1", List.of(41L), "42"),
                Arguments.of("SELECT name || CAST(? AS VARCHAR) FROM things WHERE id = 1", List.of("!"), "Alice!"),
                Arguments.of(
                        "SELECT id FROM things WHERE price > ? AND id < 4", List.of(new BigDecimal("19.9899")), "1"),
                Arguments.of("SELECT id FROM things WHERE price > ?", List.of(new BigDecimal("19.9901")), ""),
                Arguments.of("SELECT id FROM things WHERE price IN (?, 2)", List.of(new BigDecimal("19.994")), ""),
                Arguments.of("SELECT id FROM things WHERE ? IN (price, 2)", List.of(new BigDecimal("19.994")), ""),
                Arguments.of(
                        "SELECT id FROM things WHERE price = CAST(? AS DECIMAL(12, 2))",
                        List.of(new BigDecimal("19.994")),
                        "1"),
                Arguments.of("SELECT id FROM things WHERE born = ?", List.of(LocalDate.of(2021, 1, 31)), "1"),
                Arguments.of(
                        "SELECT id FROM things WHERE moment < ?", List.of(LocalDateTime.of(1999, 1, 1, 0, 0)), "2"),
                Arguments.of("SELECT id FROM things WHERE flag = ? ORDER BY id", List.of(true), "1\n4"),
                Arguments.of("SELECT id FROM things WHERE ratio >= ? ORDER BY id", List.of(0.5), "1\n4"),
                Arguments.of("SELECT id FROM things WHERE name LIKE ?", List.of("A%"), "1"),
                Arguments.of("SELECT id FROM things WHERE id IN (?, ?) ORDER BY id", List.of(1L, 4L), "1\n4"),
                Arguments.of("SELECT id FROM things WHERE id BETWEEN ? AND ? ORDER BY id", List.of(2L, 3L), "2\n3"),
                Arguments.of("SELECT COALESCE(whole, ?) FROM things WHERE id = 3", List.of(5), "5"),
                Arguments.of("SELECT CASE WHEN id = ? THEN 1 ELSE 2 END FROM things WHERE id = 1", List.of(1L), "1"),
                Arguments.of("SELECT CAST(? AS INTEGER) + 1 FROM things WHERE id = 1", List.of(1), "2"),
                Arguments.of("SELECT CAST(? AS VARCHAR) || 'x' FROM kinds WHERE kind = 'x'", List.of("a"), "ax"),
                Arguments.of("SELECT id FROM things ORDER BY id LIMIT ? OFFSET ?", List.of(1, 2), "3"),
                Arguments.of(
                        "SELECT id FROM things ORDER BY id OFFSET ? ROWS FETCH NEXT ? ROWS ONLY", List.of(2, 1), "3"),
                Arguments.of(
                        "SELECT id FROM things ORDER BY id LIMIT ?",
                        List.of(-1),
                        "--! DATA_EXCEPTION the number of rows after LIMIT or OFFSET must not be negative"),
                Arguments.of(
                        "SELECT id FROM things WHERE born > ?",
                        List.of(LocalDate.MIN),
                        "--! DATA_EXCEPTION the value of parameter 1 is out of range: years go from 1 to 9999"),
                Arguments.of("SELECT COUNT(*) FROM things GROUP BY kind HAVING COUNT(*) > ?", List.of(1L), "2"),
                Arguments.of(
                        "SELECT x, COUNT(*) FROM (SELECT id / ? AS x FROM things) AS t GROUP BY x ORDER BY x",
                        List.of(4L),
                        "0 | 3\n1 | 1"),
                Arguments.of("SELECT SUM(whole + ?) FROM things", List.of(1), "3"),
                Arguments.of(
                        "SELECT id FROM things WHERE whole = (SELECT MAX(whole) FROM things WHERE whole < ?)",
                        List.of(7),
                        "4"),
                Arguments.of(
                        "SELECT a.id FROM things a JOIN kinds b ON a.kind = b.kind AND b.label = ? ORDER BY 1",
                        List.of("first"),
                        "1\n2"),
                Arguments.of("SELECT id FROM things WHERE ? = 1 AND id = ?", List.of(1, 2L), "2"),
                Arguments.of(
                        "SELECT SUBSTRING(name FROM CAST(? AS INTEGER) FOR CAST(? AS INTEGER)) FROM things WHERE id = 1",
                        List.of(2, 2),
                        "li"),
                Arguments.of(
                        "SELECT id FROM things WHERE born > CAST(? AS DATE) - INTERVAL '1' DAY",
                        List.of(LocalDate.of(2021, 1, 31)),
                        "1"),
                Arguments.of(
                        "SELECT TIMESTAMPADD(DAY, CAST(? AS INTEGER), born) FROM things WHERE id = 1",
                        List.of(1),
                        "2021-02-01"),
                Arguments.of("VALUES (CAST(? AS INTEGER), CAST(? AS VARCHAR))", List.of(1, "a"), "1 | a"),
                Arguments.of("SELECT name || ? FROM things WHERE id = 1", List.of("!"), "Alice!"),
                Arguments.of(
                        "SELECT CASE kind WHEN 'x' THEN ? WHEN ? THEN 2 ELSE whole END FROM things WHERE id = 1",
                        List.of(5, "y"),
                        "5"),
                Arguments.of("SELECT id FROM things WHERE name LIKE CONCAT('%', ?, '%')", List.of("lic"), "1"),
                Arguments.of("SELECT id FROM things WHERE UPPER(?) = UPPER(name)", List.of("alice"), "1"),
                Arguments.of("SELECT id FROM things WHERE id + ? > ? ORDER BY id", List.of(1L, 4L), "4"),
                Arguments.of("SELECT id FROM things WHERE id = COALESCE(?, id) ORDER BY id", List.of(2L), "2"),
                Arguments.of(
                        "SELECT id FROM things WHERE id = COALESCE(?, id) ORDER BY id",
                        Collections.singletonList(null),
                        "1\n2\n3\n4"),
                Arguments.of("SELECT id FROM things WHERE id = COALESCE(?, ?)", Arrays.asList(null, 3L), "3"),
                Arguments.of("SELECT NULLIF(?, kind) FROM things WHERE id = 1", List.of("x"), "null"),
                Arguments.of("SELECT COALESCE(?, 'x') FROM things WHERE id = 1", List.of("hello"), "hello"),
                Arguments.of("SELECT GREATEST(id, ?) FROM things WHERE id = 1", List.of(7L), "7"),
                Arguments.of(
                        "SELECT SUBSTRING(name FROM ? FOR ?), LPAD(kind, ?, ?) FROM things WHERE id = 1",
                        List.of(2, 3, 4, "-"),
                        "lic | ---x"),
                Arguments.of(
                        "SELECT ROUND(?, 1), POWER(id + 1, ?) FROM things WHERE id = 1",
                        List.of(0.25, 0.5),
                        "0.3 | 1.4142135623730951"),
                Arguments.of(
                        "SELECT DATE_TRUNC('month', ?) FROM things WHERE id = 1",
                        List.of(LocalDateTime.of(2021, 2, 3, 4, 5)),
                        "2021-02-01T00:00"),
                Arguments.of(
                        "SELECT id FROM things WHERE (kind, id) IN ((?, ?), ('x', ?)) ORDER BY id",
                        List.of("y", 3L, 2L),
                        "2\n3"),
                Arguments.of("SELECT id FROM things WHERE ? IN (kind, name) ORDER BY id", List.of("x"), "1\n2"),
                Arguments.of("SELECT COUNT(*) FROM things WHERE ? IN (SELECT id FROM things)", List.of(4L), "4"),
                Arguments.of(
                        "SELECT id FROM things WHERE (?, id) IN (SELECT kind, id FROM things) ORDER BY id",
                        List.of("x"),
                        "1\n2"),
                Arguments.of("SELECT COUNT(*) FROM things HAVING SUM(id + ?) > ?", List.of(1L, 13L), "4"),
                Arguments.of(
                        "SELECT COUNT(*) OVER w FROM things WINDOW w AS (PARTITION BY whole + ?) LIMIT 1",
                        List.of(1),
                        "1"),
                Arguments.of("SELECT id FROM things WHERE ? IS NULL OR kind = ? ORDER BY id", List.of("", "y"), "3"),
                Arguments.of(
                        "SELECT id FROM things WHERE id > ? + (SELECT COUNT(*) FROM kinds WHERE ? IS NULL OR kind = ?) ORDER BY id",
                        List.of(2L, "", "x"),
                        "4"),
                Arguments.of(
                        "SELECT GREATEST(?, 1, DATE '2020-01-01', ?) FROM things",
                        List.of(1, 1),
                        "--! INVALID_STATEMENT the type of the parameter is not known here, write `CAST(? AS type)` (line 1, column 17)"),
                Arguments.of("SELECT SUBSTRING(?, ?) FROM things WHERE id = 1", List.of("abc", 2), "bc"),
                Arguments.of("SELECT ROUND(?, ?) FROM things WHERE id = 1", List.of(0.25, 1), "0.3"),
                Arguments.of("SELECT id FROM things WHERE whole = ?", Collections.singletonList(null), ""),
                Arguments.of(
                        "SELECT COALESCE(name, ?) FROM things WHERE id = 3", Collections.singletonList(null), "null"));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void aParameterMayStandThere(String sql, List<@Nullable Object> values, String rows) {
        List<String> lines = lines(engine.session(Name.of("reader")), sql, values);
        String actual = lines.get(0).startsWith("--!")
                ? lines.get(0)
                : lines.stream().skip(1).map(line -> line.substring(4)).collect(Collectors.joining("\n"));
        assertEquals(rows, actual);
    }

    @Test
    void aParameterWithoutATypeAsksForOne() {
        assertEquals(
                List.of("--! INVALID_STATEMENT the type of the parameter is not known here,"
                        + " write `CAST(? AS type)` (line 1, column 14)"),
                lines(engine.session(Name.of("reader")), "SELECT name, ? FROM things", List.of("!")));
    }

    @Test
    void aLongListIsNoWorkAtAll() {
        String list = IntStream.range(0, 3000).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        assertEquals(
                List.of("--: BIGINT! | BOOLEAN", "--> 1 | true"),
                lines(
                        engine.session(Name.of("reader")),
                        "SELECT id, whole IN (" + list + ", NULL) FROM things WHERE id IN (" + list + ") AND id = 1",
                        List.of()));
    }

    @Test
    void whatIsNestedTooDeeplyIsRefused() {
        String sum = IntStream.range(0, 5000).mapToObj(i -> "id").collect(Collectors.joining(" + "));
        assertEquals(
                List.of("--! SYNTAX the statement is nested too deeply"),
                lines(engine.session(Name.of("reader")), "SELECT " + sum + " FROM things", List.of()));
    }

    // Each is written out twice in the one around it: planned, it would take days.
    @Test
    void whatGrowsWithoutBoundIsRefused() {
        String nullif = "id";
        String coalesce = "id";
        String between = "flag";
        String part = "name";
        String padded = "name";
        String decoded = "id";
        for (int i = 0; i < 40; i++) {
            nullif = "NULLIF(" + nullif + ", " + i + ")";
            coalesce = "COALESCE(" + coalesce + ", " + i + ")";
            part = "REGEXP_SUBSTR(" + part + ", 'a')";
            padded = "LPAD(" + padded + ", 5, name)";
            decoded = "DECODE(" + decoded + ", 1, 2, 3, 4, 5)";
            between = "((" + between + ") BETWEEN FALSE AND TRUE)";
        }
        for (String expression : List.of(nullif, coalesce, between, part, padded, decoded)) {
            assertEquals(
                    List.of("--! SYNTAX the statement is nested too deeply"),
                    lines(engine.session(Name.of("reader")), "SELECT " + expression + " FROM things", List.of()));
        }
    }

    @Test
    void aRestrictionCannotDoWhatAQueryCannot() {
        assertEquals(
                List.of("--! INVALID_RESTRICTION a restriction's condition cannot use `SOUNDEX`, which is not supported"
                        + " (line 1, column 40)"),
                lines(
                        engine.session(Name.of("admin")),
                        "CREATE RESTRICTION odd ON kinds USING (SOUNDEX(label) = 'First')",
                        List.of()));
    }
}
