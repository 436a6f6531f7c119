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

    /**
     * What a server means that refuses one.
     *
     * @param what the token, in words
     * @param remedy what to do then
     */
    static String meaning(Refusal refusal, String what, String remedy) {
        if (refusal.offersNoTokens()) {
            return "the server takes no access tokens: log in with `auth=basic`, by user and password";
        }
        return refusal.isExpiry()
                ? what + " has expired: " + remedy
                : "the server does not accept " + what + ", which may have expired or be for another server: " + remedy;
    }

    /** The value of the header {@code Authorization}. */
    static String authorization(Secret token) {
        return SCHEME + token.reveal();
    }
}
