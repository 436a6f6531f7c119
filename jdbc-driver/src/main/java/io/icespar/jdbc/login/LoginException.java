package io.icespar.jdbc.login;

/** A login, or the renewal of one, that failed. Its text is for the user and holds no secret. */
public final class LoginException extends Exception {
    private static final long serialVersionUID = 1;

    /** Whose fault it is. */
    public enum Reason {
        /** Who is asked is not there, cannot serve now, or answers as nobody of that kind does. */
        UNREACHABLE,
        /** Who is asked refuses, or must not be asked. */
        REFUSED
    }

    private final Reason reason;

    private LoginException(Reason reason, String text) {
        super(text);
        this.reason = reason;
    }

    static LoginException unreachable(String text) {
        return new LoginException(Reason.UNREACHABLE, text);
    }

    static LoginException refused(String text) {
        return new LoginException(Reason.REFUSED, text);
    }

    /** The same failure, with words in front that say what came of it. */
    LoginException after(String words) {
        return new LoginException(reason, words + ": " + text());
    }

    /** Whose fault it is. */
    public Reason reason() {
        return reason;
    }

    /** What went wrong. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
