package io.icespar.jdbc.login;

import java.util.List;
import java.util.Locale;

/** How a server refused a login, with HTTP's status 401: what it says that it takes instead. None of it is shown. */
public final class Refusal {
    private final List<String> challenges;

    /** @param challenges the values of {@code WWW-Authenticate} */
    public Refusal(List<String> challenges) {
        this.challenges = List.copyOf(challenges);
    }

    /** Whether what was sent is known to have been good once. */
    boolean isExpiry() {
        return challenges.stream().anyMatch(challenge -> challenge.contains("the access token has expired"));
    }

    /** Whether users of a provider can log in. */
    boolean offersTokens() {
        return challenges.stream()
                .anyMatch(challenge -> challenge.toLowerCase(Locale.ROOT).startsWith("bearer"));
    }

    /** Whether users can log in by password only. */
    boolean offersNoTokens() {
        return !challenges.isEmpty() && !offersTokens();
    }
}
