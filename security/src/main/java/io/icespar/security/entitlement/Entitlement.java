package io.icespar.security.entitlement;

import io.icespar.security.context.GivenValue;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Part;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import java.util.List;

/** One thing that comes with a role, as a provider says it: not yet known to fit the catalog. */
public sealed interface Entitlement {

    /** Whose holders it is for; {@code PUBLIC} for everyone but administrators, where it is no context value. */
    Name role();

    /**
     * A context value that holders of the role get, as by {@code ALTER ROLE r SET value}.
     *
     * @param value the name of the context value, which is created by SQL
     * @param given what it is
     */
    record Value(Name role, Name value, GivenValue given) implements Entitlement {}

    /**
     * The members of some columns that holders of the role see rows of, as by a restriction whose subject these columns
     * are.
     *
     * @param table the table
     * @param columns its columns, from that of the first element of a path on
     * @param paths the members that are granted: the value of the first column, then that of the second, and so on. A
     *     path may end early, and stands for all members below then
     */
    record Members(Name role, TableName table, List<Name> columns, List<List<Object>> paths) implements Entitlement {
        /** Checks and copies. */
        public Members {
            columns = List.copyOf(columns);
            paths = paths.stream().map(List::copyOf).toList();
        }
    }

    /**
     * What does not exist for holders of the role, unless it was granted to a role that they hold.
     *
     * @param scope a table or a column
     */
    record Hidden(Name role, Scope scope) implements Entitlement {}

    /**
     * Whether a part of a cube exists for holders of the role, as by {@code ALTER ROLE r SET VISIBILITY}.
     *
     * @param part the part
     * @param isShown false if it is hidden
     */
    record Visibility(Name role, Part part, boolean isShown) implements Entitlement {}

    /**
     * The member at which queries of holders of the role take a hierarchy that they do not name.
     *
     * @param path the member of the first level, of the second, and so on
     */
    record DefaultMember(Name role, HierarchyName hierarchy, List<Object> path) implements Entitlement {
        /** Checks and copies. */
        public DefaultMember {
            path = List.copyOf(path);
        }
    }

    /**
     * The members of a cube's hierarchy that holders of the role see rows of, as by {@code GRANT MEMBERS}.
     *
     * @param paths the members that are granted, as for {@link Members}
     */
    record HierarchyMembers(Name role, HierarchyName hierarchy, List<List<Object>> paths) implements Entitlement {
        /** Checks and copies. */
        public HierarchyMembers {
            paths = paths.stream().map(List::copyOf).toList();
        }
    }
}
