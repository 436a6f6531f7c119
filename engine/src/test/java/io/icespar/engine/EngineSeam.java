package io.icespar.engine;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.duckdb.LoadListener;
import io.icespar.engine.secure.Securing;
import io.icespar.security.plugin.Plugins;
import io.icespar.security.privilege.DefaultAccess;
import java.util.function.BiFunction;

/** Opens engines with another restricting stage than the product's; only tests can, from this package. */
public final class EngineSeam {
    private EngineSeam() {}

    /** As {@link Engine#open(EngineSettings)}, but with the stage that {@code securing} makes. */
    public static Engine open(EngineSettings settings, BiFunction<Catalog, DefaultAccess, Securing> securing) {
        return open(settings, Plugins.none(), securing);
    }

    /** As {@link Engine#open(EngineSettings, Plugins)}, but with the stage that {@code securing} makes. */
    public static Engine open(
            EngineSettings settings, Plugins plugins, BiFunction<Catalog, DefaultAccess, Securing> securing) {
        return Engine.open(settings, plugins, new LoadListener() {}, securing);
    }
}
