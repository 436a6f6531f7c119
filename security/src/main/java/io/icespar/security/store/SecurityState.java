package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.Cubes;
import io.icespar.security.entitlement.Provided;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.PasswordHash;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.Secret;
import io.icespar.security.identity.TableName;
import io.icespar.security.mask.Mask;
import io.icespar.security.mask.Masks;
import io.icespar.security.privilege.Privileges;
import io.icespar.security.restriction.EffectiveRestriction;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.role.HeldRoles;
import io.icespar.security.role.RoleMappings;
import io.icespar.security.view.Views;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The security state: an immutable snapshot of users, roles, restrictions and context values and of who was
 * granted what.
 *
 * <p>Whoever decides by a snapshot decides by one state throughout, whatever is changed meanwhile. A change makes a new
 * snapshot, with the next epoch. {@code ROLE_USER} and {@code ROLE_ADMIN} are there in every state.
 */
public final class SecurityState {
    private final long epoch;
    private final SortedMap<Name, User> users;
    private final SortedMap<Name, Role> roles;
    private final Restrictions restrictions;
    private final TableRules tableRules;
    private final ContextSettings context;
    private final Views views;
    private final RoleMappings roleMappings;
    private final Cubes cubes;
    private final Optional<Overlay> overlay;

    /** Creates a state from facts that fit together: every role that is mentioned exists, and no role holds itself. */
    private SecurityState(Draft draft) {
        this.epoch = draft.epoch;
        this.users = draft.users;
        this.roles = draft.roles;
        this.restrictions = draft.restrictions;
        this.tableRules = draft.tableRules;
        this.context = draft.context;
        this.views = draft.views;
        this.roleMappings = draft.roleMappings;
        this.cubes = draft.cubes;
        this.overlay = draft.overlay;
    }

    /** A state in the making; it begins as one in which nothing was done, or as another state without its overlay. */
    private static final class Draft {
        private long epoch;
        private SortedMap<Name, User> users = Collections.emptySortedMap();
        private SortedMap<Name, Role> roles = Collections.emptySortedMap();
        private Restrictions restrictions = Restrictions.NONE;
        private TableRules tableRules = TableRules.NONE;
        private ContextSettings context = ContextSettings.none();
        private Views views = Views.none();
        private RoleMappings roleMappings = RoleMappings.none();
        private Cubes cubes = Cubes.none();

        /** What the state is made of, if some of it is said by providers and not stored. */
        private Optional<Overlay> overlay = Optional.empty();

        Draft() {}

        Draft(SecurityState state) {
            epoch = state.epoch;
            users = state.users;
            roles = state.roles;
            restrictions = state.restrictions;
            tableRules = state.tableRules;
            context = state.context;
            views = state.views;
            roleMappings = state.roleMappings;
            cubes = state.cubes;
        }
    }

