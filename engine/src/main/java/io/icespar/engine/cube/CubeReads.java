package io.icespar.engine.cube;

import com.google.common.collect.Iterables;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelVisitor;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of the cubes in a query its answer hangs on. Where it is not known what a part of the query does with its
 * input, that part reads all of it.
 */
final class CubeReads {
    private final IdentityHashMap<CubeScan, ImmutableBitSet> read = new IdentityHashMap<>();
    private final IdentityHashMap<CubeScan, ImmutableBitSet> filtered = new IdentityHashMap<>();
    private final Map<CorrelationId, ImmutableBitSet> variables = new HashMap<>();
    private final Set<CorrelationId> declared = new HashSet<>();
    private boolean isUnclear;

    private CubeReads() {}

    /** What a query's answer hangs on. */
    static CubeReads of(RelNode root) {
        CubeReads reads = new CubeReads();
        reads.collectVariables(root);
        reads.walk(root, all(root));
        if (reads.isUnclear || !reads.declared.containsAll(reads.variables.keySet())) {
            reads.read.replaceAll((scan, fields) ->
                    all(scan).except(ImmutableBitSet.of(scan.shape().measures())));
        }
        return reads;
    }

    /** The fields of a cube that are read; those of measures are not counted where they are aggregated. */
    ImmutableBitSet read(CubeScan scan) {
        return read.getOrDefault(scan, ImmutableBitSet.of());
    }

    /** The fields of a cube that its rows are chosen by. */
    ImmutableBitSet filtered(CubeScan scan) {
        return filtered.getOrDefault(scan, ImmutableBitSet.of());
    }

    /** All cubes, each where it is named, that are read in any way. */
    Set<CubeScan> scans() {
        return read.keySet();
    }

    private static ImmutableBitSet all(RelNode rel) {
        return ImmutableBitSet.range(rel.getRowType().getFieldCount());
    }

    private void collectVariables(RelNode root) {
        new RelVisitor() {
            @Override
            public void visit(RelNode node, int ordinal, @Nullable RelNode parent) {
                node.accept(accesses());
                super.visit(node, ordinal, parent);
            }
        }.go(root);
    }

    private RexShuttle accesses() {
        return new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                if (access.getReferenceExpr() instanceof RexCorrelVariable variable) {
                    variables.merge(
                            variable.id, ImmutableBitSet.of(access.getField().getIndex()), ImmutableBitSet::union);
                    return access;
                }
                return super.visitFieldAccess(access);
            }

            @Override
            public RexNode visitCorrelVariable(RexCorrelVariable variable) {
                isUnclear = true;
                return variable;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                collectVariables(subQuery.rel);
                return super.visitSubQuery(subQuery);
            }
        };
    }

    private void walk(RelNode rel, ImmutableBitSet wanted) {
        ImmutableBitSet bound = variables(rel.getVariablesSet());
        if (rel instanceof CubeScan scan) {
            read.merge(scan, wanted, ImmutableBitSet::union);
        } else if (rel instanceof Project project) {
            List<RexNode> kept =
                    wanted.asList().stream().map(project.getProjects()::get).toList();
            walk(project.getInput(), fields(kept).union(bound));
        } else if (rel instanceof Filter filter) {
            ImmutableBitSet tested = fields(List.of(filter.getCondition()));
            if (filter.getInput() instanceof CubeScan scan) {
                filtered.merge(scan, tested, ImmutableBitSet::union);
            }
            walk(filter.getInput(), wanted.union(tested).union(bound));
        } else if (rel instanceof Aggregate aggregate) {
            ImmutableBitSet read = aggregate.getGroupSet();
            for (AggregateCall call : aggregate.getAggCallList()) {
                read = read.union(fields(call));
            }
            walk(aggregate.getInput(), read);
        } else if (rel instanceof Join join) {
            ImmutableBitSet both =
                    wanted.union(fields(List.of(join.getCondition()))).union(bound);
            divide(join.getLeft(), join.getRight(), both);
        } else if (rel instanceof Correlate correlate) {
            declared.add(correlate.getCorrelationId());
            divide(correlate.getLeft(), correlate.getRight(), wanted.union(correlate.getRequiredColumns()));
        } else if (rel instanceof Sort sort) {
            sort.accept(new SubQueryWalk());
            walk(
                    sort.getInput(),
                    wanted.union(ImmutableBitSet.of(sort.getCollation().getKeys())));
        } else {
            rel.accept(new SubQueryWalk());
            rel.getInputs().forEach(input -> walk(input, all(input)));
        }
    }

    private void divide(RelNode left, RelNode right, ImmutableBitSet wanted) {
        int leftFields = left.getRowType().getFieldCount();
        ImmutableBitSet ofLeft = ImmutableBitSet.range(leftFields);
        walk(left, wanted.intersect(ofLeft));
        walk(right, wanted.except(ofLeft).shift(-leftFields));
    }

    private ImmutableBitSet variables(Set<CorrelationId> ids) {
        declared.addAll(ids);
        ImmutableBitSet fields = ImmutableBitSet.of();
        for (CorrelationId id : ids) {
            fields = fields.union(variables.getOrDefault(id, ImmutableBitSet.of()));
        }
        return fields;
    }

    private static ImmutableBitSet fields(AggregateCall call) {
        Iterable<Integer> operands = call.getAggregation() instanceof MeasureFunction
                ? Iterables.skip(call.getArgList(), 1)
                : call.getArgList();
        ImmutableBitSet fields = ImmutableBitSet.of(operands)
                .union(ImmutableBitSet.of(call.getCollation().getKeys()));
        return call.filterArg < 0 ? fields : fields.set(call.filterArg);
    }

    /** The fields that expressions read of their own input, once what is in their sub-queries was walked. */
    private ImmutableBitSet fields(List<RexNode> expressions) {
        SubQueryWalk subQueries = new SubQueryWalk();
        subQueries.apply(expressions);
        return RelOptUtil.InputFinder.bits(expressions, null);
    }

    private final class SubQueryWalk extends RexShuttle {
        @Override
        public RexNode visitOver(RexOver over) {
            if (over.getAggOperator() instanceof MeasureFunction) {
                throw new IcesparException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "`AGGREGATE` has no window: group the rows, and write `SUM(AGGREGATE(…)) OVER (…)`");
            }
            return super.visitOver(over);
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            RelNode rel = subQuery.rel;
            boolean isOfNoField = subQuery.getKind() == SqlKind.EXISTS;
            walk(rel, isOfNoField ? ImmutableBitSet.of() : all(rel));
            return super.visitSubQuery(subQuery);
        }
    }
}
