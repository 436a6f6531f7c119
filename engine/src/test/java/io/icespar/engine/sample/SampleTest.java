package io.icespar.engine.sample;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.backend.BackendQuery;
import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.backend.RowCursor;
import io.icespar.engine.catalog.CatalogDefinition;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.duckdb.DuckDbStore;
import io.icespar.engine.duckdb.LoadListener;
import io.icespar.security.identity.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class SampleTest {
    private static final Path CONF = Path.of("..", "conf");

    private final DuckDbStore store;

    SampleTest(@TempDir Path data) {
        EngineSettings settings =
                EngineSettings.read(CONF.resolve("icespar.yaml")).withData(data);
        store = DuckDbStore.open(settings, CatalogDefinition.read(settings.catalog()), new LoadListener() {});
    }

    @BeforeAll
    void theCatalogIsThere() {
        assertEquals(3, store.catalog().tables().size());
    }

    @AfterAll
    void close() {
        store.backend().close();
    }

    private String query(String sql, ColumnForm... forms) {
        try (RowCursor rows = store.backend()
                .execute(new BackendQuery(sql, List.of(), List.of(forms), List.of(), OptionalLong.empty()))) {
            return Stream.generate(rows::next)
                    .takeWhile(row -> row != null)
                    .map(row -> Arrays.stream(row).map(String::valueOf).collect(Collectors.joining(" ")))
                    .collect(Collectors.joining(", "));
        }
    }

    private String quantityByCity(String condition) {
        return query(
                "SELECT \"City\", SUM(\"Quantity\") FROM retail.\"Sales\" JOIN retail.\"Shops\" ON \"Shop\" = \"Shop ID\""
                        + " WHERE " + condition + " GROUP BY ROLLUP(\"City\") ORDER BY \"City\" NULLS FIRST",
                ColumnForm.STRING,
                ColumnForm.LONG);
    }

    @Test
    void theFilesAreWhatTheGeneratorMakes() throws IOException {
        Path folder = CONF.resolve("catalog").resolve("retail");
        assertEquals(SampleGenerator.sales(), Files.readString(folder.resolve("sales.csv")));
        assertEquals(SampleGenerator.shops(), Files.readString(folder.resolve("shops.csv")));
        assertEquals(SampleGenerator.rates(), Files.readString(folder.resolve("rates.csv")));
    }

    @Test
    void theTotalsAreThoseOfTheDesign() {
        assertEquals("null 603, Paris 603", quantityByCity("\"City\" = 'Paris'"));
        assertEquals(
                "null 3027, Lyon 609, Marseille 603, Nice 609, Paris 603, Saint-Étienne 603",
                quantityByCity("\"Country\" = 'France'"));
        assertEquals(
                "null 8077, Chicago 603, Houston 606, Los Angeles 606, Lyon 609, Marseille 603, New York 808, Nice 609,"
                        + " Paris 603, Saint-Étienne 603, San Antonio 606, San Diego 606, San Francisco 612, San Jose 603",
                quantityByCity("TRUE"));
        assertEquals(
                "3031",
                query(
                        "SELECT SUM(\"Quantity\") FROM retail.\"Sales\" JOIN retail.\"Shops\" ON \"Shop\" = \"Shop ID\""
                                + " WHERE (\"Country\" = 'France' AND \"Shop size\" = 'big')"
                                + " OR (\"Country\" = 'USA' AND \"Shop size\" = 'small')",
                        ColumnForm.LONG));
    }

    @Test
    void theAmountsAreThoseOfTheTutorial() {
        assertEquals(
                "big 120202.00, medium 356779.00, small 484482.00",
                query(
                        "SELECT \"Shop size\", SUM(\"Quantity\" * \"Unit price\") FROM retail.\"Sales\""
                                + " JOIN retail.\"Shops\" ON \"Shop\" = \"Shop ID\" GROUP BY 1 ORDER BY 1",
                        ColumnForm.STRING,
                        ColumnForm.DECIMAL));
    }

    @Test
    void theTypesAreInferredAndDeclared() {
        assertEquals(
                "Sale ID VARCHAR NOT NULL, Date DATE, Shop VARCHAR, Product VARCHAR, Quantity BIGINT,"
                        + " Unit price DECIMAL(10, 2)",
                columns("Sales"));
        assertEquals(
                "Shop ID VARCHAR NOT NULL, City VARCHAR, State or region VARCHAR, Country VARCHAR, Shop size VARCHAR",
                columns("Shops"));
    }

    private String columns(String table) {
        Table found = store.catalog().find(TableName.of("retail", table)).orElseThrow();
        return found.columns().stream()
                .map(column -> column.name() + " " + column.type() + (column.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
    }
}
