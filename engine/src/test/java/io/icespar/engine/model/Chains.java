package io.icespar.engine.model;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.secure.Securing;
import io.icespar.security.privilege.DefaultAccess;
import java.nio.file.Path;
import java.util.function.BiFunction;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.state.Action;
import net.jqwik.api.state.ActionChain;
import net.jqwik.api.state.Transformer;

/** Random sequences of steps, each taken in a new world. */
final class Chains {
    private Chains() {}

    /**
     * Sequences of {@code steps} steps.
     *
     * @param folder where the tables are written
     * @param securing the restricting stage of the engine
     */
    static Arbitrary<ActionChain<World>> of(
            int steps, Path folder, BiFunction<Catalog, DefaultAccess, Securing> securing) {
        Path settings = Rows.write(folder);
        return ActionChain.startWith(() -> new World(settings, securing))
                .withAction(new AnyStep())
                .withMaxTransformations(steps);
    }

    /** Takes all the steps; each finds the engine and the model in agreement, or fails. */
    static void run(ActionChain<World> chain) {
        try {
            chain.run();
        } finally {
            chain.finalState().ifPresent(World::close);
        }
    }

    private static final class AnyStep implements Action.Independent<World> {
        @Override
        public Arbitrary<Transformer<World>> transformer() {
            return Steps.any().map(step -> Transformer.mutate(step.toString(), world -> world.take(step)));
        }
    }
}
