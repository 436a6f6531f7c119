package io.icespar.engine.sql;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Cube;
import io.icespar.engine.catalog.CubeDefinition;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.catalog.View;
import io.icespar.engine.config.Problems;
import io.icespar.engine.cube.CubeShape;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.cube.Cubes;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Subject;
import io.icespar.security.store.SecurityState;
import io.icespar.security.view.Views;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** From the text of one statement to a checked {@link Statement}. Safe for use by several threads. */
public final class SqlFrontend {
    private final Catalog catalog;
    private final CatalogNames names;
    private final QueryConverter converter;

    /** Creates a front end over the tables of {@code catalog}, which has no views. */
    public SqlFrontend(Catalog catalog) {
        this(catalog, ContextSettings.none());
    }

    /**
     * Creates a front end over the tables and views of {@code catalog}.
     *
     * @param settings the context values that the views may read
     */
    public SqlFrontend(Catalog catalog, ContextSettings settings) {
        this(catalog, catalog, settings);
    }

    /**
     * Creates a front end over a part of a catalog.
     *
     * @param whole in which the measures of cubes have their meaning
     */
    public SqlFrontend(Catalog part, Catalog whole, ContextSettings settings) {
        this.catalog = part;
        this.names = new CatalogNames(part);
        this.converter = new QueryConverter(part, whole, settings);
    }

    /**
     * Parses one statement; a semicolon may end it.
     *
     * @throws IcesparException {@code SYNTAX} with the place of the first mistake
     */
    public static ParsedStatement parsed(String sql) {
        return new ParsedStatement(sql, StatementText.statement(sql));
    }

    /** Parses and checks one statement. */
    public Statement statement(String sql, Optional<Name> defaultSchema, Caller caller, ContextSettings settings) {
        return statement(parsed(sql), defaultSchema, caller, settings);
    }

    /**
     * Checks a statement.
     *
     * @param defaultSchema where names without a schema are looked up
     * @param caller who asks
     * @param settings the context values that there are
     * @throws IcesparException with the code and place of the first mistake; {@code INSUFFICIENT_PRIVILEGE} for a command
     *     of someone who is no administrator
     */
    public Statement statement(
            ParsedStatement parsed, Optional<Name> defaultSchema, Caller caller, ContextSettings settings) {
        return statement(parsed, defaultSchema, caller, settings, List::of);
    }

    /** As {@link #statement(ParsedStatement, Optional, Caller, ContextSettings, Supplier, Patience)}, however long it takes. */
    Statement statement(
            ParsedStatement parsed,
            Optional<Name> defaultSchema,
            Caller caller,
            ContextSettings settings,
            Supplier<List<FactTable>> facts) {
        return statement(parsed, defaultSchema, caller, settings, facts, Patience.ENDLESS);
    }

