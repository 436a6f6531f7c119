package io.icespar.jdbc.login;

import java.util.regex.Pattern;

/** How an access token stands in a header. */
final class BearerToken {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._~+/-]+=*");
    private static final String SCHEME = "Bearer ";

    private BearerToken() {}

    /** Whether a text can be one: RFC 6750 allows few characters, none of which ends a header. */
    static boolean isWellFormed(String token) {
        return SYNTAX.matcher(token).matches();
    }

    /** The value of the header {@code Authorization}. */
    static String authorization(Secret token) {
        return SCHEME + token.reveal();
    }
}
