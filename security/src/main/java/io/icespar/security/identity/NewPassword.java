package io.icespar.security.identity;

/** What a user's password is set to: the text itself, or the hash of one that was set elsewhere. */
public sealed interface NewPassword permits Secret, PasswordHash {}
