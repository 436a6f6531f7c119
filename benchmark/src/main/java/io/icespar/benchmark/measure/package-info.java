/** How long things take, measured in turns, and what is said of it: medians, percentiles and ratios. Knows no system. */
@NullMarked
package io.icespar.benchmark.measure;

import org.jspecify.annotations.NullMarked;
