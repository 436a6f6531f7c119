package io.icespar.security.entitlement;

/**
 * Says in Java what comes with roles: context values, the members that their holders see, and what is hidden from them.
 *
 * <p>It is asked once, when an engine opens, and what it says holds until the engine closes, together with what SQL says.
 * A plug-in of the server is a public class with a public constructor without parameters.
 */
@FunctionalInterface
public interface EntitlementsProvider {

    /** What it says. An exception ends the opening of the engine. */
    Entitlements entitlements();

    /**
     * Starts to say something.
     *
     * @param name the name by which errors and listings speak of the provider
     */
    static EntitlementsBuilder builder(String name) {
        return new EntitlementsBuilder(name);
    }
}
