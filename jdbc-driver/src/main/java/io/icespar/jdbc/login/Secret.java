package io.icespar.jdbc.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** A text that must not be shown. It prints as {@code ***}. */
final class Secret {
    private final String text;

    Secret(String text) {
        this.text = text;
    }

    /** The text itself. */
    String reveal() {
        return text;
    }

    /** Whether a text gives it away, as it is or as it is commonly encoded. */
    boolean isIn(String other) {
        if (text.isEmpty()) {
            return false;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return contains(other, text)
                || contains(other, URLEncoder.encode(text, StandardCharsets.UTF_8))
                || contains(other, Base64.getEncoder().withoutPadding().encodeToString(bytes))
                || contains(other, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static boolean contains(String whole, String part) {
        return whole.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return "***";
    }
}
