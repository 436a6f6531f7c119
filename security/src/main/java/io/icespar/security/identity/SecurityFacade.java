package io.icespar.security.identity;

import java.util.Map;

/**
 * Says more of a caller than authentication did, so that context values can be found among the caller's claims: a
 * department, the attributes of a directory.
 *
 * <p>Who the caller is and which roles the caller holds is not for it to say: that is decided by authentication and the
 * security state, so that what {@code SHOW} lists is what holds. It is asked once for each query that any claim may
 * matter to, and answers at once; what takes long it remembers itself. An implementation is safe for use by several
 * threads. A plug-in of the server is a public class with a public constructor without parameters.
 */
@FunctionalInterface
public interface SecurityFacade {

    /**
     * All claims about the caller, by name, a claim of several parts being a map itself: those that authentication gave,
     * if they are to be kept, and others. An exception refuses what the caller asked for.
     */
    Map<String, Object> claims(Caller authenticated);
}
