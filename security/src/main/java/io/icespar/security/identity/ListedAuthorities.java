package io.icespar.security.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The authority of roles by their places in a list: a role after another one has the higher authority.
 *
 * <p>Roles that are not listed have all the same authority, lower than any that is listed. {@code ROLE_USER} is still
 * lower, and {@code ROLE_ADMIN} higher than all, unless they are listed themselves.
 */
public final class ListedAuthorities implements AuthorityComparator {
    private static final int LOWEST = -2;
    private static final int NOT_LISTED = -1;

    private final Map<Name, Integer> places = new HashMap<>();

    /** The authorities by a list, lowest first. */
    public ListedAuthorities(List<Name> lowestFirst) {
        places.put(ReservedRoles.USER, LOWEST);
        places.put(ReservedRoles.ADMIN, Integer.MAX_VALUE);
        for (int i = 0; i < lowestFirst.size(); i++) {
            places.put(lowestFirst.get(i), i);
        }
    }

    @Override
    public int compare(Name left, Name right) {
        return Integer.compare(place(left), place(right));
    }

    private int place(Name role) {
        return places.getOrDefault(role, NOT_LISTED);
    }
}
