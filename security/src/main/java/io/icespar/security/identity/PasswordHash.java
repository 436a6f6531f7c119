package io.icespar.security.identity;

import java.util.regex.Pattern;

/**
 * What is stored of a password: its bcrypt hash, with salt and cost, in the usual form ({@code $2a$10$…}). It prints as
 * {@code ***}, for a hash is a secret too.
 *
 * @param value the hash
 */
public record PasswordHash(String value) {
    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");

    /** Checks the form, so that a password itself can never be taken for its hash. */
    public PasswordHash {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a bcrypt hash");
        }
    }

    @Override
    public String toString() {
        return "***";
    }
}
