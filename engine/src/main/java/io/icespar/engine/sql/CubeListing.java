package io.icespar.engine.sql;

/** What {@code SHOW} gives of cubes, to each caller of those that exist for the caller. */
public enum CubeListing {
    /** {@code SHOW CUBES}. */
    CUBES,
    /** {@code SHOW HIERARCHIES [IN cube]}. */
    HIERARCHIES,
    /** {@code SHOW LEVELS [IN cube]}. */
    LEVELS,
    /** {@code SHOW MEASURES [IN cube]}. */
    MEASURES
}
