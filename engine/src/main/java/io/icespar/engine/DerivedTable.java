package io.icespar.engine;

import io.icespar.engine.catalog.Cube;
import io.icespar.engine.catalog.View;
import io.icespar.engine.cube.CubeField;
import io.icespar.engine.cube.CubeShape;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.plan.ResultTypes;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Measure;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A view or a cube, as tools see it: a table whose rows a query makes.
 *
 * @param name its name
 * @param columns its columns, in order
 * @param remarks what people should know of it
 */
public record DerivedTable(TableName name, List<DerivedColumn> columns, Optional<String> remarks) {
    /** Checks and copies. */
    public DerivedTable {
        columns = List.copyOf(columns);
    }

    /**
     * A column.
     *
     * @param column what it is
     * @param remarks what people should know of it
     */
    public record DerivedColumn(ResultColumn column, Optional<String> remarks) {}

    /** The columns without what is said of them. */
    public List<ResultColumn> resultColumns() {
        return columns.stream().map(DerivedColumn::column).toList();
    }

    /** The views and cubes that a front end knows of, in the order of their names. */
    static List<DerivedTable> all(SqlFrontend frontend) {
        List<DerivedTable> all = new ArrayList<>();
        for (View view : frontend.catalog().views()) {
            frontend.columns(view)
                    .filter(ResultTypes::canBeGiven)
                    .ifPresent(rowType -> all.add(new DerivedTable(
                            view.name(),
                            ResultTypes.columns(view.name(), rowType).stream()
                                    .map(column -> new DerivedColumn(column, Optional.empty()))
                                    .toList(),
                            Optional.empty())));
        }
        for (Cube cube : frontend.catalog().cubes()) {
            frontend.shape(cube).ifPresent(shape -> all.add(of(cube, shape)));
        }
        all.sort(Comparator.comparing((DerivedTable table) -> table.name().schema())
                .thenComparing(table -> table.name().table()));
        return all;
    }

    private static DerivedTable of(Cube cube, CubeShape shape) {
        List<DerivedColumn> columns = new ArrayList<>();
        for (CubeField field : shape.fields()) {
            if (ResultTypes.canBeGiven(field.type())) {
                columns.add(
                        new DerivedColumn(ResultTypes.column(field.name(), field.type(), cube.name()), remarks(field)));
            }
        }
        return new DerivedTable(
                cube.name(),
                columns,
                Optional.of("Cube of table " + cube.definition().fact()));
    }

    private static Optional<String> remarks(CubeField field) {
        if (field instanceof CubeField.OfLevel level) {
            Hierarchy hierarchy = level.hierarchy();
            return Optional.of("Level " + (hierarchy.levels().indexOf(level.level()) + 1) + " of hierarchy "
                    + hierarchy.name() + ", dimension " + hierarchy.dimension());
        }
        if (field instanceof CubeField.OfMeasure of) {
            Measure measure = of.measure();
            List<String> parts = new ArrayList<>();
            measure.description().ifPresent(parts::add);
            measure.format().ifPresent(format -> parts.add("format " + format));
            parts.add("query it as AGGREGATE(" + measure.name().quoted() + ")");
            return Optional.of("Measure: " + String.join("; ", parts));
        }
        return Optional.empty();
    }
}
