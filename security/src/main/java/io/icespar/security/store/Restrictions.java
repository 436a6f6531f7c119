package io.icespar.security.store;

import io.icespar.security.cube.MembersGrant;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All restrictions and who holds them: those with a name of their own, and those that grants of members are. Immutable. */
final class Restrictions {
    static final Restrictions NONE = new Restrictions(Collections.emptySortedMap(), Collections.emptySortedMap());

    private final SortedMap<Name, GrantedRestriction> named;
    private final SortedMap<Name, GrantedRestriction> ofMembers;

    /** All once more, those of a table in the order of their names. */
    private final Map<TableName, List<GrantedRestriction>> byTable = new HashMap<>();

    private Restrictions(SortedMap<Name, GrantedRestriction> named, SortedMap<Name, GrantedRestriction> ofMembers) {
        this.named = Collections.unmodifiableSortedMap(named);
        this.ofMembers = Collections.unmodifiableSortedMap(ofMembers);
        for (GrantedRestriction granted : all()) {
            byTable.computeIfAbsent(granted.restriction().table(), key -> new ArrayList<>())
                    .add(granted);
        }
    }

    /** With other restrictions that have names of their own. */
    Restrictions withNamed(SortedMap<Name, GrantedRestriction> newNamed) {
        return new Restrictions(new TreeMap<>(newNamed), ofMembers);
    }

    /** With those that these grants of members are, and no others of this kind. */
    Restrictions withMembers(List<MembersGrant> grants) {
        SortedMap<Name, GrantedRestriction> restrictions = new TreeMap<>();
        for (MembersGrant grant : grants) {
            for (Restriction restriction : new MemberRestrictions(grant, "").all()) {
                restrictions.put(restriction.name(), new GrantedRestriction(restriction, Set.of(grant.role())));
            }
        }
        return new Restrictions(named, restrictions);
    }

    /** Those with names of their own, by these. */
    SortedMap<Name, GrantedRestriction> named() {
        return named;
    }

    /** Those that grants of members are, by their names. */
    SortedMap<Name, GrantedRestriction> ofMembers() {
        return ofMembers;
    }

    /** All of them, in the order of their names. */
    Collection<GrantedRestriction> all() {
        if (ofMembers.isEmpty()) {
            return named.values();
        }
        // One of each kind may have one name, if what provides them does not look.
        List<GrantedRestriction> all = new ArrayList<>(named.values());
        all.addAll(ofMembers.values());
        all.sort((one, other) ->
                one.restriction().name().compareTo(other.restriction().name()));
        return all;
    }

    Optional<GrantedRestriction> find(Name name) {
        return Optional.ofNullable(named.get(name)).or(() -> Optional.ofNullable(ofMembers.get(name)));
    }

    /** Those on the table itself, in the order of their names. */
    List<GrantedRestriction> of(TableName table) {
        return Collections.unmodifiableList(byTable.getOrDefault(table, List.of()));
    }

    /**
     * Those on the table that the caller holds, who is no administrator: a list for each subject, in the order of their
     * first ones' names.
     */
    List<List<Restriction>> held(Caller caller, TableName table) {
        Map<Subject, List<Restriction>> alternatives = new LinkedHashMap<>();
        for (GrantedRestriction granted : of(table)) {
            if (holds(caller, granted)) {
                Restriction restriction = granted.restriction();
                alternatives
                        .computeIfAbsent(restriction.subject(), subject -> new ArrayList<>())
                        .add(restriction);
            }
        }
        return List.copyOf(alternatives.values());
    }

    private static boolean holds(Caller caller, GrantedRestriction granted) {
        Set<Name> grantees = granted.grantees();
        if (grantees.contains(ReservedRoles.PUBLIC)) {
            return true;
        }
        return grantees.size() < caller.roles().size()
                ? grantees.stream().anyMatch(caller.roles()::contains)
                : caller.roles().stream().anyMatch(grantees::contains);
    }
}
