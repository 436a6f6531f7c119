package io.icespar.engine.sql;

import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The condition of a restriction that grants members of some columns, as text: {@code "Country" = 'France' OR ("Country"
 * = 'USA' AND "City" IN ('Boston', 'New York'))}.
 *
 * <p>It is made from nothing but quoted names and the literals of typed values, none of which can end its quotes: in this
 * SQL a quote in a text or name is written twice, and no other character has a meaning there.
 */
public final class MemberCondition {
    /** Longer lists of alternatives are divided in two, again and again, so that no text is nested deeply. */
    private static final int ALTERNATIVES = 32;

    private final List<Name> columns;
    private final Node root = new Node();

    /** What is granted below one member, or of a whole hierarchy. */
    private static final class Node {
        private final Map<TypedValue, Node> below = new LinkedHashMap<>();
        private boolean isWhole;
    }

    /** A condition that grants no member yet; {@code columns} are those of the elements of paths, in order. */
    public MemberCondition(List<Name> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * Grants a member and all below it.
     *
     * @param path for each column a value of its type that is not NULL, at least one; fewer than there are columns for
     *     a member of a higher level
     */
    public void grant(List<TypedValue> path) {
        Node node = root;
        for (TypedValue value : path) {
            node = node.below.computeIfAbsent(value, key -> new Node());
        }
        node.isWhole = true;
    }

    /** The condition; at least one member was granted. */
    public String text() {
        return anyOf(alternatives(root, 0));
    }

    private List<String> alternatives(Node node, int level) {
        String column = quoted(columns.get(level));
        List<String> whole = new ArrayList<>();
        List<String> alternatives = new ArrayList<>();
        node.below.forEach((value, child) -> {
            if (child.isWhole) {
                whole.add(value.literal());
            } else {
                List<String> rest = alternatives(child, level + 1);
                alternatives.add("(" + column + " = " + value.literal() + " AND "
                        + (rest.size() > 1 ? "(" + anyOf(rest) + ")" : rest.get(0)) + ")");
            }
        });
        if (whole.size() == 1) {
            alternatives.add(0, column + " = " + whole.get(0));
        } else if (whole.size() > 1) {
            alternatives.add(0, whole.stream().collect(Collectors.joining(", ", column + " IN (", ")")));
        }
        return alternatives;
    }

    private static String anyOf(List<String> alternatives) {
        int half = alternatives.size() / 2;
        return alternatives.size() <= ALTERNATIVES
                ? String.join(" OR ", alternatives)
                : "(" + anyOf(alternatives.subList(0, half)) + ") OR ("
                        + anyOf(alternatives.subList(half, alternatives.size())) + ")";
    }

    private static String quoted(Name name) {
        return "\"" + name.spelling().replace("\"", "\"\"") + "\"";
    }
}
