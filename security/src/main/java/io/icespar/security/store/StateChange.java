package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.AlterUserPassword;
import io.icespar.security.command.SecurityCommand.CreateRestriction;
import io.icespar.security.command.SecurityCommand.CreateRole;
import io.icespar.security.command.SecurityCommand.CreateUser;
import io.icespar.security.command.SecurityCommand.DropRestriction;
import io.icespar.security.command.SecurityCommand.DropRole;
import io.icespar.security.command.SecurityCommand.DropUser;
import io.icespar.security.command.SecurityCommand.GrantRestrictions;
import io.icespar.security.command.SecurityCommand.GrantRoles;
import io.icespar.security.command.SecurityCommand.RevokeRestrictions;
import io.icespar.security.command.SecurityCommand.RevokeRoles;
import io.icespar.security.cube.Cubes;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.NewPassword;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.Secret;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What each security command does to a state, and when it is refused.
 *
 * @param before the state that the command meets
 * @param hashing makes the hash of a password that the command sets
 */
record StateChange(SecurityState before, Function<Secret, PasswordHash> hashing) {
    /** The state after the command, its epoch not yet counted on. */
    SecurityState after(SecurityCommand command) {
        checkNoneOfMembers(command);
        if (command instanceof CreateRole create) {
            return createRole(create);
        } else if (command instanceof DropRole drop) {
            return dropRole(drop);
        } else if (command instanceof CreateUser create) {
            return createUser(create);
        } else if (command instanceof AlterUserPassword alter) {
            User user = user(alter.name());
            return withUser(user.withPassword(hash(alter.password())));
        } else if (command instanceof DropUser drop) {
            return dropUser(drop);
        } else if (command instanceof GrantRoles grant) {
            return grantRoles(grant);
        } else if (command instanceof RevokeRoles revoke) {
            return revokeRoles(revoke);
        } else if (command instanceof CreateRestriction create) {
            return createRestriction(create);
        } else if (command instanceof DropRestriction drop) {
            return dropRestriction(drop);
        } else if (command instanceof GrantRestrictions grant) {
            Set<Name> grantees = restrictionGrantees(grant.grantees());
            return withGrantees(grant.restrictions(), held -> union(held, grantees));
        } else if (command instanceof RevokeRestrictions revoke) {
            Set<Name> grantees = restrictionGrantees(revoke.grantees());
            return withGrantees(revoke.restrictions(), held -> difference(held, grantees));
        }
        return new TableRulesChange(before)
                .after(command)
                .map(before::withTableRules)
                .or(() -> new ContextChange(before).find(command))
                .or(() -> new ViewsChange(before).find(command))
                .or(() -> new RoleMappingsChange(this).find(command))
                .or(() -> new CubesChange(before).find(command))
                .or(() -> new CubeRulesChange(this).find(command))
                .orElseThrow(() -> new IllegalArgumentException("a command of a kind that is not carried out here"));
    }

