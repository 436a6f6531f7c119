package io.icespar.engine.sql;

import io.icespar.engine.tree.Recursion;
import io.icespar.engine.tree.RecursionRows;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.TableSpool;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Puts {@link Recursion}s in place of what Calcite makes of {@code WITH RECURSIVE}: tables of its own, of which nothing
 * says which recursion they belong to but a name.
 */
final class Recursions extends RelHomogeneousShuttle {
    /** By Calcite's name those whose step is being visited. */
    private final Map<String, String> present = new HashMap<>();

    private int count;

    private Recursions() {}

    /**
     * The tree with recursions in it.
     *
     * @throws IcesparException {@code FEATURE_NOT_SUPPORTED} if a sub-query reads the rows of the recursion around it,
     *     {@code DATATYPE_MISMATCH} if a step gives longer texts than the seed has
     */
    static RelNode of(RelNode root) {
        return new Recursions().visit(root);
    }

    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof RepeatUnion union) {
            return recursion(union);
        }
        if (other instanceof TableSpool spool) {
            return visit(spool.getInput());
        }
        if (other instanceof TableScan scan) {
            return rows(scan);
        }
        RelNode visited = super.visit(other);
        return visited.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                RexSubQuery operands = (RexSubQuery) super.visitSubQuery(subQuery);
                return operands.clone(Recursions.this.visit(operands.rel));
            }
        });
    }

    private RelNode rows(TableScan scan) {
        String written = nameOf(scan.getTable());
        String name = present.get(written);
        if (name == null) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "`WITH RECURSIVE` whose rows are read by a sub-query in it is not supported");
        }
        return new RecursionRows(scan.getCluster(), scan.getRowType(), name);
    }

    private RelNode recursion(RepeatUnion union) {
        String written = nameOf(Objects.requireNonNull(union.getTransientTable()));
        RelNode seed = visit(union.getSeedRel());
        String name = written + " " + count++;
        String outer = present.put(written, name);
        RelNode step = visit(union.getIterativeRel());
        if (outer == null) {
            present.remove(written);
        } else {
            present.put(written, outer);
        }
        checkTexts(written, step);
        if (union.getRowType().getFieldList().stream().anyMatch(field -> SqlTypeUtil.isInterval(field.getType()))) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED, "`WITH RECURSIVE` with a column of intervals is not supported");
        }
        return new Recursion(seed, step, union.getRowType(), name, union.all);
    }

    private static String nameOf(RelOptTable table) {
        List<String> path = table.getQualifiedName();
        return path.get(path.size() - 1);
    }

    // What the step gives is made as long as in the seed: a text that grows would be cut off.
    private static void checkTexts(String name, RelNode step) {
        if (!(step instanceof Project project)) {
            return;
        }
        for (int i = 0; i < project.getProjects().size(); i++) {
            RexNode node = project.getProjects().get(i);
            if (node.isA(SqlKind.CAST)
                    && isShorter(
                            node.getType(),
                            ((RexCall) node).getOperands().get(0).getType())) {
                throw new IcesparException(
                        ErrorCode.DATATYPE_MISMATCH,
                        "column " + (i + 1) + " of `" + name + "` gets longer texts in the second part of its WITH"
                                + " RECURSIVE than the first part has: write `CAST(value AS VARCHAR)` in the first part");
            }
        }
    }

    private static boolean isShorter(RelDataType text, RelDataType than) {
        boolean texts = SqlTypeUtil.inCharFamily(text) && SqlTypeUtil.inCharFamily(than);
        return texts
                && text.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED
                && (than.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED
                        || than.getPrecision() > text.getPrecision());
    }
}
