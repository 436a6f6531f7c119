package io.icespar.security.export;

import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.stream.Stream;

/**
 * A security state as the commands that make it of an empty one.
 *
 * <p>Each command finds what it needs, made by those before it. Users come late, and with them their roles; last
 * what lets in users of providers, and those without other roles: while a script runs on a server, nobody sees more than
 * in the end.
 */
public final class SecurityScript {

    /** What becomes of passwords. */
    public enum Passwords {
        /** Their hashes are written. */
        HASHED,
        /** Nothing of them is written: users are made without. */
        LEFT_OUT
    }

    private SecurityScript() {}

    /**
     * The commands, each without a semicolon. Equal states give equal ones. What providers say is not among them: it is
     * said again by the providers of whoever runs the script.
     */
    public static List<String> commands(SecurityState present, Passwords passwords) {
        SecurityState state = present.stored();
        return Stream.of(
                        ContextValueCommands.created(state.context()),
                        RoleCommands.created(state),
                        RoleCommands.granted(state),
                        ContextValueCommands.ofRoles(state.context()),
                        CubeCommands.created(state.cubes()),
                        CubeCommands.defaultMembersOfRoles(state.cubes().said()),
                        ViewCommands.created(state.views()),
                        TableCommands.requiring(state),
                        PrivilegeCommands.said(state.privileges()),
                        RestrictionCommands.created(state),
                        MaskCommands.created(state.masks()),
                        CubeCommands.restricting(state.cubes().said()),
                        RoleMappingCommands.restricting(state),
                        UserCommands.created(state, passwords),
                        ContextValueCommands.ofUsers(state.context()),
                        CubeCommands.defaultMembersOfUsers(state.cubes().said()),
                        UserCommands.granted(state),
                        RoleMappingCommands.admitting(state),
                        RoleMappingCommands.byDefault(state))
                .flatMap(commands -> commands)
                .toList();
    }
}
