package io.icespar.security.export;

import io.icespar.security.identity.PasswordHash;
import io.icespar.security.store.SecurityState;
import java.util.stream.Stream;

/** Users and the roles granted to them. */
final class UserCommands {
    private UserCommands() {}

    static Stream<String> created(SecurityState state, SecurityScript.Passwords passwords) {
        return state.users().stream()
                .map(user -> "CREATE USER " + Words.name(user.name())
                        + user.password().map(hash -> password(hash, passwords)).orElse(""));
    }

    // Without any the user would be there for a provider's user of that name.
    private static String password(PasswordHash hash, SecurityScript.Passwords passwords) {
        PasswordHash told = switch (passwords) {
            case HASHED -> hash;
            case LEFT_OUT -> PasswordHash.OF_NO_PASSWORD;
        };
        return " PASSWORD HASH " + Words.text(told.value());
    }

    static Stream<String> granted(SecurityState state) {
        return state.users().stream()
                .filter(user -> !user.roles().isEmpty())
                .map(user -> "GRANT " + Words.names(user.roles()) + " TO USER " + Words.name(user.name()));
    }
}
