package io.icespar.engine.plan;

import com.google.common.collect.ImmutableList;
import io.icespar.engine.plan.MarkedText.Common;
import io.icespar.engine.secure.ArrayRows;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.tree.Recursion;
import io.icespar.engine.tree.RecursionRows;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.rel2sql.RelToSqlConverter;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.Litmus;

/** Writes the nodes of a plan, those that Calcite does not know or writes otherwise than DuckDB reads among them. */
final class BackendWriter extends RelToSqlConverter {
    private static final SqlOperator GREATEST = function("GREATEST");
    private static final SqlOperator LEN = function("LEN");
    private static final SqlOperator RANGE = function("RANGE");
    private static final SqlOperator UNNEST = function("UNNEST");
    private static final SqlOperator STRING_SPLIT = function("STRING_SPLIT");

    private static final String NO_LIMIT = Long.toString(Long.MAX_VALUE);

    private final int parameters;
    private final List<String> values;
    private final List<Common> common;

    BackendWriter(SqlDialect dialect, int parameters) {
        this(dialect, parameters, new ArrayList<>(), new ArrayList<>());
    }

    private BackendWriter(SqlDialect dialect, int parameters, List<String> values, List<Common> common) {
        super(dialect);
        this.parameters = parameters;
        this.values = values;
        this.common = common;
    }

    // Written by a writer of its own, so that names in it do not depend on what stands around it.
    private SqlNode apart(RelNode rel) {
        return new BackendWriter(dialect, parameters, values, common)
                .visitRoot(rel)
                .asStatement();
    }

    /** What the statement reads by names; to be written before it. */
    List<Common> common() {
        return common;
    }

    /** The plan's own values, as far as they are written: those that question marks after the statement's own stand for. */
    List<String> values() {
        return values;
    }

    private static SqlOperator function(String name) {
        return new SqlUnresolvedFunction(
                new SqlIdentifier(name, POS), null, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    @Override
    protected Result dispatch(RelNode e) {
        if (e instanceof Fence fence) {
            return fenced(fence);
        }
        if (e instanceof Correlate correlate) {
            return lateral(correlate);
        }
        if (e instanceof ArrayRows rows) {
            return split(rows);
        }
        if (e instanceof Uncollect uncollect) {
            return unnested(uncollect);
        }
        if (e instanceof Recursion recursion) {
            return recursive(recursion);
        }
        if (e instanceof RecursionRows rows) {
            return read(rows);
        }
        if (e instanceof VisibleKeys keys) {
            return keys(keys);
        }
        if (e instanceof RepeatedJoin join) {
            return once(join);
        }
        return e instanceof Named named ? named(named) : super.dispatch(e);
    }

    private Result keys(VisibleKeys keys) {
        SqlNode query = apart(keys.getInput());
        List<String> names = keys.getRowType().getFieldNames();
        SqlIdentifier name = new SqlIdentifier("keys", POS);
        List<SqlNode> operands = new ArrayList<>();
        operands.add(MarkedText.KEYS.createCall(POS, query));
        operands.add(name);
        operands.addAll(columns(names.size()));
        return closed(columns(name, names), SqlStdOperatorTable.AS.createCall(POS, operands), keys);
    }

    // Its name ends in no number, as that of a recursion does.
    private Result once(RepeatedJoin join) {
        SqlNode query = apart(join.getInput());
        List<String> names = join.getRowType().getFieldNames();
        SqlIdentifier name = common.stream()
                .filter(written -> written.query().equalsDeep(query, Litmus.IGNORE))
                .map(Common::name)
                .findFirst()
                .orElseGet(() -> {
                    var added = new Common(
                            new SqlIdentifier(common.size() + " common", POS),
                            new SqlNodeList(columns(names.size()), POS),
                            query);
                    common.add(added);
                    return added.name();
                });
        return closed(columns(name, names), name, join);
    }

    // With the clause that comes last of all, nothing can be added to the same SELECT.
    private Result named(Named named) {
        return visitInput(named, 0, Clause.FETCH).builder(named).result();
    }

    private Result split(ArrayRows rows) {
        RelDataTypeField field = rows.getRowType().getFieldList().get(0);
        SqlNode elements =
                UNNEST.createCall(POS, STRING_SPLIT.createCall(POS, own(rows.elements()), own(rows.separator())));
        SqlNode element = new SqlIdentifier("element", POS);
        SqlNode from = SqlStdOperatorTable.AS.createCall(POS, elements, new SqlIdentifier("elements", POS), element);
        SqlNode typed = SqlStdOperatorTable.CAST.createCall(
                POS, element, Objects.requireNonNull(dialect.getCastSpec(field.getType())));
        SqlNode named = SqlStdOperatorTable.AS.createCall(POS, typed, new SqlIdentifier(field.getName(), POS));
        SqlSelect select = new SqlSelect(
                POS, null, SqlNodeList.of(named), from, null, null, null, null, null, null, null, null, null);
        return result(select, ImmutableList.of(Clause.SELECT), rows, null);
    }

    // Where arrays are of different lengths, DuckDB goes on with NULL as the standard does.
    private Result unnested(Uncollect uncollect) {
        Result input = visitInput(uncollect, 0).resetAlias();
        int arrays = uncollect.getInput().getRowType().getFieldCount();
        List<String> names = uncollect.getRowType().getFieldNames();
        List<SqlNode> columns = new ArrayList<>();
        List<SqlNode> lengths = new ArrayList<>();
        for (int i = 0; i < arrays; i++) {
            SqlNode array = input.qualifiedContext().field(i);
            columns.add(as(UNNEST.createCall(POS, array), names.get(i)));
            lengths.add(LEN.createCall(POS, array));
        }
        if (uncollect.withOrdinality) {
            lengths.add(SqlLiteral.createExactNumeric("0", POS));
            SqlNode one = SqlLiteral.createExactNumeric("1", POS);
            SqlNode last = SqlStdOperatorTable.PLUS.createCall(POS, GREATEST.createCall(POS, lengths), one);
            SqlNode numbers = UNNEST.createCall(POS, RANGE.createCall(POS, one, last));
            columns.add(as(
                    SqlStdOperatorTable.CAST.createCall(
                            POS,
                            numbers,
                            Objects.requireNonNull(dialect.getCastSpec(uncollect
                                    .getRowType()
                                    .getFieldList()
                                    .get(arrays)
                                    .getType()))),
                    names.get(arrays)));
        }
        return closed(columns, input.asFrom(), uncollect);
    }

    // Its columns have names of their own, since what reads them in the step has other ones than the seed.
    private Result recursive(Recursion recursion) {
        List<String> names = recursion.getRowType().getFieldNames();
        SqlNode seed = visitInput(recursion, 0).asStatement();
        SqlNode step = visitInput(recursion, 1).asStatement();
        SqlIdentifier name = new SqlIdentifier(recursion.name(), POS);
        SqlOperator union = recursion.isAll() ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
        SqlNode item = new SqlWithItem(
                POS,
                name,
                new SqlNodeList(columns(names.size()), POS),
                union.createCall(POS, seed, step),
                SqlLiteral.createBoolean(true, POS));
        SqlNode with = new SqlWith(POS, SqlNodeList.of(item), select(SqlNodeList.SINGLETON_STAR, name));
        return closed(columns(name, names), SqlStdOperatorTable.AS.createCall(POS, with, name), recursion);
    }

    private Result read(RecursionRows rows) {
        SqlIdentifier name = new SqlIdentifier(rows.name(), POS);
        return closed(columns(name, rows.getRowType().getFieldNames()), name, rows);
    }

    private static List<SqlNode> columns(SqlIdentifier recursion, List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> as(new SqlIdentifier(List.of(recursion.getSimple(), column(i)), POS), names.get(i)))
                .toList();
    }

    private static List<SqlIdentifier> columns(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new SqlIdentifier(column(i), POS))
                .toList();
    }

