package io.icespar.engine.diagram;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.cube.CubeField;
import io.icespar.engine.cube.CubeShape;
import io.icespar.engine.diagram.Entity.Attribute;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.plan.ResultTypes;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Tables, views, cubes and references as an entity-relationship diagram in the language of Mermaid.
 *
 * <pre>
 * erDiagram
 *   "Sales" {
 *     _ VARCHAR PK "Sale ID"
 *     nullable VARCHAR FK "Shop"
 *   }
 *   "Shops" {
 *     _ VARCHAR PK "Shop ID"
 *   }
 *   "Sales cube"["Sales cube (cube)"] {
 *     level VARCHAR "Geography / City"
 *     measure BIGINT "Quantity#46;SUM"
 *   }
 *   "Sales" }o--o| "Shops" : "`Shop` = `Shop ID`"
 *   "Sales cube" ||..|| "Sales" : "rows"
 * </pre>
 *
 * <p>{@code _} is a column whose values are never absent. A level has its hierarchy before it unless that is called the same, and a measure its format and
 * its description behind it. Names stand in quotes, as {@link QuotedName} writes them, and
 * with their schema before them where there are several. A reference may find nothing, and a row of its target be
 * referred to by any number of rows, or by one at most if the reference is from a whole key.
 */
public final class SchemaDiagram {
    private final Catalog visible;
    private final boolean qualified;
    private final StringBuilder text = new StringBuilder("erDiagram\n");

    private SchemaDiagram(Catalog visible) {
        this.visible = visible;
        this.qualified = visible.schemas().size() > 1;
    }

    /**
     * The text of the diagram.
     *
     * @param visible what whoever sees it may know of
     * @param views the columns of each view in it
     * @param cubes the cubes in it, with the columns that they have for whoever sees it
     */
    public static String of(Catalog visible, Map<TableName, List<ResultColumn>> views, List<CubeShape> cubes) {
        SchemaDiagram diagram = new SchemaDiagram(visible);
        visible.tables().forEach(table -> diagram.entity(entity(table)));
        views.forEach((view, columns) -> diagram.entity(entity(view, columns)));
        cubes.forEach(cube -> diagram.entity(entity(cube)));
        visible.tables().forEach(table -> table.references().forEach(reference -> diagram.relation(table, reference)));
        cubes.forEach(diagram::relation);
        return diagram.text.toString();
    }

    // ---- What is drawn

    private static Entity entity(Table table) {
        return new Entity(
                table.name(),
                Optional.empty(),
                table.columns().stream()
                        .map(column -> Attribute.column(
                                column.nullable(),
                                column.type().kind().name(),
                                keys(table, column),
                                column.name().spelling()))
                        .toList());
    }

    private static List<String> keys(Table table, Column column) {
        List<String> keys = new ArrayList<>();
        if (table.key().contains(column.name())) {
            keys.add("PK");
        }
        if (table.references().stream()
                .anyMatch(reference -> reference.columns().contains(column.name()))) {
            keys.add("FK");
        }
        return keys;
    }

    private static Entity entity(TableName view, List<ResultColumn> columns) {
        return new Entity(
                view,
                Optional.of("view"),
                columns.stream()
                        .map(column ->
                                Attribute.column(column.nullable(), column.typeName(), List.of(), column.label()))
                        .toList());
    }

    /** What can be computed with beside its levels and measures are columns of its fact table, which is drawn itself. */
    private static Entity entity(CubeShape cube) {
        List<Attribute> attributes = new ArrayList<>();
        for (CubeField field : cube.fields()) {
            String type = ResultTypes.typeName(field.type().getSqlTypeName());
            if (field instanceof CubeField.OfLevel of) {
                attributes.add(Attribute.level(type, of.hierarchy(), of.level()));
            } else if (field instanceof CubeField.OfMeasure of) {
                attributes.add(Attribute.measure(type, of.measure()));
            }
        }
        return new Entity(cube.cube().name(), Optional.of("cube"), attributes);
    }

    // ---- How it is written

    private void entity(Entity entity) {
        String id = id(entity.name());
        text.append("  ").append(id);
        entity.kind()
                .ifPresent(kind -> text.append('[')
                        .append(id, 0, id.length() - 1)
                        .append(" (")
                        .append(kind)
                        .append(")\"]"));
        text.append(" {\n");
        for (Attribute attribute : entity.attributes()) {
            text.append("    ")
                    .append(attribute.kind())
                    .append(' ')
                    .append(word(attribute.type()))
                    .append(' ');
            if (!attribute.keys().isEmpty()) {
                text.append(String.join(",", attribute.keys())).append(' ');
            }
            text.append('"').append(attribute.text()).append("\"\n");
        }
        text.append("  }\n");
    }

    private void relation(Table table, Reference reference) {
        boolean fromWholeKey = !table.key().isEmpty() && reference.columns().containsAll(table.key());
        text.append("  ")
                .append(id(table.name()))
                .append(fromWholeKey ? " |o--o| " : " }o--o| ")
                .append(id(reference.target()))
                .append(" : \"")
                .append(condition(reference))
                .append("\"\n");
    }

    /** A row of a cube is one of its fact table, which is there for whom the cube is. */
    private void relation(CubeShape cube) {
        text.append("  ")
                .append(id(cube.cube().name()))
                .append(" ||..|| ")
                .append(id(cube.cube().definition().fact()))
                .append(" : \"rows\"\n");
    }

    private static String condition(Reference reference) {
        return IntStream.range(0, reference.columns().size())
                .mapToObj(i -> side(reference.columns().get(i)) + " = "
                        + side(reference.targetColumns().get(i)))
                .collect(Collectors.joining(" AND "));
    }

    private static String side(Name column) {
        return '`' + QuotedName.escaped(column.spelling()) + '`';
    }

    /** By what Mermaid tells entities apart, and what it shows unless told otherwise. A dot in a name is no dot here. */
    private String id(TableName name) {
        TableName spelled = visible.find(name).map(Table::name).orElse(name);
        String table = QuotedName.escaped(spelled.table().spelling());
        return qualified
                ? '"' + QuotedName.escaped(spelled.schema().spelling()) + '.' + table + '"'
                : '"' + table + '"';
    }

    /** A type as the one word that Mermaid takes for one. */
    private static String word(String type) {
        String word = type.replaceAll("[^A-Za-z0-9]+", "_");
        return word.isEmpty() || Character.isDigit(word.charAt(0)) ? "_" + word : word;
    }
}
