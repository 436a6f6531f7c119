package io.icespar.jdbc.login;

import java.util.Optional;

/** Where a server tells who is logged in, and how to read it. */
public final class WhoAmI {
    /** The path on the server. */
    public static final String PATH = "/whoami";

    private WhoAmI() {}

    /** The name of who is logged in; empty if what the server answered is something else. */
    public static Optional<String> name(String answer) {
        return JsonObject.parse(answer).flatMap(object -> object.text("name"));
    }
}