    private static String column(int index) {
        return "column " + index;
    }

    private static SqlNode as(SqlNode node, String name) {
        return SqlStdOperatorTable.AS.createCall(POS, node, new SqlIdentifier(name, POS));
    }

    // With the clause that comes last of all, nothing can be added to the same SELECT.
    private Result closed(List<SqlNode> columns, SqlNode from, RelNode rel) {
        return result(select(new SqlNodeList(columns, POS), from), ImmutableList.of(Clause.FETCH), rel, null);
    }

    private static SqlSelect select(SqlNodeList columns, SqlNode from) {
        return new SqlSelect(POS, null, columns, from, null, null, null, null, null, null, null, null, null);
    }

    private SqlNode own(String value) {
        values.add(value);
        return new SqlDynamicParam(parameters + values.size() - 1, POS);
    }

    // Calcite's own (1.42) names the right side's columns after what it reads, and makes every join an inner one.
    private Result lateral(Correlate correlate) {
        Result left = visitInput(correlate, 0).resetAlias();
        correlTableMap.put(correlate.getCorrelationId(), left.qualifiedContext());
        Result right = visitInput(correlate, 1).resetAlias();
        SqlCall as = (SqlCall) right.asFrom();
        SqlNode query = as.operand(0);
        SqlNode lateral = SqlStdOperatorTable.AS.createCall(
                POS, SqlStdOperatorTable.LATERAL.createCall(POS, query), as.operand(1));
        boolean outer = switch (correlate.getJoinType()) {
            case INNER -> false;
            case LEFT -> true;
            default ->
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "a lateral join of kind `" + correlate.getJoinType() + "` is not supported");
        };
        SqlNode join = new SqlJoin(
                POS,
                left.asFrom(),
                SqlLiteral.createBoolean(false, POS),
                (outer ? JoinType.LEFT : JoinType.CROSS).symbol(POS),
                lateral,
                (outer ? JoinConditionType.ON : JoinConditionType.NONE).symbol(POS),
                outer ? SqlLiteral.createBoolean(true, POS) : null);
        return result(join, left, right);
    }

    // No optimiser may move a condition below a limit, whatever its number: rows would be other ones.
    private Result fenced(Fence fence) {
        Result input = visitInput(fence, 0, Clause.FETCH);
        Builder builder = input.builder(fence);
        builder.setFetch(SqlLiteral.createExactNumeric(NO_LIMIT, SqlParserPos.ZERO));
        return builder.result();
    }
}
