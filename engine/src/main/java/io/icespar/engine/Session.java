package io.icespar.engine;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.plan.ResultTypes;
import io.icespar.engine.run.QueryLimits;
import io.icespar.engine.run.QueryRunner;
import io.icespar.engine.sql.Statement;
import io.icespar.security.context.ContextValues;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.store.SecurityState;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.jspecify.annotations.Nullable;

/**
 * What one user does with an engine. Each statement runs with the rights that the user has when it is executed, not
 * when it was prepared. Safe for use by several threads.
 */
public final class Session {
    private final Engine engine;
    private final Name user;
    private final ContextSession context;
    private volatile Optional<Name> schema;

    Session(Engine engine, Name user) {
        this.engine = engine;
        this.user = user;
        this.context = new ContextSession(engine.security().contextValues());
        List<Name> schemas = engine.catalog().schemas();
        this.schema = schemas.size() == 1 ? Optional.of(schemas.get(0)) : Optional.empty();
    }

    /**
     * The user and the roles as they are now.
     *
     * @throws IcesparException {@code INVALID_AUTHORIZATION} if the user may not, or no longer, enter
     */
    public Caller caller() {
        return caller(engine.security().state());
    }

    private Caller caller(SecurityState state) {
        return state.findCaller(user)
                .filter(Caller::mayEnter)
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.INVALID_AUTHORIZATION,
                        "user `" + user + "` has no access: ask for role `ROLE_USER`"));
    }

    /** The tables that the caller may know of. */
    public Catalog catalog() {
        caller();
        return engine.catalog();
    }

    /** The schema in which names without one are looked up; empty before {@link #setSchema} if there are several. */
    public Optional<Name> schema() {
        return schema;
    }

    /**
     * Sets the schema in which names without one are looked up.
     *
     * @throws IcesparException {@code UNDEFINED_SCHEMA} if there is none of that name
     */
    public void setSchema(Name name) {
        schema = Optional.of(catalog().schemas().stream()
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() ->
                        new IcesparException(ErrorCode.UNDEFINED_SCHEMA, "schema `" + name + "` does not exist")));
    }

    /** Parses and checks a statement without running it. */
    public Prepared prepare(String sql) {
        SecurityState state = engine.security().state();
        Statement statement = engine.frontend().statement(sql, schema, caller(state), state.context());
        if (statement instanceof Statement.Query query) {
            return new Prepared(sql, ResultTypes.columns(query.query()), ResultTypes.parameters(query.query()));
        }
        if (statement instanceof Statement.Explain explain) {
            return new Prepared(sql, Listings.EXPLAIN, ResultTypes.parameters(explain.query()));
        }
        if (statement instanceof Statement.ShowRestrictions) {
            return new Prepared(sql, Listings.RESTRICTIONS, List.of());
        }
        if (statement instanceof Statement.ShowContextValue) {
            return new Prepared(sql, ContextListings.ONE, List.of());
        }
        if (statement instanceof Statement.ShowContextValues) {
            return new Prepared(sql, ContextListings.ALL, List.of());
        }
        return new Prepared(sql, List.of(), List.of());
    }

    /**
     * Runs a statement, with the rights that the user has at this moment.
     *
     * @param parameters one value for each of {@link Prepared#parameters}, in order and of the Java type that its form
     *     names, or null
     * @param timeoutSeconds after how long the statement is cancelled, 0 for never
     */
    public Answer execute(Prepared prepared, List<@Nullable Object> parameters, int timeoutSeconds) {
        // One snapshot for the whole statement: who the caller is and what holds are of one moment.
        SecurityState state = engine.security().state();
        Caller caller = caller(state);
        Statement statement = engine.frontend().statement(prepared.sql(), schema, caller, state.context());
        if (statement instanceof Statement.Query query) {
            if (parameters.size() != query.query().parameters().size()) {
                throw new IcesparException(
                        ErrorCode.WRONG_PARAMETERS,
                        "the statement has " + query.query().parameters().size() + " parameters, but "
                                + parameters.size() + " values are bound");
            }
            checkTypes(ResultTypes.parameters(query.query()), parameters);
            ContextValues values = context.resolve(caller, state.context());
            return new Answer.Rows(engine.runner()
                    .run(
                            engine.planner().plan(engine.securing().secure(query.query(), caller, state, values)),
                            parameters,
                            timeoutSeconds,
                            QueryLimits.of(caller.name(), values)));
        }
        if (statement instanceof Statement.Explain explain) {
            // Who is no administrator sees what was asked, not what became of it: no condition, no estimate.
            String plan = caller.isAdministrator()
                    ? engine.planner()
                            .explain(engine.securing()
                                    .secure(explain.query(), caller, state, context.resolve(caller, state.context())))
                    : RelOptUtil.toString(explain.query().root().rel);
            return new Answer.Rows(QueryRunner.rows(Listings.EXPLAIN, Listings.lines(plan)));
        }
        if (statement instanceof Statement.ShowRestrictions show) {
            return new Answer.Rows(QueryRunner.rows(Listings.RESTRICTIONS, Listings.restrictions(state, show.table())));
        }
        if (statement instanceof Statement.ShowContextValue show) {
            ContextValues values = context.resolve(caller, state.context());
            return new Answer.Rows(QueryRunner.rows(ContextListings.ONE, ContextListings.one(values, show.name())));
        }
        if (statement instanceof Statement.ShowContextValues) {
            ContextValues values = context.resolve(caller, state.context());
            return new Answer.Rows(QueryRunner.rows(ContextListings.ALL, ContextListings.all(values)));
        }
        if (statement instanceof Statement.SetContextValue set) {
            context.set(caller, state.context(), set);
            return new Answer.Done();
        }
        if (statement instanceof Statement.ResetContextValue reset) {
            context.reset(caller, state.context(), reset);
            return new Answer.Done();
        }
        if (statement instanceof Statement.Security command) {
            engine.security().execute(caller, command.command());
            return new Answer.Done();
        }
        throw new IllegalStateException("unknown statement " + statement.getClass());
    }

    // A backend would convert the column instead, row by row, and fail on rows that the caller may not see.
    private static void checkTypes(List<ResultColumn> declared, List<@Nullable Object> values) {
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (value != null && !declared.get(i).form().isInstance(value)) {
                throw new IcesparException(
                        ErrorCode.WRONG_PARAMETERS,
                        "the value of parameter " + (i + 1) + " is not a `"
                                + declared.get(i).typeName() + "`");
            }
        }
    }

    /** Runs a statement without parameters. */
    public Answer query(String sql) {
        return execute(prepare(sql), List.of(), 0);
    }

    /**
     * A statement that is parsed and checked.
     *
     * @param sql the text
     * @param columns the columns of its rows; empty for a command, which gives none
     * @param parameters its parameters
     */
    public record Prepared(String sql, List<ResultColumn> columns, List<ResultColumn> parameters) {
        /** Checks and copies. */
        public Prepared {
            columns = List.copyOf(columns);
            parameters = List.copyOf(parameters);
        }
    }
}
