package io.icespar.engine.oracle;

import io.icespar.engine.Engine;
import io.icespar.engine.EngineSeam;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.secure.Restrictor;
import io.icespar.engine.secure.RightsShape;
import io.icespar.engine.secure.SecuredQuery;
import io.icespar.engine.secure.Securing;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.ReservedRoles;
import io.icespar.security.plugin.Plugins;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.store.SecurityState;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.BiFunction;

/** An engine with sample data, opened as the product opens it. */
public final class Sample implements AutoCloseable {
    private final Engine engine;

    private Sample(Engine engine) {
        this.engine = engine;
    }

    /** Writes the data and its users into {@code folder} and opens an engine there. */
    public static Sample open(
            SampleData data, String bootstrap, Path folder, BiFunction<Catalog, DefaultAccess, Securing> securing) {
        return new Sample(EngineSeam.open(EngineSettings.read(data.write(folder, bootstrap)), securing));
    }

    /** Writes the data and its users into {@code folder} and opens an engine there, with plug-ins. */
    static Sample open(
            SampleData data,
            String bootstrap,
            Path folder,
            Plugins plugins,
            BiFunction<Catalog, DefaultAccess, Securing> securing) {
        return new Sample(EngineSeam.open(EngineSettings.read(data.write(folder, bootstrap)), plugins, securing));
    }

    /** Writes the data but for the hidden columns, and opens an engine there. */
    static Sample openNarrow(
            SampleData data, String bootstrap, Path folder, BiFunction<Catalog, DefaultAccess, Securing> securing) {
        return new Sample(EngineSeam.open(EngineSettings.read(data.write(folder, bootstrap, true)), securing));
    }

    /** Opens the configuration of {@code conf}, with {@code data} to write to. */
    static Sample openConf(Path data, BiFunction<Catalog, DefaultAccess, Securing> securing) {
        Path file = Path.of("..", "conf", "icespar.yaml");
        return new Sample(EngineSeam.open(EngineSettings.read(file).withData(data), securing));
    }

    /** The restricting stage that restricts nothing: to it, everyone is an administrator. */
    public static Securing restrictingNothing(Catalog catalog, DefaultAccess defaultAccess) {
        Securing restrictor = new Restrictor(catalog, defaultAccess);
        return new Securing() {
            @Override
            public SqlFrontend frontend(Caller caller, SecurityState state) {
                return restrictor.frontend(administrator(caller), state);
            }

            @Override
            public RightsShape shape(Caller caller, SecurityState state) {
                return restrictor.shape(administrator(caller), state);
            }

            @Override
            public SecuredQuery secure(ValidatedQuery query, Caller caller, SecurityState state, ContextValues values) {
                return restrictor.secure(query, administrator(caller), state, values);
            }

            private Caller administrator(Caller caller) {
                return new Caller(caller.name(), Set.of(ReservedRoles.ADMIN));
            }
        };
    }

    /** A new session of a user. */
    public SampleSession session(String user) {
        return new SampleSession(engine.session(Name.of(user)));
    }

    /** A new session of a user. */
    public SampleSession session(SampleUser user) {
        return session(user.toString());
    }

    /** Has the administrator run commands. */
    public void run(String... commands) {
        for (String command : commands) {
            session("admin").sql(command).isDone();
        }
    }

    /** The engine itself. */
    public Engine engine() {
        return engine;
    }

    @Override
    public void close() {
        engine.close();
    }
}
