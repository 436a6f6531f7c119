package io.icespar.engine.sql;

import com.google.common.base.Throwables;
import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Cube;
import io.icespar.engine.catalog.View;
import io.icespar.engine.catalog.ViewScan;
import io.icespar.engine.cube.CubeExpansion;
import io.icespar.engine.cube.CubeShape;
import io.icespar.engine.cube.CubeTable;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.ViewExpanders;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.hint.HintStrategyTable;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/**
 * From a query as it was parsed to a tree over the tables of one catalog, in which each name has its meaning. Safe for
 * use by several threads.
 */
final class QueryConverter {
    private static final SqlValidator.Config VALIDATOR = SqlValidator.Config.DEFAULT
            .withConformance(SqlConformanceEnum.LENIENT)
            .withDefaultNullCollation(NullCollation.LAST)
            .withIdentifierExpansion(true);

    // Sub-queries and IN lists stay as they are written: the restriction rule and the backend both know them. So does
    // all else: Calcite would take minutes to simplify a list of some thousand values, and computes constants by rules
    // that are not the backend's. Hints mean nothing here, and are not for callers to fill a log with.
    private static final SqlToRelConverter.Config TO_REL = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withRelBuilderConfigTransform(config -> config.withSimplify(false))
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withHintStrategyTable(
                    HintStrategyTable.builder().errorHandler(Litmus.IGNORE).build());

    // For a SELECT with a correlated query in it, over another SELECT, Calcite merges the two lists twice, and takes
    // other columns then (CALCITE-7405). Such a query is converted anew without merging any.
    private static final SqlToRelConverter.Config TO_REL_UNMERGED =
            TO_REL.addRelBuilderConfigTransform(config -> config.withBloat(-1));

