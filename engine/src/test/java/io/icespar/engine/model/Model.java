package io.icespar.engine.model;

import io.icespar.engine.model.Rows.Refund;
import io.icespar.engine.model.Rows.Row;
import io.icespar.engine.model.Rows.Sale;
import io.icespar.engine.model.Rows.Shop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who sees which row, said once more and as simply as it can be: no index, no cache, no plan, all by the words of
 * docs/sql.md.
 *
 * <p>What a command does is done here by the methods named for it; each returns whether the command is carried out.
 */
final class Model {
    static final String PUBLIC = "PUBLIC";
    static final String USER = "ROLE_USER";
    static final String ADMIN = "ROLE_ADMIN";

    /** How a restriction combines with others. */
    enum Kind {
        BY_COLUMNS(""),
        RESTRICTIVE(" AS RESTRICTIVE"),
        PERMISSIVE(" AS PERMISSIVE");

        private final String sql;

        Kind(String sql) {
            this.sql = sql;
        }

        String sql() {
            return sql;
        }
    }

    private record Restriction(Condition condition, Kind kind, Set<String> to) {}

    private record Mask(String shown, Set<String> to, Set<String> except) {}

    private final Map<String, Set<String>> rolesOfUsers = new HashMap<>();
    private final Map<String, Set<String>> rolesOfRoles = new HashMap<>();
    private final Map<String, Restriction> restrictions = new TreeMap<>();
    private final Map<String, Mask> masks = new TreeMap<>();
    private final Set<String> required = new HashSet<>();
    private final Map<String, Map<String, Boolean>> words = new HashMap<>();
    private final Map<String, Optional<String>> homes = new TreeMap<>();
    private final Map<String, Integer> local = new HashMap<>();
    private final Map<String, Integer> global = new HashMap<>();

    Model() {
        for (String user : List.of("ann", "ben", "cid")) {
            rolesOfUsers.put(user, new TreeSet<>(Set.of(USER)));
        }
        for (String role : List.of(USER, ADMIN, "r1", "r2", "r3")) {
            rolesOfRoles.put(role, new TreeSet<>());
        }
    }

    // Roles

    boolean createRole(String role) {
        return rolesOfRoles.putIfAbsent(role, new TreeSet<>()) == null;
    }

    boolean dropRole(String role) {
        if (!rolesOfRoles.containsKey(role) || closure(Set.of(role)).stream().anyMatch(this::restricts)) {
            return false;
        }
        rolesOfRoles.remove(role);
        rolesOfRoles.values().forEach(held -> held.remove(role));
        rolesOfUsers.values().forEach(held -> held.remove(role));
        masks.values().forEach(mask -> mask.except().remove(role));
        words.remove(role);
        homes.remove(role);
        return true;
    }

    private boolean restricts(String role) {
        boolean isHomeRead =
                restrictions.values().stream().anyMatch(restriction -> restriction.condition() == Condition.HOME);
        return restrictions.values().stream()
                        .anyMatch(restriction -> restriction.to().contains(role))
                || masks.values().stream().anyMatch(mask -> mask.to().contains(role))
                || (isHomeRead && homes.containsKey(role));
    }

    boolean grantRole(String role, String holder) {
        Set<String> held = held(holder);
        return held != null && rolesOfRoles.containsKey(role) && isGranted(role, holder, held);
    }

    private boolean isGranted(String role, String holder, Set<String> held) {
        if (closure(Set.of(role)).contains(holder)) {
            return false;
        }
        held.add(role);
        return true;
    }

    boolean revokeRole(String role, String holder) {
        Set<String> held = held(holder);
        if (held == null || !rolesOfRoles.containsKey(role)) {
            return false;
        }
        held.remove(role);
        return true;
    }

    private @Nullable Set<String> held(String holder) {
        return rolesOfUsers.containsKey(holder) ? rolesOfUsers.get(holder) : rolesOfRoles.get(holder);
    }

