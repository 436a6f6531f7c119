package io.icespar.security.cube;

import io.icespar.security.identity.Name;

/**
 * A level of a hierarchy.
 *
 * @param name its name, which is that of a column of the cube
 * @param column whose values are its members
 */
public record Level(Name name, CubeColumn column) {}
