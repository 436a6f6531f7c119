package io.icespar.engine.diagram;

import io.icespar.security.identity.TableName;
import java.util.List;
import java.util.Optional;

/**
 * A box of the diagram.
 *
 * @param name what it stands for
 * @param kind what that is; empty for a table
 * @param attributes its lines, in order
 */
record Entity(TableName name, Optional<String> kind, List<Attribute> attributes) {
    /** Checks and copies. */
    Entity {
        attributes = List.copyOf(attributes);
    }

    /**
     * A line of a box, in four parts.
     *
     * @param presence whether a value may be absent
     * @param type the SQL name of the type
     * @param keys of which keys it is part: {@code PK}, {@code FK}
     * @param name its name
     */
    record Attribute(String presence, String type, List<String> keys, String name) {
        /** Checks and copies. */
        Attribute {
            keys = List.copyOf(keys);
        }

        static Attribute column(boolean nullable, String type, List<String> keys, String name) {
            return new Attribute(nullable ? "nullable" : "_", type, keys, name);
        }
    }
}
