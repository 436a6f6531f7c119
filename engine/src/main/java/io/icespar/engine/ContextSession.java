package io.icespar.engine;

import io.icespar.engine.sql.Statement;
import io.icespar.security.context.ContextDefinition;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.context.ContextValueManager;
import io.icespar.security.context.ContextValues;
import io.icespar.security.context.TransientValues;
import io.icespar.security.context.TypedValue;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import java.util.Optional;

/** The context values of one connection: what it set itself, and what comes of it. Safe for use by several threads. */
final class ContextSession {
    private final ContextValueManager manager;

    /** Written only under this object's lock. */
    private volatile TransientValues local = TransientValues.none();

    ContextSession(ContextValueManager manager) {
        this.manager = manager;
    }

    /** All values as they are now. */
    ContextValues resolve(Caller caller, ContextSettings settings) {
        return manager.resolve(caller, settings, local);
    }

    /** Carries out {@code SET}; the errors are those of {@link ContextValueManager#settable}. */
    synchronized void set(Caller caller, ContextSettings settings, Statement.SetContextValue set) {
        TypedValue value = manager.settable(caller, settings, set.name(), set.value());
        if (set.isGlobal()) {
            manager.setGlobal(caller.name(), set.name(), value);
        } else {
            local = local.with(set.name(), value);
        }
    }

    /** Carries out {@code RESET}; {@code UNDEFINED_OBJECT} if there is no such value. */
    synchronized void reset(Caller caller, ContextSettings settings, Statement.ResetContextValue reset) {
        Optional<Name> name = reset.name().map(settings::get).map(ContextDefinition::name);
        if (reset.isGlobal()) {
            manager.resetGlobal(caller.name(), name);
        } else {
            local = local.without(name);
        }
    }
}
