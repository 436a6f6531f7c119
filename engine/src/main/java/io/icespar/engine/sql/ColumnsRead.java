package io.icespar.engine.sql;

import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.catalog.ViewScan;
import io.icespar.engine.cube.CubeScan;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;

/**
 * Which columns of which tables and views the rows of a query depend on. Where it is not known what a part of the query
 * does with a column, that part reads it.
 */
final class ColumnsRead {
    private final Map<TableName, Set<Name>> read = new LinkedHashMap<>();

    /** For each variable the rows whose fields it has. */
    private final Map<CorrelationId, List<RelNode>> variables = new HashMap<>();

    private ColumnsRead() {}

    /** For each table, view and cube that the query names, the columns read of it; there may be none. */
    static Map<TableName, Set<Name>> of(RelNode query) {
        var columns = new ColumnsRead();
        columns.query(query, true);
        return columns.read;
    }

    private void query(RelNode root, boolean forItsFields) {
        walk(root);
        if (forItsFields) {
            allFields(root);
        }
    }

    private void walk(RelNode rel) {
        if (rel instanceof RestrictedScan || rel instanceof ViewScan || rel instanceof CubeScan) {
            columnsOf(rel);
            return;
        }
        rel.getVariablesSet().forEach(id -> variables.put(id, rel.getInputs()));
        if (rel instanceof Correlate correlate) {
            variables.put(correlate.getCorrelationId(), List.of(correlate.getLeft()));
        }
        rel.getInputs().forEach(this::walk);
        if (rel instanceof Aggregate aggregate) {
            aggregate.getGroupSet().asList().forEach(field -> field(rel.getInputs(), field));
            aggregate.getAggCallList().forEach(call -> {
                call.getArgList().forEach(field -> field(rel.getInputs(), field));
                call.getCollation().getKeys().forEach(field -> field(rel.getInputs(), field));
                if (call.filterArg >= 0) {
                    field(rel.getInputs(), call.filterArg);
                }
            });
        } else if (rel instanceof Project
                || rel instanceof Filter
                || rel instanceof Join
                || rel instanceof Sort
                || rel instanceof Correlate) {
            rel.accept(expressionsOver(rel.getInputs()));
        } else {
            rel.accept(expressionsOver(rel.getInputs()));
            rel.getInputs().forEach(this::allFields);
        }
    }

    private RexShuttle expressionsOver(List<RelNode> inputs) {
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                field(inputs, reference.getIndex());
                return reference;
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
                    field(
                            variables.getOrDefault(variable.id, List.of()),
                            access.getField().getIndex());
                }
                return super.visitFieldAccess(access);
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                query(subQuery.rel, subQuery.getKind() != SqlKind.EXISTS);
                return super.visitSubQuery(subQuery);
            }
        };
    }

    private void allFields(RelNode rel) {
        IntStream.range(0, rel.getRowType().getFieldCount()).forEach(field -> field(List.of(rel), field));
    }

    /** A field of the rows that these are side by side. Those that are computed are read where that is. */
    private void field(List<RelNode> rows, int index) {
        Deque<RelNode> open = new ArrayDeque<>(rows);
        int left = index;
        while (!open.isEmpty()) {
            RelNode rel = open.remove();
            int fields = rel.getRowType().getFieldCount();
            if (left >= fields) {
                left -= fields;
            } else if (rel instanceof RestrictedScan || rel instanceof ViewScan || rel instanceof CubeScan) {
                columnsOf(rel).add(Name.of(rel.getRowType().getFieldNames().get(left)));
                return;
            } else if (rel instanceof Filter
                    || rel instanceof Sort
                    || rel instanceof Join
                    || rel instanceof Correlate) {
                open = new ArrayDeque<>(rel.getInputs());
            } else {
                return;
            }
        }
    }

    private Set<Name> columnsOf(RelNode scan) {
        List<String> path = Objects.requireNonNull(scan.getTable()).getQualifiedName();
        return read.computeIfAbsent(TableName.of(path.get(0), path.get(1)), name -> new TreeSet<>());
    }
}
