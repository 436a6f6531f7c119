/** The engine beside a simple model of who sees which row, under random sequences of commands and queries. */
@NullMarked
package io.icespar.engine.model;

import org.jspecify.annotations.NullMarked;
