package io.icespar.engine.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.secure.Restrictor;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.state.ActionChain;

/** The product agrees with the model, over 10,000 steps. */
class ModelTest {
    private static final int STEPS = 200;

    @Property(tries = 50)
    void everyoneSeesWhatTheModelSays(@ForAll("chains") ActionChain<World> chain) {
        Chains.run(chain);
        assertEquals(STEPS, chain.transformations().size());
    }

    @Provide
    Arbitrary<ActionChain<World>> chains() {
        return Chains.of(STEPS, Path.of("target", "model"), Restrictor::new);
    }
}
