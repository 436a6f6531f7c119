package io.icespar.engine.sql;

import io.icespar.engine.cube.AutoCube;
import io.icespar.engine.cube.CubeField;
import io.icespar.engine.cube.CubeNames;
import io.icespar.engine.cube.CubeTree;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.text.DecimalFormat;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * A new cube as it is put together from the parts that someone names and those that it has by itself. For one thread.
 *
 * <p>First come the hierarchies, then {@link #addOwnMeasures}, and then the measures that are named.
 */
final class CubeParts {
    private final TableName name;
    private final CubeTree tree;
    private final boolean isAuto;

    /** The names of all parts that someone names. */
    private final List<Name> named;

    private final List<Hierarchy> hierarchies = new ArrayList<>();
    private final List<CubeField.OfMeasure> measures = new ArrayList<>();
    private final List<Measure> unchecked = new ArrayList<>();

    CubeParts(TableName name, CubeTree tree, boolean isAuto, List<Name> named) {
        this.name = name;
        this.tree = tree;
        this.isAuto = isAuto;
        this.named = List.copyOf(named);
    }

    /** The column that a name in {@code LEVEL … AS} stands for. */
    static CubeColumn column(CubeNames names, SqlIdentifier identifier) {
        int index = names.only(identifier.names).orElseThrow(() -> MeasureExpressions.notFound(names, identifier));
        return names.tree().columns().get(index).at();
    }

    /** A hierarchy; without a dimension it is in that of the table of its first level. */
    static Hierarchy hierarchy(
            Name name, List<Level> levels, boolean isSlicing, Optional<Name> dimension, CubeTree tree) {
        TableName fact = tree.branches().get(0).table().name();
        return new Hierarchy(
                name,
                dimension.orElseGet(() -> levels.get(0).column().table(fact).table()),
                isSlicing,
                levels);
    }

    /**
     * Checks a pattern for numbers.
     *
     * @param place where it stands, as the end of an error's text
     */
    static void checkFormat(String pattern, String place) {
        try {
            new DecimalFormat(pattern).format(0);
        } catch (IllegalArgumentException e) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "`" + pattern + "` is no pattern for numbers, such as `#,##0.00`" + place,
                    e);
        }
    }

    void add(Hierarchy hierarchy) {
        hierarchies.add(hierarchy);
    }

    void add(CubeField.OfMeasure measure) {
        measures.add(measure);
    }

    /** Adds a measure that cannot be compiled yet; until it can, nobody finds it. */
    void addUnchecked(Measure measure) {
        unchecked.add(measure);
    }

    /** The measures so far, which the next one may name. */
    List<CubeField.OfMeasure> measures() {
        return List.copyOf(measures);
    }

    /** The cube with the hierarchies, its own too. */
    Cube withoutMeasures() {
        if (!isAuto) {
            return new Cube(name, tree.branches().get(0).table().name(), hierarchies, List.of());
        }
        List<Hierarchy> all = new ArrayList<>(hierarchies);
        all.addAll(AutoCube.without(new AutoCube(tree).hierarchies(), named));
        return new Cube(name, tree.branches().get(0).table().name(), all, List.of());
    }

    /** Adds the measures that it has by itself, but those whose names are taken. */
    void addOwnMeasures(MeasureExpressions expressions) {
        Set<Name> taken = new HashSet<>(named);
        taken.addAll(expressions.levels().keySet());
        if (isAuto) {
            new AutoCube(tree).measures().forEach((measure, text) -> addOwn(measure, text, taken, expressions));
        }
        addOwn(AutoCube.COUNT, AutoCube.COUNT_EXPRESSION, taken, expressions);
    }

    private void addOwn(Name measure, String text, Set<Name> taken, MeasureExpressions expressions) {
        if (taken.add(measure)) {
            measures.add(expressions.define(
                    measure, StatementText.expression(text), text, Optional.empty(), Optional.empty(), measures()));
        }
    }

    /** The whole cube. */
    Cube cube() {
        Cube skeleton = withoutMeasures();
        List<Measure> all = new ArrayList<>(
                measures.stream().map(CubeField.OfMeasure::measure).toList());
        all.addAll(unchecked);
        return new Cube(name, skeleton.fact(), skeleton.hierarchies(), all);
    }
}
