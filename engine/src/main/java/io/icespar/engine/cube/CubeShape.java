package io.icespar.engine.cube;

import io.icespar.engine.catalog.Cube;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * The columns that a cube has for someone, and the tables that they come from.
 *
 * @param cube the cube
 * @param tree the tables
 * @param fields the columns, in order
 */
public record CubeShape(Cube cube, CubeTree tree, List<CubeField> fields) {
    /** Checks and copies. */
    public CubeShape {
        fields = List.copyOf(fields);
    }

    /** The measure of that name. */
    public Optional<CubeField.OfMeasure> findMeasure(Name name) {
        return measureFields().stream()
                .filter(field -> Name.of(field.name()).equals(name))
                .findFirst();
    }

    RelDataType rowType(RelDataTypeFactory types) {
        RelDataTypeFactory.Builder builder = types.builder();
        fields.forEach(field -> builder.add(field.name(), field.type()));
        return builder.build();
    }

    /** Whether any of the fields is a level of the hierarchy. */
    boolean isNamedBy(Iterable<Integer> read, Hierarchy hierarchy) {
        for (int field : read) {
            if (fields.get(field) instanceof CubeField.OfLevel level
                    && level.hierarchy().name().equals(hierarchy.name())) {
                return true;
            }
        }
        return false;
    }

    /** The hierarchies of which a level is among the fields, with those levels. */
    public List<Hierarchy> hierarchies() {
        List<Hierarchy> hierarchies = new ArrayList<>();
        for (Hierarchy hierarchy : cube.hierarchies()) {
            List<Level> levels = hierarchy.levels().stream()
                    .filter(level -> level(level.name()).isPresent())
                    .toList();
            if (!levels.isEmpty()) {
                hierarchies.add(new Hierarchy(hierarchy.name(), hierarchy.dimension(), hierarchy.isSlicing(), levels));
            }
        }
        return hierarchies;
    }

    /** The hierarchies all of whose levels are among the fields: members of others are not spoken of. */
    public List<Hierarchy> wholeHierarchies() {
        return hierarchies().stream()
                .filter(hierarchy -> cube.definition()
                        .findHierarchy(hierarchy.name())
                        .filter(whole ->
                                whole.levels().size() == hierarchy.levels().size())
                        .isPresent())
                .toList();
    }

    /** The field that is the level of that name. */
    public Optional<CubeField.OfLevel> level(Name name) {
        return fields.stream()
                .filter(CubeField.OfLevel.class::isInstance)
                .map(CubeField.OfLevel.class::cast)
                .filter(field -> field.level().name().equals(name))
                .findFirst();
    }

    /** The fields that are measures. */
    public List<CubeField.OfMeasure> measureFields() {
        return fields.stream()
                .filter(CubeField.OfMeasure.class::isInstance)
                .map(CubeField.OfMeasure.class::cast)
                .toList();
    }

    /** The places of the fields that are measures. */
    List<Integer> measures() {
        return IntStream.range(0, fields.size())
                .filter(field -> fields.get(field) instanceof CubeField.OfMeasure)
                .boxed()
                .toList();
    }
}
