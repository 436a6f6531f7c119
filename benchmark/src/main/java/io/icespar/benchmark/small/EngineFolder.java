package io.icespar.benchmark.small;

import io.icespar.engine.Engine;
import io.icespar.engine.config.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder from which an engine is opened; all that it has is in memory. */
public final class EngineFolder {
    private EngineFolder() {}

    /**
     * Opens an engine over the catalog in {@code folder/catalog}.
     *
     * @param bootstrap the script that makes users and what they may see
     */
    public static Engine open(Path folder, String bootstrap) throws IOException {
        Files.writeString(folder.resolve("bootstrap.sql"), bootstrap);
        return Engine.open(
                EngineSettings.read(
                        Files.writeString(
                                folder.resolve("icespar.yaml"),
                                "catalog: catalog\ndata: data\ndatabase: memory\nsecurity: {store: memory, bootstrap: bootstrap.sql}\n")));
    }
}
