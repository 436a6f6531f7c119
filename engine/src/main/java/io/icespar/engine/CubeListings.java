package io.icespar.engine;

import io.icespar.engine.catalog.Cube;
import io.icespar.engine.cube.CubeField;
import io.icespar.engine.cube.CubeShape;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.sql.CubeListing;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code SHOW} gives of cubes: to each caller of those that exist for the caller, as if there were no others.
 *
 * @param frontend knows of what exists for the caller, and of nothing else
 * @param isAdministrator whether the caller may see what measures are computed from, which may not exist for others
 */
record CubeListings(SqlFrontend frontend, boolean isAdministrator) {

    static List<ResultColumn> columns(CubeListing listing) {
        return switch (listing) {
            case CUBES ->
                List.of(
                        Listings.text("CUBE_SCHEMA"),
                        Listings.text("CUBE_NAME"),
                        Listings.text("FACT_TABLE"),
                        Listings.text("HIERARCHIES"),
                        Listings.text("MEASURES"));
            case HIERARCHIES ->
                List.of(
                        Listings.text("CUBE_SCHEMA"),
                        Listings.text("CUBE_NAME"),
                        Listings.text("DIMENSION"),
                        Listings.text("HIERARCHY"),
                        Listings.text("LEVELS"),
                        Listings.text("SLICING"),
                        Listings.text("DEFAULT_MEMBER"));
            case LEVELS ->
                List.of(
                        Listings.text("CUBE_SCHEMA"),
                        Listings.text("CUBE_NAME"),
                        Listings.text("HIERARCHY"),
                        CatalogFacts.number("LEVEL_NUMBER"),
                        Listings.text("LEVEL"),
                        Listings.text("DATA_TYPE"),
                        Listings.text("COLUMN"));
            case MEASURES ->
                List.of(
                        Listings.text("CUBE_SCHEMA"),
                        Listings.text("CUBE_NAME"),
                        Listings.text("MEASURE"),
                        Listings.text("DATA_TYPE"),
                        Listings.text("EXPRESSION"),
                        Listings.text("FORMAT"),
                        Listings.text("DESCRIPTION"));
        };
    }

    List<@Nullable Object[]> rows(CubeListing listing, Optional<TableName> wanted) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Cube cube : frontend.catalog().cubes()) {
            if (wanted.isEmpty() || wanted.get().equals(cube.name())) {
                frontend.shape(cube).ifPresent(shape -> {
                    switch (listing) {
                        case CUBES -> rows.add(cube(cube, shape));
                        case HIERARCHIES -> rows.addAll(hierarchies(cube, shape));
                        case LEVELS -> rows.addAll(levels(cube, shape));
                        case MEASURES -> rows.addAll(measures(cube, shape));
                    }
                });
            }
        }
        return rows;
    }

    private static @Nullable Object[] cube(Cube cube, CubeShape shape) {
        return new @Nullable Object[] {
            cube.name().schema().spelling(),
            cube.name().table().spelling(),
            cube.definition().fact().toString(),
            Listings.names(shape.hierarchies().stream().map(Hierarchy::name).toList()),
            Listings.names(shape.measureFields().stream()
                    .map(field -> field.measure().name())
                    .toList())
        };
    }

    private static List<@Nullable Object[]> hierarchies(Cube cube, CubeShape shape) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Hierarchy hierarchy : shape.hierarchies()) {
            List<String> levels = hierarchy.levels().stream()
                    .map(Level::name)
                    .map(Name::spelling)
                    .toList();
            rows.add(new @Nullable Object[] {
                cube.name().schema().spelling(),
                cube.name().table().spelling(),
                hierarchy.dimension().spelling(),
                hierarchy.name().spelling(),
                String.join(", ", levels),
                hierarchy.isSlicing() ? "YES" : "NO",
                Optional.ofNullable(cube.defaultMembers().get(hierarchy.name()))
                        .map(member -> member.member().toString())
                        .orElse(null)
            });
        }
        return rows;
    }

    private static List<@Nullable Object[]> levels(Cube cube, CubeShape shape) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Hierarchy hierarchy : shape.hierarchies()) {
            int number = 0;
            for (Level level : hierarchy.levels()) {
                number++;
                CubeField.OfLevel field = shape.level(level.name()).orElseThrow();
                rows.add(new @Nullable Object[] {
                    cube.name().schema().spelling(),
                    cube.name().table().spelling(),
                    hierarchy.name().spelling(),
                    number,
                    level.name().spelling(),
                    field.type().toString(),
                    level.column().table(cube.definition().fact()) + "."
                            + level.column().column()
                });
            }
        }
        return rows;
    }

    private List<@Nullable Object[]> measures(Cube cube, CubeShape shape) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (CubeField.OfMeasure field : shape.measureFields()) {
            Measure measure = field.measure();
            rows.add(new @Nullable Object[] {
                cube.name().schema().spelling(),
                cube.name().table().spelling(),
                measure.name().spelling(),
                field.type().toString(),
                isAdministrator ? measure.expression() : null,
                measure.format().orElse(null),
                measure.description().orElse(null)
            });
        }
        return rows;
    }
}
