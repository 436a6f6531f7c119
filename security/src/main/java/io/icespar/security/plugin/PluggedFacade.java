package io.icespar.security.plugin;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.SecurityFacade;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
            Map<String, Object> claims = new LinkedHashMap<>();
            facade.claims(authenticated).forEach((name, claim) -> {
                Object copy = copy(claim);
                if (copy != null) {
                    claims.put(name, copy);
                }
            });
            return Collections.unmodifiableMap(claims);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("event=plugin-failed kind=security-facade", e);
            throw new IcesparException(
                    ErrorCode.PLUGIN, "the security facade that is plugged in failed: tell who runs the server", e);
        }
    }

    private static @Nullable Object copy(@Nullable Object claim) {
        if (claim instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
            map.forEach((name, part) -> copy.put(name, copy(part)));
            return Collections.unmodifiableMap(copy);
        } else if (claim instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(copy(element)));
            return Collections.unmodifiableList(copy);
        }
        return claim;
    }
}
