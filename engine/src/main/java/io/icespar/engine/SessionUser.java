package io.icespar.engine;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.util.Optional;

/**
 * Through whose eyes a session looks: those of who logged in, or those of another user, which only an administrator may.
 *
 * @param login who logged in
 * @param user whose rights, and whose only, statements have
 * @param context what the session set meanwhile
 */
record SessionUser(Identity login, Identity user, ContextSession context) {

    /** The administrator who looks through another's eyes; empty if nobody does. */
    Optional<Name> administrator() {
        return login.name().equals(user.name()) ? Optional.empty() : Optional.of(login.name());
    }

    /** Under which name queries are counted: that of who logged in, in the one spelling that {@code state} has of it. */
    Name countedAs(SecurityState state) {
        return state.findUser(login.name()).map(User::name).orElse(login.name());
    }

    /**
     * Whose rights statements have, with the roles held in {@code state}.
     *
     * @throws IcesparException {@code INVALID_AUTHORIZATION} if the user, or who logged in, may not enter; {@code
     *     INSUFFICIENT_PRIVILEGE} if who looks through another's eyes is no administrator any more
     */
    Caller caller(SecurityState state) {
        Caller caller = entering(login, state);
        if (administrator().isEmpty()) {
            return caller;
        }
        checkMayLook(caller);
        return entering(user, state);
    }

    /**
     * The same session through the eyes of another user.
     *
     * @throws IcesparException {@code INSUFFICIENT_PRIVILEGE} if who logged in is no administrator, before anything is
     *     said of the other; {@code UNDEFINED_OBJECT} if there is no such user, {@code INVALID_AUTHORIZATION} if that
     *     user may not enter
     */
    SessionUser through(Name other, ContextSession fresh, SecurityState state) {
        checkMayLook(entering(login, state));
        if (state.findUser(other).isEmpty()) {
            throw new IcesparException(ErrorCode.UNDEFINED_OBJECT, "user `" + other + "` does not exist");
        }
        // What a provider would say of the other is not known.
        return new SessionUser(login, entering(Identity.local(other), state).identity(), fresh);
    }

    /**
     * The same session after another login of the same user.
     *
     * @throws IllegalArgumentException if it is of someone else
     */
    SessionUser after(Identity newLogin) {
        if (!login.isSameUser(newLogin)) {
            throw new IllegalArgumentException("the session is another user's");
        }
        return new SessionUser(newLogin, administrator().isPresent() ? user : newLogin, context);
    }

    /**
     * Refuses what would change anything while an administrator looks through another's eyes.
     *
     * @throws IcesparException {@code READ_ONLY}
     */
    void checkMayChange() {
        if (administrator().isPresent()) {
            throw new IcesparException(
                    ErrorCode.READ_ONLY,
                    "`" + login.name() + "` only looks through the eyes of `" + user.name()
                            + "`: nothing is changed before `SET SESSION AUTHORIZATION DEFAULT`");
        }
    }

    private static void checkMayLook(Caller caller) {
        if (!caller.isAdministrator()) {
            throw new IcesparException(
                    ErrorCode.INSUFFICIENT_PRIVILEGE,
                    "only holders of role `ROLE_ADMIN` may look through the eyes of others");
        }
    }

    private static Caller entering(Identity identity, SecurityState state) {
        return state.findCaller(identity)
                .filter(Caller::mayEnter)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.INVALID_AUTHORIZATION,
                        "user `" + identity.name() + "` has no access: ask for role `ROLE_USER`"));
    }
}
