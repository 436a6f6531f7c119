package io.icespar.engine.sql;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.CubeDefinition;
import io.icespar.engine.catalog.CubeDefinition.HierarchyDefinition;
import io.icespar.engine.catalog.CubeDefinition.LevelDefinition;
import io.icespar.engine.catalog.CubeDefinition.MeasureDefinition;
import io.icespar.engine.config.Location;
import io.icespar.engine.config.Problems;
import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.engine.cube.CubeNames;
import io.icespar.engine.cube.CubeTree;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Reads the cubes that the catalog's files declare: finds what their names stand for.
 *
 * @param converter over the catalog
 * @param catalog all tables
 * @param settings the context values that there are
 * @param problems gets what is wrong, with its place
 */
record DeclaredCubes(QueryConverter converter, Catalog catalog, ContextSettings settings, Problems problems) {

    /**
     * The cubes, without what is wrong in them.
     *
     * @param mayLack whether it is no problem that a measure reads a context value that there is not, for it may still be
     *     created; the measure is there, but not for queries
     */
    List<Cube> read(List<CubeDefinition> definitions, boolean mayLack) {
        List<Cube> cubes = new ArrayList<>();
        for (CubeDefinition definition : definitions) {
            // That the table is there was seen when the files were read.
            CubeTree.of(catalog, definition.fact()).ifPresent(tree -> cubes.add(read(definition, tree, mayLack)));
        }
        return cubes;
    }

    private Cube read(CubeDefinition definition, CubeTree tree, boolean mayLack) {
        CubeParts parts = new CubeParts(
                definition.name(), tree, definition.mode() == CubeDefinition.Mode.AUTO, named(definition));
        for (HierarchyDefinition hierarchy : definition.hierarchies()) {
            List<Level> levels = new ArrayList<>();
            for (LevelDefinition level : hierarchy.levels()) {
                level(level, tree).ifPresent(levels::add);
            }
            if (levels.size() == hierarchy.levels().size()) {
                parts.add(CubeParts.hierarchy(
                        name(hierarchy.name()),
                        levels,
                        hierarchy.isSlicing(),
                        hierarchy.dimension().map(DeclaredCubes::name),
                        tree));
            }
        }
        MeasureExpressions expressions =
                new CubeShapes(converter, catalog, catalog, settings).expressions(parts.withoutMeasures(), tree);
        parts.addOwnMeasures(expressions);
        for (MeasureDefinition measure : definition.measures()) {
            add(measure, parts, expressions, mayLack);
        }
        return parts.cube();
    }

    private static List<Name> named(CubeDefinition definition) {
        List<Name> names = new ArrayList<>();
        definition.hierarchies().forEach(hierarchy -> {
            names.add(name(hierarchy.name()));
            hierarchy.levels().forEach(level -> names.add(name(level.name())));
        });
        definition.measures().forEach(measure -> names.add(name(measure.name())));
        return names;
    }

    private static Name name(Text text) {
        return Name.of(text.value());
    }

    private Optional<Level> level(LevelDefinition level, CubeTree tree) {
        SqlIdentifier column =
                new SqlIdentifier(level.column().stream().map(Text::value).toList(), SqlParserPos.ZERO);
        return at(
                level.column().get(0).at(),
                () -> new Level(name(level.name()), CubeParts.column(new CubeNames(tree), column)));
    }

    private void add(MeasureDefinition measure, CubeParts parts, MeasureExpressions expressions, boolean mayLack) {
        measure.format()
                .ifPresent(format -> at(format.at(), () -> {
                    CubeParts.checkFormat(format.value(), "");
                    return format;
                }));
        at(measure.expression().at(), () -> {
            try {
                parts.add(expressions.define(
                        name(measure.name()),
                        StatementText.expression(measure.expression().value()),
                        measure.expression().value().strip(),
                        measure.format().map(Text::value),
                        measure.description().map(Text::value),
                        parts.measures()));
            } catch (IcesparException e) {
                // Also a measure that names one which was left out.
                if (!mayLack || (e.code() != ErrorCode.UNDEFINED_OBJECT && e.code() != ErrorCode.UNDEFINED_COLUMN)) {
                    throw e;
                }
                parts.addUnchecked(new Measure(
                        name(measure.name()),
                        measure.expression().value().strip(),
                        measure.format().map(Text::value),
                        measure.description().map(Text::value),
                        Set.of(),
                        Set.of()));
            }
            return parts;
        });
    }

    private <T> Optional<T> at(Location location, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IcesparException e) {
            problems.add(location, e.getMessage());
            return Optional.empty();
        }
    }
}
