package io.icespar.security.plugin;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Claims;
import io.icespar.security.identity.SecurityFacade;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A facade that someone else wrote. What it says is copied, so that it is the same throughout a query; claims that are
 * null are left out. It fails with {@code PLUGIN}, and nobody learns more of it than the log.
 *
 * @param facade the facade
 */
record PluggedFacade(SecurityFacade facade) implements SecurityFacade {
    private static final Logger LOG = LoggerFactory.getLogger(PluggedFacade.class);

    @Override
    public Map<String, Object> claims(Caller authenticated) {
        try {
            return Claims.copyOf(facade.claims(authenticated));
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("event=plugin-failed kind=security-facade", e);
            throw new IcesparException(
                    ErrorCode.PLUGIN, "the security facade that is plugged in failed: tell who runs the server", e);
        }
    }
}
