package io.icespar.jdbc.login;

/** A way to get a first token from a provider. */
interface Grant {
    /** Asks for a token. */
    Token request(Provider provider) throws LoginException;

    /** Whether a person is asked, who cannot be asked in the middle of a statement. */
    boolean asksSomeone();

    /** Who it is that logs in, as the subject of a sentence. */
    String holder();
}
