package io.icespar.engine.sql;

import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Table;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.Subject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlExplain;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** From the text of one statement to a checked {@link Statement}. Safe for use by several threads. */
public final class SqlFrontend {
    static final SqlParser.Config PARSER = SqlParser.config()
            .withParserFactory(StatementParser.FACTORY)
            .withQuoting(Quoting.DOUBLE_QUOTE)
            .withUnquotedCasing(Casing.UNCHANGED)
            .withQuotedCasing(Casing.UNCHANGED)
            .withCaseSensitive(false)
            .withIdentifierMaxLength(128)
            .withConformance(SqlConformanceEnum.LENIENT);

    private static final SqlValidator.Config VALIDATOR = SqlValidator.Config.DEFAULT
            .withConformance(SqlConformanceEnum.LENIENT)
            .withDefaultNullCollation(NullCollation.LAST)
            .withIdentifierExpansion(true);

    // Sub-queries and IN lists stay as they are written: the restriction rule and the backend both know them. So does
    // all else: Calcite would take minutes to simplify a list of some thousand values, and computes constants by rules
    // that are not the backend's.
    private static final SqlToRelConverter.Config TO_REL = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withRelBuilderConfigTransform(config -> config.withSimplify(false))
            .withInSubQueryThreshold(Integer.MAX_VALUE);

