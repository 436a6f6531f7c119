package io.icespar.security.cube;

import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The condition that a row of a table is of one of the members that are granted, as text: {@code "Country" = 'France' OR
 * ("Country" = 'USA' AND "City" IN ('Boston', 'New York'))}. Where a level is in a table that is referred to, it is a
 * sub-query on that table: {@code "Shop" IN (SELECT "Shop ID" FROM "retail"."Shops" WHERE "City" = 'Paris')}.
 *
 * <p>It is made from nothing but quoted names and the literals of typed values, none of which can end its quotes: in this
 * SQL a quote in a text or name is written twice, and no other character has a meaning there.
 *
 * @param columns those of the elements of paths, in order, as they are reached from the table
 * @param members for each column a value of its type that is not NULL, at least one; fewer than there are columns for a
 *     member of a higher level, with all below it. At least one member
 */
public record MemberCondition(List<CubeColumn> columns, List<List<TypedValue>> members) {
    /** Longer lists of alternatives are divided in two, again and again, so that no text is nested deeply. */
    private static final int ALTERNATIVES = 32;

    /** Checks and copies. */
    public MemberCondition {
        columns = List.copyOf(columns);
        members = members.stream().map(List::copyOf).toList();
        int levels = columns.size();
        if (members.isEmpty() || members.stream().anyMatch(path -> path.isEmpty() || path.size() > levels)) {
            throw new IllegalArgumentException("members are granted, and of levels that there are");
        }
    }

    /** The condition of members of columns of one table. */
    public static MemberCondition ofTable(List<Name> columns, List<List<TypedValue>> members) {
        return new MemberCondition(
                columns.stream().map(name -> new CubeColumn(List.of(), name)).toList(), members);
    }

    /** What is granted below one member, or of a whole hierarchy. */
    private static final class Node {
        private final Map<TypedValue, Node> below = new LinkedHashMap<>();
        private boolean isWhole;
    }

    /** A condition before it is text. */
    private sealed interface Formula {
        /** That the level's member is one of these. */
        record Is(CubeColumn column, List<TypedValue> values) implements Formula {}

        /** That all of these hold. */
        record All(List<Formula> parts) implements Formula {}

        /** That one of these holds. */
        record Any(List<Formula> parts) implements Formula {}
    }

    /** The condition. */
    public String text() {
        Node root = new Node();
        for (List<TypedValue> path : members) {
            Node node = root;
            for (TypedValue value : path) {
                node = node.below.computeIfAbsent(value, key -> new Node());
            }
            node.isWhole = true;
        }
        return text(formula(root, 0), 0);
    }

    private Formula formula(Node node, int level) {
        CubeColumn column = columns.get(level);
        List<TypedValue> whole = new ArrayList<>();
        List<Formula> alternatives = new ArrayList<>();
        node.below.forEach((value, child) -> {
            if (child.isWhole) {
                whole.add(value);
            } else {
                List<Formula> conjuncts = new ArrayList<>(List.of(new Formula.Is(column, List.of(value))));
                Formula rest = formula(child, level + 1);
                conjuncts.addAll(rest instanceof Formula.All all ? all.parts() : List.of(rest));
                alternatives.add(new Formula.All(conjuncts));
            }
        });
        if (!whole.isEmpty()) {
            alternatives.add(0, new Formula.Is(column, whole));
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new Formula.Any(alternatives);
    }

    /** The formula as it is written in the table that {@code hops} joins lead to. */
    private static String text(Formula formula, int hops) {
        Optional<Join> hop = hop(formula, hops);
        if (hop.isPresent()) {
            return subQuery(hop.get(), text(formula, hops + 1));
        } else if (formula instanceof Formula.Is is) {
            return comparison(is);
        } else if (formula instanceof Formula.All all) {
            return parts(all.parts(), Formula.All::new, hops).stream().collect(Collectors.joining(" AND ", "(", ")"));
        }
        return anyOf(parts(((Formula.Any) formula).parts(), Formula.Any::new, hops));
    }

    /**
     * The parts' texts, each of which can stand beside AND and OR. Parts in one table that is referred to are asked for
     * together, as they are of one row there: a row refers to no more than one.
     */
    private static List<String> parts(List<Formula> parts, Function<List<Formula>, Formula> together, int hops) {
        Map<Join, List<Formula>> beyond = new LinkedHashMap<>();
        List<String> texts = new ArrayList<>();
        for (Formula part : parts) {
            hop(part, hops)
                    .ifPresentOrElse(
                            join -> beyond.computeIfAbsent(join, key -> new ArrayList<>())
                                    .add(part),
                            () -> texts.add(
                                    part instanceof Formula.Any ? "(" + text(part, hops) + ")" : text(part, hops)));
        }
        List<String> all = new ArrayList<>();
        beyond.forEach((join, there) -> all.add(text(there.size() == 1 ? there.get(0) : together.apply(there), hops)));
        all.addAll(texts);
        return all;
    }

    /** The join that leads to all columns of the formula; empty if there is none. */
    private static Optional<Join> hop(Formula formula, int hops) {
        if (formula instanceof Formula.Is is) {
            List<Join> path = is.column().path();
            return path.size() > hops ? Optional.of(path.get(hops)) : Optional.empty();
        }
        List<Formula> parts = formula instanceof Formula.All all ? all.parts() : ((Formula.Any) formula).parts();
        Optional<Join> first = hop(parts.get(0), hops);
        return first.filter(join -> parts.stream()
                .allMatch(part -> hop(part, hops).filter(join::equals).isPresent()));
    }

    private static String comparison(Formula.Is is) {
        String column = is.column().column().quoted();
        return is.values().size() == 1
                ? column + " = " + is.values().get(0).literal()
                : is.values().stream()
                        .map(TypedValue::literal)
                        .collect(Collectors.joining(", ", column + " IN (", ")"));
    }

    private static String subQuery(Join join, String condition) {
        String columns = names(join.columns());
        return (join.columns().size() == 1 ? columns : "(" + columns + ")") + " IN (SELECT "
                + names(join.targetColumns()) + " FROM " + join.target().quoted() + " WHERE " + condition + ")";
    }

    private static String anyOf(List<String> alternatives) {
        int half = alternatives.size() / 2;
        return alternatives.size() <= ALTERNATIVES
                ? String.join(" OR ", alternatives)
                : "(" + anyOf(alternatives.subList(0, half)) + ") OR ("
                        + anyOf(alternatives.subList(half, alternatives.size())) + ")";
    }

    private static String names(List<Name> names) {
        return names.stream().map(Name::quoted).collect(Collectors.joining(", "));
    }
}
