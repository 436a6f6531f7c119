package io.icespar.security.privilege;

import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Who was granted the privilege to read what, and from whom it was revoked.
 *
 * <p>For each grantee the narrowest word counts: what was said of a column, else of its table, else of its schema. Where
 * nothing was said a role has no privilege, and {@code PUBLIC} what {@link DefaultAccess} says. So a column can be revoked
 * from {@code PUBLIC} and left with the rest of its table, and a new table is as the default has it. What is said of a
 * table takes back what was said of its columns before, likewise for schemas. A caller may read what {@code PUBLIC} or
 * any role held may read.
 *
 * <p>What is hidden from a role is not for those who hold it, however {@code PUBLIC} or that role came to the privilege;
 * only another role that they hold can be granted it.
 *
 * @param said for each grantee what was said, true for granted; what would hold without it is not kept, but that
 *     {@code PUBLIC} was granted or revoked something is, whatever the default is at the moment
 * @param hidden for each role, or {@code PUBLIC}, what is hidden from it; never stored
 */
public record Privileges(Map<Name, Map<Scope, Boolean>> said, Map<Name, Set<Scope>> hidden) {
    private static final Privileges NONE = new Privileges(Map.of());

    /** Checks and copies. */
    public Privileges {
        Map<Name, Map<Scope, Boolean>> copy = new TreeMap<>();
        said.forEach((grantee, words) -> {
            if (!words.isEmpty()) {
                copy.put(grantee, Map.copyOf(words));
            }
        });
        said = Collections.unmodifiableMap(copy);
        Map<Name, Set<Scope>> hiddenCopy = new TreeMap<>();
        hidden.forEach((role, scopes) -> hiddenCopy.put(role, Set.copyOf(scopes)));
        hidden = Collections.unmodifiableMap(hiddenCopy);
    }

    /** Nothing is hidden but what was revoked. */
    public Privileges(Map<Name, Map<Scope, Boolean>> said) {
        this(said, Map.of());
    }

    /** Nothing was said. */
    public static Privileges none() {
        return NONE;
    }

    /** Whether nothing was said, and nothing is hidden. */
    public boolean isEmpty() {
        return said.isEmpty() && hidden.isEmpty();
    }

    /** Whether the caller may read it. */
    public boolean mayRead(Caller caller, Scope scope, DefaultAccess byDefault) {
        boolean byPublic = holds(ReservedRoles.PUBLIC, scope, byDefault)
                && hidden.keySet().stream().noneMatch(role -> caller.roles().contains(role) && isHidden(role, scope));
        if (caller.isAdministrator() || byPublic) {
            return true;
        }
        return said.size() < caller.roles().size()
                ? said.keySet().stream()
                        .anyMatch(grantee -> caller.roles().contains(grantee) && granted(grantee, scope))
                : caller.roles().stream().anyMatch(role -> granted(role, scope));
    }

    /** Whether the role, or {@code PUBLIC}, holds the privilege itself, not through other roles. */
    public boolean holds(Name grantee, Scope scope, DefaultAccess byDefault) {
        return !isHidden(grantee, scope)
                && find(grantee, scope).orElse(grantee.equals(ReservedRoles.PUBLIC) && byDefault == DefaultAccess.OPEN);
    }

    private boolean granted(Name role, Scope scope) {
        return !isHidden(role, scope) && find(role, scope).orElse(false);
    }

    private boolean isHidden(Name role, Scope scope) {
        return hidden.getOrDefault(role, Set.of()).stream().anyMatch(whole -> whole.holds(scope));
    }

    /** What was said to the grantee of the thing, or of what it is a part of. */
    private Optional<Boolean> find(Name grantee, Scope scope) {
        Map<Scope, Boolean> words = said.getOrDefault(grantee, Map.of());
        return words.isEmpty() ? Optional.empty() : find(words, scope);
    }

    private static Optional<Boolean> find(Map<Scope, Boolean> words, Scope scope) {
        Boolean word = words.get(scope);
        return word != null ? Optional.of(word) : scope.whole().flatMap(whole -> find(words, whole));
    }

    /** After the privilege was granted to each grantee, or revoked; none of them is a reserved role. */
    public Privileges after(boolean granted, Collection<? extends Scope> on, Collection<Name> grantees) {
        Map<Name, Map<Scope, Boolean>> changed = new TreeMap<>(said);
        for (Name grantee : grantees) {
            Map<Scope, Boolean> words = new HashMap<>(changed.getOrDefault(grantee, Map.of()));
            for (Scope scope : on) {
                words.keySet().removeIf(scope::holds);
                Optional<Boolean> otherwise = find(words, scope);
                boolean known = grantee.equals(ReservedRoles.PUBLIC)
                        ? otherwise.equals(Optional.of(granted))
                        : otherwise.orElse(false) == granted;
                if (!known) {
                    words.put(scope, granted);
                }
            }
            changed.put(grantee, words);
        }
        return new Privileges(changed, hidden);
    }

    /** With what is hidden from roles. */
    public Privileges withHidden(Map<Name, Set<Scope>> newHidden) {
        return new Privileges(said, newHidden);
    }

    /** Without what was said of the table or view of that name, and of its columns. */
    public Privileges without(TableName table) {
        Scope whole = new Scope.OfTable(table);
        Map<Name, Map<Scope, Boolean>> changed = new TreeMap<>();
        said.forEach((grantee, words) -> {
            Map<Scope, Boolean> left = new HashMap<>(words);
            left.keySet().removeIf(whole::holds);
            changed.put(grantee, left);
        });
        return new Privileges(changed, hidden);
    }

    /** Without what was said to those grantees. */
    public Privileges without(Predicate<Name> grantees) {
        Map<Name, Map<Scope, Boolean>> changed = new TreeMap<>(said);
        changed.keySet().removeIf(grantees);
        return new Privileges(changed, hidden);
    }
}
