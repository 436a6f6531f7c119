package io.icespar.engine;

import io.icespar.engine.plan.ResultTypes;
import io.icespar.engine.sql.Statement;
import io.icespar.security.context.ContextValues;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.store.SecurityState;
import io.icespar.security.view.View;
import java.util.Optional;

/**
 * Whether a view could be read, if it were there: what the backend has no words for is told to who creates the view.
 *
 * @param engine which would run it
 */
record ViewCheck(Engine engine) {

    /**
     * Plans the query of a view.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if it cannot be run
     */
    void check(View view, Caller caller, SecurityState state, ContextValues values) {
        Statement statement = engine.securing()
                .frontend(caller, state)
                .statement(view.query(), Optional.empty(), caller, state.context());
        if (statement instanceof Statement.Query query) {
            ResultTypes.columns(query.query());
            try {
                engine.planner().plan(engine.securing().secure(query.query(), caller, state, values));
            } catch (IcesparException e) {
                // Those who read the view may have the value.
                if (e.code() != ErrorCode.MISSING_CONTEXT_VALUE) {
                    throw e;
                }
            }
        }
    }
}