    // What members that are granted come to has a name, and is changed as what it is.
    private void checkNoneOfMembers(SecurityCommand command) {
        for (Name name : restrictions(command)) {
            GrantedRestriction granted = before.memberRestrictions().get(name);
            if (granted != null) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT,
                        "restriction `" + granted.restriction().name()
                                + "` comes of members that are granted, and is changed by `GRANT MEMBERS` and `REVOKE"
                                + " MEMBERS`");
            }
        }
    }

    private static List<Name> restrictions(SecurityCommand command) {
        if (command instanceof CreateRestriction create) {
            return List.of(create.name());
        } else if (command instanceof DropRestriction drop) {
            return List.of(drop.name());
        } else if (command instanceof GrantRestrictions grant) {
            return grant.restrictions();
        }
        return command instanceof RevokeRestrictions revoke ? revoke.restrictions() : List.of();
    }

    // Roles

    private SecurityState createRole(CreateRole create) {
        Name name = create.name();
        if (create.ifNotExists() && before.findRole(name).isPresent()) {
            return before;
        }
        if (ReservedRoles.isReservedRole(name)) {
            throw new IcesparException(
                    ErrorCode.INVALID_NAME,
                    "role `" + name + "` is reserved: it is there already and cannot be created");
        }
        checkUsable("role", name);
        if (name.equals(ReservedRoles.PUBLIC)) {
            throw publicIsNoRole();
        }
        if (before.findRole(name).isPresent()) {
            throw duplicate("role", name);
        }
        return withRole(new Role(name, Set.of()));
    }

    private SecurityState dropRole(DropRole drop) {
        Name name = drop.name();
        if (ReservedRoles.isReservedRole(name)) {
            throw new IcesparException(ErrorCode.INVALID_NAME, "role `" + name + "` is reserved and cannot be dropped");
        }
        if (drop.ifExists() && before.findRole(name).isEmpty()) {
            return before;
        }
        role(name);
        SortedMap<Name, User> users = new TreeMap<>(before.userMap());
        users.replaceAll((key, user) ->
                user.roles().contains(name) ? user.withRoles(difference(user.roles(), Set.of(name))) : user);
        SortedMap<Name, Role> roles = new TreeMap<>(before.roleMap());
        roles.remove(name);
        roles.replaceAll((key, role) ->
                role.roles().contains(name) ? role.withRoles(difference(role.roles(), Set.of(name))) : role);
        return stillAdministrable(before.withUsers(users)
                .withRoles(roles)
                .withTableRules(new TableRulesChange(before).without(name))
                .withContext(new ContextChange(before).withoutRole(name))
                .withRoleMappings(before.roleMappings().without(name))
                .withCubes(cubesWithout(new Grantee.Role(name))));
    }

    private SecurityState grantRoles(GrantRoles grant) {
        Set<Name> granted = roles(grant.roles());
        if (grant.grantee() instanceof Grantee.User grantee) {
            User user = user(grantee.name());
            return withUser(user.withRoles(union(user.roles(), granted)));
        }
        Role role = role(grant.grantee().name());
        for (Name each : granted) {
            if (before.closure(Set.of(each)).contains(role.name())) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT,
                        "role `" + each + "` cannot be granted to role `" + role.name()
                                + "`, which it holds or is: roles cannot hold each other");
            }
        }
        return withRole(role.withRoles(union(role.roles(), granted)));
    }

    private SecurityState revokeRoles(RevokeRoles revoke) {
        Set<Name> revoked = roles(revoke.roles());
        if (revoke.grantee() instanceof Grantee.User grantee) {
            User user = user(grantee.name());
            return stillAdministrable(withUser(user.withRoles(difference(user.roles(), revoked))));
        }
        Role role = role(revoke.grantee().name());
        return stillAdministrable(withRole(role.withRoles(difference(role.roles(), revoked))));
    }

    // Users

    private SecurityState createUser(CreateUser create) {
        checkUsable("user", create.name());
        if (before.findUser(create.name()).isPresent()) {
            throw duplicate("user", create.name());
        }
        return withUser(new User(create.name(), create.password().map(this::hash), Set.of()));
    }

    private PasswordHash hash(NewPassword password) {
        return password instanceof Secret secret ? hashing.apply(secret) : (PasswordHash) password;
    }

    private SecurityState dropUser(DropUser drop) {
        if (drop.ifExists() && before.findUser(drop.name()).isEmpty()) {
            return before;
        }
        User user = user(drop.name());
        RoleMappingsChange.checkGoesWith(before, user);
        SortedMap<Name, User> users = new TreeMap<>(before.userMap());
        users.remove(user.name());
        return stillAdministrable(before.withUsers(users)
                .withContext(new ContextChange(before).withoutUser(drop.name()))
                .withCubes(cubesWithout(new Grantee.User(user.name()))));
    }

    private Cubes cubesWithout(Grantee grantee) {
        return before.cubes().withSaid(before.cubes().said().without(grantee));
    }

    // Restrictions

    private SecurityState createRestriction(CreateRestriction create) {
        Set<Name> grantees = restrictionGrantees(create.grantees());
        Optional<Restriction> former = before.findRestriction(create.name());
        if (former.isPresent()) {
            return replaceRestriction(create, former.get(), grantees);
        }
        checkUsable("restriction", create.name());
        return withRestriction(new GrantedRestriction(restriction(create, create.name()), grantees));
    }

    private SecurityState replaceRestriction(CreateRestriction create, Restriction former, Set<Name> grantees) {
        if (create.ifNotExists()) {
            return before;
        }
        if (!create.orReplace()) {
            throw duplicate("restriction", create.name());
        }
        // A name used twice by mistake would otherwise lay the first table open without a word.
        if (!former.table().equals(create.table())) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "restriction `" + former.name() + "` is on table `" + former.table()
                            + "` and cannot be replaced by one on `" + create.table() + "`: drop it first");
        }
        Set<Name> kept = before.grantees(former.name());
        return withRestriction(new GrantedRestriction(restriction(create, former.name()), union(kept, grantees)));
    }

    private Restriction restriction(CreateRestriction create, Name name) {
        // INVARIANT: no two restrictions share a subject of their own, or they would be OR-ed.
        Subject subject = create.subject() instanceof Subject.Own ? new Subject.Own(name) : create.subject();
        Set<Name> read = new ContextChange(before).readable("a restriction's condition", create.contextValues());
        return new Restriction(name, create.table(), create.condition(), subject, read);
    }

    private SecurityState dropRestriction(DropRestriction drop) {
        if (before.findRestriction(drop.name()).isEmpty()) {
            if (drop.ifExists()) {
                return before;
            }
            throw undefined("restriction", drop.name());
        }
        SortedMap<Name, GrantedRestriction> restrictions = new TreeMap<>(before.restrictionMap());
        restrictions.remove(drop.name());
        return before.withRestrictions(restrictions);
    }

    /** The names of those that may hold restrictions, spelled as they were created. */
    private Set<Name> restrictionGrantees(List<Name> names) {
        Set<Name> grantees = new TreeSet<>();
        for (Name name : names) {
            if (ReservedRoles.isReservedRole(name)) {
                throw new IcesparException(
                        ErrorCode.INVALID_NAME,
                        "role `" + name + "` is reserved and cannot hold restrictions: for everyone but administrators,"
                                + " name `PUBLIC`");
            }
            grantees.add(
                    name.equals(ReservedRoles.PUBLIC)
                            ? ReservedRoles.PUBLIC
                            : role(name).name());
        }
        return grantees;
    }

    private SecurityState withGrantees(List<Name> names, UnaryOperator<Set<Name>> change) {
        SortedMap<Name, GrantedRestriction> restrictions = new TreeMap<>(before.restrictionMap());
        for (Name name : names) {
            GrantedRestriction granted = restrictions.get(name);
            if (granted == null) {
                throw undefined("restriction", name);
            }
            restrictions.put(name, granted.withGrantees(change.apply(granted.grantees())));
        }
        return before.withRestrictions(restrictions);
    }

    // What all have in common

    /** Passes on a state after something was taken away, unless with it the last way to administer is gone. */
    private SecurityState stillAdministrable(SecurityState after) {
        Predicate<User> anyone = user -> true;
        Predicate<User> withPassword = user -> user.password().isPresent();
        if (administered(before, anyone) && !administered(after, anyone)) {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "no user would hold role `ROLE_ADMIN` any more: grant it to another user first");
        }
        if (administered(before, withPassword) && !administered(after, withPassword)) {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "no user with a password would hold role `ROLE_ADMIN` any more: grant it to another one first");
        }
        return after;
    }

    private static boolean administered(SecurityState state, Predicate<User> condition) {
        return state.userMap().values().stream()
                .filter(condition)
                .anyMatch(user -> state.closure(user.roles()).contains(ReservedRoles.ADMIN));
    }

    User user(Name name) {
        return before.findUser(name).orElseThrow(() -> undefined("user", name));
    }

    Role role(Name name) {
        if (name.equals(ReservedRoles.PUBLIC)) {
            throw publicIsNoRole();
        }
        return before.findRole(name).orElseThrow(() -> undefined("role", name));
    }

    /** The names of the roles, spelled as they were created. */
    Set<Name> roles(List<Name> names) {
        Set<Name> roles = new TreeSet<>();
        names.forEach(name -> roles.add(role(name).name()));
        return roles;
    }

    private SecurityState withUser(User user) {
        SortedMap<Name, User> users = new TreeMap<>(before.userMap());
        users.put(user.name(), user);
        return before.withUsers(users);
    }

    private SecurityState withRole(Role role) {
        SortedMap<Name, Role> roles = new TreeMap<>(before.roleMap());
        roles.put(role.name(), role);
        return before.withRoles(roles);
    }

    private SecurityState withRestriction(GrantedRestriction restriction) {
        SortedMap<Name, GrantedRestriction> restrictions = new TreeMap<>(before.restrictionMap());
        restrictions.put(restriction.restriction().name(), restriction);
        return before.withRestrictions(restrictions);
    }

    static Set<Name> union(Set<Name> left, Set<Name> right) {
        Set<Name> result = new TreeSet<>(left);
        result.addAll(right);
        return result;
    }

    static Set<Name> difference(Set<Name> left, Set<Name> right) {
        Set<Name> result = new TreeSet<>(left);
        right.forEach(result::remove);
        return result;
    }

    /** Names that could not be told apart on a screen, or not be stored, are not given to anything new. */
    static void checkUsable(String kind, Name name) {
        if (!name.isUsable()) {
            throw new IcesparException(
                    ErrorCode.INVALID_NAME,
                    "the name of a " + kind + " must have 1 to " + Name.MAX_LENGTH
                            + " printable characters, none at its ends a space");
        }
    }

    private static IcesparException publicIsNoRole() {
        return new IcesparException(
                ErrorCode.INVALID_NAME,
                "`PUBLIC` is not a role: it stands for everyone but administrators, where restrictions are granted");
    }

    private static IcesparException undefined(String kind, Name name) {
        return new IcesparException(ErrorCode.UNDEFINED_OBJECT, kind + " `" + name + "` does not exist");
    }

    static IcesparException duplicate(String kind, Name name) {
        return new IcesparException(ErrorCode.DUPLICATE_OBJECT, kind + " `" + name + "` exists already");
    }
}
