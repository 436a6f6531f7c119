package io.icespar.security.export;

import io.icespar.security.identity.Name;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import io.icespar.security.store.SecurityState;
import java.util.Set;
import java.util.stream.Stream;

/** Restrictions and who holds them, but for those that grants of members are. */
final class RestrictionCommands {
    private RestrictionCommands() {}

    static Stream<String> created(SecurityState state) {
        return state.restrictions().stream()
                .filter(restriction -> !(restriction.subject() instanceof Subject.Hierarchy))
                .map(restriction -> create(restriction, state.grantees(restriction.name())));
    }

    private static String create(Restriction restriction, Set<Name> grantees) {
        return "CREATE RESTRICTION " + Words.name(restriction.name()) + " ON " + Words.table(restriction.table())
                + as(restriction.subject())
                + " USING " + Words.parenthesised(restriction.condition())
                + (grantees.isEmpty() ? "" : " TO " + Words.names(grantees));
    }

    private static String as(Subject subject) {
        if (subject instanceof Subject.Own) {
            return " AS RESTRICTIVE";
        } else if (subject instanceof Subject.WholeTable) {
            return " AS PERMISSIVE";
        }
        // The columns are those that the condition reads.
        return "";
    }
}
