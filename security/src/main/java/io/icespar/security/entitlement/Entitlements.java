package io.icespar.security.entitlement;

import io.icespar.security.identity.Name;
import java.util.List;

/**
 * All that one provider says. It is a provider itself, which says this.
 *
 * @param provider the name by which errors and listings speak of the provider; no other one has it
 * @param all what it says, in any order
 */
public record Entitlements(Name provider, List<Entitlement> all) implements EntitlementsProvider {
    /** Checks and copies. */
    public Entitlements {
        all = List.copyOf(all);
    }

    @Override
    public Entitlements entitlements() {
        return this;
    }
}