    /** The same facts but for those that {@code change} sets, and without an overlay unless it sets one. */
    private SecurityState changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new SecurityState(draft);
    }

    /** The state in which nothing was done yet: no users, the reserved roles, epoch 0. */
    public static SecurityState empty() {
        SortedMap<Name, Role> roles = new TreeMap<>();
        roles.put(ReservedRoles.USER, new Role(ReservedRoles.USER, Set.of()));
        roles.put(ReservedRoles.ADMIN, new Role(ReservedRoles.ADMIN, Set.of()));
        Draft draft = new Draft();
        draft.roles = Collections.unmodifiableSortedMap(roles);
        return new SecurityState(draft);
    }

    /**
     * The state that a store read.
     *
     * @throws IllegalArgumentException if the facts do not fit together
     */
    static SecurityState of(
            long epoch,
            SortedMap<Name, User> users,
            SortedMap<Name, Role> roles,
            SortedMap<Name, GrantedRestriction> restrictions,
            ContextSettings context) {
        SecurityState state = empty().withEpoch(epoch)
                .withUsers(users)
                .withRoles(roles)
                .withRestrictions(restrictions)
                .withContext(context);
        Set<Name> known = roles.keySet();
        require(
                known.contains(ReservedRoles.USER) && known.contains(ReservedRoles.ADMIN),
                "a reserved role is missing");
        require(!known.contains(ReservedRoles.PUBLIC), "`PUBLIC` is a role");
        users.values().forEach(user -> require(known.containsAll(user.roles()), "a user holds an unknown role"));
        for (Role role : roles.values()) {
            require(known.containsAll(role.roles()), "a role holds an unknown role");
            require(!state.closure(role.roles()).contains(role.name()), "a role holds itself");
        }
        for (GrantedRestriction granted : restrictions.values()) {
            for (Name grantee : granted.grantees()) {
                require(
                        grantee.equals(ReservedRoles.PUBLIC) || known.contains(grantee),
                        "a restriction is granted to an unknown role");
                require(!ReservedRoles.isReservedRole(grantee), "a restriction is granted to a reserved role");
            }
        }
        ContextChange.checkFit(state);
        return state;
    }

    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The number of the last change. */
    public long epoch() {
        return epoch;
    }

    /** Whether there is nothing here but the reserved roles, so that a bootstrap script is to run. */
    public boolean isEmpty() {
        return users.isEmpty()
                && restrictions.named().isEmpty()
                && roles.equals(empty().roles)
                && tableRules.equals(TableRules.NONE)
                && context.equals(ContextSettings.none())
                && views.equals(Views.none())
                && roleMappings.equals(RoleMappings.none())
                && cubes.withDeclared(List.of()).equals(Cubes.none());
    }

    /** As {@link #findCaller(Identity)}, for a user of the store's own. */
    public Optional<Caller> findCaller(Name user) {
        return findCaller(Identity.local(user));
    }

    /**
     * The caller that someone is, with all roles resolved; empty if there is no such user, or if who a provider names is
     * not the user of that name here. This is the one place where roles come from.
     */
    public Optional<Caller> findCaller(Identity identity) {
        return new SessionRoles(this).find(identity);
    }

    /** Where the roles come from that someone holds; empty if {@link #findCaller(Identity)} is. */
    public Optional<HeldRoles> findHeldRoles(Identity identity) {
        return new SessionRoles(this).findHeld(identity);
    }

    /** Why {@link #findCaller(Identity)} finds nobody, in words for the audit; empty if it finds someone. */
    public Optional<String> findRefusal(Identity identity) {
        return new SessionRoles(this).findRefusal(identity);
    }

    /** The user of that name. */
    public Optional<User> findUser(Name name) {
        return Optional.ofNullable(users.get(name));
    }

    /** The role of that name; {@code PUBLIC} is none. */
    public Optional<Role> findRole(Name name) {
        return Optional.ofNullable(roles.get(name));
    }

    /** The restriction of that name. */
    public Optional<Restriction> findRestriction(Name name) {
        return restrictions.find(name).map(GrantedRestriction::restriction);
    }

    /** All users, in the order of their names. */
    public List<User> users() {
        return List.copyOf(users.values());
    }

    /** All roles, in the order of their names. */
    public List<Role> roles() {
        return List.copyOf(roles.values());
    }

    /** All restrictions, also those that providers give and that grants of members are, in the order of their names. */
    public List<Restriction> restrictions() {
        return restrictions.all().stream().map(GrantedRestriction::restriction).toList();
    }

    /** The restrictions on the table itself, in the order of their names. */
    public List<Restriction> restrictions(TableName table) {
        return restrictions.of(table).stream()
                .map(GrantedRestriction::restriction)
                .toList();
    }

    /** The context values that are declared, and what they are set to. */
    public ContextSettings context() {
        return context;
    }

    /** The queries that go by a name. */
    public Views views() {
        return views;
    }

    /** Which roles come with those that identity providers know, and which with none. */
    public RoleMappings roleMappings() {
        return roleMappings;
    }

    /** The cubes, and what was said of them. */
    public Cubes cubes() {
        return cubes;
    }

    /** The roles, or PUBLIC, that hold the restriction; none if there is no such restriction. */
    public Set<Name> grantees(Name restriction) {
        return restrictions.find(restriction).map(GrantedRestriction::grantees).orElse(Set.of());
    }

    /**
     * The shortest way by which someone comes to a role: from a role in {@code held} to the role itself, each granted
     * to the one before it. Empty if no way leads there.
     */
    public List<Name> chain(Set<Name> held, Name role) {
        Map<Name, Name> cameFrom = new LinkedHashMap<>();
        held.forEach(name -> cameFrom.put(name, name));
        Deque<Name> open = new ArrayDeque<>(held);
        while (!cameFrom.containsKey(role) && !open.isEmpty()) {
            Name holder = open.remove();
            for (Name next : findRole(holder).map(Role::roles).orElse(Set.of())) {
                if (cameFrom.putIfAbsent(next, holder) == null) {
                    open.add(next);
                }
            }
        }
        Deque<Name> chain = new ArrayDeque<>();
        for (Name step = cameFrom.get(role) == null ? null : role; step != null; ) {
            chain.push(step);
            Name before = cameFrom.get(step);
            step = step.equals(before) ? null : before;
        }
        return List.copyOf(chain);
    }

    /** The roles given and all that they hold, directly or through others. */
    public Set<Name> closure(Set<Name> held) {
        Set<Name> all = new TreeSet<>(held);
        Deque<Name> open = new ArrayDeque<>(held);
        while (!open.isEmpty()) {
            Role role = roles.get(open.pop());
            if (role != null) {
                role.roles().stream().filter(all::add).forEach(open::push);
            }
        }
        return Collections.unmodifiableSet(all);
    }

    /** What holds for the caller on the table itself, not counting what arrives over references. */
    public EffectiveRestriction effective(Caller caller, TableName table) {
        if (caller.isAdministrator()) {
            return EffectiveRestriction.none();
        }
        List<List<Restriction>> alternatives = restrictions.held(caller, table);
        return alternatives.isEmpty() && requiresRestriction(table)
                ? EffectiveRestriction.nothing()
                : new EffectiveRestriction(alternatives);
    }

    /** Whether the table is {@code ROW SECURITY REQUIRED}: who holds no restriction on it sees none of its rows. */
    public boolean requiresRestriction(TableName table) {
        return tableRules.restrictionRequired().contains(table);
    }

    /** The tables that are {@code ROW SECURITY REQUIRED}, in the order of their names. */
    public List<TableName> tablesRequiringRestriction() {
        return tableRules.restrictionRequired().stream()
                .sorted(Comparator.comparing(TableName::schema).thenComparing(TableName::table))
                .toList();
    }

    /** Who may read what. */
    public Privileges privileges() {
        return tableRules.privileges();
    }

    /**
     * The state after a command that sets no password; this one is left as it is.
     *
     * @throws IcesparException with the codes of {@link #after(SecurityCommand, Function)}
     */
    public SecurityState after(SecurityCommand command) {
        return after(command, password -> {
            throw new IllegalArgumentException("a password must be hashed before it enters a state");
        });
    }

    /**
     * The state after the command; this one is left as it is. Also a command that finds its work done makes a new
     * state, for it was carried out.
     *
     * @param hashing makes the hash of a password that the command sets. It is called once everything else about the
     *     command was found to be right; what it throws is thrown on
     * @throws IcesparException {@code UNDEFINED_OBJECT}, {@code DUPLICATE_OBJECT}, {@code INVALID_NAME} for reserved
     *     and unusable names, {@code INVALID_STATEMENT} for roles that would hold themselves, {@code
     *     DEPENDENT_OBJECTS} if nobody could administer any more or a restriction needs what is taken away, {@code
     *     DATATYPE_MISMATCH} for context values of another type, {@code INVALID_RESTRICTION} for a restriction that
     *     reads what callers set; {@code DEPENDENT_OBJECTS} and {@code INVALID_STATEMENT} if a provider says otherwise
     */
    public SecurityState after(SecurityCommand command, Function<Secret, PasswordHash> hashing) {
        overlay.ifPresent(provided -> provided.check(command));
        if (command instanceof SecurityCommand.DropRole drop
                && !ReservedRoles.isReservedRole(drop.name())
                && findRole(drop.name()).isPresent()) {
            new RoleRemoval(this, drop.name()).check();
        }
        SecurityState after = new StateChange(stored(), hashing).after(command).withEpoch(epoch + 1);
        RoleMappingsChange.checkNobodyAdministersByDefault(after);
        return overlay.map(Overlay::provided).map(after::with).orElse(after);
    }

    /** What a store holds of this state, or would hold: without what providers say. */
    public SecurityState stored() {
        return overlay.map(Overlay::stored).orElse(this);
    }

    /**
     * The state in which also that holds which providers say, and nothing that others said before. What is stored is as
     * it was, and so is the epoch.
     *
     * @throws IcesparException {@code DEPENDENT_OBJECTS} if what they say does not fit to what is stored, with the name of
     *     the provider and what it needs
     */
    public SecurityState with(Provided provided) {
        return new Overlay(stored(), provided).merged();
    }

    /**
     * The state in which the catalog's files declare these cubes, and no others. What is stored is as it was, and so is
     * the epoch.
     */
    public SecurityState withDeclared(List<Cube> declared) {
        SecurityState state = stored().withCubes(stored().cubes.withDeclared(declared));
        return overlay.map(Overlay::provided).map(state::with).orElse(state);
    }

    /** The provider that gives the restriction; empty if SQL created it. */
    public Optional<Name> provider(Name restriction) {
        return overlay.flatMap(provided -> provided.provider(restriction));
    }

    /** What providers hide from roles. */
    public List<Provided.Hides> hidden() {
        return overlay.stream()
                .flatMap(provided -> provided.facts(Provided.Hides.class))
                .toList();
    }

    SortedMap<Name, User> userMap() {
        return users;
    }

    SortedMap<Name, Role> roleMap() {
        return roles;
    }

    /** The restrictions with names of their own: what grants of members are is not among them. */
    SortedMap<Name, GrantedRestriction> restrictionMap() {
        return restrictions.named();
    }

    /** The restrictions that grants of members are. */
    SortedMap<Name, GrantedRestriction> memberRestrictions() {
        return restrictions.ofMembers();
    }

    /** What is shown in place of columns. */
    public Masks masks() {
        return tableRules.masks();
    }

    TableRules tableRules() {
        return tableRules;
    }

    private SecurityState withEpoch(long newEpoch) {
        return changed(draft -> draft.epoch = newEpoch);
    }

    /**
     * With the rules that a store read.
     *
     * @throws IllegalArgumentException if they do not fit to the roles and context values
     */
    SecurityState withStored(TableRules stored) {
        for (Name grantee : stored.privileges().said().keySet()) {
            require(
                    grantee.equals(ReservedRoles.PUBLIC) || roles.containsKey(grantee),
                    "a privilege is granted to an unknown role");
            require(!ReservedRoles.isReservedRole(grantee), "a privilege is granted to a reserved role");
        }
        for (Mask mask : stored.masks().all()) {
            for (Name role : mask.to()) {
                require(role.equals(ReservedRoles.PUBLIC) || roles.containsKey(role), "a mask is for an unknown role");
            }
            require(roles.keySet().containsAll(mask.except()), "a mask leaves out an unknown role");
            ContextChange.requireReadable(mask.contextValues(), context);
        }
        return withTableRules(stored);
    }

    /**
     * With the views that a store read.
     *
     * @throws IllegalArgumentException if they do not fit to the context values
     */
    SecurityState withStored(Views stored) {
        SecurityState state = withViews(stored);
        ViewsChange.checkFit(state);
        return state;
    }

    /**
     * With the role mappings that a store read.
     *
     * @throws IllegalArgumentException if they do not fit to the roles
     */
    SecurityState withStored(RoleMappings stored) {
        require(roles.keySet().containsAll(stored.roles()), "an unknown role is mapped");
        SecurityState state = withRoleMappings(stored);
        require(!RoleMappingsChange.administersByDefault(state), "a default role brings ROLE_ADMIN");
        return state;
    }

    /**
     * With the cubes that a store read, once it has all else.
     *
     * @throws IllegalArgumentException if they do not fit to the rest
     */
    SecurityState withStored(Cubes stored) {
        SecurityState state = withCubes(stored);
        CubeRulesChange.checkFit(state);
        return state;
    }

    SecurityState withRoleMappings(RoleMappings newMappings) {
        return changed(draft -> draft.roleMappings = newMappings);
    }

    SecurityState withCubes(Cubes newCubes) {
        return changed(draft -> {
            if (!newCubes.said().members().equals(draft.cubes.said().members())) {
                draft.restrictions =
                        draft.restrictions.withMembers(newCubes.said().members());
            }
            draft.cubes = newCubes;
        });
    }

    SecurityState withViews(Views newViews) {
        return changed(draft -> draft.views = newViews);
    }

    SecurityState withTableRules(TableRules newRules) {
        return changed(draft -> draft.tableRules = newRules);
    }

    /** The same facts, of which is known what is stored of them. */
    SecurityState withOverlay(Overlay newOverlay) {
        return changed(draft -> draft.overlay = Optional.of(newOverlay));
    }

    SecurityState withUsers(SortedMap<Name, User> newUsers) {
        return changed(draft -> draft.users = Collections.unmodifiableSortedMap(new TreeMap<>(newUsers)));
    }

    SecurityState withRoles(SortedMap<Name, Role> newRoles) {
        return changed(draft -> draft.roles = Collections.unmodifiableSortedMap(new TreeMap<>(newRoles)));
    }

    SecurityState withRestrictions(SortedMap<Name, GrantedRestriction> newRestrictions) {
        return changed(draft -> draft.restrictions = draft.restrictions.withNamed(newRestrictions));
    }

    SecurityState withContext(ContextSettings newContext) {
        return changed(draft -> draft.context = newContext);
    }

    /** Whether the two say the same, whatever their epochs are. */
    public boolean isLike(SecurityState state) {
        return users.equals(state.users)
                && roles.equals(state.roles)
                && restrictions.named().equals(state.restrictions.named())
                && tableRules.equals(state.tableRules)
                && context.equals(state.context)
                && views.equals(state.views)
                && roleMappings.equals(state.roleMappings)
                && cubes.equals(state.cubes)
                && overlay.equals(state.overlay);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecurityState state && epoch == state.epoch && isLike(state);
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                epoch, users.keySet(), roles.keySet(), restrictions.named().keySet());
    }

    @Override
    public String toString() {
        return "epoch " + epoch + ": " + users.size() + " users, " + roles.size() + " roles, "
                + restrictions.all().size() + " restrictions";
    }
}
