package io.icespar.security.identity;

/** Who a role is granted to, or a context value is set for. */
public sealed interface Grantee {
    /** The name of the user or role. */
    Name name();

    /** A user. */
    record User(Name name) implements Grantee {}

    /** A role, whose holders then have what it was given too. */
    record Role(Name name) implements Grantee {}
}
