package io.icespar.jdbc.login;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An object of JSON. What is missing and what is of another kind than was asked for are alike. */
final class JsonObject {
    private final Map<String, Object> members;

    JsonObject(Map<String, Object> members) {
        this.members = Map.copyOf(members);
    }

    /**
     * Reads a text.
     *
     * @return empty if it is not one object of JSON
     */
    static Optional<JsonObject> parse(String text) {
        return new JsonReader(text).object();
    }

    Optional<String> text(String name) {
        return find(name, String.class);
    }

    Optional<Boolean> flag(String name) {
        return find(name, Boolean.class);
    }

    Optional<Double> number(String name) {
        return find(name, Double.class);
    }

    /** The texts of a list, or the one that stands there without a list; none if it is neither. */
    List<String> texts(String name) {
        var value = members.get(name);
        if (value instanceof List) {
            return ((List<?>) value)
                    .stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .collect(Collectors.toUnmodifiableList());
        }
        return text(name).map(List::of).orElse(List.of());
    }

    boolean has(String name) {
        return members.containsKey(name);
    }

    private <T> Optional<T> find(String name, Class<T> type) {
        return Optional.ofNullable(members.get(name)).filter(type::isInstance).map(type::cast);
    }
}
