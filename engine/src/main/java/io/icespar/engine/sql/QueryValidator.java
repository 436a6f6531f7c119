package io.icespar.engine.sql;

import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.OrderByScope;
import org.apache.calcite.sql.validate.SqlValidatorCatalogReader;
import org.apache.calcite.sql.validate.SqlValidatorImpl;
import org.apache.calcite.sql.validate.SqlValidatorNamespace;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.Litmus;
import org.apache.calcite.util.Static;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/** Calcite's validator (1.42), with what it gets wrong or does not know said in words that it does know. */
final class QueryValidator extends SqlValidatorImpl {
    /** Aggregates that pass over rows where their first argument is NULL. */
    private static final Set<SqlKind> PASSING_OVER_NULL = Set.of(
            SqlKind.SUM,
            SqlKind.COUNT,
            SqlKind.MIN,
            SqlKind.MAX,
            SqlKind.AVG,
            SqlKind.ANY_VALUE,
            SqlKind.BIT_AND,
            SqlKind.BIT_OR,
            SqlKind.BIT_XOR,
            SqlKind.MODE,
            SqlKind.STDDEV_POP,
            SqlKind.STDDEV_SAMP,
            SqlKind.VAR_POP,
            SqlKind.VAR_SAMP,
            SqlKind.COVAR_POP,
            SqlKind.COVAR_SAMP,
            SqlKind.REGR_COUNT,
            SqlKind.REGR_SXX,
            SqlKind.REGR_SYY);

    private static final Set<SqlKind> NULL_TREATMENTS = Set.of(SqlKind.IGNORE_NULLS, SqlKind.RESPECT_NULLS);

    private static final Set<SqlKind> LISTS = Set.of(SqlKind.IN, SqlKind.NOT_IN);

    private static final Set<SqlKind> PERCENTILES = Set.of(SqlKind.PERCENTILE_CONT, SqlKind.PERCENTILE_DISC);

    private final MergedColumns mergedColumns = new MergedColumns(this);

    private final ParameterTypes parameterTypes = new ParameterTypes(this);

    private @Nullable SqlSelect withHaving;

    /** How many calls around wait for the types of parameters inside of their arguments. */
    private int argumentsAround;

    QueryValidator(
            SqlOperatorTable operators, SqlValidatorCatalogReader reader, RelDataTypeFactory types, Config config) {
        super(operators, reader, types, config);
    }

    @Override
    public SqlNode validate(SqlNode topNode) {
        SqlNode validated = super.validate(topNode);
        mergedColumns.join();
        return validated;
    }

    @Override
    protected void validateJoin(SqlJoin join, SqlValidatorScope scope) {
        super.validateJoin(join, scope);
        mergedColumns.joined(join, getJoinScope(join));
    }

    @Override
    public SqlNode expand(SqlNode expr, SqlValidatorScope scope) {
        // Names in ORDER BY may be those of the answer.
        boolean ofTables = !(scope instanceof OrderByScope);
        return super.expand(ofTables ? mergedColumns.named(expr, scope) : expr, scope);
    }

