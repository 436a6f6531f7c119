package io.icespar.security.identity;

/** The role names with a meaning of their own (DESIGN, Vocabulary); no restriction can be put on them. */
public final class ReservedRoles {
    /** Opens the door: who does not hold it, and is no administrator, has no access. */
    public static final Name USER = Name.of("ROLE_USER");

    /** Bypasses restrictions and may run security commands. */
    public static final Name ADMIN = Name.of("ROLE_ADMIN");

    /** Not a role but a grantee: everyone but administrators. */
    public static final Name PUBLIC = Name.of("PUBLIC");

    private ReservedRoles() {}

    /** Whether it is one of the two reserved roles; {@link #PUBLIC} is none. */
    public static boolean isReservedRole(Name name) {
        return name.equals(USER) || name.equals(ADMIN);
    }
}
