package io.icespar.engine;

import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.ColumnType;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.sql.CubeListing;
import io.icespar.engine.sql.FactTable;
import io.icespar.engine.sql.Listing;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.role.HeldRoles;
import io.icespar.security.store.SecurityState;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tables of {@code INFORMATION_SCHEMA} as one caller finds them at one moment. All of them are there for everyone;
 * those that are for administrators are empty for others.
 *
 * @param engine whose facts they are
 * @param state the security state
 * @param caller who asks
 * @param frontend knows the part of the catalog that exists for the caller
 * @param values the caller's context values
 */
record InformationSchema(
        Engine engine, SecurityState state, Caller caller, SqlFrontend frontend, Supplier<ContextValues> values) {

    /** Those that give the rows of a {@code SHOW}. */
    private static final List<Listing> LISTINGS = List.of(
            Listing.AUDIT,
            Listing.GRANTS,
            Listing.MASKS,
            Listing.RESTRICTIONS,
            Listing.ROLES,
            Listing.ROW_SECURITY,
            Listing.USERS,
            Listing.VIEWS);

    List<FactTable> tables() {
        return Stream.of(forEveryone(), forAdministrators(), LISTINGS.stream().map(this::listed))
                .flatMap(tables -> tables)
                .toList();
    }

    private Stream<FactTable> forEveryone() {
        CatalogFacts catalog = new CatalogFacts(frontend.catalog(), () -> DerivedTable.all(frontend));
        DefaultAccess byDefault = engine.defaultAccess();
        Predicate<Name> shown =
                role -> caller.isAdministrator() || caller.roles().contains(role);
        return Stream.of(
                table("SCHEMATA", CatalogFacts.SCHEMATA, catalog::schemata),
                table("TABLES", CatalogFacts.TABLES, catalog::tables),
                table("COLUMNS", CatalogFacts.COLUMNS, catalog::columns),
                table(
                        "TABLE_PRIVILEGES",
                        CatalogFacts.TABLE_PRIVILEGES,
                        () -> catalog.tablePrivileges(state.privileges(), byDefault, shown)),
                table(
                        "COLUMN_PRIVILEGES",
                        CatalogFacts.COLUMN_PRIVILEGES,
                        () -> catalog.columnPrivileges(state.privileges(), byDefault, shown)),
                table("ENABLED_ROLES", RoleFacts.ENABLED_ROLES, () -> RoleFacts.enabledRoles(caller)),
                table(
                        "APPLICABLE_ROLES",
                        RoleFacts.APPLICABLE_ROLES,
                        () -> new RoleFacts(state).applicableRoles(caller)),
                table(
                        "ROLE_MAPPINGS",
                        RoleMappingListings.ROLE_MAPPINGS,
                        () -> RoleMappingListings.mappings(
                                caller.isAdministrator()
                                        ? state.roleMappings().mapped()
                                        : held().map(HeldRoles::mapped).orElse(Collections.emptySortedMap()))),
                table(
                        "DEFAULT_ROLES",
                        RoleMappingListings.DEFAULT_ROLES,
                        () -> RoleMappingListings.roles(
                                caller.isAdministrator()
                                        ? state.roleMappings().byDefault()
                                        : held().map(HeldRoles::byDefault).orElse(Set.of()))),
                table("CONTEXT_VALUES", ContextListings.ALL, () -> ContextListings.all(values.get(), frontend)),
                cubes("CUBES", CubeListing.CUBES),
                cubes("CUBE_HIERARCHIES", CubeListing.HIERARCHIES),
                cubes("CUBE_LEVELS", CubeListing.LEVELS),
                cubes("CUBE_MEASURES", CubeListing.MEASURES));
    }

    private FactTable cubes(String name, CubeListing listing) {
        return table(
                name,
                CubeListings.columns(listing),
                () -> new CubeListings(frontend, caller.isAdministrator()).rows(listing, Optional.empty()));
    }

    private Optional<HeldRoles> held() {
        return state.findHeldRoles(caller.identity());
    }

    private Stream<FactTable> forAdministrators() {
        RoleFacts roles = new RoleFacts(state);
        return Stream.of(
                administrators("ROLE_GRANTS", RoleFacts.ROLE_GRANTS, roles::roleGrants),
                administrators("RESTRICTION_GRANTS", RoleFacts.RESTRICTION_GRANTS, roles::restrictionGrants));
    }

    private FactTable listed(Listing listing) {
        return administrators(
                listing.name(),
                Listings.columns(listing),
                () -> new Listings(engine, state)
                        .rows(
                                new Statement.Show(listing, Optional.empty(), Optional.empty()),
                                new Grantee.User(caller.name())));
    }

    private FactTable administrators(String name, List<ResultColumn> columns, Supplier<List<@Nullable Object[]>> rows) {
        return table(name, columns, () -> caller.isAdministrator() ? rows.get() : List.of());
    }

    private static FactTable table(String name, List<ResultColumn> columns, Supplier<List<@Nullable Object[]>> rows) {
        return new FactTable(
                Name.of(name),
                columns.stream()
                        .map(column -> new Column(
                                Name.of(column.label()),
                                ColumnType.of(ColumnType.Kind.valueOf(column.typeName())),
                                true))
                        .toList(),
                rows);
    }
}
