/**
 * Which roles come with those that identity providers know, and which with none at all.
 *
 * <p>Plain facts. That the roles exist, and what callers come to hold by them, is for the store's state to say.
 */
@NullMarked
package io.icespar.security.role;

import org.jspecify.annotations.NullMarked;
