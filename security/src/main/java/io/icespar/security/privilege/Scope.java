package io.icespar.security.privilege;

import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Optional;

/** What the privilege to read can be granted on; each is part of the next larger one. */
public sealed interface Scope {

    /** The next larger part of the catalog; empty for a schema. */
    Optional<Scope> whole();

    /** Whether {@code other} is the same, or a part of it. */
    default boolean holds(Scope other) {
        return equals(other) || other.whole().filter(this::holds).isPresent();
    }

    /** All tables of a schema, those to come included. */
    record OfSchema(Name schema) implements Scope {
        @Override
        public Optional<Scope> whole() {
            return Optional.empty();
        }
    }

    /** All columns of a table, those to come included. */
    record OfTable(TableName table) implements Scope {
        @Override
        public Optional<Scope> whole() {
            return Optional.of(new OfSchema(table.schema()));
        }
    }

    /** One column. */
    record OfColumn(TableName table, Name column) implements Scope {
        @Override
        public Optional<Scope> whole() {
            return Optional.of(new OfTable(table));
        }
    }
}
