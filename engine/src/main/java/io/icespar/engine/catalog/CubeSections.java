package io.icespar.engine.catalog;

import static io.icespar.engine.config.Problems.quote;

import io.icespar.engine.catalog.CubeDefinition.HierarchyDefinition;
import io.icespar.engine.catalog.CubeDefinition.LevelDefinition;
import io.icespar.engine.catalog.CubeDefinition.MeasureDefinition;
import io.icespar.engine.catalog.CubeDefinition.Mode;
import io.icespar.engine.config.SettingsFile.Section;
import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cubes of one schema, as its file declares them:
 *
 * <pre>{@code
 * cubes:
 *   Sales cube:
 *     fact: Sales                     # of this schema, unless `schema:` says another
 *     mode: auto                      # or manual
 *     hierarchies:
 *       Geography:
 *         levels:
 *           Country: [Shops, Country] # or one name, for a column of the fact table
 *           City: [Shops, City]
 *         dimension: Shops
 *         slicing: false
 *     measures:
 *       Turnover:
 *         expression: SUM("Quantity" * "Unit price")
 *         format: "#,##0.00"
 *         description: What was paid
 * }</pre>
 *
 * @param schema the schema
 */
record CubeSections(Name schema) {

    /** The cubes; their names are none of {@code taken}, and are added to it. */
    List<CubeDefinition> read(Section root, Map<Name, Text> taken) {
        return root.namedSections("cubes").stream()
                .map(section -> cube(section, taken))
                .toList();
    }

    private CubeDefinition cube(Section section, Map<Name, Text> taken) {
        checkName(section, "cube", section.name());
        CatalogDefinition.checkOnce(section, taken, "table or cube", section.name());
        var fact = new Text(section.text("fact"), section.at("fact"));
        Name factSchema = section.findText("schema").map(Name::of).orElse(schema);
        Map<Name, Text> hierarchyNames = new HashMap<>();
        Map<Name, Text> columnNames = new HashMap<>();
        List<HierarchyDefinition> hierarchies = section.namedSections("hierarchies").stream()
                .map(each -> hierarchy(each, hierarchyNames, columnNames))
                .toList();
        List<MeasureDefinition> measures = section.namedSections("measures").stream()
                .map(each -> measure(each, columnNames))
                .toList();
        return new CubeDefinition(
                new TableName(schema, Name.of(section.name().value())),
                section.name(),
                new TableName(factSchema, Name.of(fact.value())),
                fact,
                section.choice("mode", Mode.AUTO),
                hierarchies,
                measures);
    }

    private static HierarchyDefinition hierarchy(
            Section section, Map<Name, Text> hierarchyNames, Map<Name, Text> columnNames) {
        checkName(section, "hierarchy", section.name());
        CatalogDefinition.checkOnce(section, hierarchyNames, "hierarchy", section.name());
        List<LevelDefinition> levels = new ArrayList<>();
        section.namedTextLists("levels").forEach((name, column) -> {
            checkName(section, "level", name);
            CatalogDefinition.checkOnce(section, columnNames, "level or measure", name);
            levels.add(new LevelDefinition(name, column));
        });
        if (levels.isEmpty()) {
            section.problem(
                    section.at("levels"), "hierarchy " + quote(section.name().value()) + " needs `levels`");
        }
        return new HierarchyDefinition(
                section.name(), levels, section.flag("slicing", false), text(section, "dimension"));
    }

    private static MeasureDefinition measure(Section section, Map<Name, Text> columnNames) {
        checkName(section, "measure", section.name());
        CatalogDefinition.checkOnce(section, columnNames, "level or measure", section.name());
        return new MeasureDefinition(
                section.name(),
                new Text(section.text("expression"), section.at("expression")),
                text(section, "format"),
                text(section, "description"));
    }

    private static Optional<Text> text(Section section, String key) {
        return section.findText(key).map(value -> new Text(value, section.at(key)));
    }

    private static void checkName(Section section, String kind, Text name) {
        if (!Name.of(name.value()).isUsable()) {
            section.problem(
                    name.at(),
                    "the name of a " + kind + " must have 1 to " + Name.MAX_LENGTH
                            + " printable characters, none at its ends a space");
        }
    }
}
