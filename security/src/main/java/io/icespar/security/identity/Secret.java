package io.icespar.security.identity;

/**
 * A text that must not be shown, such as a password; it prints as {@code ***}.
 *
 * @param value the text itself
 */
public record Secret(String value) implements NewPassword {
    @Override
    public String toString() {
        return "***";
    }
}
