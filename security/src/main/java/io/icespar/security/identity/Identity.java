package io.icespar.security.identity;

import java.util.Optional;

/**
 * Who somebody is, as a login showed it: a user, and what an identity provider asserts of the user, if one does. Which
 * roles that gives is for the security state to say, anew for each statement.
 *
 * @param name the user
 * @param assertion what a provider says; empty for a user who is known here
 */
public record Identity(Name name, Optional<Assertion> assertion) {

    /** A user who is known here: by a password, or because whoever has the engine inside says so. */
    public static Identity local(Name name) {
        return new Identity(name, Optional.empty());
    }

    /** A user of an identity provider. */
    public static Identity asserted(Name name, Assertion assertion) {
        return new Identity(name, Optional.of(assertion));
    }

    /** The same under the name as it was first written. */
    public Identity named(Name spelling) {
        return new Identity(spelling, assertion);
    }

    /** Whether another login is of the same user, whatever was said of the user then. */
    public boolean isSameUser(Identity other) {
        return name.spelling().equals(other.name.spelling())
                && assertion.map(Assertion::issuer).equals(other.assertion.map(Assertion::issuer));
    }
}
