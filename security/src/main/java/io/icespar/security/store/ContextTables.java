package io.icespar.security.store;

import static io.icespar.security.store.StateTables.name;
import static io.icespar.security.store.StateTables.putNew;
import static io.icespar.security.store.StateTables.query;
import static io.icespar.security.store.StateTables.row;

import io.icespar.security.context.ClaimPath;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.Limit;
import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Name;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Context values as rows of SQL tables. */
final class ContextTables {
    private static final String CALLER = "CALLER";
    private static final String ADMINISTRATOR = "ADMINISTRATOR";

    private ContextTables() {}

    /** In an order in which rows can be inserted, once those of users, roles and restrictions are there. */
    static Stream<FactTable> tables() {
        return Stream.of(
                new FactTable(
                        "context_value",
                        List.of("name"),
                        List.of("value_type", "default_text", "claim", "set_by"),
                        state -> state.context().created(),
                        state -> state.context().created().values().stream()
                                .map(definition -> row(
                                        definition.name(),
                                        definition.type(),
                                        definition
                                                .defaultValue()
                                                .map(ValueText::write)
                                                .orElse(null),
                                        definition.claim().orElse(null),
                                        definition.isSettable() ? CALLER : ADMINISTRATOR))),
                values("context_value_of_user", ContextSettings::users),
                values("context_value_of_role", ContextSettings::roles),
                new FactTable(
                        "restriction_context_value",
                        List.of("restriction", "context_value"),
                        List.of(),
                        SecurityState::restrictionMap,
                        state -> StateTables.restrictions(state)
                                .flatMap(restriction -> restriction.contextValues().stream()
                                        .map(value -> row(restriction.name(), value)))));
    }

    private static FactTable values(
            String table, Function<ContextSettings, SortedMap<Name, SortedMap<Name, TypedValue>>> part) {
        return new FactTable(
                table,
                List.of("grantee", "context_value"),
                List.of("value_text"),
                state -> part.apply(state.context()),
                state -> part.apply(state.context()).entrySet().stream()
                        .flatMap(entry -> rows(entry.getKey(), entry.getValue())));
    }

    private static Stream<List<@Nullable String>> rows(Name grantee, Map<Name, TypedValue> values) {
        return values.entrySet().stream().map(value -> row(grantee, value.getKey(), ValueText.write(value.getValue())));
    }

    /**
     * Reads the part of the state that speaks of context values.
     *
     * @throws IllegalArgumentException if the rows are not those of a state
     */
    static ContextSettings read(Connection connection) throws SQLException {
        SortedMap<Name, ContextDefinition> created = new TreeMap<>();
        String all = "SELECT name, value_type, default_text, claim, set_by FROM context_value";
        query(connection, all, row -> {
            Name name = name(row, 1);
            ContextType type = ContextType.parse(row.getString(2));
            Optional<TypedValue> defaultValue =
                    Optional.ofNullable(row.getString(3)).map(text -> ValueText.read(type, text));
            Optional<ClaimPath> claim = Optional.ofNullable(row.getString(4)).map(ClaimPath::new);
            putNew(created, name, new ContextDefinition(name, type, defaultValue, claim, isCaller(row.getString(5))));
        });
        SortedMap<Name, ContextDefinition> known = new TreeMap<>(created);
        known.putAll(Limit.definitions());
        return new ContextSettings(
                created,
                values(connection, "SELECT grantee, context_value, value_text FROM context_value_of_user", known),
                values(connection, "SELECT grantee, context_value, value_text FROM context_value_of_role", known));
    }

    private static boolean isCaller(String setBy) {
        return switch (setBy) {
            case CALLER -> true;
            case ADMINISTRATOR -> false;
            default -> throw new IllegalArgumentException("a context value is set by an unknown kind");
        };
    }

    private static SortedMap<Name, SortedMap<Name, TypedValue>> values(
            Connection connection, String sql, Map<Name, ContextDefinition> known) throws SQLException {
        SortedMap<Name, SortedMap<Name, TypedValue>> values = new TreeMap<>();
        query(connection, sql, row -> {
            ContextDefinition definition = known.get(name(row, 2));
            if (definition == null) {
                throw new IllegalArgumentException("an unknown context value is set");
            }
            putNew(
                    values.computeIfAbsent(name(row, 1), grantee -> new TreeMap<>()),
                    definition.name(),
                    ValueText.read(definition.type(), row.getString(3)));
        });
        return values;
    }
}
