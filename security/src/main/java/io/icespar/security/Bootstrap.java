package io.icespar.security;

import io.icespar.security.command.SecurityCommand;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;

/**
 * The first commands for an empty security state, which take effect together or not at all.
 *
 * <p>Commands are tried as they are added, so that an error belongs to the command just added. Nothing is stored or
 * shown before {@link #commit}; a batch that is not committed is simply dropped. For one thread.
 */
public final class Bootstrap {
    private final Security security;
    private final SecurityState before;
    private SecurityState draft;

    Bootstrap(Security security, SecurityState before) {
        this.security = security;
        this.before = before;
        this.draft = before;
    }

    /**
     * Adds a command.
     *
     * @throws IcesparException with the codes of {@link SecurityState#after}; the batch is then as it was before
     */
    public void add(SecurityCommand command) {
        draft = security.after(draft, command);
    }

    /** The state as it would be after the commands so far. */
    public SecurityState draft() {
        return draft;
    }

    /**
     * Carries out all commands in one transaction.
     *
     * @throws IcesparException {@code INVALID_STATEMENT} if no user would hold {@code ROLE_ADMIN}, for that could never
     *     be mended; {@code INVALID_STATE} if the state was changed since the batch was started, so also when
     *     committing twice; {@code STORE} if it could not be stored
     */
    public void commit() {
        if (draft.users().stream()
                .map(User::name)
                .flatMap(name -> draft.findCaller(name).stream())
                .noneMatch(Caller::isAdministrator)) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "no user holds `ROLE_ADMIN`: create a user and grant the role to it, or nobody can administer");
        }
        security.change(present -> {
            if (present.epoch() != before.epoch()) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATE, "the security store is no longer empty: nothing was bootstrapped");
            }
            return draft;
        });
    }
}
