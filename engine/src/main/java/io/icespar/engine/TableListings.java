package io.icespar.engine;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Mask;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import io.icespar.security.store.Role;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import io.icespar.security.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What administrators are shown of the rules on tables. */
final class TableListings {
    static final List<ResultColumn> RESTRICTIONS = List.of(
            Listings.text("RESTRICTION_NAME"),
            Listings.text("TABLE_SCHEMA"),
            Listings.text("TABLE_NAME"),
            Listings.text("SUBJECT"),
            Listings.text("CONDITION"),
            Listings.text("GRANTED_TO"),
            Listings.text("ORIGIN"));

    static final List<ResultColumn> ROW_SECURITY =
            List.of(Listings.text("TABLE_SCHEMA"), Listings.text("TABLE_NAME"), Listings.text("ROW_SECURITY"));

    static final List<ResultColumn> GRANTS = List.of(
            Listings.text("GRANTED_TO"),
            Listings.text("PRIVILEGE"),
            Listings.text("OBJECT"),
            Listings.text("COLUMNS"),
            Listings.text("ORIGIN"));

    static final List<ResultColumn> MASKS = List.of(
            Listings.text("MASK_NAME"),
            Listings.text("TABLE_SCHEMA"),
            Listings.text("TABLE_NAME"),
            Listings.text("COLUMN_NAME"),
            Listings.text("EXPRESSION"),
            Listings.text("SHOWN_TO"),
            Listings.text("NOT_SHOWN_TO"));

    private TableListings() {}

    static List<@Nullable Object[]> restrictions(SecurityState state, Optional<TableName> table) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Restriction restriction : state.restrictions()) {
            if (table.isEmpty() || table.get().equals(restriction.table())) {
                rows.add(new Object[] {
                    restriction.name().spelling(),
                    restriction.table().schema().spelling(),
                    restriction.table().table().spelling(),
                    subject(restriction.subject()),
                    restriction.condition(),
                    Listings.names(state.grantees(restriction.name())),
                    origin(state.provider(restriction.name()))
                });
            }
        }
        return rows;
    }

    /** Where a fact comes from: a provider, or SQL. */
    static String origin(Optional<Name> provider) {
        return provider.map(name -> "provider " + name).orElse("SQL");
    }

    static String subject(Subject subject) {
        if (subject instanceof Subject.Columns columns) {
            return Listings.names(columns.columns());
        } else if (subject instanceof Subject.Hierarchy hierarchy) {
            return "hierarchy " + hierarchy.name();
        }
        return subject instanceof Subject.Own ? "RESTRICTIVE" : "PERMISSIVE";
    }

    static List<@Nullable Object[]> masks(SecurityState state) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Mask mask : state.masks().all()) {
            rows.add(new Object[] {
                mask.name().spelling(),
                mask.table().schema().spelling(),
                mask.table().table().spelling(),
                mask.column().spelling(),
                mask.expression(),
                Listings.names(mask.to()),
                Listings.names(mask.except())
            });
        }
        return rows;
    }

    static List<@Nullable Object[]> rowSecurity(Catalog catalog, SecurityState state, Optional<TableName> table) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Table each : catalog.tables()) {
            TableName name = each.name();
            if (table.isEmpty() || table.get().equals(name)) {
                rows.add(new Object[] {
                    name.schema().spelling(),
                    name.table().spelling(),
                    state.requiresRestriction(name) ? "REQUIRED" : "OPTIONAL"
                });
            }
        }
        return rows;
    }

    /**
     * Who holds which roles and may read what, as it is with the tables there are now.
     *
     * @param holder a user or role, whose grants are listed with those of all roles held and of {@code PUBLIC}
     * @throws IcesparException {@code UNDEFINED_OBJECT} if there is no such user or role
     */
    static List<@Nullable Object[]> grants(
            Catalog catalog, DefaultAccess byDefault, SecurityState state, Optional<Grantee> holder) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        Set<Name> roles = new TreeSet<>();
        if (holder.isEmpty()) {
            state.users().forEach(user -> rows.addAll(roles(user.name(), user.roles())));
            state.roles().forEach(role -> roles.add(role.name()));
        } else if (holder.get() instanceof Grantee.User) {
            User user = state.findUser(holder.get().name()).orElseThrow(() -> undefined("user", holder.get()));
            rows.addAll(roles(user.name(), user.roles()));
            roles.addAll(state.findCaller(user.name()).orElseThrow().roles());
        } else {
            Role role = state.findRole(holder.get().name()).orElseThrow(() -> undefined("role", holder.get()));
            roles.addAll(state.closure(Set.of(role.name())));
        }
        for (Name name : roles) {
            state.findRole(name).ifPresent(role -> rows.addAll(roles(role.name(), role.roles())));
        }
        roles.add(ReservedRoles.PUBLIC);
        Catalog cubes = catalog.with(state.cubes(), Views.none());
        for (Name grantee : roles) {
            catalog.tables().forEach(table -> {
                List<Name> columns = table.columns().stream().map(Column::name).toList();
                select(grantee, table.name(), columns, byDefault, state).ifPresent(rows::add);
            });
            state.views()
                    .all()
                    .forEach(view -> select(grantee, view.name(), view.columnNames(), byDefault, state)
                            .ifPresent(rows::add));
            cubes.cubes()
                    .forEach(cube -> select(grantee, cube.name(), cubes.columnNames(cube), byDefault, state)
                            .ifPresent(rows::add));
        }
        state.hidden().stream().filter(hides -> roles.contains(hides.role())).forEach(hides -> rows.add(hidden(hides)));
        return rows;
    }

    private static @Nullable Object[] hidden(Provided.Hides hides) {
        String object = "";
        String columns = "(all)";
        if (hides.scope() instanceof Scope.OfColumn of) {
            object = of.table().toString();
            columns = of.column().spelling();
        } else if (hides.scope() instanceof Scope.OfTable of) {
            object = of.table().toString();
        } else if (hides.scope() instanceof Scope.OfSchema of) {
            object = of.schema().spelling();
        }
        return new Object[] {hides.role().spelling(), "HIDDEN", object, columns, origin(Optional.of(hides.provider()))};
    }

    private static List<@Nullable Object[]> roles(Name holder, Set<Name> held) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        held.forEach(role ->
                rows.add(new Object[] {holder.spelling(), "ROLE", role.spelling(), "", origin(Optional.empty())}));
        return rows;
    }

    private static Optional<@Nullable Object[]> select(
            Name grantee, TableName table, List<Name> all, DefaultAccess byDefault, SecurityState state) {
        List<Name> columns = all.stream()
                .filter(column -> state.privileges().holds(grantee, new Scope.OfColumn(table, column), byDefault))
                .toList();
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        String listed = columns.size() == all.size() ? "(all)" : Listings.names(columns);
        return Optional.of(
                new Object[] {grantee.spelling(), "SELECT", table.toString(), listed, origin(Optional.empty())});
    }

    private static IcesparException undefined(String kind, Grantee holder) {
        return new IcesparException(ErrorCode.UNDEFINED_OBJECT, kind + " `" + holder.name() + "` does not exist");
    }
}
