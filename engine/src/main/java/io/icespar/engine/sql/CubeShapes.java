package io.icespar.engine.sql;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Cube;
import io.icespar.engine.cube.CubeField;
import io.icespar.engine.cube.CubeNames;
import io.icespar.engine.cube.CubeShape;
import io.icespar.engine.cube.CubeTree;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that cubes have.
 *
 * @param converter over the catalog
 * @param catalog all that is known of
 * @param whole the catalog that it is a part of
 * @param settings the context values that measures may read
 */
record CubeShapes(QueryConverter converter, Catalog catalog, Catalog whole, ContextSettings settings) {
    /** What the table of a measure's definition is called. */
    static final String TABLE = "cube";

    /** The columns of a cube; empty if there are none. What does not fit the tables any more is not there. */
    Optional<CubeShape> shape(Cube cube) {
        return CubeTree.of(catalog, cube.definition().fact())
                .map(tree -> shape(cube, tree))
                .filter(shape -> !shape.fields().isEmpty());
    }

    private CubeShape shape(Cube cube, CubeTree tree) {
        List<CubeField> fields = new ArrayList<>();
        Set<Name> taken = new HashSet<>();
        for (Hierarchy hierarchy : cube.hierarchies()) {
            for (Level level : hierarchy.levels()) {
                tree.indexOf(level.column())
                        .ifPresent(index -> fields.add(new CubeField.OfLevel(
                                level.name().spelling(),
                                tree.columns().get(index).type(converter.types()),
                                index,
                                hierarchy,
                                level)));
            }
        }
        cube.definition()
                .hierarchies()
                .forEach(hierarchy -> hierarchy.levels().forEach(level -> taken.add(level.name())));
        cube.definition().measures().forEach(measure -> taken.add(measure.name()));
        taken.addAll(cube.hidden());
        for (int i = 0; i < tree.columns().size(); i++) {
            CubeTree.TreeColumn column = tree.columns().get(i);
            if (tree.isQuantity(column) && !taken.contains(column.column().name())) {
                fields.add(
                        new CubeField.OfColumn(column.column().name().spelling(), column.type(converter.types()), i));
            }
        }
        // Over all tables: what a measure means is the same for everyone, and for some it is not there.
        CubeTree all = CubeTree.of(whole, cube.definition().fact()).orElse(tree);
        for (CubeField.OfMeasure measure : compiled(cube.definition(), all)) {
            if (!cube.hidden().contains(measure.measure().name())) {
                measure.compiled()
                        .over(all, tree)
                        .ifPresent(compiled -> fields.add(
                                new CubeField.OfMeasure(measure.name(), measure.type(), measure.measure(), compiled)));
            }
        }
        return new CubeShape(cube, tree, fields);
    }

    /** The measures of a cube that fit the tables. */
    List<CubeField.OfMeasure> compiled(io.icespar.security.cube.Cube cube, CubeTree tree) {
        MeasureExpressions expressions = expressions(cube, tree);
        List<CubeField.OfMeasure> compiled = new ArrayList<>();
        for (Measure measure : cube.measures()) {
            fitting(measure, expressions, compiled).ifPresent(compiled::add);
        }
        return compiled;
    }

    /** What reads what is not there any more is not there either. */
    private static Optional<CubeField.OfMeasure> fitting(
            Measure measure, MeasureExpressions expressions, List<CubeField.OfMeasure> known) {
        try {
            return Optional.of(expressions.compiled(measure, StatementText.expression(measure.expression()), known));
        } catch (IcesparException | StackOverflowError e) {
            return Optional.empty();
        }
    }

    /** Compiles the measures of a cube. */
    MeasureExpressions expressions(io.icespar.security.cube.Cube cube, CubeTree tree) {
        Map<Name, Integer> levels = new HashMap<>();
        cube.hierarchies()
                .forEach(hierarchy -> hierarchy
                        .levels()
                        .forEach(level ->
                                tree.indexOf(level.column()).ifPresent(index -> levels.put(level.name(), index))));
        return new MeasureExpressions(converter, settings, cube, tree, new CubeNames(tree), levels);
    }
}
