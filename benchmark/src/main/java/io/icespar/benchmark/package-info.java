/** The bench: what Icespar costs, measured beside other systems in one run. */
@NullMarked
package io.icespar.benchmark;

import org.jspecify.annotations.NullMarked;
