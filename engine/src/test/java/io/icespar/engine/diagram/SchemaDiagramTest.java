package io.icespar.engine.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.catalog.ColumnType.Kind;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SchemaDiagramTest {
    private static final Table SALES = table(
            "retail.Sales",
            "Sale ID",
            List.of(
                    new Reference(names("Shop"), TableName.of("retail", "shops"), names("Shop ID")),
                    new Reference(names("Year", "Month"), TableName.of("retail", "Months"), names("Year", "No"))),
            column("Sale ID", ColumnType.of(Kind.BIGINT), false),
            column("Shop", ColumnType.of(Kind.VARCHAR), true),
            column("Year", ColumnType.of(Kind.INTEGER), true),
            column("Month", ColumnType.of(Kind.INTEGER), true),
            column("Unit price", ColumnType.decimal(10, 2), true));

    private static final Table SHOPS = table(
            "retail.Shops",
            "Shop ID",
            List.of(),
            column("Shop ID", ColumnType.of(Kind.VARCHAR), false),
            column("City", ColumnType.of(Kind.VARCHAR), true));

    private static final Table MONTHS = new Table(
            TableName.of("retail", "Months"),
            List.of(
                    column("Year", ColumnType.of(Kind.INTEGER), false),
                    column("No", ColumnType.of(Kind.INTEGER), false)),
            names("Year", "No"),
            List.of());

    @Test
    void tablesAreDrawnWithColumnsKeysAndReferences() {
        assertEquals("""
                erDiagram
                  "Months" {
                    _ INTEGER PK "Year"
                    _ INTEGER PK "No"
                  }
                  "Sales" {
                    _ BIGINT PK "Sale ID"
                    nullable VARCHAR FK "Shop"
                    nullable INTEGER FK "Year"
                    nullable INTEGER FK "Month"
                    nullable DECIMAL "Unit price"
                  }
                  "Shops" {
                    _ VARCHAR PK "Shop ID"
                    nullable VARCHAR "City"
                  }
                  "Sales" }o--o| "Shops" : "`Shop` = `Shop ID`"
                  "Sales" }o--o| "Months" : "`Year` = `Year` AND `Month` = `No`"
                """, diagram(SALES, SHOPS, MONTHS));
    }

    @Test
    void aReferenceFromAWholeKeyIsFromOneRowAtMost() {
        Table details = table(
                "retail.Shop details",
                "Shop",
                List.of(new Reference(names("Shop"), SHOPS.name(), names("Shop ID"))),
                column("Shop", ColumnType.of(Kind.VARCHAR), false));
        assertEquals(
                List.of("    _ VARCHAR PK,FK \"Shop\"", "  \"Shop details\" |o--o| \"Shops\" : \"`Shop` = `Shop ID`\""),
                diagram(details, SHOPS)
                        .lines()
                        .filter(line -> line.contains("FK") || line.contains("--"))
                        .toList());
    }

    @Test
    void aTableMayReferToItself() {
        Table people = table(
                "hr.People",
                "ID",
                List.of(new Reference(names("Boss"), TableName.of("hr", "People"), names("ID"))),
                column("ID", ColumnType.of(Kind.BIGINT), false),
                column("Boss", ColumnType.of(Kind.BIGINT), true));
        assertEquals(
                List.of("  \"People\" }o--o| \"People\" : \"`Boss` = `ID`\""),
                diagram(people).lines().filter(line -> line.contains("--")).toList());
    }

    @Test
    void viewsAreMarkedAsViews() {
        assertEquals(
                """
                erDiagram
                  "city_sales"["city_sales (view)"] {
                    nullable VARCHAR "City"
                    _ TIMESTAMP_WITH_LOCAL_TIME_ZONE "last sale"
                  }
                """,
                SchemaDiagram.of(
                        new Catalog(List.of()),
                        Map.of(
                                TableName.of("retail", "city_sales"),
                                List.of(
                                        viewColumn("City", "VARCHAR", true),
                                        viewColumn("last sale", "TIMESTAMP WITH LOCAL TIME ZONE", false))),
                        List.of()));
    }

    @Test
    void namesHaveTheirSchemaWhereThereAreSeveral() {
        Table other = table("a.b.c", "ID", List.of(), column("ID", ColumnType.of(Kind.BIGINT), false));
        Table same = table("a.b", "ID", List.of(), column("ID", ColumnType.of(Kind.BIGINT), false));
        assertEquals(
                List.of("  \"a.b\" {", "  \"a.b#46;c\" {", "  \"retail.Shops\" {"),
                diagram(other, SHOPS, same)
                        .lines()
                        .filter(line -> line.endsWith("{"))
                        .toList());
    }

    @Test
    void withoutAnyTableTheDiagramIsEmpty() {
        assertEquals("erDiagram\n", diagram());
    }

    // ---- Names are data

    private static final String STRING = "\"((?:[\\p{L}\\p{Nd}#; _.`-])*)\"";
    private static final Pattern BEGIN = Pattern.compile("  " + STRING + " \\{");
    private static final Pattern COLUMN = Pattern.compile("    (?:_|nullable) [A-Z]+ (?:PK,FK |PK |FK )?" + STRING);
    private static final Pattern RELATION =
            Pattern.compile("  " + STRING + " [|}]o--o\\| " + STRING + " : \"`([^`\"]*)` = `([^`\"]*)`\"");

    @Property(tries = 1000)
    void whateverNamesHoldTheDiagramSaysWhatTheCatalogSays(@ForAll("names") List<String> all) {
        List<String> spelled =
                all.stream().map(Name::of).distinct().map(Name::spelling).toList();
        Name key = Name.of(spelled.get(0));
        List<Table> tables = new ArrayList<>();
        for (String name : spelled) {
            tables.add(new Table(
                    new TableName(Name.of("s"), Name.of(name)),
                    spelled.stream()
                            .map(column -> column(column, ColumnType.of(Kind.VARCHAR), true))
                            .toList(),
                    List.of(key),
                    List.of(new Reference(List.of(Name.of(name)), new TableName(Name.of("s"), key), List.of(key)))));
        }
        List<String> expected = new ArrayList<>();
        Catalog catalog = new Catalog(tables);
        catalog.tables().forEach(table -> {
            expected.add("table " + table.name().table());
            table.columns().forEach(column -> expected.add("column " + column.name()));
        });
        catalog.tables()
                .forEach(table -> expected.add(table.name().table() + " " + key + " "
                        + table.references().get(0).columns().get(0) + " " + key));
        assertEquals(expected, read(SchemaDiagram.of(catalog, Map.of(), List.of())));
    }

    /** What a diagram says, read line by line; anything but what these tables can give is an error. */
    private static List<String> read(String diagram) {
        List<String> said = new ArrayList<>();
        // Only at these do lines of a diagram end.
        for (String line : diagram.split("\n", -1)) {
            Matcher begin = BEGIN.matcher(line);
            Matcher column = COLUMN.matcher(line);
            Matcher relation = RELATION.matcher(line);
            if (begin.matches()) {
                said.add("table " + QuotedNameTest.shown(begin.group(1)));
            } else if (column.matches()) {
                said.add("column " + QuotedNameTest.shown(column.group(1)));
            } else if (relation.matches()) {
                said.add(Stream.of(1, 2, 3, 4)
                        .map(relation::group)
                        .map(QuotedNameTest::shown)
                        .reduce((left, right) -> left + " " + right)
                        .orElseThrow());
            } else if (!line.equals("erDiagram") && !line.equals("  }") && !line.isEmpty()) {
                throw new AssertionError("no line of a diagram: " + line);
            }
        }
        return said;
    }

    @Provide
    Arbitrary<List<String>> names() {
        return new QuotedNameTest()
                .names()
                .filter(name ->
                        !name.isEmpty() && !QuotedNameTest.MARK.matcher(name).find())
                .list()
                .ofMinSize(3)
                .ofMaxSize(6);
    }

    // ---- Catalogs

    private static String diagram(Table... tables) {
        return SchemaDiagram.of(new Catalog(List.of(tables)), Map.of(), List.of());
    }

    private static Table table(String name, String key, List<Reference> references, Column... columns) {
        String[] parts = name.split("\\.", 2);
        return new Table(TableName.of(parts[0], parts[1]), List.of(columns), names(key), references);
    }

    private static List<Name> names(String... names) {
        return Stream.of(names).map(Name::of).toList();
    }

    private static Column column(String name, ColumnType type, boolean nullable) {
        return new Column(Name.of(name), type, nullable);
    }

    private static ResultColumn viewColumn(String name, String type, boolean nullable) {
        return new ResultColumn(name, "", "", type, Types.OTHER, 0, 0, nullable, ColumnForm.STRING);
    }
}
