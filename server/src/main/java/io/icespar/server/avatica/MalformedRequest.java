package io.icespar.server.avatica;

/** The body of a request is not one of Avatica's requests. */
final class MalformedRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRequest(Throwable cause) {
        super("the body is not a request of Avatica's protocol", cause);
    }
}
