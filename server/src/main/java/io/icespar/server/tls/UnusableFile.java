package io.icespar.server.tls;

/** A file that is not what it should be; the message says what is wrong, for who runs the server. */
public final class UnusableFile extends Exception {
    private static final long serialVersionUID = 1;

    private final Role role;
    private final String text;

    /** What a file is for. */
    public enum Role {
        /** The server's key and certificate together. */
        KEYSTORE,
        /** The server's certificate. */
        CERTIFICATE,
        /** Its key. */
        KEY,
        /** What opens the key. */
        PASSWORD,
        /** Authorities of clients' certificates. */
        TRUST,
        /** Revoked certificates of clients. */
        CRL
    }

    UnusableFile(Role role, String message) {
        super(message);
        this.role = role;
        this.text = message;
    }

    /** What the file is for. */
    public Role role() {
        return role;
    }

    /** What is wrong. */
    public String text() {
        return text;
    }
}
