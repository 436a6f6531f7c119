package io.icespar.engine.sql;

import io.icespar.security.identity.Name;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** The names of columns, and of whatever else, that are written in a query as it was parsed; a star names none. */
final class NamesWritten extends SqlBasicVisitor<@Nullable Void> {
    private final Set<Name> names = new TreeSet<>();

    private NamesWritten() {}

    static Set<Name> of(SqlNode query) {
        NamesWritten written = new NamesWritten();
        query.accept(written);
        return written.names;
    }

    @Override
    public @Nullable Void visit(SqlIdentifier identifier) {
        if (!identifier.isStar()) {
            names.add(Name.of(identifier.names.get(identifier.names.size() - 1)));
        }
        return null;
    }
}
