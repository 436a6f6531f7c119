package io.icespar.engine;

import io.icespar.engine.plan.ResultTypes;
import io.icespar.engine.sql.Statement;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.Measure;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.TableName;
import io.icespar.security.store.SecurityState;
import java.util.Optional;

/**
 * Whether a view or a measure could be read, if it were there: what the backend has no words for is told to who creates
 * it.
 *
 * @param engine which would run it
 * @param caller who creates it
 * @param state what holds before
 * @param context the caller's
 */
record DefinitionCheck(Engine engine, Caller caller, SecurityState state, ContextSession context) {

    /**
     * Plans what a command defines, if it defines anything.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if it cannot be run
     */
    void check(SecurityCommand command) {
        if (command instanceof SecurityCommand.CreateView create) {
            check(create.view().query(), state);
        } else if (command instanceof SecurityCommand.CreateCube create) {
            SecurityState after = state.after(command);
            for (Measure measure : create.cube().measures()) {
                check(measure, create.cube().name(), after);
            }
        } else if (command instanceof SecurityCommand.AddMeasure add) {
            check(add.measure(), add.cube(), state.after(command));
        }
    }

    private void check(Measure measure, TableName name, SecurityState after) {
        Optional<Cube> cube = after.cubes().find(name);
        // Another one may be there already, and stay.
        if (cube.flatMap(each -> each.findMeasure(measure.name()))
                .filter(measure::equals)
                .isPresent()) {
            check("SELECT AGGREGATE(" + measure.name().quoted() + ") FROM " + name.quoted(), after);
        }
    }

    private void check(String sql, SecurityState with) {
        Statement statement =
                engine.securing().frontend(caller, with).statement(sql, Optional.empty(), caller, with.context());
        if (statement instanceof Statement.Query query) {
            ResultTypes.columns(query.query());
            try {
                engine.planner()
                        .plan(engine.securing()
                                .secure(query.query(), caller, with, context.resolve(caller, with.context())));
            } catch (IcesparException e) {
                // Those who read it may have the value.
                if (e.code() != ErrorCode.MISSING_CONTEXT_VALUE) {
                    throw e;
                }
            }
        }
    }
}
