package io.icespar.engine.secure;

import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.security.context.ContextValues;
import io.icespar.security.identity.Caller;
import io.icespar.security.store.SecurityState;

/** The stage between a validated and a secured query, and what may be named. There is one in the product: {@link Restrictor}. */
public interface Securing {

    /**
     * A front end that knows of nothing but what exists for the caller.
     *
     * @param state the security state that holds for the whole statement
     */
    SqlFrontend frontend(Caller caller, SecurityState state);

    /**
     * The shape of a caller's rights. Plans are kept by it: whatever {@link #frontend} and {@link #secure} ask of the state
     * for a caller is in it, and nothing of a caller but roles, and for cubes the name, makes it.
     */
    RightsShape shape(Caller caller, SecurityState state);

    /**
     * Secures a query for a caller.
     *
     * @param state the security state that holds for the whole query
     * @param values the caller's context values, resolved from the same state
     * @throws io.icespar.security.error.IcesparException if any condition cannot be applied; there are no rows
     *     then. {@code MISSING_CONTEXT_VALUE} if that is because nobody set a context value
     */
    SecuredQuery secure(ValidatedQuery query, Caller caller, SecurityState state, ContextValues values);
}
