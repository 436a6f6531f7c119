package io.icespar.security.export;

import io.icespar.security.role.RoleMappings;
import java.util.stream.Stream;

/** Roles that come with those of identity providers, and those that come by default. */
final class RoleMappingCommands {
    private RoleMappingCommands() {}

    static Stream<String> created(RoleMappings mappings) {
        Stream<String> mapped = mappings.mapped().entrySet().stream()
                .map(mapping -> "CREATE ROLE MAPPING FROM " + Words.text(mapping.getKey()) + " TO "
                        + Words.names(mapping.getValue()));
        Stream<String> byDefault = mappings.byDefault().isEmpty()
                ? Stream.of()
                : Stream.of("ALTER SYSTEM SET DEFAULT ROLES (" + Words.names(mappings.byDefault()) + ")");
        return Stream.concat(mapped, byDefault);
    }
}
