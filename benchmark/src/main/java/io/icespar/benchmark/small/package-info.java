/**
 * Small pieces: planning; and rights and logins, measured by JMH. Each class with {@code Measured} in its name is one JMH
 * benchmark; what it is measured with stands beside it.
 */
@NullMarked
package io.icespar.benchmark.small;

import org.jspecify.annotations.NullMarked;
