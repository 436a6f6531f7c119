package io.icespar.security.entitlement;

import io.icespar.security.context.GivenValue;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what a provider says, role by role. For one thread.
 *
 * <p>Whether roles, tables, columns and values are such as there are is found when an engine opens.
 */
public final class EntitlementsBuilder {
    private final Name provider;
    private final List<Entitlement> said = new ArrayList<>();

    EntitlementsBuilder(String provider) {
        this.provider = Name.of(provider);
    }

    /** Goes on with what comes with a role; {@code PUBLIC} stands for everyone but administrators. */
    public ForRole forRole(String role) {
        return new ForRole(Name.of(role));
    }

    /** All that was said. */
    public Entitlements build() {
        return new Entitlements(provider, said);
    }

    /** What comes with one role. */
    public final class ForRole {
        private final Name role;

        private ForRole(Name role) {
            this.role = role;
        }

        /**
         * Gives holders of the role a context value.
         *
         * @param name of a value that was created by SQL, or of a limit
         * @param value a text, whole number, {@code BigDecimal}, {@code Double}, {@code Boolean}, {@code LocalDate} or
         *     {@code LocalDateTime}, a list of them for an array, or null for NULL
         */
        public ForRole withContextValue(String name, @Nullable Object value) {
            GivenValue given = value == null ? GivenValue.ofNull() : GivenValue.of(copy(value));
            said.add(new Entitlement.Value(role, Name.of(name), given));
            return this;
        }

        private static Object copy(Object value) {
            return value instanceof List<?> list ? List.copyOf(list) : value;
        }

        /**
         * Gives holders of the role the member that is shown where nobody names one, such as a currency: it is the
         * context value of that name.
         */
        public ForRole withDefaultMember(String name, Object member) {
            return withContextValue(name, member);
        }

        /** Hides a table from holders of the role, unless it is granted to a role that they hold. */
        public ForRole hideTable(String schema, String table) {
            said.add(new Entitlement.Hidden(role, new Scope.OfTable(TableName.of(schema, table))));
            return this;
        }

        /** Hides columns from holders of the role, unless they are granted to a role that they hold. */
        public ForRole hideColumns(String schema, String table, String... columns) {
            for (String column : columns) {
                said.add(
                        new Entitlement.Hidden(role, new Scope.OfColumn(TableName.of(schema, table), Name.of(column))));
            }
            return this;
        }

        /** Goes on with what holders of the role get of a cube. */
        public OnPivot onPivot(String schema, String cube) {
            return new OnPivot(EntitlementsBuilder.this, role, TableName.of(schema, cube));
        }

        /** Lets holders of the role see the rows of certain members only, by columns of one table. */
        public GrantMembers grantMembers() {
            return new GrantMembers(this, role);
        }

        /** Goes on with what comes with another role. */
        public ForRole forRole(String other) {
            return EntitlementsBuilder.this.forRole(other);
        }

        /** All that was said, of all roles. */
        public Entitlements build() {
            return EntitlementsBuilder.this.build();
        }
    }

    void say(Entitlement entitlement) {
        said.add(entitlement);
    }

    /** A grant of members that does not say yet whose. */
    public final class GrantMembers {
        private final ForRole forRole;
        private final Name role;

        private GrantMembers(ForRole forRole, Name role) {
            this.forRole = forRole;
            this.role = role;
        }

        /** Says of which table, and of which of its columns: those of a path's elements, in their order. */
        public MemberPaths on(String schema, String table, String... columns) {
            return new MemberPaths(
                    forRole,
                    role,
                    TableName.of(schema, table),
                    Stream.of(columns).map(Name::of).toList());
        }
    }

    /** The members that one role is granted of some columns. */
    public final class MemberPaths {
        private final ForRole forRole;
        private final Name role;
        private final TableName table;
        private final List<Name> columns;
        private final List<List<Object>> paths = new ArrayList<>();

        private MemberPaths(ForRole forRole, Name role, TableName table, List<Name> columns) {
            this.forRole = forRole;
            this.role = role;
            this.table = table;
            this.columns = columns;
        }

        /**
         * Grants a member and all below it.
         *
         * @param path the value of the first column, of the second, and so on; of the types that {@link
         *     ForRole#withContextValue} takes, but no lists
         */
        public MemberPaths memberPath(Object... path) {
            paths.add(List.of(path));
            return this;
        }

        /** Ends the list of members. */
        public ForRole end() {
            said.add(new Entitlement.Members(role, table, columns, paths));
            return forRole;
        }
    }
}
