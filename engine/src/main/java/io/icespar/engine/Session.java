package io.icespar.engine;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.cube.CubeShape;
import io.icespar.engine.diagram.SchemaDiagram;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.engine.plan.ResultTypes;
import io.icespar.engine.run.QueryLimits;
import io.icespar.engine.run.QueryRunner;
import io.icespar.engine.run.RowWatcher;
import io.icespar.engine.secure.Applied;
import io.icespar.engine.secure.SecuredQuery;
import io.icespar.engine.sql.ParsedStatement;
import io.icespar.engine.sql.Patience;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.sql.Statement;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.security.audit.AuditedStatement;
import io.icespar.security.context.ContextValues;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Identity;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.store.SecurityState;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.calcite.plan.RelOptUtil;
import org.jspecify.annotations.Nullable;

/**
 * What one user does with an engine. Each statement runs with the rights that the user has when it is executed, not
 * when it was prepared. Safe for use by several threads.
 */
public final class Session {
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9999;

    private final Engine engine;
    /** Each statement takes it once. Written only under this object's lock. */
    private volatile SessionUser user;

    /** The user whose session it is, with the context to go back to. Guarded by this object's lock. */
    private SessionUser login;

    /** The schema that was set, whether or not the user may still know of it. */
    private volatile Optional<Name> chosenSchema = Optional.empty();

    Session(Engine engine, Identity identity) {
        this.engine = engine;
        this.login = new SessionUser(identity, identity, newContext(engine));
        this.user = login;
    }

    /**
     * Goes on after another login of the same user: what a provider says now holds from the next statement on.
     *
     * @throws IllegalArgumentException if it is of someone else
     */
    public synchronized void renew(Identity identity) {
        if (!identity.equals(user.login())) {
            login = login.after(identity);
            user = user.after(identity);
        }
    }

    private static ContextSession newContext(Engine engine) {
        return new ContextSession(engine.security().contextValues());
    }

    /**
     * Whose rights statements have, and the roles as they are now: those of who logged in, unless an administrator looks
     * through another's eyes.
     *
     * @throws IcesparException {@code INVALID_AUTHORIZATION} if the user may not, or no longer, enter; {@code
     *     INSUFFICIENT_PRIVILEGE} if who looks through another's eyes is no administrator any more
     */
    public Caller caller() {
        return caller(user, engine.security().state());
    }

    private Caller caller(SessionUser asking, SecurityState state) {
        engine.security().checkNotExpired(asking.login());
        return asking.caller(state);
    }

    /** The tables and views that the caller may know of. */
    public Catalog catalog() {
        return frontend().catalog();
    }

    /** The views and cubes that the caller may know of, in the order of their names. */
    public List<DerivedTable> derivedTables() {
        return DerivedTable.all(frontend());
    }

    /** What the caller may know of, as a {@linkplain SchemaDiagram diagram} in the language of Mermaid. */
    public String schemaDiagram() {
        SqlFrontend frontend = frontend();
        Catalog visible = frontend.catalog();
        Map<TableName, List<ResultColumn>> views = new LinkedHashMap<>();
        DerivedTable.all(frontend).stream()
                .filter(derived -> visible.findView(derived.name()).isPresent())
                .forEach(view -> views.put(view.name(), view.resultColumns()));
        List<CubeShape> cubes = visible.cubes().stream()
                .flatMap(cube -> frontend.shape(cube).stream())
                .toList();
        return SchemaDiagram.of(visible, views, cubes);
    }

    private SqlFrontend frontend() {
        SecurityState state = engine.security().state();
        return engine.securing().frontend(caller(user, state), state);
    }

    /** The schema in which names without one are looked up; empty before {@link #setSchema} if there are several. */
    public Optional<Name> schema() {
        return schema(catalog(), chosenSchema);
    }

    private static Optional<Name> schema(Catalog visible, Optional<Name> chosen) {
        List<Name> schemas = visible.schemas();
        return chosen.filter(schemas::contains)
                .or(() -> schemas.size() == 1 ? Optional.of(schemas.get(0)) : Optional.empty());
    }

