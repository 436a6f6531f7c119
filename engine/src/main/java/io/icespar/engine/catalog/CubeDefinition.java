package io.icespar.engine.catalog;

import io.icespar.engine.config.SettingsFile.Text;
import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A cube as the catalog file declares it, before anything in it is known to exist.
 *
 * @param name its full name
 * @param declared its name as it is written
 * @param fact the table whose rows it has
 * @param factAt that table as it is written
 * @param mode what it has beside what is declared
 * @param hierarchies in their order
 * @param measures in their order
 */
public record CubeDefinition(
        TableName name,
        Text declared,
        TableName fact,
        Text factAt,
        Mode mode,
        List<HierarchyDefinition> hierarchies,
        List<MeasureDefinition> measures) {

    /** What a cube has beside what is declared. */
    public enum Mode {
        /** A hierarchy for each column that groups rows, and measures for each that counts. */
        AUTO,
        /** Nothing. */
        MANUAL
    }

    /** Checks and copies. */
    public CubeDefinition {
        hierarchies = List.copyOf(hierarchies);
        measures = List.copyOf(measures);
    }

    /**
     * A hierarchy as it is declared.
     *
     * @param name its name
     * @param levels from the coarsest to the finest, at least one
     * @param isSlicing whether who does not name it is shown one member of its first level
     * @param dimension the dimension that it is part of; empty for that of the table of its first level
     */
    public record HierarchyDefinition(
            Text name, List<LevelDefinition> levels, boolean isSlicing, Optional<Text> dimension) {
        /** Checks and copies. */
        public HierarchyDefinition {
            levels = List.copyOf(levels);
        }
    }

    /**
     * A level as it is declared.
     *
     * @param name its name
     * @param column the names that lead to its column, as {@code LEVEL … AS} takes them: the column of the fact table, or
     *     tables or referring columns and then the column; at least one
     */
    public record LevelDefinition(Text name, List<Text> column) {
        /** Checks and copies. */
        public LevelDefinition {
            column = List.copyOf(column);
        }
    }

    /**
     * A measure as it is declared.
     *
     * @param name its name
     * @param expression an aggregate expression, in SQL
     * @param format how tools may show it
     * @param description what it means, for people
     */
    public record MeasureDefinition(Text name, Text expression, Optional<Text> format, Optional<Text> description) {}
}
