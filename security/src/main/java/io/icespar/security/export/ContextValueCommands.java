package io.icespar.security.export;

import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Name;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;

/** Context values, and what they are set to. */
final class ContextValueCommands {
    private ContextValueCommands() {}

    static Stream<String> created(ContextSettings settings) {
        return settings.created().values().stream().map(ContextValueCommands::create);
    }

    private static String create(ContextDefinition definition) {
        return "CREATE CONTEXT VALUE " + Words.name(definition.name()) + " " + definition.type()
                + definition
                        .defaultValue()
                        .map(value -> " DEFAULT " + value.literal())
                        .orElse("")
                + definition
                        .claim()
                        .map(path -> " FROM CLAIM " + Words.text(path.text()))
                        .orElse("")
                + (definition.isSettable() ? " SETTABLE" : "");
    }

    static Stream<String> ofRoles(ContextSettings settings) {
        return set("ROLE", settings.roles());
    }

    static Stream<String> ofUsers(ContextSettings settings) {
        return set("USER", settings.users());
    }

    private static Stream<String> set(String kind, Map<Name, SortedMap<Name, TypedValue>> values) {
        return values.entrySet().stream()
                .flatMap(grantee -> grantee.getValue().entrySet().stream()
                        .map(set -> "ALTER " + kind + " " + Words.name(grantee.getKey()) + " SET "
                                + Words.name(set.getKey()) + " = "
                                + set.getValue().literal()));
    }
}
