/** That the data is what the benchmark's definition says. */
@NullMarked
package io.icespar.ssb;

import org.jspecify.annotations.NullMarked;
