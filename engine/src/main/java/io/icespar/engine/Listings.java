package io.icespar.engine;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.check.RestrictionCheck;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.sql.Listing;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.security.export.SecurityScript;
import io.icespar.security.export.SecurityScript.Passwords;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.store.SecurityState;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What {@code SHOW} and {@code EXPLAIN} give, as rows.
 *
 * @param engine whose facts are listed
 * @param state the security state that they are read from
 */
record Listings(Engine engine, SecurityState state) {
    static final List<ResultColumn> EXPLAIN = List.of(text("PLAN"));
    private static final List<ResultColumn> SCRIPT = List.of(text("COMMAND"));

    static List<ResultColumn> columns(Listing listing) {
        return switch (listing) {
            case ROLES -> RoleListings.ROLES;
            case USERS -> RoleListings.USERS;
            case ROLE_MAPPINGS -> RoleMappingListings.ROLE_MAPPINGS;
            case DEFAULT_ROLES -> RoleMappingListings.DEFAULT_ROLES;
            case RESTRICTIONS -> TableListings.RESTRICTIONS;
            case EFFECTIVE_RESTRICTIONS -> EffectiveRestrictions.COLUMNS;
            case ROW_SECURITY -> TableListings.ROW_SECURITY;
            case MASKS -> TableListings.MASKS;
            case VIEWS -> ViewListing.COLUMNS;
            case GRANTS -> TableListings.GRANTS;
            case AUDIT -> AuditListing.COLUMNS;
            case CHECK_RESTRICTIONS -> CheckListing.COLUMNS;
            case SECURITY_SCRIPT, SECURITY_SCRIPT_WITHOUT_PASSWORDS -> SCRIPT;
        };
    }

    /** The rows for administrators; {@code asking} is one. */
    List<@Nullable Object[]> rows(Statement.Show show, Grantee asking) {
        return switch (show.listing()) {
            case ROLES -> RoleListings.roles(state);
            case USERS -> RoleListings.users(state);
            case ROLE_MAPPINGS ->
                RoleMappingListings.mappings(state.roleMappings().mapped());
            case DEFAULT_ROLES -> RoleMappingListings.roles(state.roleMappings().byDefault());
            case RESTRICTIONS -> TableListings.restrictions(state, show.table());
            case EFFECTIVE_RESTRICTIONS ->
                new EffectiveRestrictions(
                                state, engine.catalog(), engine.security().contextValues(), engine.security()::lastSeen)
                        .list(show.holder().orElse(asking), show.table());
            case ROW_SECURITY -> TableListings.rowSecurity(engine.catalog(), state, show.table());
            case MASKS -> TableListings.masks(state);
            case VIEWS -> ViewListing.rows(state);
            case GRANTS -> TableListings.grants(engine.catalog(), engine.defaultAccess(), state, show.holder());
            case AUDIT -> AuditListing.rows(engine.security().audit().recent());
            case CHECK_RESTRICTIONS -> CheckListing.rows(RestrictionCheck.findings(state, wholeFrontend(asking)));
            case SECURITY_SCRIPT -> script(Passwords.HASHED);
            case SECURITY_SCRIPT_WITHOUT_PASSWORDS -> script(Passwords.LEFT_OUT);
        };
    }

    private SqlFrontend wholeFrontend(Grantee asking) {
        return engine.securing().frontend(new Caller(asking.name(), Set.of(ReservedRoles.ADMIN)), state);
    }

    private List<@Nullable Object[]> script(Passwords passwords) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        SecurityScript.commands(state, passwords).forEach(command -> rows.add(new Object[] {command}));
        return rows;
    }

    static ResultColumn text(String label) {
        return new ResultColumn(label, "", "", "VARCHAR", Types.VARCHAR, 0, 0, false, ColumnForm.STRING);
    }

    static List<@Nullable Object[]> lines(String text) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        text.lines().forEach(line -> rows.add(new Object[] {line}));
        return rows;
    }

    /** A plan, and what is to be known of it. */
    static List<@Nullable Object[]> explained(String plan, List<String> notes) {
        List<@Nullable Object[]> rows = lines(plan);
        notes.forEach(note -> rows.add(new Object[] {"Note: " + note}));
        return rows;
    }

    static String names(Iterable<Name> names) {
        List<String> spellings = new ArrayList<>();
        names.forEach(name -> spellings.add(name.spelling()));
        return spellings.stream().sorted().collect(Collectors.joining(", "));
    }
}
