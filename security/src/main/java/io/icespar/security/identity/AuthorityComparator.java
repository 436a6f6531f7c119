package io.icespar.security.identity;

import java.util.Comparator;

/**
 * Which of two roles has the higher authority: where both say something of one thing, the greater one is heard.
 *
 * <p>Roles may have the same authority; whoever compares them then decides by their names, so that it is the same one
 * each time. An implementation is safe for use by several threads.
 */
@FunctionalInterface
public interface AuthorityComparator extends Comparator<Name> {}
