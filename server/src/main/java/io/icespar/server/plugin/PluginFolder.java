package io.icespar.server.plugin;

import io.icespar.security.entitlement.EntitlementsProvider;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.SecurityFacade;
import io.icespar.security.plugin.Plugins;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of jars, each of which may name plug-ins in {@code META-INF/services}. Their classes are loaded when it is
 * opened, or later when one of them needs another; they are the server's to use until it is closed.
 */
public final class PluginFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PluginFolder.class);

    private final Optional<URLClassLoader> loader;
    private final Plugins plugins;

    private PluginFolder(Optional<URLClassLoader> loader, Plugins plugins) {
        this.loader = loader;
        this.plugins = plugins;
    }

    /**
     * Finds the plug-ins.
     *
     * @param folder where the jars are; without one there are no plug-ins
     * @throws IcesparException {@code CONFIGURATION} if one cannot be made, or there are two of a kind of which there is
     *     one; nothing is left open then
     */
    public static PluginFolder open(Optional<Path> folder) {
        if (folder.isEmpty()) {
            return new PluginFolder(Optional.empty(), Plugins.none());
        }
        URLClassLoader loader = new URLClassLoader(jars(folder.get()), PluginFolder.class.getClassLoader());
        var opened = new PluginFolder(Optional.of(loader), Plugins.none());
        try {
            Plugins found = new Plugins(
                    all(EntitlementsProvider.class, loader, folder.get()),
                    all(AuthorityComparator.class, loader, folder.get()),
                    all(SecurityFacade.class, loader, folder.get()));
            return new PluginFolder(Optional.of(loader), found);
        } catch (RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    private static URL[] jars(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<URL> jars = new ArrayList<>();
            for (Path file : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                jars.add(file.toUri().toURL());
            }
            return jars.toArray(URL[]::new);
        } catch (IOException | UncheckedIOException e) {
            throw new IcesparException(ErrorCode.CONFIGURATION, folder + ": the folder of plug-ins cannot be read", e);
        }
    }

    private static <T> List<T> all(Class<T> kind, ClassLoader loader, Path folder) {
        List<T> found = new ArrayList<>();
        try {
            for (T plugin : ServiceLoader.load(kind, loader)) {
                found.add(plugin);
                LOG.info(
                        "event=plugin-loaded kind={} class={}",
                        kind.getSimpleName(),
                        plugin.getClass().getName());
            }
            return found;
        } catch (ServiceConfigurationError e) {
            // Java's own words: which class, and what is wrong with it, but nothing that the class said itself.
            throw unusable(folder, String.valueOf(e.getMessage()), e);
        } catch (LinkageError e) {
            throw unusable(folder, "a class that `" + kind.getName() + "` needs is missing or another one", e);
        }
    }

    private static IcesparException unusable(Path folder, String why, Error e) {
        LOG.error("event=plugin-failed kind=start", e);
        return new IcesparException(
                ErrorCode.CONFIGURATION, folder + ": a plug-in cannot be loaded: " + why + " (more in the log)", e);
    }

    /** What was found. */
    public Plugins plugins() {
        return plugins;
    }

    @Override
    public void close() {
        loader.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                LOG.warn("event=plugins-not-closed", e);
            }
        });
    }
}
