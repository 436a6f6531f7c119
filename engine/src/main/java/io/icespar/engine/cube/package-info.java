/**
 * Cubes as tables of their schemas: a query over levels and measures becomes one over the tables beneath, each of which
 * is restricted as everywhere.
 */
@NullMarked
package io.icespar.engine.cube;

import org.jspecify.annotations.NullMarked;
