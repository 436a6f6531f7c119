package io.icespar.engine.plan;

import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.secure.Fence;
import io.icespar.engine.secure.Mask;
import io.icespar.engine.secure.Rights;
import io.icespar.engine.secure.SecuredScan;
import io.icespar.engine.secure.ShownColumns;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * The guard: looks at the final plan, knowing nothing of how it was made, and refuses it unless every scan of a
 * restricted table stands directly under a filter of exactly the conditions that the caller's rights demand, with the
 * semi-join for each reference over which a restriction arrives, unless the query joins the tables so itself; unless a
 * closed fence keeps expressions that can fail away from hidden rows; and unless only the columns that the rights show
 * come out of each.
 *
 * <p>It is the second of two locks (the first: a {@link RestrictedScan} has no physical form). When it closes, something
 * is wrong with the rewriting; the caller gets an internal error and never rows.
 */
final class RestrictionVerifier {
    private final Rights rights;

    private final boolean canFail;
    private final List<RelNode> parts;

    private RestrictionVerifier(Rights rights, boolean canFail, List<RelNode> parts) {
        this.rights = rights;
        this.canFail = canFail;
        this.parts = parts;
    }

    /**
     * Checks the plan.
     *
     * @param parts which are computed before the plan
     * @throws IcesparException {@code INTERNAL} if it may not run
     */
    static void verify(RelNode plan, List<RelNode> parts, Rights rights) {
        var guard = new RestrictionVerifier(rights, !CannotFail.everywhere(plan), parts);
        guard.check(plan);
        parts.forEach(guard::check);
    }

