package io.icespar.security.mask;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toUnmodifiableList;

import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** All masks, and which of them a caller is shown. Immutable. */
public final class Masks {
    private static final Masks NONE = new Masks(List.of());

    private final SortedMap<Name, Mask> byName;
    private final Map<TableName, List<Mask>> byTable;

    /** These masks, of which no two have one name. */
    public Masks(Collection<Mask> masks) {
        SortedMap<Name, Mask> named = new TreeMap<>();
        for (Mask mask : masks) {
            if (named.put(mask.name(), mask) != null) {
                throw new IllegalArgumentException("two masks have one name");
            }
        }
        byName = Collections.unmodifiableSortedMap(named);
        byTable = named.values().stream().collect(groupingBy(Mask::table, toUnmodifiableList()));
    }

    /** There are none. */
    public static Masks none() {
        return NONE;
    }

    /** All masks, in the order of their names. */
    public List<Mask> all() {
        return List.copyOf(byName.values());
    }

    /** The mask of that name. */
    public Optional<Mask> find(Name name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether there is any mask of the column, whoever is shown it. */
    public boolean isMasked(TableName table, Name column) {
        return byTable.getOrDefault(table, List.of()).stream()
                .anyMatch(mask -> mask.column().equals(column));
    }

    /**
     * The mask that the caller is shown in place of the column: of those that are for the caller the one that comes by
     * the role of highest authority, {@code PUBLIC} having the lowest; then that of the first role by name, and then the
     * first by its own name. That a mask leaves the caller out does not lift another one.
     *
     * @return empty if the caller is shown the true values
     */
    public Optional<Mask> effective(Caller caller, TableName table, Name column, AuthorityComparator authorities) {
        if (caller.isAdministrator()) {
            return Optional.empty();
        }
        Comparator<Name> publicLast = Comparator.comparing(ReservedRoles.PUBLIC::equals);
        Comparator<Name> highestFirst =
                publicLast.thenComparing(authorities.reversed()).thenComparing(Comparator.naturalOrder());
        return byTable.getOrDefault(table, List.of()).stream()
                .filter(mask -> mask.column().equals(column))
                .filter(mask -> mask.except().stream().noneMatch(caller.roles()::contains))
                .flatMap(mask -> mask.to().stream()
                        .filter(role -> role.equals(ReservedRoles.PUBLIC)
                                || caller.roles().contains(role))
                        .min(highestFirst)
                        .map(role -> Map.entry(role, mask))
                        .stream())
                .min(Map.Entry.<Name, Mask>comparingByKey(highestFirst)
                        .thenComparing(entry -> entry.getValue().name()))
                .map(Map.Entry::getValue);
    }

    /** With the mask, in the place of the one of its name if there is one. */
    public Masks with(Mask mask) {
        SortedMap<Name, Mask> masks = new TreeMap<>(byName);
        masks.put(mask.name(), mask);
        return new Masks(masks.values());
    }

    /** Without the mask of that name. */
    public Masks without(Name name) {
        return new Masks(byName.values().stream()
                .filter(mask -> !mask.name().equals(name))
                .toList());
    }

    /** The same masks without some of the roles. */
    public Masks withoutRoles(Predicate<Name> roles) {
        return new Masks(
                byName.values().stream().map(mask -> mask.without(roles)).toList());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Masks masks && byName.equals(masks.byName);
    }

    @Override
    public int hashCode() {
        return byName.hashCode();
    }

    @Override
    public String toString() {
        return byName.values().toString();
    }
}
