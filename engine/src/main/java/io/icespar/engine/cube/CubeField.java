package io.icespar.engine.cube;

import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import org.apache.calcite.rel.type.RelDataType;

/** A column of a cube. */
public sealed interface CubeField {
    /** Its name, unique in the cube. */
    String name();

    /** The type of its values; of a measure, that of what it gives. */
    RelDataType type();

    /** A column whose rows have values of their own: those of one column of the tables beneath. */
    sealed interface OfRows extends CubeField {
        /** The column's place in the cube's tree. */
        int column();
    }

    /**
     * A level.
     *
     * @param hierarchy of which it is
     * @param level the level
     */
    record OfLevel(String name, RelDataType type, int column, Hierarchy hierarchy, Level level) implements OfRows {}

    /** A column of the tables that is no level, to compute with. */
    record OfColumn(String name, RelDataType type, int column) implements OfRows {}

    /**
     * A measure.
     *
     * @param measure as it was defined
     * @param compiled what it means
     */
    record OfMeasure(String name, RelDataType type, Measure measure, CompiledMeasure compiled) implements CubeField {}
}
