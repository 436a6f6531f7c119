package io.icespar.server.oidc;

import io.icespar.security.identity.Assertion;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.server.config.OidcSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads of a token's claims who the user is, and which roles the provider gives the user.
 *
 * @param settings which claims say so
 */
record TokenIdentity(OidcSettings settings) {
    private static final int MAX_ROLES = 10_000;

    /** The name of the user, as far as it is fit to be one. */
    String user(Map<String, Object> claims) {
        return findUser(claims).map(Name::spelling).orElse(TokenVerdict.UNKNOWN);
    }

    private Optional<Name> findUser(Map<String, Object> claims) {
        return claims.get(settings.nameClaim()) instanceof String name
                ? Optional.of(Name.of(name)).filter(Name::isUsable)
                : Optional.empty();
    }

    /**
     * The user that claims, which are known to be the provider's, are of.
     *
     * @param expires until when they count
     */
    TokenVerdict of(Map<String, Object> claims, Instant expires) {
        Optional<Name> user = findUser(claims);
        if (user.isEmpty()) {
            return new TokenVerdict.Refused(
                    "the claim `" + settings.nameClaim() + "` is missing, or no name that a user can have");
        }
        Set<String> roles = new LinkedHashSet<>();
        for (List<String> path : settings.rolesClaims()) {
            Optional<List<String>> found = roles(claims, path);
            if (found.isEmpty()) {
                return new TokenVerdict.Refused(
                        user.get().spelling(),
                        "the claim `" + String.join("`, `", path) + "` is neither a text nor a list of texts");
            }
            roles.addAll(found.get());
        }
        if (roles.size() > MAX_ROLES) {
            return new TokenVerdict.Refused(
                    user.get().spelling(), "there are more than " + MAX_ROLES + " roles in the token");
        }
        return new TokenVerdict.Valid(
                Identity.asserted(user.get(), new Assertion(settings.issuer().toString(), roles, claims, expires)));
    }

    /** The roles at a path, none if nothing is there; empty if what is there is of another form. */
    private static Optional<List<String>> roles(Map<String, Object> claims, List<String> path) {
        Object found = claims;
        for (String key : path) {
            found = found instanceof Map<?, ?> map ? map.get(key) : null;
        }
        if (found == null) {
            return Optional.of(List.of());
        }
        List<?> items = found instanceof List<?> list ? list : List.of(found);
        List<String> roles = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof String role)) {
                return Optional.empty();
            }
            roles.add(role);
        }
        return Optional.of(roles);
    }
}