    private void check(RelNode root) {
        RexShuttle subQueries = new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                check(subQuery.rel);
                return super.visitSubQuery(subQuery);
            }
        };
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof Mask mask) {
                    require(!checkMask(mask).isMasked(), "a mask stands outside of a fence");
                    return other;
                }
                if (other instanceof Fence fence && !fence.isOfTable()) {
                    require(fence.isClosed() || !canFail, "what can fail stands over an open fence");
                    Optional<JoinRegion> joined = JoinRegion.of(fence.getInput());
                    joined.ifPresent(region -> checkJoin(region));
                    return joined.isPresent() ? other : super.visit(other);
                }
                if (other instanceof Fence fence && Mask.behind(fence).isPresent()) {
                    RelNode mask = inside(fence);
                    require(mask instanceof Mask, "a mask is not directly over its rows");
                    checkMask((Mask) mask);
                    return other;
                }
                if (other instanceof Fence || other instanceof SecuredScan) {
                    Table table = checkVisibleRows(other);
                    require(rights.shownColumns(table, other.getCluster()).isWhole(), "a mask is missing");
                    return other;
                }
                require(!(other instanceof RestrictedScan), "a scan was not restricted");
                other.accept(subQueries);
                return super.visit(other);
            }
        });
    }

    /**
     * What is joined within a fence is the visible rows of tables, where one may leave out what its own join with a table
     * referred to demands, and what may stand elsewhere too.
     */
    private void checkJoin(JoinRegion region) {
        for (int i = 0; i < region.leaves().size(); i++) {
            RelNode leaf = region.leaves().get(i);
            Optional<Table> table = JoinRegion.table(leaf);
            if (table.isPresent()) {
                checkJoined(leaf, table.get(), region.implied(i, rights));
            } else {
                require(
                        FailingParts.isTable(leaf)
                                || CannotFail.computedOrNot(leaf, parts)
                                || parts.stream().anyMatch(leaf::deepEquals),
                        "what is joined within a fence can fail");
                check(leaf);
            }
        }
    }

    private void checkJoined(RelNode leaf, Table table, Set<Reference> implied) {
        require(rights.shownColumns(table, leaf.getCluster()).isWhole(), "a mask is missing");
        RelNode rows = leaf instanceof Fence fence ? beneathMoved(fence) : leaf;
        if (isFree(table, implied) && rows instanceof Filter moved) {
            requireHarmless(moved);
            rows = moved.getInput();
        }
        checkRows(rows, implied);
    }

    /** Whether nothing is demanded of the table's rows but what is implied. */
    private boolean isFree(Table table, Set<Reference> implied) {
        return rights.own(table).isNone() && implied.containsAll(rights.restrictingReferences(table));
    }

    /** What comes out is what the rights show of the table's visible rows. */
    private ShownColumns checkMask(Mask mask) {
        RelNode rows = mask.getInput();
        require(rows instanceof Fence || rows instanceof SecuredScan, "a mask is not directly over its rows");
        Table table = checkVisibleRows(rows);
        ShownColumns shown = rights.shownColumns(table, mask.getCluster());
        require(mask.getProjects().equals(shown.expressions()), "a mask shows something else");
        return shown;
    }

    /** The rows are those of a table that are visible; the table is returned. */
    private Table checkVisibleRows(RelNode rows) {
        return checkRows(rows instanceof Fence fence ? inside(fence) : rows, Set.of());
    }

    /** What a fence is around, but for the query's conditions that were moved there. */
    private RelNode inside(Fence fence) {
        require(fence.isClosed() || !canFail, "what can fail stands over an open fence");
        return beneathMoved(fence);
    }

    private static RelNode beneathMoved(Fence fence) {
        RelNode node = fence.getInput();
        while (node instanceof Filter filter
                && (filter.getInput() instanceof Filter || filter.getInput() instanceof Mask)) {
            requireHarmless(filter);
            node = filter.getInput();
        }
        return node;
    }

    private static void requireHarmless(Filter moved) {
        require(
                CannotFail.expression(moved.getCondition())
                        && RexUtil.SubQueryFinder.find(moved.getCondition()) == null,
                "what can fail stands inside a fence");
    }

    /**
     * The rows are those of a table, which is returned, under exactly the conditions that the rights demand of it.
     *
     * @param implied references that are known to lead to visible rows
     */
    private Table checkRows(RelNode rows, Set<Reference> implied) {
        if (rows instanceof SecuredScan scan) {
            require(isFree(scan.scannedTable(), implied), "a restricted table is scanned bare");
            return scan.scannedTable();
        }
        require(
                rows instanceof Filter filter && filter.getInput() instanceof SecuredScan,
                "a restriction is not directly over its scan");
        Filter filter = (Filter) rows;
        Table table = ((SecuredScan) filter.getInput()).scannedTable();
        if (filter.getCondition().isAlwaysFalse()) {
            return table;
        }
        List<RexNode> present = new ArrayList<>(RelOptUtil.conjunctions(filter.getCondition()));
        for (RexNode predicate : rights.ownConditions(table, rows.getCluster()).predicates()) {
            for (RexNode conjunct : RelOptUtil.conjunctions(predicate)) {
                require(conjunct.isAlwaysTrue() || present.contains(conjunct), "a condition is missing");
            }
        }
        // A table's own condition may say the same as a reference's, and then stands there once for both.
        List<RexNode> all = List.copyOf(present);
        for (Reference reference : rights.restrictingReferences(table)) {
            if (!implied.contains(reference)) {
                present.remove(semiJoin(all, table, reference));
            }
        }
        for (RexNode predicate : rights.ownConditions(table, rows.getCluster()).predicates()) {
            present.removeAll(RelOptUtil.conjunctions(predicate));
        }
        require(present.isEmpty(), "a foreign condition stands beside a restriction");
        return table;
    }

    /** The conjunct that is the semi-join over a reference, with what is restricted there as it must be. */
    private RexNode semiJoin(List<RexNode> conjuncts, Table table, Reference reference) {
        IcesparException otherwise = refused("a reference's restriction is missing");
        for (RexNode conjunct : conjuncts) {
            if (isSemiJoin(conjunct, table, reference)) {
                try {
                    checkRows(((Project) ((RexSubQuery) conjunct).rel).getInput(), Set.of());
                    return conjunct;
                } catch (IcesparException e) {
                    // A condition of the table's own may look the same, and reads all rows.
                    otherwise = e;
                }
            }
        }
        throw otherwise;
    }

    private boolean isSemiJoin(RexNode conjunct, Table table, Reference reference) {
        return conjunct instanceof RexSubQuery subQuery
                && subQuery.getKind() == SqlKind.IN
                && subQuery.rel instanceof Project keys
                && areColumns(subQuery.getOperands(), table, reference.columns())
                && areColumns(keys.getProjects(), rights.target(reference), reference.targetColumns())
                && scannedTable(keys.getInput()).equals(Optional.of(rights.target(reference)));
    }

    private static Optional<Table> scannedTable(RelNode rows) {
        RelNode node = rows instanceof Filter filter ? filter.getInput() : rows;
        return node instanceof SecuredScan scan ? Optional.of(scan.scannedTable()) : Optional.empty();
    }

    private static boolean areColumns(List<RexNode> nodes, Table table, List<Name> columns) {
        if (nodes.size() != columns.size()) {
            return false;
        }
        for (int i = 0; i < nodes.size(); i++) {
            Optional<Integer> index = CalciteCatalog.indexOf(table, columns.get(i));
            if (!(nodes.get(i) instanceof RexInputRef input) || !index.equals(Optional.of(input.getIndex()))) {
                return false;
            }
        }
        return true;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw refused(otherwise);
        }
    }

    private static IcesparException refused(String why) {
        return new IcesparException(ErrorCode.INTERNAL, "the guard refused a plan: " + why);
    }
}