    private static final CalciteConnectionConfig NAMES =
            CalciteConnectionConfig.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "false");

    private final Catalog catalog;
    private final CatalogNames names;
    private final EngineTypes types = new EngineTypes();
    private final CalciteSchema rootSchema;

    /** Creates a front end over the tables of {@code catalog}. */
    public SqlFrontend(Catalog catalog) {
        this.catalog = catalog;
        this.names = new CatalogNames(catalog);
        this.rootSchema = CalciteCatalog.rootSchema(catalog);
    }

    /**
     * Parses one statement; a semicolon may end it.
     *
     * @throws IcesparException {@code SYNTAX} with the place of the first mistake
     */
    public static ParsedStatement parsed(String sql) {
        return new ParsedStatement(sql, parse(sql));
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
        return statement(parsed, defaultSchema, caller, settings, List.of());
    }

    /**
     * As {@link #statement(ParsedStatement, Optional, Caller, ContextSettings)}.
     *
     * @param facts the tables of {@code INFORMATION_SCHEMA}, which queries can read; restrictions and masks cannot
     */
    public Statement statement(
            ParsedStatement parsed,
            Optional<Name> defaultSchema,
            Caller caller,
            ContextSettings settings,
            List<FactTable> facts) {
        SqlNode node = parsed.node();
        Optional<Statement.SetSessionAuthorization> authorization = parsed.sessionAuthorization();
        if (authorization.isPresent()) {
            return authorization.get();
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
            return new Statement.Explain(validate(explain.getExplicandum(), defaultSchema, settings, facts));
        }
        if (node.getKind().belongsTo(SqlKind.DML)) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "tables cannot be changed through SQL" + SqlErrors.place(node));
        }
        if (!node.isA(SqlKind.QUERY)) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "this statement is not supported" + SqlErrors.place(node));
        }
        return new Statement.Query(validate(node, defaultSchema, settings, facts));
    }

    /**
     * Reads the security commands of a script one after the other, so that each may use what those before it created.
     *
     * @param settings the context values that there are when the next command is read
     * @param reader gets each command
     * @throws IcesparException {@code SYNTAX} if the text is not a list of statements, before any is read; else the code
     *     of the first mistake in one of them, or what the reader throws
     */
    public void script(
            String text,
            Optional<Name> defaultSchema,
            Supplier<ContextSettings> settings,
            Consumer<ScriptCommand> reader) {
        for (SqlNode node : parseList(text)) {
            if (node instanceof SqlCommand command
                    && !(command.command() instanceof Command.ForEveryone)
                    && command(command.command(), text, defaultSchema, settings.get())
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
        try {
            return condition(table, SqlParser.create(text, PARSER).parseExpression(), cluster, settings);
        } catch (SqlParseException e) {
            throw SqlErrors.syntax(e);
        }
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
     * @throws IcesparException if the text does not (or no longer) fit the column
     */
    public RexNode maskExpression(Table table, Name column, String text, RelOptCluster cluster) {
        try {
            SqlNode expression = SqlParser.create(text, PARSER).parseExpression();
            return new MaskExpressions(this).expression(table, column, expression, cluster);
        } catch (SqlParseException e) {
            throw SqlErrors.syntax(e);
        }
    }

    /** The tree of {@code SELECT list FROM table WHERE condition}. */
    RelNode converted(
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
        return convert(
                        select,
                        reader(rootSchema, Optional.of(name.schema())),
                        cluster,
                        new ContextValueFunction(settings, true))
                .root()
                .rel;
    }

    private Condition condition(Table table, SqlNode condition, RelOptCluster cluster, ContextSettings settings) {
        var checker = ConditionChecker.ofCondition(condition);
        checker.checkForm();
        RelNode input = converted(table, SqlNodeList.SINGLETON_STAR, condition, cluster, settings);
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

    /** All tables, as this front end knows them. */
    public Catalog catalog() {
        return catalog;
    }

    /**
     * A table as Calcite sees it.
     *
     * @param name the name of a table of {@link #catalog}
     */
    public RelOptTable table(TableName name) {
        return Objects.requireNonNull(reader(rootSchema, Optional.empty())
                .getTable(List.of(name.schema().spelling(), name.table().spelling())));
    }

    private CalciteCatalogReader reader(CalciteSchema root, Optional<Name> defaultSchema) {
        return new CalciteCatalogReader(
                root, defaultSchema.map(schema -> List.of(schema.spelling())).orElse(List.of()), types, NAMES);
    }

    private Statement command(Command command, String sql, Optional<Name> defaultSchema, ContextSettings settings) {
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
                    .command(create, sql, names.table(create.table(), defaultSchema), newCluster()));
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
        if (command instanceof Command.CreateContextValue create) {
            return new Statement.Security(ContextCommands.create(create));
        }
        if (command instanceof Command.AlterContextValue alter) {
            return new Statement.Security(new SecurityCommand.SetContextValue(
                    alter.grantee(), alter.name(), ContextCommands.value(alter.value())));
        }
        throw new IllegalStateException("unknown command " + command.getClass());
    }

    private SecurityCommand createRestriction(
            Command.CreateRestriction create, String sql, Optional<Name> defaultSchema, ContextSettings settings) {
        Table table = names.table(create.table(), defaultSchema);
        Condition condition = condition(table, create.condition(), newCluster(), settings);
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

    private static SqlNode parse(String sql) {
        SqlNodeList list = parseList(sql);
        if (list.size() != 1) {
            throw new IcesparException(
                    ErrorCode.SYNTAX,
                    list.size() == 0
                            ? "the statement is empty"
                            : "one statement at a time, but here is a second one" + SqlErrors.place(list.get(1)));
        }
        return list.get(0);
    }

    private static SqlNodeList parseList(String sql) {
        if (sql.indexOf('\0') >= 0) {
            throw new IcesparException(
                    ErrorCode.SYNTAX, "the statement holds a NUL character, at index " + sql.indexOf('\0'));
        }
        try {
            return SqlParser.create(sql, PARSER).parseStmtList();
        } catch (SqlParseException e) {
            throw SqlErrors.syntax(e);
        } catch (StackOverflowError e) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
        }
    }

    private ValidatedQuery validate(
            SqlNode query, Optional<Name> defaultSchema, ContextSettings settings, List<FactTable> facts) {
        CalciteSchema root = CalciteCatalog.rootSchema(catalog);
        FactSchema.add(root, facts);
        return convert(query, reader(root, defaultSchema), newCluster(), new ContextValueFunction(settings, false));
    }

    private ValidatedQuery convert(
            SqlNode query, CalciteCatalogReader reader, RelOptCluster cluster, ContextValueFunction contextValue) {
        SqlValidator validator =
                SqlValidatorUtil.newValidator(EngineOperators.with(contextValue), reader, types, VALIDATOR);
        try {
            SqlNode validated = validator.validate(query);
            List<RelDataTypeField> parameters =
                    validator.getParameterRowType(validated).getFieldList();
            SqlToRelConverter converter = new SqlToRelConverter(
                    SqlFrontend::noViews, validator, reader, cluster, StandardConvertletTable.INSTANCE, TO_REL);
            RelRoot root = converter.convertQuery(validated, false, true);
            return new ValidatedQuery(root, origins(validator.getFieldOrigins(validated)), parameters);
        } catch (IcesparException e) {
            throw e;
        } catch (CalciteContextException e) {
            throw SqlErrors.invalid(e);
        } catch (StackOverflowError e) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
        } catch (CalciteException e) {
            throw SqlErrors.unsupported(e);
        } catch (RuntimeException | AssertionError e) {
            // Calcite's own way to say that it did not think of this; the text speaks of its insides.
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "the statement has a form that is not supported", e);
        }
    }

    private static List<Optional<TableName>> origins(List<@Nullable List<String>> paths) {
        return paths.stream()
                .map(path -> path == null || path.size() != 3
                        ? Optional.<TableName>empty()
                        : Optional.of(TableName.of(path.get(0), path.get(1))))
                .toList();
    }

    private static RelRoot noViews(
            RelDataType rowType, String queryString, List<String> schemaPath, @Nullable List<String> viewPath) {
        throw new IllegalStateException("the catalog has no views");
    }

    /** What expressions can belong to that are not part of a query. */
    public RelOptCluster newCluster() {
        return RelOptCluster.create(new HepPlanner(HepProgram.builder().build()), new RexBuilder(types));
    }
}
