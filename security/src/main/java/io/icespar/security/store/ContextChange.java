package io.icespar.security.store;

import static io.icespar.security.store.SecurityState.require;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.command.SecurityCommand.CreateContextValue;
import io.icespar.security.command.SecurityCommand.DropContextValue;
import io.icespar.security.command.SecurityCommand.ResetContextValue;
import io.icespar.security.command.SecurityCommand.SetContextValue;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.Limit;
import io.icespar.security.context.TypedValue;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.restriction.Restriction;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What the commands on context values do to a state, and when they are refused.
 *
 * @param before the state that the command meets
 */
record ContextChange(SecurityState before) {
    private static final String KIND = "context value";

    /** The state after the command, its epoch not yet counted on; empty for a command of another kind. */
    Optional<SecurityState> find(SecurityCommand command) {
        if (command instanceof CreateContextValue create) {
            return Optional.of(create(create));
        } else if (command instanceof DropContextValue drop) {
            return Optional.of(drop(drop));
        } else if (command instanceof SetContextValue set) {
            ContextDefinition definition = definition(set.name());
            TypedValue value = definition.value(set.value());
            return Optional.of(withValues(set.grantee(), values -> values.put(definition.name(), value)));
        } else if (command instanceof ResetContextValue reset) {
            ContextDefinition definition = definition(reset.name());
            return Optional.of(withValues(reset.grantee(), values -> values.remove(definition.name())));
        }
        return Optional.empty();
    }

    private ContextSettings settings() {
        return before.context();
    }

    private ContextDefinition definition(Name name) {
        return settings().get(name);
    }

    private SecurityState create(CreateContextValue create) {
        Optional<ContextDefinition> former = settings().find(create.name());
        if (former.isPresent()) {
            if (create.ifNotExists()) {
                return before;
            }
            if (!create.orReplace()) {
                throw StateChange.duplicate(KIND, create.name());
            }
            checkNoLimit(create.name());
            checkReplaceable(create, former.get());
        } else {
            StateChange.checkUsable(KIND, create.name());
        }
        Name name = former.map(ContextDefinition::name).orElse(create.name());
        ContextDefinition untold =
                new ContextDefinition(name, create.type(), Optional.empty(), create.claim(), create.isSettable());
        Optional<TypedValue> defaultValue = create.defaultValue().map(untold::value);
        SortedMap<Name, ContextDefinition> created = new TreeMap<>(settings().created());
        created.put(
                name, new ContextDefinition(name, create.type(), defaultValue, create.claim(), create.isSettable()));
        return before.withContext(
                new ContextSettings(created, settings().users(), settings().roles()));
    }

