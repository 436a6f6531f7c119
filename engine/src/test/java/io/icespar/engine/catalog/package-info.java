@NullMarked
package io.icespar.engine.catalog;

import org.jspecify.annotations.NullMarked;
