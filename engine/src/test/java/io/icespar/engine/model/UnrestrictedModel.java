package io.icespar.engine.model;

import io.icespar.engine.oracle.Sample;
import java.nio.file.Path;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.state.ActionChain;

/** A property that does not hold: an engine that restricts nothing agrees with the model. {@link ModelShrinkingTest} runs it. */
class UnrestrictedModel {
    @Property(tries = 50, seed = "7", shrinking = ShrinkingMode.FULL)
    void everyoneSeesWhatTheModelSays(@ForAll("chains") ActionChain<World> chain) {
        Chains.run(chain);
    }

    @Provide
    Arbitrary<ActionChain<World>> chains() {
        return Chains.of(30, Path.of("target", "model"), Sample::restrictingNothing);
    }
}
