package io.icespar.jdbc.login;

import java.util.Optional;

/** What one connection shows to the server with each request. Safe for several threads. */
public interface Credentials extends AutoCloseable {
    /**
     * The value of the header {@code Authorization} for the next request; empty for none. The first call may log in.
     *
     * @throws LoginException if there is none, or none any more
     */
    String authorization() throws LoginException;

    /**
     * The same without logging in or renewing a login, for what is not worth one; empty if there is no login that is
     * good.
     */
    default Optional<String> ready() {
        try {
            return Optional.of(authorization());
        } catch (LoginException e) {
            return Optional.empty();
        }
    }

    /**
     * Another value after the server refused one with HTTP's status 401; empty if there is no other.
     *
     * @throws LoginException if there should be one, and getting it failed
     */
    Optional<String> afterRefusal(String refused) throws LoginException;

    /** What a refusal by the server means, as a text for the user. */
    String meaning(Refusal refusal);

    /** Who it is that logs in, as the subject of a sentence. */
    String holder();

    /** The connection is closed: nothing is kept fresh for it any more. Waits for nothing. */
    @Override
    default void close() {}
}
