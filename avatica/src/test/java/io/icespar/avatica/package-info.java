@NullMarked
package io.icespar.avatica;

import org.jspecify.annotations.NullMarked;
