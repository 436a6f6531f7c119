/** Walks over relational trees that reach every part of them. */
@NullMarked
package io.icespar.engine.tree;

import org.jspecify.annotations.NullMarked;
