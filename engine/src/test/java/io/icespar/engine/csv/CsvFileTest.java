package io.icespar.engine.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.catalog.ColumnDefinition;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.TableDefinition;
import io.icespar.engine.config.Location;
import io.icespar.engine.config.Problems;
import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.engine.csv.CsvFile.Facts;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {
    private final Path folder;
    private final Location declared;

    CsvFileTest(@TempDir Path folder) {
        this.folder = folder;
        this.declared = new Location(folder.resolve("c.yaml"), 3, 5);
    }

    private CsvFile open(byte[] content, List<String> key, Map<String, String> types) throws IOException {
        Path file = Files.write(folder.resolve("t.csv"), content);
        Map<Text, ColumnDefinition> definitions = new LinkedHashMap<>();
        types.forEach((name, type) -> definitions.put(
                new Text(name, declared), ColumnDefinition.parse(type).orElseThrow()));
        var problems = new Problems();
        var opened = CsvFile.open(
                new TableDefinition(
                        TableName.of("s", "T"),
                        declared,
                        file,
                        key.stream().map(name -> new Text(name, declared)).toList(),
                        definitions,
                        List.of()),
                problems);
        problems.throwIfAny();
        return opened.orElseThrow();
    }

    private CsvFile open(String content) throws IOException {
        return open(content.getBytes(StandardCharsets.UTF_8), List.of(), Map.of());
    }

    private String types(String content) throws IOException {
        return open(content).columns().stream()
                .map(column -> column.type().toString())
                .collect(Collectors.joining(" "));
    }

    private String inferred(String... values) throws IOException {
        return types("a,b\n"
                        + Arrays.stream(values).map(value -> value + ",x\n").collect(Collectors.joining()))
                .split(" ", -1)[0];
    }

    private void fails(byte[] content, List<String> key, Map<String, String> types, String message) {
        var e = assertThrows(
                IcesparException.class, () -> open(content, key, types).check(bytes -> {}), "expected: " + message);
        assertEquals(ErrorCode.CONFIGURATION, e.code());
        assertEquals(message, e.getMessage().replace(folder + "/", ""));
    }

    private void fails(String content, String message) {
        fails(content.getBytes(StandardCharsets.UTF_8), List.of(), Map.of(), message);
    }

    private boolean fits(String type, String value) throws IOException {
        CsvFile file =
                open(("a,b\n\"" + value + "\",x\n").getBytes(StandardCharsets.UTF_8), List.of(), Map.of("a", type));
        try {
            file.check(bytes -> {});
            return true;
        } catch (IcesparException e) {
            assertEquals(
                    "t.csv:2:1: `a` is `" + (value.isEmpty() ? "\"\"" : value) + "`, expected " + type,
                    e.getMessage().replace(folder + "/", ""));
            return false;
        }
    }

    @Test
    void typesAreInferredFromTheValues() throws IOException {
        assertEquals("BIGINT", inferred("1", "-2", "0", "9223372036854775807", "-9223372036854775808", ""));
        assertEquals("DOUBLE", inferred("1", "1.5", "-.5", "2.", "1e10"));
        assertEquals("BOOLEAN", inferred("true", "False", "TRUE"));
        assertEquals("DATE", inferred("2021-01-06", "2020-02-29", "\"2021-02-04\""));
        assertEquals("TIMESTAMP", inferred("2021-01-06 10:11:12", "2021-01-06T10:11:12.123456"));
        assertEquals("VARCHAR", inferred("a"));
    }

    @Test
    void whatLooksLikeACodeStaysText() throws IOException {
        assertEquals("VARCHAR", inferred("7", "007"));
        assertEquals("VARCHAR", inferred("1.5", "00.5"));
        assertEquals("VARCHAR", inferred("-0"));
        assertEquals("VARCHAR", inferred("9223372036854775808"));
        assertEquals("VARCHAR", inferred("1.5", "123456789012345678"));
        assertEquals("VARCHAR", inferred("+1"));
        assertEquals("VARCHAR", inferred(" 1"));
        assertEquals("VARCHAR", inferred("1_000"));
        assertEquals("VARCHAR", inferred("NaN"));
        assertEquals("VARCHAR", inferred("yes", "no"));
        assertEquals("VARCHAR", inferred("10:11:12"));
        assertEquals("VARCHAR", inferred("2021-1-6"));
        assertEquals("VARCHAR", inferred("2021-02-29"));
        assertEquals("VARCHAR", inferred("2021-01-06", "2021-01-06 10:11:12"));
        assertEquals("VARCHAR", inferred("true", "1"));
        assertEquals("VARCHAR", inferred("1", "\"\""));
        assertEquals("VARCHAR", inferred("", ""));
    }

    @Test
    void aDeclaredTypeHoldsInPlaceOfTheInferredOne() throws IOException {
        CsvFile file = open("a,b\n1,1\n".getBytes(StandardCharsets.UTF_8), List.of(), Map.of("A", "DECIMAL(10, 2)"));
        assertEquals(ColumnType.decimal(10, 2), file.columns().get(0).type());
        assertEquals("a", file.columns().get(0).name().spelling());
    }

    @Test
    void aFileIsCounted() throws IOException {
        CsvFile file = open("\uFEFFa,\"b\",c\r\n1,\"x\r\ny\"\"z,\",\r\n2,\"\",3");
        Facts facts = file.check(bytes -> {});
        assertEquals(2, facts.rows());
        assertEquals(
                "a b c",
                file.columns().stream().map(column -> column.name().spelling()).collect(Collectors.joining(" ")));
    }

    @Test
    void aColumnIsNullableUnlessItIsDeclaredOtherwiseWhateverItsValues() throws IOException {
        CsvFile file = open(
                "k,a,b,c\n1,1,1,\n".getBytes(StandardCharsets.UTF_8),
                List.of("K"),
                Map.of("a", "BIGINT NOT NULL", "b", "BIGINT"));
        assertEquals(
                "k a b? c?",
                file.columns().stream()
                        .map(column -> column.name() + (column.nullable() ? "?" : ""))
                        .collect(Collectors.joining(" ")));
    }

    @Test
    void anAbsentValueWhereNoneMayBeIsRefused() {
        fails(
                "a,b\n1,2\n1,\n".getBytes(StandardCharsets.UTF_8),
                List.of(),
                Map.of("b", "bigint  not\tnull"),
                "t.csv:3:3: `b` is empty, expected BIGINT, for it is declared NOT NULL");
    }

    @Test
    void aFileWithoutRowsIsGood() throws IOException {
        assertEquals(0, open("a,b").check(bytes -> {}).rows());
    }

    @Test
    void readingIsToldAsItGoesOn() throws IOException {
        String content = "a,b\n" + "1,2\n".repeat(50_000);
        long[] last = {0};
        open(content).check(bytes -> last[0] = bytes);
        assertEquals(content.length(), last[0]);
    }

    @Test
    void aWrongNumberOfValuesIsRefused() {
        fails("a,b\n1,x\n2\n", "t.csv:3:1: the line has 1 value, expected 2 as in the header");
        fails("a,b\n1,\"x\ny\"\n2,y,z\n", "t.csv:4:1: the line has 3 values, expected 2 as in the header");
        fails("a,b\n1,x\n\n", "t.csv:3:1: the line is empty, expected values");
        fails("a\n\n1\n", "t.csv:2:1: the line is empty, expected values");
    }

    @Test
    void aQuoteOutOfPlaceIsRefused() {
        fails("a,b\n1,\"x\n2,y\n", "t.csv:2:3: the quote that opens here is never closed");
        fails("a,b\n1,\"x\"y\n", "t.csv:2:6: after a closing quote comes `y`, expected a comma or the end of the line");
        fails(
                "a,b\n1, \"x\"\n",
                "t.csv:2:4: a quote stands in a value without quotes, expected quotes around the value and `\"\"` in it");
        fails(
                "a,b\n1,5\"\n",
                "t.csv:2:4: a quote stands in a value without quotes, expected quotes around the value and `\"\"` in it");
    }

    @Test
    void lineEndsAreOfOneKind() {
        fails("a,b\r\n1,x\r\n2,y\n", "t.csv:3:4: the line ends in LF, expected CR LF as after the header");
        fails("a,b\n1,x\r\n", "t.csv:2:5: the line ends in CR LF, expected LF as after the header");
        fails(
                "a,b\n1,x\r2,y\n",
                "t.csv:2:5: a carriage return stands alone, expected a line feed after it or quotes around it");
        fails(
                "a,b\r\n1,x\r",
                "t.csv:2:5: a carriage return stands alone, expected a line feed after it or quotes around it");
    }

    @Test
    void whatIsNotUtf8IsRefusedWhereItStands() {
        byte[] content = "a,b\nü,x\n1,xyz\n".getBytes(StandardCharsets.UTF_8);
        content[content.length - 2] = (byte) 0xE9;
        fails(content, List.of(), Map.of(), "t.csv:3:5: this is not UTF-8");
        fails(new byte[] {'a', '\n', (byte) 0xC3}, List.of(), Map.of(), "t.csv:2:1: this is not UTF-8");
    }

    @Test
    void aHeaderNamesEachColumnOnce() {
        fails("", "t.csv:1:1: the file is empty, expected a header");
        fails("a,,c\n", "t.csv:1:1: column 2 has no name in the header");
        fails("a,b,A\n", "t.csv:1:1: columns 1 and 3 are both called `A`");
        fails("\"a,b\n1,2\n", "t.csv:1:1: the header is not well-formed CSV");
        fails("x".repeat(129) + "\n", "t.csv:1:1: the name of column 1 is longer than 128 characters");
    }

    @Test
    void aQuoteThatIsNeverClosedStopsTheReadingSoon() {
        fails(
                "a,b\n1,\"" + "x".repeat(CsvScanner.MAX_RECORD + 1) + "\n",
                "t.csv:2:3: the value in quotes that starts here is longer than 16777216 characters;"
                        + " is a closing quote missing?");
        fails(
                "a,b\n1," + "x".repeat(CsvScanner.MAX_RECORD + 1) + "\n",
                "t.csv:2:1: the line that starts here is longer than 16777216 characters");
    }

    @Test
    void aValueThatDoesNotFitADeclaredTypeIsNamed() {
        fails(
                "a,b\n1,x\n\"\",y\n".getBytes(StandardCharsets.UTF_8),
                List.of(),
                Map.of("a", "BIGINT"),
                "t.csv:3:1: `a` is `\"\"`, expected BIGINT");
        fails(
                "Unit price,b\n1.55,x\n1.555,y\n".getBytes(StandardCharsets.UTF_8),
                List.of(),
                Map.of("Unit price", "DECIMAL(10, 2)"),
                "t.csv:3:1: `Unit price` is `1.555`, expected DECIMAL(10, 2)");
    }

    @Test
    void whereTheSampleWasTooSmallTheErrorTellsHowToDeclareTheType() {
        String sample = "1,x\n".repeat(20_000);
        fails(
                "Quantity,b\n" + sample + "1.5,y\n",
                "t.csv:20002:1: `Quantity` is `1.5`, expected BIGINT, the type of the values before it;"
                        + " declare another in c.yaml:3:5, for example `columns: {Quantity: DOUBLE}`");
        fails(
                "Quantity,b\n" + sample + "many,y\n",
                "t.csv:20002:1: `Quantity` is `many`, expected BIGINT, the type of the values before it;"
                        + " declare another in c.yaml:3:5, for example `columns: {Quantity: VARCHAR}`");
    }

    @Test
    void aKeyColumnIsNeverEmpty() {
        fails(
                "a,b\n1,x\n,y\n".getBytes(StandardCharsets.UTF_8),
                List.of("A"),
                Map.of(),
                "t.csv:3:1: `a` is empty, expected BIGINT, for it is a key column");
    }

    @Test
    void aDuplicateKeyIsFoundInTheFile() throws IOException {
        CsvFile file = open(
                "a,b,c\n1,\"x\ny\",k\n2,z,l\n1,q,k\n".getBytes(StandardCharsets.UTF_8), List.of("c", "a"), Map.of());
        assertEquals(
                "t.csv:5:1: key `1`, `k` of `T` is there twice, first in line 2",
                file.duplicateKey(0, 2).getMessage().replace(folder + "/", ""));
    }

    @Test
    void wholeNumbersFitInOneFormOnly() throws IOException {
        for (String value : List.of("0", "-1", "007", "9223372036854775807", "-9223372036854775808")) {
            assertEquals(true, fits("BIGINT", value), value);
        }
        for (String value : List.of(
                "",
                "-",
                "1.0",
                "1e3",
                "+1",
                " 1",
                "1 ",
                "1_0",
                "0x1",
                "9223372036854775808",
                "-9223372036854775809",
                "１")) {
            assertEquals(false, fits("BIGINT", value), value);
        }
        assertEquals(true, fits("INTEGER", "-2147483648"));
        assertEquals(false, fits("INTEGER", "2147483648"));
    }

    @Test
    void fractionsFitWithoutRounding() throws IOException {
        for (String value : List.of("0", "-1.5", "1.", ".5", "1e3", "1E-300", "1.7976931348623157e308")) {
            assertEquals(true, fits("DOUBLE", value), value);
        }
        for (String value :
                List.of("", "-", ".", "e1", "1e", "1e+", "1e400", "NaN", "Infinity", "0x1p3", "1d", "1,5")) {
            assertEquals(false, fits("DOUBLE", value), value);
        }
        for (String value : List.of("0", "-123.45", "123.450", "00123.4", ".5", "1.")) {
            assertEquals(true, fits("DECIMAL(5, 2)", value), value);
        }
        for (String value : List.of("1234.5", "1.555", "1e2", "", ".", "-", "1 ")) {
            assertEquals(false, fits("DECIMAL(5, 2)", value), value);
        }
    }

    @Test
    void timesFitTheirIsoForm() throws IOException {
        for (String value : List.of("0001-01-01", "9999-12-31", "2000-02-29")) {
            assertEquals(true, fits("DATE", value), value);
        }
        for (String value : List.of(
                "0000-01-01",
                "2021-13-01",
                "2021-02-29",
                "1900-02-29",
                "2021-1-01",
                "2021-01-01 ",
                "infinity",
                "12021-01-0")) {
            assertEquals(false, fits("DATE", value), value);
        }
        for (String value : List.of("00:00:00", "23:59:59.999999", "10:00:00.1")) {
            assertEquals(true, fits("TIME", value), value);
        }
        for (String value :
                List.of("24:00:00", "10:00", "10:60:00", "10:00:60", "10:00:00.", "10:00:00.1234567", "10:00:00Z")) {
            assertEquals(false, fits("TIME", value), value);
        }
        assertEquals(true, fits("TIMESTAMP", "2021-01-06 10:11:12"));
        assertEquals(true, fits("TIMESTAMP", "2021-01-06T10:11:12.5"));
        assertEquals(false, fits("TIMESTAMP", "2021-01-06"));
        assertEquals(false, fits("TIMESTAMP", "2021-01-06x10:11:12"));
    }
}
