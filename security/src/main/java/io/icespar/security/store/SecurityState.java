package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.EffectiveRestriction;
import io.icespar.security.restriction.Restriction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** SKELETON: an immutable snapshot of users, roles and restrictions. */
public final class SecurityState {
    /** The number of the last change. */
    public long epoch() {
        throw new UnsupportedOperationException();
    }

    /** The caller that the user is, with all roles resolved; empty if there is no such user. */
    public Optional<Caller> findCaller(Name user) {
        throw new UnsupportedOperationException();
    }

    /** What holds for the caller on the table itself, not counting what arrives over references. */
    public EffectiveRestriction effective(Caller caller, TableName table) {
        throw new UnsupportedOperationException();
    }

    /** All restrictions, in the order of their names. */
    public List<Restriction> restrictions() {
        throw new UnsupportedOperationException();
    }

    /** The roles, or PUBLIC, that hold the restriction. */
    public Set<Name> grantees(Name restriction) {
        throw new UnsupportedOperationException();
    }

    /** The state after the command; this one is left as it is. */
    public SecurityState after(SecurityCommand command) {
        throw new UnsupportedOperationException();
    }
}
