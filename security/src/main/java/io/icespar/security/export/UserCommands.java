package io.icespar.security.export;

import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.util.stream.Stream;

/** Users and the roles granted to them. */
final class UserCommands {
    private UserCommands() {}

    static Stream<String> created(SecurityState state, SecurityScript.Passwords passwords) {
        return state.users().stream()
                .map(user -> "CREATE USER " + Words.name(user.name())
                        + switch (passwords) {
                            case HASHED -> password(user);
                            case LEFT_OUT -> "";
                        });
    }

    private static String password(User user) {
        return user.password()
                .map(hash -> " PASSWORD HASH " + Words.text(hash.value()))
                .orElse("");
    }

    static Stream<String> granted(SecurityState state) {
        return state.users().stream()
                .filter(user -> !user.roles().isEmpty())
                .map(user -> "GRANT " + Words.names(user.roles()) + " TO USER " + Words.name(user.name()));
    }
}
