package io.icespar.security.context;

import io.icespar.security.identity.Name;

/** Where a value was set, from the level that is heard first to the one that is heard last. */
public sealed interface ValueSource {

    /** Whether callers themselves set it. */
    default boolean isTransient() {
        return this instanceof Local || this instanceof Global;
    }

    /** {@code SET n = v}, on the connection. */
    record Local() implements ValueSource {
        @Override
        public String toString() {
            return "SET";
        }
    }

    /** {@code SET GLOBAL n = v}, on any connection of the user. */
    record Global() implements ValueSource {
        @Override
        public String toString() {
            return "SET GLOBAL";
        }
    }

    /** {@code ALTER USER u SET n = v}. */
    record User() implements ValueSource {
        @Override
        public String toString() {
            return "user";
        }
    }

    /** A claim about the user. */
    record Claim(ClaimPath path) implements ValueSource {
        @Override
        public String toString() {
            return "claim " + path;
        }
    }

    /**
     * A provider, for a role; heard before what SQL says of the same role.
     *
     * @param provider which provider
     * @param role as that of {@link Role}
     */
    record Provider(Name provider, Role role) implements ValueSource {
        @Override
        public String toString() {
            return "provider " + provider + ", " + role;
        }
    }

    /**
     * {@code ALTER ROLE r SET n = v}.
     *
     * @param role the role, which the caller holds
     * @param isTied whether another role of the same authority sets the value too, so that only their names decided
     */
    record Role(Name role, boolean isTied) implements ValueSource {
        @Override
        public String toString() {
            return "role " + role + (isTied ? ", of equal authority" : "");
        }
    }

    /** The value's own default. */
    record Default() implements ValueSource {
        @Override
        public String toString() {
            return "default";
        }
    }
}
