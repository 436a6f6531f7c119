package io.icespar.engine.sql;

import io.icespar.engine.catalog.View;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * The views that one query stands for, written out: views of views can abbreviate what nobody could plan, so that there is
 * a limit. For one thread.
 */
final class ViewExpansion {
    private static final int MAX_VIEWS = 500;
    private static final int MAX_NODES = 20_000;
    private static final int LITERALS_PER_NODE = 10;

    private int viewsSoFar;
    private int nodesSoFar;
    private int literalsSoFar;

    /**
     * The query of a view, as it is parsed once more for each time that the view is named.
     *
     * @throws IcesparException {@code LIMIT_REACHED} if it is too much
     */
    SqlNode parsed(View view) {
        SqlNode query = StatementText.query(view.definition().query());
        viewsSoFar++;
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // a visitor of Void gives nothing
            public Void visit(SqlCall call) {
                nodesSoFar++;
                return super.visit(call);
            }

            @Override
            @SuppressWarnings("NullAway") // as above
            public Void visit(SqlLiteral literal) {
                literalsSoFar++;
                return super.visit(literal);
            }

            @Override
            @SuppressWarnings("NullAway") // as above
            public Void visit(SqlIdentifier identifier) {
                nodesSoFar++;
                return super.visit(identifier);
            }
        });
        if (viewsSoFar > MAX_VIEWS || nodesSoFar + literalsSoFar / LITERALS_PER_NODE > MAX_NODES) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED,
                    "the statement is too large once its views are written out: they may be named " + MAX_VIEWS
                            + " times, those within them counted, and hold " + MAX_NODES + " names and operators, or "
                            + LITERALS_PER_NODE + " times as many literals");
        }
        return query;
    }

    /** Of the view's rows the columns that exist, under the view's own names. */
    static RelNode shown(RelNode rows, View view, RelDataType rowType) {
        // Not over the order, of which Calcite then knows where it counts.
        if (rows instanceof Sort sort
                && rowType.getFieldCount() == rows.getRowType().getFieldCount()) {
            return sort.copy(sort.getTraitSet(), List.of(shown(sort.getInput(), view, rowType)));
        }
        RexBuilder rexBuilder = rows.getCluster().getRexBuilder();
        List<Integer> indexes = indexes(view);
        RelNode columns = indexes.size() == rows.getRowType().getFieldCount()
                ? rows
                : LogicalProject.create(
                        rows,
                        List.of(),
                        indexes.stream()
                                .map(index -> (RexNode) rexBuilder.makeInputRef(rows, index))
                                .toList(),
                        rowType.getFieldNames(),
                        Set.of());
        return RelOptUtil.createCastRel(columns, rowType, true);
    }

    /** The places of the columns that exist among all of the view's. */
    static List<Integer> indexes(View view) {
        List<Name> all = view.definition().columnNames();
        Set<Name> there = Set.copyOf(view.columns());
        return IntStream.range(0, all.size())
                .filter(index -> there.contains(all.get(index)))
                .boxed()
                .toList();
    }
}
