package io.icespar.security.view;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All views, none of which reads itself, directly or through others. Immutable. */
public final class Views {
    private static final Comparator<TableName> BY_NAME =
            Comparator.comparing(TableName::schema).thenComparing(TableName::table);
    private static final Views NONE = new Views(List.of());

    private final SortedMap<TableName, View> byName;

    /**
     * These views.
     *
     * @throws IllegalArgumentException if two have one name, or one reads itself
     */
    public Views(Collection<View> views) {
        SortedMap<TableName, View> named = new TreeMap<>(BY_NAME);
        for (View view : views) {
            if (named.put(view.name(), view) != null) {
                throw new IllegalArgumentException("two views have one name");
            }
        }
        byName = Collections.unmodifiableSortedMap(named);
        for (View view : views) {
            if (isReadBy(view.name(), view)) {
                throw new IllegalArgumentException("a view reads itself");
            }
        }
    }

    /** There are none. */
    public static Views none() {
        return NONE;
    }

    /** All views, in the order of their names. */
    public List<View> all() {
        return List.copyOf(byName.values());
    }

    /** The view of that name. */
    public Optional<View> find(TableName name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The first view by name that reads the table or view itself, not through others. */
    public Optional<View> reader(TableName name) {
        return byName.values().stream()
                .filter(view -> view.reads().containsKey(name))
                .findFirst();
    }

    /** The first view by name that reads the context value itself. */
    public Optional<View> reader(Name contextValue) {
        return byName.values().stream()
                .filter(view -> view.contextValues().contains(contextValue))
                .findFirst();
    }

    /** Whether the view reads the table or view of that name, directly or through these views. */
    public boolean isReadBy(TableName name, View view) {
        Set<TableName> seen = new HashSet<>();
        Deque<View> open = new ArrayDeque<>(List.of(view));
        while (!open.isEmpty()) {
            for (TableName read : open.pop().reads().keySet()) {
                if (read.equals(name)) {
                    return true;
                }
                if (seen.add(read)) {
                    find(read).ifPresent(open::push);
                }
            }
        }
        return false;
    }

    /** With the view, in the place of the one of its name if there is one. */
    public Views with(View view) {
        SortedMap<TableName, View> views = new TreeMap<>(byName);
        views.put(view.name(), view);
        return new Views(views.values());
    }

    /** Without the view of that name. */
    public Views without(TableName name) {
        return new Views(byName.values().stream()
                .filter(view -> !view.name().equals(name))
                .toList());
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Views views && byName.equals(views.byName));
    }

    @Override
    public int hashCode() {
        return byName.keySet().hashCode();
    }

    @Override
    public String toString() {
        return byName.keySet().toString();
    }
}