    private static final CalciteConnectionConfig NAMES =
            CalciteConnectionConfig.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "false");

    private final ContextSettings settings;
    private final EngineTypes types = new EngineTypes();
    private final CalciteSchema rootSchema;
    private final Map<TableName, Optional<RelDataType>> viewRowTypes = new ConcurrentHashMap<>();
    private final Map<TableName, Optional<CubeShape>> cubeShapes = new ConcurrentHashMap<>();
    private final Catalog catalog;
    private final Catalog whole;

    /**
     * Creates a converter over the tables and views of {@code catalog}.
     *
     * @param whole the catalog that it is a part of
     * @param settings the context values that the views may read
     */
    QueryConverter(Catalog catalog, Catalog whole, ContextSettings settings) {
        this.catalog = catalog;
        this.whole = whole;
        this.settings = settings;
        this.rootSchema = CalciteCatalog.rootSchema(catalog, this::rowType, this::cubeTable);
    }

    /** What becomes of the views that a query names. */
    enum ViewUse {
        /** Their queries take their place. */
        EXPANDED,
        /** They stay, to be looked at; what comes of it cannot be run. */
        NAMED,
        /** The query is refused. */
        REFUSED
    }

    /** A cluster for the tree of a new query. */
    RelOptCluster newCluster() {
        return newCluster(Patience.ENDLESS);
    }

    /** As {@link #newCluster()}, for a query that is planned only as long as someone waits for it. */
    RelOptCluster newCluster(Patience patience) {
        return RelOptCluster.create(
                new HepPlanner(HepProgram.builder().build()), new EngineExpressions(new EngineTypes(patience)));
    }

    /** A table or view as Calcite sees it; empty if there is none of that name. */
    Optional<RelOptTable> find(TableName name) {
        return Optional.ofNullable(reader(rootSchema, Optional.empty(), types)
                .getTable(List.of(name.schema().spelling(), name.table().spelling())));
    }

    // Most queries name no facts; then the schema of all tables is not built once more for one statement.
    private CalciteSchema rootSchema(SqlNode query, Supplier<List<FactTable>> facts) {
        if (!FactSchema.isNamedIn(query)) {
            return rootSchema;
        }
        CalciteSchema root = CalciteCatalog.rootSchema(catalog, this::rowType, this::cubeTable);
        FactSchema.add(root, facts.get());
        return root;
    }

    private static CalciteCatalogReader reader(
            CalciteSchema root, Optional<Name> defaultSchema, RelDataTypeFactory types) {
        return new CalciteCatalogReader(
                root, defaultSchema.map(schema -> List.of(schema.spelling())).orElse(List.of()), types, NAMES);
    }

    private static SqlValidator validator(CalciteCatalogReader reader, ContextValueFunction contextValue) {
        return new QueryValidator(EngineOperators.with(contextValue), reader, reader.getTypeFactory(), VALIDATOR);
    }

    /**
     * Checks and converts a query; what was parsed is changed by it.
     *
     * @param defaultSchema where names without a schema are looked up
     * @param cluster to which the tree will belong
     * @param facts gives tables that the query itself may name, and no view
     * @throws IcesparException with the code and place of the first mistake
     */
    ValidatedQuery convert(
            SqlNode query,
            Optional<Name> defaultSchema,
            RelOptCluster cluster,
            ContextValueFunction contextValue,
            ViewUse views,
            Supplier<List<FactTable>> facts) {
        return converting(() -> {
            ValidatedQuery converted = new Conversion(cluster, contextValue, views)
                    .convert(query, reader(rootSchema(query, facts), defaultSchema, cluster.getTypeFactory()));
            // What is looked at only is the same for every connection; in a restriction or mask it is refused.
            return views == ViewUse.EXPANDED
                    ? converted.withRel(new ConnectionSchema(defaultSchema).fill(converted.root().rel))
                    : converted;
        });
    }

    private <T> T converting(Supplier<T> conversion) {
        try {
            return conversion.get();
        } catch (IcesparException e) {
            throw e;
        } catch (CalciteContextException e) {
            throw SqlErrors.invalid(e, this::isMeasure);
        } catch (StackOverflowError e) {
            throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
        } catch (CalciteException e) {
            throw SqlErrors.unsupported(e);
        } catch (RuntimeException | AssertionError e) {
            if (Throwables.getRootCause(e) instanceof StackOverflowError) {
                throw new IcesparException(ErrorCode.SYNTAX, "the statement is nested too deeply", e);
            }
            // Calcite calls some of what is its own by reflection.
            for (Throwable cause : Throwables.getCausalChain(e)) {
                if (cause instanceof IcesparException known) {
                    throw known;
                }
            }
            // Calcite's own way to say that it did not think of this; the text speaks of its insides.
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "the statement has a form that is not supported", e);
        }
    }

    /**
     * The columns of a view with their types; empty if its query does not fit the tables any more, for then it is gone.
     *
     * @throws StackOverflowError if there is no room on this thread's stack for the views within it
     */
    Optional<RelDataType> rowType(View view) {
        // Not computeIfAbsent: a view may read views.
        Optional<RelDataType> known = viewRowTypes.get(view.name());
        if (known == null) {
            known = validatedRowType(view);
            viewRowTypes.put(view.name(), known);
        }
        return known;
    }

    private Optional<RelDataType> validatedRowType(View view) {
        try {
            SqlValidator validator =
                    validator(reader(rootSchema, Optional.empty(), types), new ContextValueFunction(settings));
            SqlNode query = StatementText.query(view.definition().query());
            EngineFunctions.putInto(query);
            return shown(view, validator.getValidatedNodeType(validator.validate(query)));
        } catch (RuntimeException | AssertionError e) {
            return Optional.empty();
        }
    }

    /** The columns that exist, under the view's names; empty if the query gives others than it did. */
    private Optional<RelDataType> shown(View view, RelDataType queried) {
        List<Name> all = view.definition().columnNames();
        if (queried.getFieldCount() != all.size()) {
            return Optional.empty();
        }
        RelDataTypeFactory.Builder builder = types.builder();
        for (int index : ViewExpansion.indexes(view)) {
            builder.add(
                    all.get(index).spelling(), queried.getFieldList().get(index).getType());
        }
        return Optional.of(builder.build());
    }

    private boolean isMeasure(Name name) {
        return catalog.cubes().stream()
                .anyMatch(cube -> cube.measures().stream()
                        .anyMatch(measure -> measure.name().equals(name)));
    }

    private Optional<CubeTable> cubeTable(Cube cube) {
        return shape(cube).map(CubeTable::new);
    }

    /** The columns of a cube; empty if none is there, for then there is no cube. */
    Optional<CubeShape> shape(Cube cube) {
        return cubeShapes.computeIfAbsent(
                cube.name(), key -> new CubeShapes(this, catalog, whole, settings).shape(cube));
    }

    /**
     * The tree of a query over one table, which it names {@code table}, and what stands there belongs to no schema.
     *
     * @throws IcesparException as {@link #convert} does
     */
    RelNode converted(SqlNode query, CubeTable table, RelOptCluster cluster, ContextValueFunction contextValue) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        root.add(CubeShapes.TABLE, table);
        return converting(() -> new Conversion(cluster, contextValue, ViewUse.NAMED)
                .convert(query, reader(root, Optional.empty(), cluster.getTypeFactory()))
                .root()
                .project());
    }

    EngineTypes types() {
        return types;
    }

    /** The conversion of one query with all views in it. */
    private final class Conversion implements RelOptTable.ViewExpander {
        private final RelOptCluster cluster;
        private final ContextValueFunction contextValue;
        private final ViewUse views;
        private final ViewExpansion expansion = new ViewExpansion();

        Conversion(RelOptCluster cluster, ContextValueFunction contextValue, ViewUse views) {
            this.cluster = cluster;
            this.contextValue = contextValue;
            this.views = views;
        }

        ValidatedQuery convert(SqlNode query, CalciteCatalogReader reader) {
            SqlValidator validator = validator(reader, contextValue);
            Set<Name> written = NamesWritten.of(query);
            EngineFunctions.putInto(query);
            WrittenTypes.check(query);
            SqlNode validated = validator.validate(query);
            List<RelDataTypeField> parameters =
                    validator.getParameterRowType(validated).getFieldList();
            RelRoot converted = converted(validator, reader, validated);
            RelNode expanded = RowComparisons.expanded(Recursions.of(converted.rel));
            RelRoot root = converted.withRel(parameters.isEmpty() ? expanded : DecimalParameters.compared(expanded));
            CubeExpansion cubes = new CubeExpansion(root.rel, written, this::scan);
            if (views == ViewUse.REFUSED) {
                cubes.checkNone();
            }
            return new ValidatedQuery(
                    views == ViewUse.EXPANDED ? root.withRel(cubes.expanded()) : root,
                    origins(validator.getFieldOrigins(validated)),
                    parameters,
                    cubes.notes());
        }

        private RelRoot converted(SqlValidator validator, CalciteCatalogReader reader, SqlNode validated) {
            try {
                RelRoot merged = converted(validator, reader, validated, TO_REL);
                if (!mayBeMergedTwice(merged.rel)) {
                    return merged;
                }
            } catch (IcesparException | CalciteException e) {
                throw e;
            } catch (RuntimeException | AssertionError e) {
                // The other columns may be of other types, or not be there; what else is wrong fails once more.
            }
            return converted(validator, reader, validated, TO_REL_UNMERGED);
        }

        private RelRoot converted(
                SqlValidator validator,
                CalciteCatalogReader reader,
                SqlNode validated,
                SqlToRelConverter.Config config) {
            try {
                return new GroupedLists(this, validator, reader, cluster, config).convertQuery(validated, false, true);
            } catch (AssertionError e) {
                throw GroupedAway.find(e, validated).orElseThrow(() -> e);
            }
        }

        private static boolean mayBeMergedTwice(RelNode rel) {
            boolean[] found = {false};
            rel.accept(new RelHomogeneousShuttle() {
                @Override
                public RelNode visit(RelNode other) {
                    found[0] |= other instanceof Project project
                            && !project.getVariablesSet().isEmpty()
                            && project.getInput() instanceof Project;
                    return super.visit(other);
                }
            });
            SubQueries.rewrite(rel, inner -> {
                found[0] |= mayBeMergedTwice(inner);
                return inner;
            });
            return found[0];
        }

        private RelNode scan(TableName table) {
            return find(table).orElseThrow().toRel(ViewExpanders.simpleContext(cluster));
        }

        @Override
        public RelRoot expandView(
                RelDataType rowType, String queryString, List<String> schemaPath, @Nullable List<String> viewPath) {
            List<String> path = Objects.requireNonNull(viewPath);
            View view = catalog.findView(TableName.of(path.get(0), path.get(1))).orElseThrow();
            return switch (views) {
                case NAMED ->
                    RelRoot.of(
                            new ViewScan(cluster, view.name(), find(view.name()).orElseThrow()), SqlKind.SELECT);
                case REFUSED ->
                    throw new IcesparException(
                            ErrorCode.INVALID_RESTRICTION,
                            "a restriction's condition reads tables, and cannot read view `" + view.name() + "`");
                case EXPANDED -> {
                    RelRoot root = convert(
                                    expansion.parsed(view),
                                    reader(rootSchema, Optional.empty(), cluster.getTypeFactory()))
                            .root();
                    yield root.withRel(ViewExpansion.shown(root.project(), view, rowType));
                }
            };
        }
    }

    private static List<Optional<TableName>> origins(List<@Nullable List<String>> paths) {
        List<Optional<TableName>> origins = new ArrayList<>();
        for (List<String> path : paths) {
            origins.add(
                    path == null || path.size() != 3
                            ? Optional.empty()
                            : Optional.of(TableName.of(path.get(0), path.get(1))));
        }
        return origins;
    }
}