    /**
     * As {@link #statement(ParsedStatement, Optional, Caller, ContextSettings)}.
     *
     * @param facts gives the tables of {@code INFORMATION_SCHEMA} to a query that names it; restrictions, masks and views
     *     cannot read them
     * @param patience is asked all the time, also by the stages that follow
     */
    public Statement statement(
            ParsedStatement parsed,
            Optional<Name> defaultSchema,
            Caller caller,
            ContextSettings settings,
            Supplier<List<FactTable>> facts,
            Patience patience) {
        SqlNode node = parsed.node();
        Optional<Statement.SetSessionAuthorization> authorization = parsed.sessionAuthorization();
        if (authorization.isPresent()) {
            return authorization.get();
        }
        if (node instanceof SqlCommand command && command.command() instanceof Command.ShowCubes show) {
            return new Statement.ShowCubes(
                    show.listing(),
                    show.cube().map(cube -> known(cube, defaultSchema).name()));
        }
        if (node instanceof SqlCommand command && command.command() instanceof Command.ForEveryone forEveryone) {
            return ContextCommands.forEveryone(forEveryone);
        }
        if (node instanceof SqlCommand command) {
            // Before any name in it is looked up: what the names stand for is not for everyone either.
            if (!caller.isAdministrator()) {
                throw new IcesparException(
                        ErrorCode.INSUFFICIENT_PRIVILEGE,
                        "only holders of role `ROLE_ADMIN` may run security commands");
            }
            return command(command.command(), parsed.sql(), defaultSchema, settings);
        }
        StatementForm.check(node);
        if (node instanceof SqlExplain explain) {
            if (!explain.getExplicandum().isA(SqlKind.QUERY)) {
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "only queries can be explained" + SqlErrors.place(explain.getExplicandum()));
            }
            // What a view reads is for administrators to see, as is what becomes of the query.
            QueryConverter.ViewUse views =
                    caller.isAdministrator() ? QueryConverter.ViewUse.EXPANDED : QueryConverter.ViewUse.NAMED;
            return new Statement.Explain(
                    validate(explain.getExplicandum(), defaultSchema, settings, facts, views, patience));
        }
        if (node.getKind() == SqlKind.PROCEDURE_CALL) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "`CALL` is not supported" + SqlErrors.place(node));
        }
        if (node.getKind() == SqlKind.DESCRIBE_TABLE || node.getKind() == SqlKind.DESCRIBE_SCHEMA) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "`DESCRIBE` of tables and schemas is not supported, query `INFORMATION_SCHEMA.COLUMNS`"
                            + SqlErrors.place(node));
        }
        if (node.getKind().belongsTo(SqlKind.DML)) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "tables cannot be changed through SQL" + SqlErrors.place(node));
        }
        if (!node.isA(SqlKind.QUERY)) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "this statement is not supported" + SqlErrors.place(node));
        }
        return new Statement.Query(
                validate(node, defaultSchema, settings, facts, QueryConverter.ViewUse.EXPANDED, patience));
    }

    /**
     * Reads the security commands of a script one after the other, so that each may use what those before it created.
     *
     * @param state what holds when the next command is read
     * @param reader gets each command
     * @throws IcesparException {@code SYNTAX} if the text is not a list of statements, before any is read; else the code
     *     of the first mistake in one of them, or what the reader throws
     */
    public void script(
            String text, Optional<Name> defaultSchema, Supplier<SecurityState> state, Consumer<ScriptCommand> reader) {
        SqlFrontend now = this;
        Views known = Views.none();
        Cubes cubes = Cubes.none();
        for (SqlNode node : StatementText.statements(text)) {
            SecurityState present = state.get();
            if (!known.equals(present.views()) || !cubes.equals(present.cubes())) {
                known = present.views();
                cubes = present.cubes();
                now = new SqlFrontend(catalog.with(cubes, known), present.context());
            }
            if (node instanceof SqlCommand command
                    && !(command.command() instanceof Command.ForEveryone)
                    && now.command(command.command(), text, defaultSchema, present.context())
                            instanceof Statement.Security security) {
                reader.accept(new ScriptCommand(node.getParserPosition().getLineNum(), security.command()));
            } else {
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "a script of security commands holds another statement" + SqlErrors.place(node));
            }
        }
    }

    /**
     * A command of a script.
     *
     * @param line the line on which it begins, from 1
     * @param command what it says
     */
    public record ScriptCommand(int line, SecurityCommand command) {}

    /**
     * A restriction's condition as an expression over the rows of its table, resolved in the table's own scope: nothing
     * that a query defines can take the place of a name in it.
     *
     * @param table the table as the query's scan has it
     * @param text the condition's text
     * @param cluster the query's, to which the expression will belong
     * @param settings the context values that there are
     * @throws IcesparException if the text does not (or no longer) fit the table
     */
    public Condition condition(Table table, String text, RelOptCluster cluster, ContextSettings settings) {
        return condition(table, StatementText.expression(text), cluster, settings);
    }

    /**
     * As {@link #condition(Table, String, RelOptCluster, ContextSettings)}, for a condition that is looked at only, and
     * reads no context values.
     */
    public Condition checkedCondition(Table table, String text) {
        return condition(table, text, newCluster(), ContextSettings.none());
    }

    /**
     * A mask's expression over the rows of its table, of exactly the type that the column has, resolved in the table's own
     * scope.
     *
     * @param table the table with all its columns, as this front end knows it
     * @param column the column in whose place it is shown
     * @param text the expression's text
     * @param cluster the query's, to which the expression will belong
     * @param settings the context values that there are
     * @throws IcesparException if the text does not (or no longer) fit the column
     */
    public RexNode maskExpression(
            Table table, Name column, String text, RelOptCluster cluster, ContextSettings settings) {
        return new MaskExpressions(this).expression(table, column, StatementText.expression(text), cluster, settings);
    }

    /** The tree of {@code SELECT list FROM table WHERE condition}, for what is checked. */
    RelNode converted(
            ConditionChecker checker,
            Table table,
            SqlNodeList list,
            @Nullable SqlNode condition,
            RelOptCluster cluster,
            ContextSettings settings) {
        TableName name = table.name();
        SqlParserPos none = SqlParserPos.ZERO;
        SqlSelect select = new SqlSelect(
                none,
                null,
                list,
                new SqlIdentifier(List.of(name.schema().spelling(), name.table().spelling()), none),
                condition,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        return converter
                .convert(
                        select,
                        Optional.of(name.schema()),
                        cluster,
                        new ContextValueFunction(settings, checker.what()),
                        QueryConverter.ViewUse.REFUSED,
                        List::of)
                .root()
                .rel;
    }

    private Condition condition(Table table, SqlNode condition, RelOptCluster cluster, ContextSettings settings) {
        var checker = ConditionChecker.ofCondition(condition);
        checker.checkForm();
        RelNode input = converted(checker, table, SqlNodeList.SINGLETON_STAR, condition, cluster, settings);
        while (input instanceof Project project) {
            input = project.getInput();
        }
        if (input instanceof Filter filter) {
            checker.checkOperators(filter.getCondition());
            return new Condition(filter.getCondition(), filter.getVariablesSet(), table);
        }
        // Calcite leaves out a filter that is always true.
        return new Condition(cluster.getRexBuilder().makeLiteral(true), Set.of(), table);
    }

    /** All tables and views, as this front end knows them. */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * A table as Calcite sees it.
     *
     * @param name the name of a table of {@link #catalog}
     */
    public RelOptTable table(TableName name) {
        return converter.find(name).orElseThrow();
    }

    /** The columns of a view of {@link #catalog}; empty if its query does not fit the tables any more, for then it is gone. */
    public Optional<RelDataType> columns(View view) {
        try {
            return converter.rowType(view);
        } catch (StackOverflowError e) {
            // Whoever reads it is told that it is nested too deeply; who only lists views gets the others.
            return Optional.empty();
        }
    }

    /**
     * Reads the cubes that the catalog's files declare over these tables.
     *
     * @param settings the context values that there are
     * @param problems gets what is wrong
     * @param mayLack whether it is no problem if measures read other context values
     */
    public List<io.icespar.security.cube.Cube> declared(
            List<CubeDefinition> definitions, ContextSettings settings, Problems problems, boolean mayLack) {
        return new DeclaredCubes(converter, catalog, settings, problems).read(definitions, mayLack);
    }

    /** The columns of a cube of {@link #catalog}; empty if none is there, for then there is no cube. */
    public Optional<CubeShape> shape(Cube cube) {
        return converter.shape(cube);
    }

    /** A cube of which there is something to know. */
    private Cube known(SqlIdentifier identifier, Optional<Name> defaultSchema) {
        Cube cube = names.cube(identifier, defaultSchema);
        if (shape(cube).isEmpty()) {
            throw CatalogNames.undefined("cube", identifier);
        }
        return cube;
    }

    private Statement command(Command command, String sql, Optional<Name> defaultSchema, ContextSettings settings) {
        Command.check(command);
        if (command instanceof Command.Security security) {
            return new Statement.Security(security.command());
        }
        if (command instanceof Command.Show show) {
            return new Statement.Show(
                    show.listing(),
                    show.holder(),
                    show.table().map(name -> names.table(name, defaultSchema).name()));
        }
        if (command instanceof Command.CreateMask create) {
            return new Statement.Security(new MaskExpressions(this)
                    .command(
                            create, sql, names.table(create.table(), defaultSchema), converter.newCluster(), settings));
        }
        if (command instanceof Command.SetRowSecurity set) {
            return new Statement.Security(new SecurityCommand.SetRowSecurity(
                    names.table(set.table(), defaultSchema).name(), set.restrictionRequired()));
        }
        if (command instanceof Command.ChangeSelect change) {
            List<Scope> scopes = names.scopes(change, defaultSchema);
            return new Statement.Security(
                    change.grant()
                            ? new SecurityCommand.GrantSelect(scopes, change.grantees())
                            : new SecurityCommand.RevokeSelect(scopes, change.grantees()));
        }
        if (command instanceof Command.CreateRestriction create) {
            return new Statement.Security(createRestriction(create, sql, defaultSchema, settings));
        }
        if (command instanceof Command.CreateView create) {
            return new Statement.Security(views(settings).create(create, sql, defaultSchema));
        }
        if (command instanceof Command.DropView drop) {
            return new Statement.Security(views(settings).drop(drop, defaultSchema));
        }
        if (command instanceof Command.OfCubes ofCubes) {
            return new Statement.Security(
                    new CubeCommands(catalog, converter, settings, sql, defaultSchema).command(ofCubes.command()));
        }
        if (command instanceof Command.CreateContextValue create) {
            return new Statement.Security(ContextCommands.create(create));
        }
        if (command instanceof Command.AlterContextValue alter) {
            return new Statement.Security(new SecurityCommand.SetContextValue(
                    alter.grantee(), alter.name(), ContextCommands.value(alter.value())));
        }
        throw new IllegalStateException("unknown command " + command.getClass());
    }

    private ViewCommands views(ContextSettings settings) {
        return new ViewCommands(catalog, converter, settings);
    }

    private SecurityCommand createRestriction(
            Command.CreateRestriction create, String sql, Optional<Name> defaultSchema, ContextSettings settings) {
        Table table = names.table(create.table(), defaultSchema);
        Condition condition = condition(table, create.condition(), converter.newCluster(), settings);
        Subject subject = switch (create.combination()) {
            case BY_COLUMNS -> new Subject.Columns(condition.columns());
            case RESTRICTIVE -> new Subject.Own(create.name());
            case PERMISSIVE -> new Subject.WholeTable();
        };
        String text = SqlErrors.between(sql, create.open(), create.close());
        return new SecurityCommand.CreateRestriction(
                create.name(),
                table.name(),
                text,
                subject,
                condition.contextValues(),
                create.orReplace(),
                create.ifNotExists(),
                create.grantees());
    }

    private ValidatedQuery validate(
            SqlNode query,
            Optional<Name> defaultSchema,
            ContextSettings settings,
            Supplier<List<FactTable>> facts,
            QueryConverter.ViewUse views,
            Patience patience) {
        return converter.convert(
                query, defaultSchema, converter.newCluster(patience), new ContextValueFunction(settings), views, facts);
    }

    /** What expressions can belong to that are not part of a query. */
    public RelOptCluster newCluster() {
        return converter.newCluster();
    }
}
