/** That what is said of what was measured is so. */
@NullMarked
package io.icespar.benchmark.report;

import org.jspecify.annotations.NullMarked;
