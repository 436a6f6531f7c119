package io.icespar.engine.cube;

import io.icespar.engine.tree.SubQueries;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Puts the tables beneath in the place of each cube that a query names, and what measures mean in the place of {@code
 * AGGREGATE}. What comes of it is a query like any other, whose scans are restricted as those of any other are.
 *
 * <p>An aggregate that is taken {@code AT (ALL level)} is computed over the same rows, grouped by what else the query
 * groups by, and joined to the query's own groups.
 */
public final class CubeExpansion {
    private final Function<TableName, RelNode> scans;
    private final CubeReads reads;
    private final Set<Name> written;

    private final RelNode root;

    /**
     * Looks at a query.
     *
     * @param root with all its sub-queries
     * @param written the names that are written in it, of which Calcite leaves out some that the answer does not hang on
     * @param scans gives a scan of a table in the query's cluster
     */
    public CubeExpansion(RelNode root, Set<Name> written, Function<TableName, RelNode> scans) {
        this.root = root;
        this.written = written;
        this.scans = scans;
        this.reads = CubeReads.of(root);
    }

    /**
     * The query over tables.
     *
     * @throws IcesparException {@code INVALID_STATEMENT} or {@code FEATURE_NOT_SUPPORTED} if a measure is not aggregated,
     *     or not so that it has a meaning
     */
    public RelNode expanded() {
        if (reads.scans().isEmpty()) {
            return root;
        }
        checkMeasures();
        return expanded(root);
    }

    /** What to say of hierarchies that the query does not name, and that are not taken as a whole therefore. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        for (CubeScan scan : reads.scans()) {
            CubeShape shape = scan.shape();
            // One that is hidden is not spoken of either.
            Set<Name> shown =
                    shape.wholeHierarchies().stream().map(Hierarchy::name).collect(Collectors.toSet());
            CubeRows.takenAt(shape, named(scan)).forEach((hierarchy, member) -> {
                if (shown.contains(hierarchy)) {
                    notes.add("hierarchy `" + hierarchy + "` of cube `"
                            + shape.cube().name() + "` is not named, and is taken at " + member);
                }
            });
        }
        return notes.stream().distinct().toList();
    }

    /**
     * Sees that a restriction's condition names no cube.
     *
     * @throws IcesparException {@code INVALID_RESTRICTION}
     */
    public void checkNone() {
        reads.scans().stream().findFirst().ifPresent(scan -> {
            throw new IcesparException(
                    ErrorCode.INVALID_RESTRICTION,
                    "a restriction's condition reads tables, and cannot read cube `"
                            + scan.shape().cube().name() + "`");
        });
    }

    /** The fields of a cube that a query names. */
    private ImmutableBitSet named(CubeScan scan) {
        ImmutableBitSet.Builder named = reads.read(scan).rebuild();
        List<CubeField> fields = scan.shape().fields();
        for (int field = 0; field < fields.size(); field++) {
            if (written.contains(Name.of(fields.get(field).name()))) {
                named.set(field);
            }
        }
        return named.build();
    }

    private void checkMeasures() {
        for (CubeScan scan : reads.scans()) {
            for (int field : reads.read(scan)) {
                if (scan.shape().fields().get(field) instanceof CubeField.OfMeasure measure) {
                    throw notAggregated(measure.name());
                }
            }
        }
    }

    /** A measure stands by itself. */
    public static IcesparException notAggregated(String measure) {
        return new IcesparException(
                ErrorCode.INVALID_STATEMENT,
                "`" + measure + "` is a measure, which is computed of groups of rows: write `AGGREGATE("
                        + Name.of(measure).quoted() + ")`");
    }

    /** A part of the tree without cubes. */
    RelNode expanded(RelNode part) {
        return part.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof CubeScan scan) {
                    return rows(scan, List.of());
                }
                if (other instanceof Aggregate aggregate && hasMeasures(aggregate)) {
                    return aggregated(aggregate);
                }
                return overRows(SubQueries.rewriteOwn(super.visit(other), CubeExpansion.this::expanded));
            }
        });
    }

    private static boolean hasMeasures(Aggregate aggregate) {
        return aggregate.getAggCallList().stream().anyMatch(CubeExpansion::isOfMeasure);
    }

    static boolean isOfMeasure(AggregateCall call) {
        return call.getAggregation() instanceof MeasureFunction;
    }

    /** The rows of a cube, with expressions over its tree behind its columns. */
    RelNode rows(CubeScan scan, List<RexNode> extras) {
        return new CubeRows(scan.getCluster(), scan.shape(), scans)
                .rows(reads.read(scan), named(scan), reads.filtered(scan), extras, scan.getRowType());
    }

    private RelNode aggregated(Aggregate aggregate) {
        return new MeasureGroups(aggregate, this).build();
    }

    /**
     * A projection or filter over the columns of a cube as one over the tables, so that the columns that nobody reads are
     * left out. Nothing is computed twice by it.
     */
    static RelNode overRows(RelNode rel) {
        if (rel.getInputs().size() != 1
                || !(rel.getInput(0) instanceof LogicalProject columns)
                || !rel.getVariablesSet().isEmpty()
                || !columns.getVariablesSet().isEmpty()) {
            return rel;
        }
        if (rel instanceof LogicalProject project && areReadOnce(project.getProjects(), columns)) {
            return LogicalProject.create(
                    columns.getInput(),
                    List.of(),
                    RelOptUtil.pushPastProject(project.getProjects(), columns),
                    project.getRowType().getFieldNames(),
                    Set.of());
        }
        if (rel instanceof LogicalFilter filter && arePlain(filter.getCondition(), columns)) {
            RelNode rows = LogicalFilter.create(
                    columns.getInput(), RelOptUtil.pushPastProject(filter.getCondition(), columns));
            return columns.copy(columns.getTraitSet(), List.of(rows));
        }
        return rel;
    }

    /** Whether what is computed in the columns is read once at most. */
    private static boolean areReadOnce(List<RexNode> expressions, Project columns) {
        Set<Integer> read = new HashSet<>();
        for (RexNode expression : expressions) {
            if (!arePlain(expression, columns)
                    && (!(expression instanceof RexInputRef reference) || !read.add(reference.getIndex()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean arePlain(RexNode expression, Project columns) {
        return RelOptUtil.InputFinder.bits(expression).asList().stream()
                .map(columns.getProjects()::get)
                .allMatch(column -> column instanceof RexInputRef
                        || column instanceof RexLiteral
                        || (column.getKind() == SqlKind.CAST
                                && ((RexCall) column).getOperands().get(0) instanceof RexLiteral));
    }
}
