package io.icespar.engine.catalog;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.function.Predicate;

/**
 * A view, as far as it exists for someone.
 *
 * @param definition the view as it was created
 * @param columns the names of those of its columns that exist, in its order
 */
public record View(io.icespar.security.view.View definition, List<Name> columns) {
    /** Checks and copies. */
    public View {
        columns = List.copyOf(columns);
    }

    /** Its full name. */
    public TableName name() {
        return definition.name();
    }

    /** The view with some of its columns only. */
    View part(Predicate<Name> wanted) {
        return new View(definition, columns.stream().filter(wanted).toList());
    }
}
