/** What restrictions and logins cost, measured beside the same without them in one run. */
@NullMarked
package io.icespar.benchmark;

import org.jspecify.annotations.NullMarked;
