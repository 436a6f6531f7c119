package io.icespar.security.identity;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is stored of a password: its bcrypt hash, with salt and cost, in the usual form ({@code $2a$10$…}). It prints as
 * {@code ***}, for a hash is a secret too.
 *
 * @param value the hash
 */
public record PasswordHash(String value) implements NewPassword {
    /** The highest cost of a hash that was made elsewhere: a second or so for each login. */
    public static final int MAX_GIVEN_COST = 14;

    private static final Pattern FORM = Pattern.compile("\\$2[aby]\\$(0[4-9]|[12][0-9]|3[01])\\$[./A-Za-z0-9]{53}");

    /** What no password has: a user whose password is not told is not one without a password. */
    public static final PasswordHash OF_NO_PASSWORD = new PasswordHash("$2a$10$" + ".".repeat(53));

    /** Checks the form, so that a password itself can never be taken for its hash. */
    public PasswordHash {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("not a bcrypt hash");
        }
    }

    /**
     * The hash that someone wrote down.
     *
     * @return empty if the text is not one of the usual form, or of a cost that would make each login a wait
     */
    public static Optional<PasswordHash> find(String text) {
        return FORM.matcher(text).matches() && cost(text) <= MAX_GIVEN_COST
                ? Optional.of(new PasswordHash(text))
                : Optional.empty();
    }

    private static int cost(String hash) {
        return Integer.parseInt(hash.substring(4, 6));
    }

    @Override
    public String toString() {
        return "***";
    }
}