    private void checkReplaceable(CreateContextValue create, ContextDefinition former) {
        Optional<String> rule = rule(former.name());
        if (create.isSettable() && rule.isPresent()) {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "context value `" + former.name() + "` cannot be made settable: " + rule.get()
                            + " reads it, and callers could set what they see");
        }
        if (create.type().equals(former.type())) {
            return;
        }
        reader(former.name()).ifPresent(reader -> {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "the type of context value `" + former.name() + "` cannot be changed: " + reader + " reads it");
        });
        if (isSet(settings().users(), former.name()) || isSet(settings().roles(), former.name())) {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "the type of context value `" + former.name()
                            + "` cannot be changed: it is set for users or roles, reset it there first");
        }
    }

    private static boolean isSet(Map<Name, SortedMap<Name, TypedValue>> values, Name name) {
        return values.values().stream().anyMatch(set -> set.containsKey(name));
    }

    private SecurityState drop(DropContextValue drop) {
        if (drop.ifExists() && settings().find(drop.name()).isEmpty()) {
            return before;
        }
        checkNoLimit(drop.name());
        Name name = definition(drop.name()).name();
        reader(name).ifPresent(reader -> {
            throw new IcesparException(
                    ErrorCode.DEPENDENT_OBJECTS,
                    "context value `" + name + "` cannot be dropped: " + reader + " reads it, drop that first");
        });
        SortedMap<Name, ContextDefinition> created = new TreeMap<>(settings().created());
        created.remove(name);
        return before.withContext(new ContextSettings(
                created, without(settings().users(), name), without(settings().roles(), name)));
    }

    private static SortedMap<Name, SortedMap<Name, TypedValue>> without(
            SortedMap<Name, SortedMap<Name, TypedValue>> values, Name name) {
        SortedMap<Name, SortedMap<Name, TypedValue>> left = new TreeMap<>(values);
        left.replaceAll((grantee, set) -> {
            SortedMap<Name, TypedValue> others = new TreeMap<>(set);
            others.remove(name);
            return others;
        });
        return left;
    }

    private static void checkNoLimit(Name name) {
        if (Limit.isLimit(name)) {
            throw new IcesparException(
                    ErrorCode.INVALID_NAME,
                    "context value `" + name + "` is a limit of Icespar's own and is always there: set it for users"
                            + " or roles");
        }
    }

    /** What decides by the value what callers see; empty if nothing does. */
    private Optional<String> rule(Name value) {
        Stream<String> restrictions = before.restrictions().stream()
                .filter(restriction -> restriction.contextValues().contains(value))
                .map(restriction -> "restriction `" + restriction.name() + "`");
        Stream<String> masks = before.masks().all().stream()
                .filter(mask -> mask.contextValues().contains(value))
                .map(mask -> "mask `" + mask.name() + "`");
        return Stream.concat(restrictions, masks).findFirst();
    }

    /** What reads the value; empty if nothing does. */
    private Optional<String> reader(Name value) {
        return rule(value)
                .or(() -> before.views().reader(value).map(view -> "view `" + view.name() + "`"))
                .or(() -> before.cubes().all().stream()
                        .flatMap(cube -> cube.measures().stream()
                                .filter(measure -> measure.contextValues().contains(value))
                                .map(measure -> "measure `" + measure.name() + "` of cube `" + cube.name() + "`"))
                        .findFirst());
    }

    private SecurityState withValues(Grantee grantee, Consumer<SortedMap<Name, TypedValue>> change) {
        StateChange others = new StateChange(before, password -> {
            throw new IllegalArgumentException("no password is set here");
        });
        SortedMap<Name, SortedMap<Name, TypedValue>> users =
                new TreeMap<>(settings().users());
        SortedMap<Name, SortedMap<Name, TypedValue>> roles =
                new TreeMap<>(settings().roles());
        if (grantee instanceof Grantee.User user) {
            change(users, others.user(user.name()).name(), change);
        } else {
            change(roles, others.role(grantee.name()).name(), change);
        }
        return before.withContext(new ContextSettings(settings().created(), users, roles));
    }

    private static void change(
            SortedMap<Name, SortedMap<Name, TypedValue>> values,
            Name grantee,
            Consumer<SortedMap<Name, TypedValue>> change) {
        SortedMap<Name, TypedValue> changed = new TreeMap<>();
        SortedMap<Name, TypedValue> present = values.get(grantee);
        if (present != null) {
            changed.putAll(present);
        }
        change.accept(changed);
        values.put(grantee, changed);
    }

    /** What is left when a user is dropped. */
    ContextSettings withoutUser(Name user) {
        SortedMap<Name, SortedMap<Name, TypedValue>> users =
                new TreeMap<>(settings().users());
        users.remove(user);
        return new ContextSettings(settings().created(), users, settings().roles());
    }

    /** What is left when a role is dropped. */
    ContextSettings withoutRole(Name role) {
        SortedMap<Name, SortedMap<Name, TypedValue>> roles =
                new TreeMap<>(settings().roles());
        roles.remove(role);
        return new ContextSettings(settings().created(), settings().users(), roles);
    }

    /**
     * The names of the values that a restriction or mask reads, spelled as they were created.
     *
     * @param reader what reads them, for the error
     * @throws IcesparException {@code INVALID_RESTRICTION} if a caller may set one, {@code UNDEFINED_OBJECT} if there is
     *     none of its name
     */
    Set<Name> readable(String reader, Set<Name> values) {
        Set<Name> readable = new TreeSet<>();
        for (Name name : values) {
            ContextDefinition definition = definition(name);
            if (definition.isSettable()) {
                throw new IcesparException(
                        ErrorCode.INVALID_RESTRICTION,
                        reader + " cannot read context value `" + definition.name() + "`, which callers may set");
            }
            readable.add(definition.name());
        }
        return readable;
    }

    /**
     * Checks what a store read.
     *
     * @throws IllegalArgumentException if the context values do not fit the rest of the state
     */
    static void checkFit(SecurityState state) {
        ContextSettings settings = state.context();
        require(state.userMap().keySet().containsAll(settings.users().keySet()), "a value is set for an unknown user");
        require(state.roleMap().keySet().containsAll(settings.roles().keySet()), "a value is set for an unknown role");
        require(settings.created().keySet().stream().noneMatch(Limit::isLimit), "a context value has a limit's name");
        for (Restriction restriction : state.restrictions()) {
            requireReadable(restriction.contextValues(), settings);
        }
    }

    /**
     * Checks what a store read of a restriction or mask.
     *
     * @throws IllegalArgumentException if it reads what it may not
     */
    static void requireReadable(Set<Name> values, ContextSettings settings) {
        for (Name name : values) {
            ContextDefinition read = settings.created().get(name);
            require(read != null && !read.isSettable(), "a restriction or mask reads a value that it may not");
        }
    }
}
