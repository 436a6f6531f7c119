/** That what is measured is what it is said to be. */
@NullMarked
package io.icespar.benchmark.small;

import org.jspecify.annotations.NullMarked;
