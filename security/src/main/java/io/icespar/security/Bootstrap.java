package io.icespar.security;

import io.icespar.security.audit.AuditedStatement;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.store.SecurityState;
import io.icespar.security.store.User;
import java.util.Optional;

/**
 * The first commands for an empty security state, which take effect together or not at all.
 *
 * <p>Commands are tried as they are added, so that an error belongs to the command just added. Nothing is stored or
 * shown before {@link #commit}; a batch that is not committed is simply dropped. For one thread.
 */
public final class Bootstrap {
    /** The audit's caller of the batch: nobody is there yet who could have asked for it. */
    private static final Name RECORDED_AS = Name.of("bootstrap script");

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
        AuditedStatement audited = security.audit().statement(RECORDED_AS, Optional.empty());
        audited.isCommand();
        try {
            audited.begins();
            SecurityState after = security.change(this::replaced);
            audited.epoch(after.epoch());
            audited.completed(0);
        } catch (RuntimeException | Error e) {
            audited.failed(e, 0);
            throw e;
        }
    }

    private SecurityState replaced(SecurityState present) {
        if (present.epoch() != before.epoch()) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATE, "the security store is no longer empty: nothing was bootstrapped");
        }
        return draft;
    }
}
