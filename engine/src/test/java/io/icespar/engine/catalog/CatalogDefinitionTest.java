package io.icespar.engine.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.engine.catalog.CatalogDefinition.Loaded;
import io.icespar.engine.catalog.ColumnType.Kind;
import io.icespar.engine.config.Problems;
import io.icespar.engine.config.SettingsFile;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogDefinitionTest {
    private static final String RETAIL = """
            schema: retail
            backend: duckdb
            tables:
              Sales:
                file: sales.csv
                key: Sale ID
                columns:
                  Unit price: decimal(10, 2)
                references:
                  - columns: Shop
                    table: shops
              Shops:
                file: shops.csv
                key: [Shop ID]
            """;

    private final Path folder;

    CatalogDefinitionTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        Files.writeString(folder.resolve("sales.csv"), "");
        Files.writeString(folder.resolve("shops.csv"), "");
    }

    private CatalogDefinition read(String yaml) throws IOException {
        Files.writeString(folder.resolve("retail.yaml"), yaml);
        return CatalogDefinition.read(folder);
    }

    private void fails(String yaml, String... lines) throws IOException {
        Files.writeString(folder.resolve("retail.yaml"), yaml);
        folderFails(lines);
    }

    private void folderFails(String... lines) {
        var e = assertThrows(IcesparException.class, () -> CatalogDefinition.read(folder));
        assertEquals(ErrorCode.CONFIGURATION, e.code());
        assertEquals(String.join("\n", lines), e.getMessage().replace(folder + "/", ""));
    }

    private static Column column(String name, Kind kind) {
        return new Column(Name.of(name), ColumnType.of(kind), false);
    }

    @Test
    void tablesAreReadWithTheirKeysTypesAndReferences() throws IOException {
        CatalogDefinition definition = read(RETAIL);
        assertEquals(2, definition.tables().size());
        TableDefinition sales = definition.tables().get(0);
        assertEquals(TableName.of("retail", "Sales"), sales.name());
        assertEquals(folder.resolve("sales.csv"), sales.file());
        assertEquals("Sale ID", sales.key().get(0).value());
        assertEquals(
                List.of(new ColumnDefinition(ColumnType.decimal(10, 2), true)),
                List.copyOf(sales.columns().values()));
        assertEquals(TableName.of("retail", "Shops"), sales.references().get(0).target());
        assertEquals(folder.resolve("retail.yaml") + ":4:3", sales.at().toString());
    }

    @Test
    void loadedTablesMakeACatalogWithTheSpellingsOfTheFiles() throws IOException {
        CatalogDefinition definition = read(RETAIL.replace("key: Sale ID", "key: SALE ID"));
        Catalog catalog = definition.catalog(Map.of(
                TableName.of("retail", "sales"),
                new Loaded(List.of(column("Sale ID", Kind.VARCHAR), column("Shop", Kind.VARCHAR)), 5),
                TableName.of("retail", "shops"),
                new Loaded(List.of(column("Shop ID", Kind.VARCHAR)), 2)));
        Table sales = catalog.find(TableName.of("RETAIL", "SALES")).orElseThrow();
        assertEquals("Sales", sales.name().table().spelling());
        assertEquals("Sale ID", sales.key().get(0).spelling());
        assertEquals(
                List.of(new Reference(
                        List.of(Name.of("Shop")), TableName.of("retail", "Shops"), List.of(Name.of("Shop ID")))),
                sales.references());
        assertEquals("Shops", sales.references().get(0).target().table().spelling());
    }

    @Test
    void everyMistakeOfAFileIsToldWithItsPlace() throws IOException {
        fails(
                """
                schema: retail
                backend: oracle
                tables:
                  Sales:
                    fil: sales.csv
                    key: [Sale ID, sale id]
                    columns:
                      Unit price: DECIMAL
                      Quantity: NUMBER
                      Weight: DECIMAL(39, 2)
                    references:
                      - table: Shops
                  SALES:
                    file: none.csv
                """,
                "retail.yaml:2:10: `backend` is `oracle`, expected `duckdb`",
                "retail.yaml:4:3: key `file` is missing, expected the path of a file",
                "retail.yaml:5:5: unknown key `fil`, did you mean `file`?",
                "retail.yaml:6:20: key column `sale id` is there twice, first in line 6",
                "retail.yaml:8:19: `DECIMAL` is not a type, expected BOOLEAN, INTEGER, BIGINT, DOUBLE,"
                        + " DECIMAL(precision, scale), VARCHAR, DATE, TIME, TIMESTAMP, with or without NOT NULL",
                "retail.yaml:9:17: `NUMBER` is not a type, expected BOOLEAN, INTEGER, BIGINT, DOUBLE,"
                        + " DECIMAL(precision, scale), VARCHAR, DATE, TIME, TIMESTAMP, with or without NOT NULL",
                "retail.yaml:10:15: `DECIMAL(39, 2)` is not a type, expected BOOLEAN, INTEGER, BIGINT, DOUBLE,"
                        + " DECIMAL(precision, scale), VARCHAR, DATE, TIME, TIMESTAMP, with or without NOT NULL",
                "retail.yaml:12:9: a reference needs `columns`",
                "retail.yaml:13:3: table `SALES` is there twice, first in line 4",
                "retail.yaml:14:11: `file` is `none.csv`, but there is no such file");
    }

    @Test
    void aReferenceNeedsATableThatIsThere() throws IOException {
        fails(
                RETAIL.replace("table: shops", "table: Shop"),
                "retail.yaml:11:16: there is no table `Shop`, did you mean `Shops`?");
        fails(
                RETAIL.replace("table: shops", "{table: Shops, schema: other}")
                        .replace("- columns: Shop\n        {", "- {columns: Shop, "),
                "retail.yaml:10:32: there is no table `Shops` in schema `other`");
    }

    @Test
    void aReferenceNeedsTheKeyOfItsTable() throws IOException {
        fails(
                RETAIL.replace("table: shops", "table: shops\n        key: City"),
                "retail.yaml:12:14: `City` is not the key of `Shops`, expected `Shop ID`");
        fails(
                RETAIL.replace("    key: [Shop ID]\n", ""),
                "retail.yaml:11:16: table `Shops` has no key, so no table can refer to it");
        fails(
                RETAIL.replace("columns: Shop", "columns: [Shop, City]"),
                "retail.yaml:10:19: the key of `Shops` is `Shop ID`, but `Shop`, `City` refers to it;"
                        + " expected as many columns");
    }

    @Test
    void referencesThatFormACycleAreRefused() throws IOException {
        fails(
                RETAIL + "    references: [{columns: Best sale, table: Sales}]\n",
                "retail.yaml:15:18: references form a cycle: `retail.Sales` to `retail.Shops` to `retail.Sales`");
        fails(
                RETAIL + "    references: [{columns: Parent, table: Shops}]\n",
                "retail.yaml:15:18: references form a cycle: `retail.Shops` to `retail.Shops`");
    }

    @Test
    void aSchemaIsDeclaredOnceAndHasANameOfItsOwn() throws IOException {
        Files.writeString(folder.resolve("b.yaml"), "schema: RETAIL\nbackend: duckdb\ntables: {}\n");
        fails(RETAIL, "retail.yaml:1:9: schema `retail` is there twice, first in b.yaml:1:9");
        Files.writeString(folder.resolve("b.yaml"), "schema: Information_Schema\ntables: {}\n");
        fails(RETAIL, "b.yaml:1:9: the schema name `Information_Schema` is reserved");
        Files.writeString(folder.resolve("b.yaml"), "schema: tables\ntables: {}\n");
        fails(RETAIL, "b.yaml:1:9: the schema name `tables` is reserved");
    }

    @Test
    void problemsOfSeveralFilesAreToldTogether() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), "schema: [\n");
        Files.writeString(folder.resolve("b.yaml"), "tables: {}\n");
        Files.writeString(folder.resolve("c.yml"), "schema: c\n");
        Files.writeString(folder.resolve("notes.txt"), "ignored");
        folderFails(
                "a.yaml:2:1: this is not YAML: expected the node content, but found '<stream end>'",
                "b.yaml:1:1: key `schema` is missing, expected text",
                "c.yml: the file's name ends in `.yml`, expected `.yaml`");
    }

    @Test
    void aFolderWithoutSchemasIsAnError() {
        var e = assertThrows(IcesparException.class, () -> CatalogDefinition.read(folder));
        assertEquals(folder + ": the folder has no schema, expected a file `*.yaml`", e.getMessage());
    }

    @Test
    void declarationsAreCheckedAgainstTheColumnsOfTheFiles() throws IOException {
        CatalogDefinition definition = read(RETAIL);
        var problems = new Problems();
        definition.check(
                Map.of(
                        TableName.of("retail", "Sales"),
                        List.of(column("Sale", Kind.VARCHAR), column("Shop", Kind.BIGINT)),
                        TableName.of("retail", "Shops"),
                        List.of(column("Shop ID", Kind.VARCHAR))),
                problems);
        var e = assertThrows(IcesparException.class, problems::throwIfAny);
        assertEquals("""
                retail.yaml:6:10: `sales.csv` has no column `Sale ID`, expected one of `Sale`, `Shop`
                retail.yaml:8:7: `sales.csv` has no column `Unit price`, expected one of `Sale`, `Shop`
                retail.yaml:10:18: `Shop` is BIGINT, but `Shop ID` of `Shops` is VARCHAR; expected the same type""", e.getMessage().replace(folder + "/", ""));
    }

    private static final String CUBE = """
            cubes:
              Sales cube:
                fact: sales
                mode: auto
                hierarchies:
                  Geography:
                    levels:
                      Country: [Shops, Country]
                      City: [Shop, City]
                    dimension: Shops
                  Day:
                    levels: {Day: Date}
                    slicing: true
                measures:
                  Turnover:
                    expression: SUM("Quantity" * "Unit price")
                    format: "#,##0.00"
                    description: What was paid
                  Rows: {expression: COUNT(*)}
              Other: {schema: RETAIL, fact: Shops}
            """;

    private static List<String> values(List<SettingsFile.Text> texts) {
        return texts.stream().map(SettingsFile.Text::value).toList();
    }

    @Test
    void cubesAreReadAsTheyAreWritten() throws IOException {
        CatalogDefinition definition = read(RETAIL + CUBE);
        assertEquals(2, definition.cubes().size());
        CubeDefinition cube = definition.cubes().get(0);
        assertEquals(TableName.of("retail", "Sales cube"), cube.name());
        assertEquals(TableName.of("retail", "Sales"), cube.fact());
        assertEquals(CubeDefinition.Mode.AUTO, cube.mode());
        assertEquals(16, cube.declared().at().line());
        assertEquals(17, cube.factAt().at().line());
        CubeDefinition.HierarchyDefinition geography = cube.hierarchies().get(0);
        assertEquals("Geography", geography.name().value());
        assertEquals("Shops", geography.dimension().orElseThrow().value());
        assertEquals(false, geography.isSlicing());
        assertEquals(
                List.of("Country", "City"),
                values(geography.levels().stream()
                        .map(CubeDefinition.LevelDefinition::name)
                        .toList()));
        assertEquals(List.of("Shop", "City"), values(geography.levels().get(1).column()));
        assertEquals(23, geography.levels().get(1).column().get(0).at().line());
        CubeDefinition.HierarchyDefinition day = cube.hierarchies().get(1);
        assertEquals(true, day.isSlicing());
        assertEquals(true, day.dimension().isEmpty());
        assertEquals(List.of("Date"), values(day.levels().get(0).column()));
        CubeDefinition.MeasureDefinition turnover = cube.measures().get(0);
        assertEquals("SUM(\"Quantity\" * \"Unit price\")", turnover.expression().value());
        assertEquals("#,##0.00", turnover.format().orElseThrow().value());
        assertEquals("What was paid", turnover.description().orElseThrow().value());
        assertEquals(true, cube.measures().get(1).format().isEmpty());
        CubeDefinition other = definition.cubes().get(1);
        assertEquals(CubeDefinition.Mode.AUTO, other.mode());
        assertEquals(TableName.of("retail", "Shops"), other.fact());
        assertEquals(List.of(), other.hierarchies());
        assertEquals(List.of(), read(RETAIL).cubes());
    }

    @Test
    void whatCannotBeACubeIsToldAtOnce() throws IOException {
        fails(
                RETAIL + """
                cubes:
                  sales: {fact: Sales}
                  " c": {mode: manually}
                  C:
                    fact: Sales
                    hierarchies:
                      h: {levels: {a: x, A: y}}
                      H: {levels: {b: []}}
                      none: {dimension: d}
                    measures:
                      a: {expression: COUNT(*)}
                      m: {format: "0"}
                """,
                "retail.yaml:16:3: table or cube `sales` is there twice, first in line 4",
                "retail.yaml:17:3: the name of a cube must have 1 to 128 printable characters, none at its ends a"
                        + " space",
                "retail.yaml:17:3: key `fact` is missing, expected text",
                "retail.yaml:17:16: `mode` is `manually`, expected `auto` or `manual`",
                "retail.yaml:21:26: level or measure `A` is there twice, first in line 21",
                "retail.yaml:22:7: hierarchy `H` is there twice, first in line 21",
                "retail.yaml:22:23: `b` is empty, expected text or a list of texts",
                "retail.yaml:23:7: hierarchy `none` needs `levels`",
                "retail.yaml:25:7: level or measure `a` is there twice, first in line 21",
                "retail.yaml:26:7: key `expression` is missing, expected text");
    }

    @Test
    void theFactTableOfACubeIsThere() throws IOException {
        fails(
                RETAIL + """
                cubes:
                  c: {fact: Sale}
                  d: {schema: other, fact: Sales}
                """,
                "retail.yaml:16:13: there is no table `Sale`, did you mean `Sales`?",
                "retail.yaml:17:28: there is no table `Sales` in schema `other`");
    }
}