    private Set<String> closure(Set<String> held) {
        Set<String> all = new TreeSet<>(held);
        Deque<String> open = new ArrayDeque<>(held);
        while (!open.isEmpty()) {
            for (String role : Objects.requireNonNull(rolesOfRoles.get(open.pop()))) {
                if (all.add(role)) {
                    open.push(role);
                }
            }
        }
        return all;
    }

    private Set<String> roles(String user) {
        return closure(Objects.requireNonNull(rolesOfUsers.get(user)));
    }

    boolean isAdministrator(String user) {
        return roles(user).contains(ADMIN);
    }

    boolean mayEnter(String user) {
        return roles(user).contains(USER) || isAdministrator(user);
    }

    private boolean areGrantees(Set<String> names) {
        return names.stream().allMatch(name -> name.equals(PUBLIC) || rolesOfRoles.containsKey(name));
    }

    // Restrictions

    boolean createRestriction(String name, boolean orReplace, Condition condition, Kind kind, Set<String> to) {
        Restriction former = restrictions.get(name);
        if (!areGrantees(to)
                || (former != null && (!orReplace || !former.condition().table().equals(condition.table())))) {
            return false;
        }
        Set<String> grantees = new TreeSet<>(to);
        if (former != null) {
            grantees.addAll(former.to());
        }
        restrictions.put(name, new Restriction(condition, kind, grantees));
        return true;
    }

    boolean dropRestriction(String name) {
        return restrictions.remove(name) != null;
    }

    boolean grantRestriction(String name, String to) {
        Restriction restriction = restrictions.get(name);
        if (restriction == null || !areGrantees(Set.of(to))) {
            return false;
        }
        restriction.to().add(to);
        return true;
    }

    boolean revokeRestriction(String name, String from) {
        Restriction restriction = restrictions.get(name);
        if (restriction == null || !areGrantees(Set.of(from))) {
            return false;
        }
        restriction.to().remove(from);
        return true;
    }

    boolean setRowSecurity(String table, boolean isRequired) {
        required.remove(table);
        if (isRequired) {
            required.add(table);
        }
        return true;
    }

    // Masks and privileges

    boolean createMask(String name, boolean orReplace, String shown, Set<String> to, Set<String> except) {
        if (!areGrantees(to) || !areGrantees(except) || (!orReplace && masks.containsKey(name))) {
            return false;
        }
        masks.put(name, new Mask(shown, to.isEmpty() ? Set.of(PUBLIC) : to, new TreeSet<>(except)));
        return true;
    }

    boolean dropMask(String name) {
        return masks.remove(name) != null;
    }

    /** Says to the grantee that a table, or {@code shops.city}, may be read or not. */
    boolean say(boolean mayRead, String what, String grantee) {
        if (!areGrantees(Set.of(grantee))) {
            return false;
        }
        Map<String, Boolean> said = words.computeIfAbsent(grantee, key -> new HashMap<>());
        said.keySet().removeIf(other -> other.startsWith(what + "."));
        said.put(what, mayRead);
        return true;
    }

    private boolean mayRead(String user, String table, String column) {
        Set<String> grantees = new TreeSet<>(roles(user));
        grantees.add(PUBLIC);
        return isAdministrator(user)
                || grantees.stream().anyMatch(grantee -> {
                    Map<String, Boolean> said = words.getOrDefault(grantee, Map.of());
                    boolean ofTable = said.getOrDefault(table, grantee.equals(PUBLIC));
                    return said.getOrDefault(table + "." + column, ofTable);
                });
    }

    boolean seesTable(String user, String table) {
        return mayRead(user, table, "id");
    }

    boolean seesCities(String user) {
        return mayRead(user, "shops", "city");
    }

    // Context values

    boolean setHome(String holder, Optional<String> home) {
        if (held(holder) == null) {
            return false;
        }
        homes.put(holder, home);
        return true;
    }

