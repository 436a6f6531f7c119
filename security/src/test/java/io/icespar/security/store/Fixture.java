package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateContextValue;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.CreateRole;
import io.icespar.security.command.SecurityCommand.CreateRoleMapping;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.command.SecurityCommand.GrantRoles;
import io.icespar.security.command.SecurityCommand.SetContextValue;
import io.icespar.security.command.SecurityCommand.SetDefaultRoles;
import io.icespar.security.context.ContextType;
import io.icespar.security.context.GivenValue;
import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.Secret;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Subject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A state to test with, built command by command. It is immutable, so safe as a starting point. */
public record Fixture(SecurityState state) {
    /** The table of restrictions that name none. */
    public static final TableName SHOPS = TableName.of("retail", "Shops");

    /** A hash that no password is known for. */
    public static final PasswordHash HASH =
            new PasswordHash("$2a$04$aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");

    /** An empty state. */
    public static Fixture empty() {
        return new Fixture(SecurityState.empty());
    }

    /** A state with one administrator, {@code admin}, who has a password. */
    public static Fixture administered() {
        return empty().userWithPassword("admin", "ROLE_ADMIN");
    }

    /** After the command. */
    public Fixture after(SecurityCommand command) {
        return new Fixture(state.after(command, password -> HASH));
    }

    /** With a role that holds roles. */
    public Fixture role(String name, String... roles) {
        Fixture created = after(new CreateRole(Name.of(name), false));
        return created.after(new GrantRoles(names(roles), new Grantee.Role(Name.of(name))));
    }

    /** With a user without a password. */
    public Fixture user(String name, String... roles) {
        Fixture created = after(new CreateUser(Name.of(name), Optional.empty()));
        return created.after(new GrantRoles(names(roles), new Grantee.User(Name.of(name))));
    }

    /** With a user that has a password. */
    public Fixture userWithPassword(String name, String... roles) {
        Fixture created = after(new CreateUser(Name.of(name), Optional.of(new Secret("x"))));
        return created.after(new GrantRoles(names(roles), new Grantee.User(Name.of(name))));
    }

    /** With a restriction on {@link #SHOPS}, whose condition is its name. */
    public Fixture restriction(String name, Subject subject, String... grantees) {
        return restriction(name, SHOPS, subject, grantees);
    }

    /** With a restriction whose condition is its name. */
    public Fixture restriction(String name, TableName table, Subject subject, String... grantees) {
        return after(new CreateRestriction(Name.of(name), table, name, subject, false, false, names(grantees)));
    }

    /** With a restriction on {@link #SHOPS} that reads context values, and is granted to everyone. */
    public Fixture reading(String name, String... values) {
        return after(new CreateRestriction(
                Name.of(name), SHOPS, name, columns(), Set.copyOf(names(values)), false, false, names("PUBLIC")));
    }

    /** With a context value that callers cannot set; null is no default. */
    public Fixture contextValue(String name, String type, @Nullable Object defaultValue) {
        return after(new CreateContextValue(
                Name.of(name),
                ContextType.parse(type),
                Optional.ofNullable(defaultValue).map(GivenValue::of),
                Optional.empty(),
                false,
                false,
                false));
    }

    /** With a context value that callers can set. */
    public Fixture settable(String name, String type) {
        return after(new CreateContextValue(
                Name.of(name), ContextType.parse(type), Optional.empty(), Optional.empty(), true, false, false));
    }

    /** With a context value set for a user. */
    public Fixture setForUser(String user, String name, Object value) {
        return after(new SetContextValue(new Grantee.User(Name.of(user)), Name.of(name), GivenValue.of(value)));
    }

    /** With a context value set for a role. */
    public Fixture setForRole(String role, String name, Object value) {
        return after(new SetContextValue(new Grantee.Role(Name.of(role)), Name.of(name), GivenValue.of(value)));
    }

    /** With a provider's role mapped to roles. */
    public Fixture mapping(String from, String... roles) {
        return after(new CreateRoleMapping(from, names(roles), false));
    }

    /** With default roles. */
    public Fixture byDefault(String... roles) {
        return after(new SetDefaultRoles(names(roles)));
    }

    /** A user of a provider, who has roles there. */
    public static Identity asserted(String user, String... providerRoles) {
        return Identity.asserted(
                Name.of(user), new Assertion("https://provider.example", Set.of(providerRoles), Map.of(), Instant.MAX));
    }

    /** The user as a caller. */
    public Caller caller(String user) {
        return state.findCaller(Name.of(user)).orElseThrow();
    }

    /** What the user may see of {@link #SHOPS}: the restrictions' names, such as {@code (a | b) & c}. */
    public String effective(String user) {
        return state.effective(caller(user), SHOPS).alternatives().stream()
                .map(alternatives -> alternatives.stream()
                        .map(restriction -> restriction.name().toString())
                        .collect(Collectors.joining(" | ", "(", ")")))
                .collect(Collectors.joining(" & "));
    }

    /** Names. */
    public static List<Name> names(String... names) {
        return Stream.of(names).map(Name::of).toList();
    }

    /** The default subject. */
    public static Subject columns(String... columns) {
        return new Subject.Columns(Set.copyOf(names(columns)));
    }
}
