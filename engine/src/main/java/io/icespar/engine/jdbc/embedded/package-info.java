/**
 * JDBC without a server: connections to an engine in the same process.
 *
 * <p>They are Avatica's, on the same {@link io.icespar.engine.jdbc.IcesparMeta} as remote ones, and behave as those of
 * the thin driver do. What differs from Avatica's own is here; nothing of it concerns what a caller may see.
 */
@NullMarked
package io.icespar.engine.jdbc.embedded;

import org.jspecify.annotations.NullMarked;
