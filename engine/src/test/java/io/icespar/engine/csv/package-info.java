@NullMarked
package io.icespar.engine.csv;

import org.jspecify.annotations.NullMarked;
