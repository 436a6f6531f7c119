/**
 * The audit: what was asked of the server, by whom, and what came of it, as a line in a file for each event.
 *
 * <p>It records; it decides nothing but whether work may go on when it cannot record. Passwords and the values of
 * rows never come here: whoever records gives texts from which passwords were taken out.
 */
@NullMarked
package io.icespar.security.audit;

import org.jspecify.annotations.NullMarked;