    /**
     * Sets the schema in which names without one are looked up.
     *
     * @throws IcesparException {@code UNDEFINED_SCHEMA} if there is none of that name
     */
    public void setSchema(Name name) {
        chosenSchema = Optional.of(catalog().schemas().stream()
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() ->
                        new IcesparException(ErrorCode.UNDEFINED_SCHEMA, "schema `" + name + "` does not exist")));
    }

    /** Parses and checks a statement without running it. */
    public Prepared prepare(String sql) {
        return prepare(sql, () -> false);
    }

    /**
     * As {@link #prepare(String)}, until it is cancelled.
     *
     * @throws IcesparException {@code CANCELLED} soon after {@code isCancelled}, which another thread decides; {@code
     *     TIME_LIMIT_REACHED} at the caller's limit
     */
    public Prepared prepare(String sql, BooleanSupplier isCancelled) {
        SessionUser asking = user;
        AuditedStatement audited = audited(asking);
        try {
            SecurityState state = engine.security().state();
            Optional<Name> schema = chosenSchema;
            Optional<Prepared> known = known(sql, asking, state, schema)
                    .map(found -> new Prepared(
                            sql, found.plan().planned().columns(), found.plan().parameters()));
            if (known.isPresent()) {
                return known.get();
            }
            ParsedStatement parsed = parsed(sql, audited);
            if (parsed.sessionAuthorization().isPresent()) {
                return new Prepared(sql, List.of(), List.of());
            }
            Patience patience = planningTime(asking, state, 0, isCancelled);
            return prepared(sql, statement(parsed, asking, caller(asking, state), state, schema, patience));
        } catch (StackOverflowError e) {
            throw tooDeep(e, audited);
        } catch (RuntimeException | Error e) {
            audited.failed(e, 0);
            throw e;
        }
    }

    /** The plan of a query that was asked before, while the same held for its caller; empty if there is none, or nobody asks. */
    private Optional<Known> known(String sql, SessionUser asking, SecurityState state, Optional<Name> schema) {
        try {
            Caller caller = caller(asking, state);
            ContextValues values = asking.context().resolve(caller, state.context());
            return engine.plans().find(state, sql, schema, caller, values).map(plan -> new Known(plan, caller, values));
        } catch (IcesparException e) {
            // What is wrong is told where the statement is looked at.
            return Optional.empty();
        }
    }

    /** A plan, for whom it runs, and with which context values. */
    private record Known(PlanCache.Plan plan, Caller caller, ContextValues values) {
        /** What is filled in. */
        List<Object> contents() {
            return plan.planned().slots().stream()
                    .map(slot -> slot.content(caller, values).orElseThrow())
                    .toList();
        }
    }

    private static Prepared prepared(String sql, Statement statement) {
        if (statement instanceof Statement.Query query) {
            return new Prepared(sql, ResultTypes.columns(query.query()), ResultTypes.parameters(query.query()));
        }
        if (statement instanceof Statement.Explain explain) {
            return new Prepared(sql, Listings.EXPLAIN, ResultTypes.parameters(explain.query()));
        }
        if (statement instanceof Statement.Show show) {
            return new Prepared(sql, Listings.columns(show.listing()), List.of());
        }
        if (statement instanceof Statement.ShowCubes show) {
            return new Prepared(sql, CubeListings.columns(show.listing()), List.of());
        }
        if (statement instanceof Statement.ShowContextValue) {
            return new Prepared(sql, ContextListings.ONE, List.of());
        }
        if (statement instanceof Statement.ShowContextValues) {
            return new Prepared(sql, ContextListings.ALL, List.of());
        }
        return new Prepared(sql, List.of(), List.of());
    }

    private AuditedStatement audited(SessionUser asking) {
        return engine.security().audit().statement(asking.user().name(), asking.administrator());
    }

    private static ParsedStatement parsed(String sql, AuditedStatement audited) {
        ParsedStatement parsed = SqlFrontend.parsed(sql);
        audited.text(parsed.safeText());
        return parsed;
    }

    // Every stage goes through a statement by recursion.
    private static IcesparException tooDeep(StackOverflowError e, AuditedStatement audited) {
        IcesparException failure = new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
        audited.failed(failure, 0);
        return failure;
    }

    private Statement statement(
            ParsedStatement parsed,
            SessionUser asking,
            Caller caller,
            SecurityState state,
            Optional<Name> schema,
            Patience patience) {
        SqlFrontend frontend = engine.securing().frontend(caller, state);
        InformationSchema facts = new InformationSchema(
                engine, state, caller, frontend, () -> asking.context().resolve(caller, state.context()));
        return frontend.statement(
                parsed, schema(frontend.catalog(), schema), caller, state.context(), facts::tables, patience);
    }

    private Patience planningTime(
            SessionUser asking, SecurityState state, int timeoutSeconds, BooleanSupplier isCancelled) {
        return new PlanningTime(timeoutSeconds, limits(asking, state), isCancelled, System::nanoTime);
    }

    private Optional<QueryLimits> limits(SessionUser asking, SecurityState state) {
        try {
            ContextValues values = asking.context().resolve(caller(asking, state), state.context());
            return Optional.of(QueryLimits.of(asking.countedAs(state), values));
        } catch (IcesparException e) {
            // What is wrong is told where the statement is looked at.
            return Optional.empty();
        }
    }

    /**
     * Runs a statement, with the rights that the user has at this moment.
     *
     * @param parameters one value for each of {@link Prepared#parameters}, in order and of the Java type that its form
     *     names, or null
     * @param timeoutSeconds after how long the statement is cancelled, 0 for never
     */
    public Answer execute(Prepared prepared, List<@Nullable Object> parameters, int timeoutSeconds) {
        return execute(prepared, parameters, timeoutSeconds, () -> false);
    }

    /**
     * As {@link #execute(Prepared, List, int)}; while it is planned, the statement ends soon after {@code isCancelled},
     * which another thread decides. Once there is an answer, its rows are cancelled.
     */
    public Answer execute(
            Prepared prepared, List<@Nullable Object> parameters, int timeoutSeconds, BooleanSupplier isCancelled) {
        SessionUser asking = user;
        AuditedStatement audited = audited(asking);
        try {
            return audited(execute(asking, prepared, parameters, timeoutSeconds, isCancelled, audited), audited);
        } catch (StackOverflowError e) {
            throw tooDeep(e, audited);
        } catch (RuntimeException | Error e) {
            audited.failed(e, 0);
            throw e;
        }
    }

    /** Sees that whatever was answered is recorded, also if it is of a kind that told the audit nothing by itself. */
    private static Answer audited(Answer answer, AuditedStatement audited) {
        if (answer instanceof Answer.Rows rows) {
            try {
                audited.begins();
            } catch (RuntimeException | Error e) {
                rows.stream().close();
                throw e;
            }
            return new Answer.Rows(rows.stream().watched(new AuditedRows(audited)));
        }
        audited.completed(0);
        return answer;
    }

    private Answer execute(
            SessionUser asking,
            Prepared prepared,
            List<@Nullable Object> parameters,
            int timeoutSeconds,
            BooleanSupplier isCancelled,
            AuditedStatement audited) {
        // One snapshot for the whole statement: who the caller is and what holds are of one moment.
        SecurityState state = engine.security().state();
        Optional<Name> schema = chosenSchema;
        Optional<Known> known = known(prepared.sql(), asking, state, schema);
        if (known.isPresent()) {
            audited.text(prepared.sql());
            audited.epoch(state.epoch());
            return run(asking, prepared, known.get(), parameters, timeoutSeconds, state, audited);
        }
        ParsedStatement parsed = parsed(prepared.sql(), audited);
        audited.epoch(state.epoch());
        Optional<Statement.SetSessionAuthorization> authorization = parsed.sessionAuthorization();
        if (authorization.isPresent()) {
            authorize(authorization.get(), state, audited);
            return new Answer.Done();
        }
        Caller caller = caller(asking, state);
        ContextSession context = asking.context();
        Patience patience = planningTime(asking, state, timeoutSeconds, isCancelled);
        Statement statement = statement(parsed, asking, caller, state, schema, patience);
        if (statement instanceof Statement.Query query) {
            ContextValues values = context.resolve(caller, state.context());
            List<ResultColumn> declared = ResultTypes.parameters(query.query());
            check(prepared, declared, ResultTypes.columns(query.query()), parameters);
            SecuredQuery secured = secure(query.query(), caller, state, values, audited);
            PlanCache.Plan plan = new PlanCache.Plan(declared, engine.planner().plan(secured), Applied.of(secured));
            if (!parsed.mayReadFacts()) {
                engine.plans().keep(state, prepared.sql(), schema, caller, values, plan);
            }
            return run(asking, prepared, new Known(plan, caller, values), parameters, timeoutSeconds, state, audited);
        }
        if (statement instanceof Statement.Explain explain) {
            // Who is no administrator sees what was asked, not what became of it: no condition, no estimate.
            String plan = caller.isAdministrator()
                    ? engine.planner()
                            .explain(secure(
                                    explain.query(), caller, state, context.resolve(caller, state.context()), audited))
                    : named(explain.query(), audited);
            return new Answer.Rows(QueryRunner.rows(
                    Listings.EXPLAIN, Listings.explained(plan, explain.query().notes())));
        }
        if (statement instanceof Statement.ShowCubes show) {
            CubeListings listings =
                    new CubeListings(engine.securing().frontend(caller, state), caller.isAdministrator());
            return new Answer.Rows(
                    QueryRunner.rows(CubeListings.columns(show.listing()), listings.rows(show.listing(), show.cube())));
        }
        if (statement instanceof Statement.Show show) {
            return new Answer.Rows(QueryRunner.rows(
                    Listings.columns(show.listing()),
                    new Listings(engine, state).rows(show, new Grantee.User(caller.name()))));
        }
        if (statement instanceof Statement.ShowContextValue show) {
            ContextValues values = context.resolve(caller, state.context());
            return new Answer.Rows(QueryRunner.rows(ContextListings.ONE, ContextListings.one(values, show.name())));
        }
        if (statement instanceof Statement.ShowContextValues) {
            ContextValues values = context.resolve(caller, state.context());
            SqlFrontend frontend = engine.securing().frontend(caller, state);
            return new Answer.Rows(QueryRunner.rows(ContextListings.ALL, ContextListings.all(values, frontend)));
        }
        if (statement instanceof Statement.SetContextValue set) {
            if (set.isGlobal()) {
                asking.checkMayChange();
            }
            audited.begins();
            context.set(caller, state.context(), set);
            return new Answer.Done();
        }
        if (statement instanceof Statement.ResetContextValue reset) {
            if (reset.isGlobal()) {
                asking.checkMayChange();
            }
            audited.begins();
            context.reset(caller, state.context(), reset);
            return new Answer.Done();
        }
        if (statement instanceof Statement.Security command) {
            asking.checkMayChange();
            new DefinitionCheck(engine, caller, state, context).check(command.command());
            engine.security().execute(caller, command.command(), audited);
            return new Answer.Done();
        }
        throw new IllegalStateException("unknown statement " + statement.getClass());
    }

    private static void check(
            Prepared prepared,
            List<ResultColumn> declared,
            List<ResultColumn> columns,
            List<@Nullable Object> parameters) {
        if (parameters.size() != declared.size()) {
            throw new IcesparException(
                    ErrorCode.WRONG_PARAMETERS,
                    "the statement has " + declared.size() + " parameters, but " + parameters.size()
                            + " values are bound");
        }
        checkTypes(declared, parameters);
        checkUnchanged(prepared.columns(), columns);
    }

    private Answer run(
            SessionUser asking,
            Prepared prepared,
            Known known,
            List<@Nullable Object> parameters,
            int timeoutSeconds,
            SecurityState state,
            AuditedStatement audited) {
        PlanCache.Plan plan = known.plan();
        check(prepared, plan.parameters(), plan.planned().columns(), parameters);
        Applied applied = plan.applied();
        audited.reads(applied.tables(), applied.restrictions(), applied.masks());
        audited.begins();
        return new Answer.Rows(engine.runner()
                .run(
                        plan.planned(),
                        parameters,
                        known.contents(),
                        timeoutSeconds,
                        QueryLimits.of(asking.countedAs(state), known.values())));
    }

    private synchronized void authorize(
            Statement.SetSessionAuthorization set, SecurityState state, AuditedStatement audited) {
        audited.isCommand();
        engine.security().checkNotExpired(login.login());
        SessionUser next = set.user()
                .filter(other -> !other.equals(login.user().name()))
                .map(other -> login.through(other, newContext(engine), state))
                .orElse(login);
        audited.begins();
        user = next;
    }

    private static String named(ValidatedQuery query, AuditedStatement audited) {
        audited.reads(Applied.named(query), List.of(), List.of());
        return RelOptUtil.toString(query.root().rel);
    }

    private SecuredQuery secure(
            ValidatedQuery query, Caller caller, SecurityState state, ContextValues values, AuditedStatement audited) {
        SecuredQuery secured = engine.securing().secure(query, caller, state, values);
        Applied applied = Applied.of(secured);
        audited.reads(applied.tables(), applied.restrictions(), applied.masks());
        return secured;
    }

    /** Tells the audit how the rows of a statement end. */
    private record AuditedRows(AuditedStatement audited) implements RowWatcher {
        @Override
        public void exhausted(long rows) {
            audited.completed(rows);
        }

        @Override
        public void closed(long rows) {
            audited.closed(rows);
        }

        @Override
        public void failed(Throwable failure, long rows) {
            audited.failed(failure, rows);
        }
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
            int year = value instanceof LocalDate date
                    ? date.getYear()
                    : value instanceof LocalDateTime time ? time.getYear() : FIRST_YEAR;
            if (year < FIRST_YEAR || year > LAST_YEAR) {
                throw new IcesparException(
                        ErrorCode.DATA_EXCEPTION,
                        "the value of parameter " + (i + 1) + " is out of range: years go from " + FIRST_YEAR + " to "
                                + LAST_YEAR);
            }
        }
    }

    // Whoever prepared the statement reads the rows by the columns it had then; others may have come or gone since.
    private static void checkUnchanged(List<ResultColumn> before, List<ResultColumn> now) {
        boolean same = before.size() == now.size();
        for (int i = 0; same && i < now.size(); i++) {
            same = before.get(i).label().equals(now.get(i).label())
                    && before.get(i).typeName().equals(now.get(i).typeName())
                    && before.get(i).form() == now.get(i).form();
        }
        if (!same) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "the columns that the statement gives have changed since it was prepared: prepare it again");
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
