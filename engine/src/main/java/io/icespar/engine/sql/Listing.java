package io.icespar.engine.sql;

/** What {@code SHOW} gives to administrators. */
public enum Listing {
    /** {@code SHOW ROLES}. */
    ROLES,
    /** {@code SHOW USERS}. */
    USERS,
    /** {@code SHOW ROLE MAPPINGS}. */
    ROLE_MAPPINGS,
    /** {@code SHOW DEFAULT ROLES}. */
    DEFAULT_ROLES,
    /** {@code SHOW RESTRICTIONS [ON table]}. */
    RESTRICTIONS,
    /** {@code SHOW EFFECTIVE RESTRICTIONS [FOR {USER u | ROLE r}] [ON table]}. */
    EFFECTIVE_RESTRICTIONS,
    /** {@code SHOW ROW SECURITY [ON table]}. */
    ROW_SECURITY,
    /** {@code SHOW MASKS}. */
    MASKS,
    /** {@code SHOW VIEWS}. */
    VIEWS,
    /** {@code SHOW GRANTS [FOR {USER u | ROLE r}]}. */
    GRANTS,
    /** {@code SHOW AUDIT}. */
    AUDIT,
    /** {@code CHECK RESTRICTIONS}. */
    CHECK_RESTRICTIONS,
    /** {@code SHOW SECURITY SCRIPT}. */
    SECURITY_SCRIPT,
    /** {@code SHOW SECURITY SCRIPT WITHOUT PASSWORDS}. */
    SECURITY_SCRIPT_WITHOUT_PASSWORDS
}