    // Calcite takes parameters in the order in which it visits them: in `CASE WHEN ? THEN ? WHEN ? THEN ? END` the
    // conditions first, and OFFSET before FETCH.
    @Override
    public RelDataType getParameterRowType(SqlNode sqlQuery) {
        SortedMap<Integer, RelDataType> parameters = new TreeMap<>();
        sqlQuery.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlDynamicParam parameter) {
                parameters.put(parameter.getIndex(), getValidatedNodeType(parameter));
                return null;
            }
        });
        return getTypeFactory()
                .createStructType(
                        List.copyOf(parameters.values()),
                        parameters.keySet().stream().map(index -> "?" + index).toList());
    }

    // All other clauses come after this one.
    @Override
    protected void validateWhereClause(SqlSelect select) {
        super.validateWhereClause(select);
        mergedColumns.nameIn(select, getFromScope(select));
    }

    @Override
    protected @Nullable SqlNode performUnconditionalRewrites(@Nullable SqlNode node, boolean underFrom) {
        if (node instanceof SqlOrderBy ordered && ordered.query.getKind() == SqlKind.EXPLICIT_TABLE) {
            return super.performUnconditionalRewrites(
                    new SqlOrderBy(
                            ordered.getParserPosition(),
                            wholeTable((SqlCall) ordered.query),
                            ordered.orderList,
                            ordered.offset,
                            ordered.fetch),
                    underFrom);
        }
        SqlNode rewritten = super.performUnconditionalRewrites(node, underFrom);
        if (rewritten instanceof SqlCall over && over.getKind() == SqlKind.OVER) {
            withoutFilter(over);
        }
        if (rewritten instanceof SqlCall filter && filter.getKind() == SqlKind.FILTER) {
            return ofOrdered(filter);
        }
        if (rewritten instanceof SqlCall texts && texts.getOperator().equals(EngineFunctions.STRING_AGG)) {
            return withOrderApart(texts);
        }
        if (rewritten instanceof SqlSelect select) {
            plainStars(select);
        }
        if (rewritten instanceof SqlJoin join) {
            mergedColumns.found(join);
        }
        if (rewritten instanceof SqlDynamicParam) {
            parameterTypes.found();
        }
        if (rewritten instanceof SqlCase choice) {
            choice.getWhenOperands().replaceAll(QueryValidator::withOwnQueries);
            choice.getThenOperands().replaceAll(QueryValidator::withOwnQueries);
            withoutProof(choice);
        }
        return rewritten;
    }

    // In `CASE WHEN q IS NOT NULL THEN q`, Calcite takes the second `q` for NOT NULL; where they are queries, only
    // until it makes plans of them, for it tells these apart.
    private static void withoutProof(SqlCase choice) {
        SqlNodeList conditions = choice.getWhenOperands();
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i) instanceof SqlCall known
                    && known.getKind() == SqlKind.IS_NOT_NULL
                    && known.operand(0).equalsDeep(choice.getThenOperands().get(i), Litmus.IGNORE)
                    && holds(known, call -> call.isA(SqlKind.QUERY))) {
                SqlParserPos pos = known.getParserPosition();
                SqlNode unknown = SqlStdOperatorTable.IS_NULL.createCall(pos, known.<SqlNode>operand(0));
                conditions.set(i, SqlStdOperatorTable.NOT.createCall(pos, unknown));
            }
        }
    }

    // No query may stand in two places. Of `COALESCE` and `NULLIF` Calcite makes a `CASE` with an argument in it twice.
    // The second is a copy, but not what is in it; and then it knows no more what queries in the first refer to.
    private static SqlNode withOwnQueries(SqlNode part) {
        return holds(part, call -> call.isA(SqlKind.QUERY)) ? Objects.requireNonNull(part.accept(new Copy())) : part;
    }

    /** Copies all there is. */
    private static final class Copy extends SqlShuttle {
        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            CallCopyingArgHandler copy = new CallCopyingArgHandler(call, true);
            call.getOperator().acceptCall(this, call, false, copy);
            return copy.result();
        }

        @Override
        public @Nullable SqlNode visit(SqlNodeList list) {
            List<@Nullable SqlNode> copies = new ArrayList<>();
            for (SqlNode node : list) {
                copies.add(node == null ? null : node.accept(this));
            }
            return new SqlNodeList(copies, list.getParserPosition());
        }
    }

    // `STRING_AGG(x, s ORDER BY y)` is `STRING_AGG(x, s) WITHIN GROUP (ORDER BY y)`.
    private static SqlNode withOrderApart(SqlCall texts) {
        List<SqlNode> operands = texts.getOperandList();
        if (operands.isEmpty() || !(Util.last(operands) instanceof SqlNodeList order)) {
            return texts;
        }
        SqlParserPos pos = texts.getParserPosition();
        return SqlStdOperatorTable.WITHIN_GROUP.createCall(
                pos,
                texts.getOperator().createCall(texts.getFunctionQuantifier(), pos, Util.skipLast(operands)),
                order);
    }

    // Of one table `t`, `t.*` is `*`; but only of that does Calcite leave out the measures of a cube.
    private static void plainStars(SqlSelect select) {
        SqlNode from = select.getFrom();
        String alias = from == null ? null : SqlValidatorUtil.alias(from);
        SqlNodeList items = select.getSelectList();
        if (alias == null || items == null) {
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof SqlIdentifier star
                    && star.isStar()
                    && star.names.size() == 2
                    && Name.of(star.names.get(0)).equals(Name.of(alias))) {
                items.set(i, SqlIdentifier.star(star.getParserPosition()));
            }
        }
    }

    /** {@code TABLE t} as the query that it abbreviates. */
    private static SqlSelect wholeTable(SqlCall table) {
        return new SqlSelect(
                table.getParserPosition(),
                null,
                SqlNodeList.SINGLETON_STAR,
                table.operand(0),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    // `SUM(x) FILTER (WHERE c) OVER w` is `SUM(CASE WHEN c THEN x END) OVER w`.
    private static void withoutFilter(SqlCall over) {
        if (!(over.operand(0) instanceof SqlCall filter) || filter.getKind() != SqlKind.FILTER) {
            return;
        }
        SqlCall aggregate = filter.operand(0);
        if (!passesOverNull(aggregate.getOperator()) || aggregate.operandCount() == 0) {
            throw RefusedForms.refused("FILTER of " + aggregate.getOperator().getName() + " over a window", aggregate);
        }
        SqlParserPos pos = aggregate.getParserPosition();
        SqlNode argument = aggregate.operand(0);
        boolean rows = argument instanceof SqlIdentifier identifier && identifier.isStar();
        SqlNode counted = rows ? SqlLiteral.createExactNumeric("1", pos) : argument;
        SqlNode chosen = new SqlCase(
                pos, null, SqlNodeList.of(filter.operand(1)), SqlNodeList.of(counted), SqlLiteral.createNull(pos));
        List<SqlNode> operands = new ArrayList<>(aggregate.getOperandList());
        operands.set(0, chosen);
        over.setOperand(0, aggregate.getOperator().createCall(aggregate.getFunctionQuantifier(), pos, operands));
    }

    private static boolean passesOverNull(SqlOperator aggregate) {
        return PASSING_OVER_NULL.contains(aggregate.getKind())
                || aggregate.equals(EngineFunctions.CORR)
                || EngineFunctions.REGRESSION.contains(aggregate);
    }

    // Percentiles pass over NULL too; what they are of is what they order by.
    private static SqlNode ofOrdered(SqlCall filter) {
        SqlNode condition = filter.operand(1);
        if (!(filter.operand(0) instanceof SqlCall within)
                || within.getKind() != SqlKind.WITHIN_GROUP
                || !PERCENTILES.contains(within.operand(0).getKind())) {
            return filter;
        }
        SqlNodeList order = within.operand(1);
        List<SqlNode> chosen =
                order.stream().map(item -> chosen(condition, item)).toList();
        return within.getOperator()
                .createCall(
                        within.getParserPosition(),
                        within.operand(0),
                        new SqlNodeList(chosen, order.getParserPosition()));
    }

    private static SqlNode chosen(SqlNode condition, SqlNode item) {
        boolean directed = item.getKind() == SqlKind.DESCENDING
                || item.getKind() == SqlKind.NULLS_FIRST
                || item.getKind() == SqlKind.NULLS_LAST;
        SqlParserPos pos = item.getParserPosition();
        if (directed && item instanceof SqlCall call) {
            return call.getOperator().createCall(pos, chosen(condition, call.operand(0)));
        }
        return new SqlCase(pos, null, SqlNodeList.of(condition), SqlNodeList.of(item), SqlLiteral.createNull(pos));
    }

    // With `IGNORE NULLS` or `RESPECT NULLS`, Calcite takes it that there is always a row in the window.
    @Override
    public RelDataType deriveType(SqlValidatorScope scope, SqlNode expr) {
        RelDataType type = super.deriveType(scope, expr);
        if (type.isNullable()
                || !(expr instanceof SqlCall over)
                || over.getKind() != SqlKind.OVER
                || !(over.operand(0) instanceof SqlCall treated)
                || !NULL_TREATMENTS.contains(treated.getKind())
                || resolveWindow(over.operand(1), scope).isAlwaysNonEmpty()) {
            return type;
        }
        RelDataType nullable = getTypeFactory().createTypeWithNullability(type, true);
        setValidatedNodeType(over, nullable);
        setValidatedNodeType(treated, nullable);
        setValidatedNodeType(treated.operand(0), nullable);
        return nullable;
    }

    // Calcite looks for what is grouped by in HAVING before the types of both sides of a comparison are made equal, and
    // does not find `id = whole` of two types, in which they have been for GROUP BY.
    @Override
    protected void validateHavingClause(SqlSelect select) {
        SqlSelect around = withHaving;
        withHaving = select;
        super.validateHavingClause(select);
        withHaving = around;
    }

    // A query in an argument is no part of it.
    @Override
    protected void validateNamespace(SqlValidatorNamespace namespace, RelDataType targetRowType) {
        int around = argumentsAround;
        argumentsAround = 0;
        try {
            super.validateNamespace(namespace, targetRowType);
        } finally {
            argumentsAround = around;
        }
    }

    @Override
    protected void inferUnknownTypes(RelDataType inferredType, SqlValidatorScope scope, SqlNode node) {
        if (node instanceof SqlDynamicParam parameter
                && inferredType.equals(unknownType)
                && (argumentsAround > 0 || parameterTypes.isKnown(parameter))) {
            return;
        }
        if (ParameterTypes.isNullTest(node)
                && (argumentsAround > 0 || parameterTypes.isKnown((SqlDynamicParam) ((SqlCall) node).operand(0)))) {
            return;
        }
        if (node instanceof SqlCall in && LISTS.contains(in.getKind())) {
            if (in.operand(1) instanceof SqlNodeList list) {
                inferUnknownTypesOfList(scope, in.operand(0), list);
                return;
            } else if (parameterTypes.isAny() && in.operand(1).isA(SqlKind.QUERY)) {
                inferUnknownTypes(typeOfRow(deriveType(scope, in.operand(1))), scope, in.operand(0));
                return;
            }
        }
        if (node instanceof SqlCall call && !call.isA(SqlKind.QUERY)) {
            argumentsAround++;
            try {
                parameterTypes.unfinished(call).forEach(argument -> inferUnknownTypes(unknownType, scope, argument));
            } finally {
                argumentsAround--;
            }
            parameterTypes.find(call, inferredType, argumentsAround == 0, scope);
        }
        super.inferUnknownTypes(inferredType, scope, node);
        if (node instanceof SqlDynamicParam parameter) {
            parameterTypes.known(parameter, getValidatedNodeType(parameter));
        }
        // Of HAVING, this comes right before it is looked for.
        if (withHaving != null && node == withHaving.getHaving()) {
            deriveType(scope, node);
        }
    }

    // Calcite (1.42) takes the columns of a row for those of the list.
    private void inferUnknownTypesOfList(SqlValidatorScope scope, SqlNode left, SqlNodeList list) {
        SqlNode known = Stream.concat(Stream.of(left), list.stream())
                .filter(value -> !(value instanceof SqlDynamicParam))
                .findFirst()
                .orElse(left);
        inferUnknownTypes(unknownType, scope, known);
        RelDataType type = deriveType(scope, known);
        Stream.concat(Stream.of(left), list.stream())
                .filter(value -> value != known)
                .forEach(value -> inferUnknownTypes(type, scope, value));
    }

    // One column is not called a row.
    private static RelDataType typeOfRow(RelDataType row) {
        return row.getFieldCount() == 1 ? row.getFieldList().get(0).getType() : row;
    }

    // As Calcite does everywhere else: a NULL in ORDER BY has the type that it has in the list of columns, so that an
    // expression with one is that of the list.
    @Override
    protected void validateOrderList(SqlSelect select) {
        mergedColumns.nameInOrder(select, getNamespace(select).getRowType().getFieldNames(), getFromScope(select));
        SqlNodeList order = select.getOrderList();
        if (order != null) {
            order.forEach(item -> inferUnknownTypes(unknownType, getOrderScope(select), item));
        }
        super.validateOrderList(select);
    }

    // Names of windows hold in their own query only, and none need be looked up any more after this. Calcite looks in
    // the queries around before it calls one new, takes names in ORDER BY for columns, and tells capitals apart.
    @Override
    protected void validateWindowClause(SqlSelect select) {
        SqlValidatorScope scope = getFromScope(select);
        SqlNodeList declared = select.getWindowList();
        Map<Name, SqlWindow> windows = new LinkedHashMap<>();
        for (SqlNode node : declared) {
            SqlWindow window = (SqlWindow) node;
            SqlIdentifier name = Objects.requireNonNull(window.getDeclName());
            if (!name.isSimple()) {
                throw newValidationError(name, Static.RESOURCE.windowNameMustBeSimple());
            }
            if (windows.put(Name.of(name.getSimple()), window) != null) {
                throw newValidationError(name, Static.RESOURCE.duplicateWindowName());
            }
            window.setPartitionList(expanded(window.getPartitionList(), scope));
            window.setOrderList(expanded(window.getOrderList(), scope));
        }
        for (int i = 0; i < declared.size(); i++) {
            declared.set(i, unnamed((SqlWindow) declared.get(i), windows));
        }
        declared.validate(this, scope);
        var names = new WindowNames(windows);
        Stream.of(select.getSelectList(), select.getQualify(), select.getOrderList())
                .filter(Objects::nonNull)
                .forEach(part -> part.accept(names));
    }

    private SqlNodeList expanded(SqlNodeList terms, SqlValidatorScope scope) {
        SqlNodeList expanded = (SqlNodeList) expand(terms, scope);
        inferUnknownTypes(unknownType, scope, expanded);
        expanded.validate(this, scope);
        return expanded;
    }

    private SqlWindow named(SqlIdentifier name, Map<Name, SqlWindow> windows) {
        SqlWindow window = name.isSimple() ? windows.get(Name.of(name.getSimple())) : null;
        if (window == null) {
            throw newValidationError(name, Static.RESOURCE.windowNotFound(name.toString()));
        }
        return window;
    }

    /**
     * A window without the names of others that it is based on, with the frame that is written: that Calcite forgets, and what a
     * base is based on.
     */
    private SqlWindow unnamed(SqlWindow written, Map<Name, SqlWindow> windows) {
        SqlWindow resolved = written;
        Set<Name> bases = new HashSet<>();
        SqlIdentifier base = written.getRefName();
        while (base != null) {
            SqlWindow next = named(base, windows);
            if (!bases.add(Name.of(base.getSimple()))) {
                throw newValidationError(base, Static.RESOURCE.windowNotFound(base.getSimple()));
            }
            resolved = resolved.overlay(next, this);
            base = next.getRefName();
        }
        return new Window(resolved, written);
    }

    /** Puts windows in the place of their names, in a query but not in those in it. */
    private final class WindowNames extends SqlBasicVisitor<@Nullable Void> {
        private final Map<Name, SqlWindow> windows;

        WindowNames(Map<Name, SqlWindow> windows) {
            this.windows = windows;
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return null;
            }
            if (call.getKind() == SqlKind.OVER) {
                SqlNode window = call.operand(1);
                if (window instanceof SqlIdentifier name) {
                    call.setOperand(1, unnamed(named(name, windows), windows));
                } else if (window instanceof SqlWindow based && based.getRefName() != null) {
                    call.setOperand(1, unnamed(based, windows));
                }
            }
            return super.visit(call);
        }
    }

    @Override
    public SqlWindow resolveWindow(SqlNode windowOrRef, SqlValidatorScope scope) {
        SqlNode name = windowOrRef instanceof SqlWindow window ? window.getRefName() : windowOrRef;
        if (name != null) {
            // It stands where no query has windows of its own.
            throw newValidationError(name, Static.RESOURCE.windowNotFound(name.toString()));
        }
        SqlWindow window = (SqlWindow) windowOrRef;
        return new Window(window, window);
    }

    /** Calcite knows nothing of {@code EXCLUDE} when it derives whether there is always a row in a window. */
    private static final class Window extends SqlWindow {
        private static final int IS_ROWS = 4;
        private static final int ALLOW_PARTIAL = 7;

        Window(SqlWindow rows, SqlWindow frame) {
            super(
                    frame.getParserPosition(),
                    null,
                    null,
                    rows.getPartitionList(),
                    rows.getOrderList(),
                    (SqlLiteral) frame.getOperandList().get(IS_ROWS),
                    frame.getLowerBound(),
                    frame.getUpperBound(),
                    (SqlLiteral) frame.getOperandList().get(ALLOW_PARTIAL),
                    frame.getExclude());
        }

        @Override
        public boolean isAlwaysNonEmpty() {
            return isExcludeNoOthers(getExclude()) && super.isAlwaysNonEmpty();
        }
    }

    // What an aggregate is of cannot be another aggregate's result, though a column of the answer goes by that name.
    @Override
    public SqlNode expandOrderExpr(SqlSelect select, SqlNode orderExpr) {
        SqlNode expanded = orderExpr.accept(new Arguments(aggregated(select), getFromScope(select)));
        return super.expandOrderExpr(select, Objects.requireNonNull(expanded));
    }

    /** The names of the answer's columns that are computed from aggregates. */
    private static Set<Name> aggregated(SqlSelect select) {
        Set<Name> names = new HashSet<>();
        for (SqlNode item : select.getSelectList()) {
            if (item.getKind() == SqlKind.AS
                    && holds(
                            ((SqlCall) item).operand(0),
                            call -> call.getOperator().isAggregator())) {
                names.add(Name.of(((SqlIdentifier) ((SqlCall) item).operand(1)).getSimple()));
            }
        }
        return names;
    }

    private static boolean holds(SqlNode node, Predicate<SqlCall> what) {
        try {
            node.accept(new SqlBasicVisitor<@Nullable Void>() {
                @Override
                public @Nullable Void visit(SqlCall call) {
                    if (what.test(call)) {
                        throw Util.FoundOne.NULL;
                    }
                    return super.visit(call);
                }
            });
            return false;
        } catch (Util.FoundOne e) {
            return true;
        }
    }

    /** Says of some names in aggregates' arguments which table's they are. */
    private static final class Arguments extends SqlShuttle {
        private final Set<Name> names;
        private final SqlValidatorScope scope;
        private int aggregates;

        Arguments(Set<Name> names, SqlValidatorScope scope) {
            this.names = names;
            this.scope = scope;
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return call;
            }
            int inside = call.getOperator().isAggregator() ? 1 : 0;
            aggregates += inside;
            SqlNode visited = super.visit(call);
            aggregates -= inside;
            return visited;
        }

        @Override
        public @Nullable SqlNode visit(SqlIdentifier identifier) {
            if (aggregates == 0 || !identifier.isSimple() || !names.contains(Name.of(identifier.getSimple()))) {
                return identifier;
            }
            try {
                return scope.fullyQualify(identifier).identifier;
            } catch (CalciteContextException e) {
                // There is no such column in the tables.
                return identifier;
            }
        }
    }
}
