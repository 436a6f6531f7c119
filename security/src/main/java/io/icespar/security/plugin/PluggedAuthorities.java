package io.icespar.security.plugin;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Name;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The authority of roles by a comparator that someone else wrote. It fails with {@code PLUGIN}, and nobody learns more of
 * it than the log.
 *
 * @param comparator the comparator
 */
record PluggedAuthorities(AuthorityComparator comparator) implements AuthorityComparator {
    private static final Logger LOG = LoggerFactory.getLogger(PluggedAuthorities.class);

    @Override
    public int compare(Name left, Name right) {
        try {
            return comparator.compare(left, right);
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("event=plugin-failed kind=authority-comparator", e);
            throw new IcesparException(
                    ErrorCode.PLUGIN,
                    "the authority comparator that is plugged in failed: tell who runs the server",
                    e);
        }
    }
}