    boolean resetHome(String holder) {
        homes.remove(holder);
        return held(holder) != null;
    }

    private Optional<String> home(String user) {
        if (homes.containsKey(user)) {
            return homes.getOrDefault(user, Optional.empty());
        }
        Set<String> setting = new TreeSet<>(roles(user));
        setting.retainAll(homes.keySet());
        return setting.stream()
                .filter(role -> !role.equals(USER))
                .findFirst()
                .or(() -> setting.stream().findFirst())
                .map(role -> homes.getOrDefault(role, Optional.empty()))
                .orElse(Optional.of("Paris"));
    }

    void setLeast(String user, boolean isGlobal, int least) {
        (isGlobal ? global : local).put(user, least);
    }

    void resetLeast(String user, boolean isGlobal) {
        (isGlobal ? global : local).remove(user);
    }

    int least(String user, boolean ofOwnConnection) {
        int ofAll = global.getOrDefault(user, 0);
        return ofOwnConnection ? local.getOrDefault(user, ofAll) : ofAll;
    }

    // What is seen

    private List<Restriction> held(String user, String table) {
        Set<String> roles = roles(user);
        return restrictions.values().stream()
                .filter(restriction -> restriction.condition().table().equals(table))
                .filter(restriction ->
                        restriction.to().stream().anyMatch(role -> role.equals(PUBLIC) || roles.contains(role)))
                .toList();
    }

    private boolean isRestricted(String user, String table) {
        return !isAdministrator(user)
                && (!held(user, table).isEmpty()
                        || required.contains(table)
                        || (table.equals("sales") && isRestricted(user, "shops"))
                        || (table.equals("refunds") && isRestricted(user, "sales")));
    }

    private boolean passesOwn(String user, String table, Row row) {
        if (isAdministrator(user)) {
            return true;
        }
        Map<Object, Boolean> bySubject = new HashMap<>();
        for (Restriction restriction : held(user, table)) {
            Object subject = switch (restriction.kind()) {
                case BY_COLUMNS -> restriction.condition().columns();
                case RESTRICTIVE -> restriction;
                case PERMISSIVE -> Kind.PERMISSIVE;
            };
            bySubject.merge(subject, restriction.condition().isTrue(row, home(user)), Boolean::logicalOr);
        }
        return bySubject.isEmpty() ? !required.contains(table) : !bySubject.containsValue(false);
    }

    List<Shop> shops(String user) {
        return Rows.SHOPS.stream()
                .filter(shop -> passesOwn(user, "shops", shop))
                .toList();
    }

    List<Sale> sales(String user) {
        boolean needsShop = isRestricted(user, "shops");
        return Rows.SALES.stream()
                .filter(sale -> passesOwn(user, "sales", sale))
                .filter(sale ->
                        !needsShop || shops(user).stream().anyMatch(shop -> Objects.equals(shop.id(), sale.shop())))
                .toList();
    }

    List<Refund> refunds(String user) {
        boolean needsSale = isRestricted(user, "sales");
        return Rows.REFUNDS.stream()
                .filter(row -> passesOwn(user, "refunds", row))
                .filter(row ->
                        !needsSale || sales(user).stream().anyMatch(sale -> Objects.equals(sale.id(), row.sale())))
                .toList();
    }

    /** What the user is shown as the shop's city. */
    Optional<String> city(String user, Shop shop) {
        Set<String> roles = roles(user);
        List<String> grantees = new ArrayList<>(roles);
        grantees.remove(USER);
        grantees.add(PUBLIC);
        if (!isAdministrator(user)) {
            for (String grantee : grantees) {
                for (Mask mask : masks.values()) {
                    if (mask.to().contains(grantee) && mask.except().stream().noneMatch(roles::contains)) {
                        return Optional.of(mask.shown());
                    }
                }
            }
        }
        return Optional.ofNullable(shop.city());
    }
}
