package io.icespar.security.export;

import io.icespar.security.store.SecurityState;
import java.util.stream.Stream;

/** What is required of those who read a table. */
final class TableCommands {
    private TableCommands() {}

    static Stream<String> requiring(SecurityState state) {
        return state.tablesRequiringRestriction().stream()
                .map(table -> "ALTER TABLE " + Words.table(table) + " SET ROW SECURITY REQUIRED");
    }
}
