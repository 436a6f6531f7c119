package io.icespar.security.cube;

import io.icespar.security.context.TypedValue;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A member of a hierarchy, with all below it.
 *
 * @param values the member of the first level, of the second, and so on, none of them NULL; at least one, and at most as
 *     many as there are levels
 */
public record MemberPath(List<TypedValue> values) {
    /** Checks and copies. */
    public MemberPath {
        values = List.copyOf(values);
        if (values.isEmpty()
                || values.stream().anyMatch(value -> value.content().isEmpty())) {
            throw new IllegalArgumentException("a member has a value for at least one level");
        }
    }

    /** The path as a command has it, such as {@code ('France', 'Paris')}. */
    @Override
    public String toString() {
        return values.stream().map(TypedValue::literal).collect(Collectors.joining(", ", "(", ")"));
    }
}
