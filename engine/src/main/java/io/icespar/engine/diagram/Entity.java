package io.icespar.engine.diagram;

import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.identity.Name;
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
     * @param kind of a column whether its values may be absent; otherwise what it is
     * @param type the SQL name of the type
     * @param keys of which keys it is part: {@code PK}, {@code FK}
     * @param text its name and what else is said of it, as it can stand within quotes
     */
    record Attribute(String kind, String type, List<String> keys, String text) {
        /** Checks and copies. */
        Attribute {
            keys = List.copyOf(keys);
        }

        static Attribute column(boolean nullable, String type, List<String> keys, String name) {
            return new Attribute(nullable ? "nullable" : "_", type, keys, QuotedName.escaped(name));
        }

        static Attribute level(String type, Hierarchy hierarchy, Level level) {
            String prefix = hierarchy.name().equals(level.name()) ? "" : escaped(hierarchy.name()) + " / ";
            return new Attribute("level", type, List.of(), prefix + escaped(level.name()));
        }

        static Attribute measure(String type, Measure measure) {
            return new Attribute(
                    "measure",
                    type,
                    List.of(),
                    escaped(measure.name())
                            + measure.format()
                                    .map(format -> " (" + QuotedName.escaped(format) + ")")
                                    .orElse("")
                            + measure.description()
                                    .map(description -> " - " + QuotedName.escaped(description))
                                    .orElse(""));
        }

        private static String escaped(Name name) {
            return QuotedName.escaped(name.spelling());
        }
    }
}
