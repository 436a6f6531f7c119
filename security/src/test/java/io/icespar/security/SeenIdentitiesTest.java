package io.icespar.security;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.store.Fixture;
import io.icespar.security.store.SecurityState;
import org.junit.jupiter.api.Test;

/** What is remembered of providers' users. */
class SeenIdentitiesTest {
    private static final Name ROSE = Name.of("rose");

    private final SeenIdentities seen = new SeenIdentities();
    private final SecurityState state =
            Fixture.administered().role("own").user("rose", "own").state();

    @Test
    void theLastLoginIsRemembered() {
        assertEquals(Identity.local(ROSE), seen.last(ROSE, state));
        seen.see(Fixture.asserted("rose", "first"), state);
        seen.see(Fixture.asserted("rose", "second"), state);
        assertEquals(Fixture.asserted("rose", "second"), seen.last(ROSE, state));
    }

    @Test
    void someoneElseOfTheNameIsNot() {
        seen.see(Fixture.asserted("rose", "hers"), state);
        seen.see(Fixture.asserted("ROSE", "not hers"), state);
        seen.see(Identity.local(ROSE), state);
        assertEquals(Fixture.asserted("rose", "hers"), seen.last(ROSE, state));
        SecurityState taken = Fixture.administered().userWithPassword("rose").state();
        assertEquals(Identity.local(ROSE), seen.last(ROSE, taken));
    }
}
