package io.icespar.engine.cube;

import com.google.common.collect.ImmutableList;
import io.icespar.engine.cube.CubeTree.Branch;
import io.icespar.engine.cube.CubeTree.TreeColumn;
import io.icespar.engine.tree.TypedLiterals;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Join;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a cube where a query names it: the fact table joined with those of the tables it references that the query
 * needs, and with no others. A join keeps every row of the facts and adds none, so that one left out changes nothing;
 * what restricts a table that is not joined arrives at the facts over the reference (DESIGN §3).
 */
final class CubeRows {
    private final RelOptCluster cluster;
    private final RexBuilder rexBuilder;
    private final CubeShape shape;
    private final Function<TableName, RelNode> scans;

    /**
     * Makes rows of a cube.
     *
     * @param scans gives a scan of a table
     */
    CubeRows(RelOptCluster cluster, CubeShape shape, Function<TableName, RelNode> scans) {
        this.cluster = cluster;
        this.rexBuilder = cluster.getRexBuilder();
        this.shape = shape;
        this.scans = scans;
    }

    /**
     * The rows with all columns of the cube, those that nobody reads being NULL where they are not at hand, and with
     * expressions over the columns of the tree behind them.
     *
     * @param read the fields that are read
     * @param named the fields that are named, whether or not they are read
     * @param filtered those of them by which rows are chosen
     * @param rowType of the cube's columns
     */
    RelNode rows(
            ImmutableBitSet read,
            ImmutableBitSet named,
            ImmutableBitSet filtered,
            List<RexNode> extras,
            RelDataType rowType) {
        List<RexNode> atMembers = atMembers(named);
        Set<Integer> needed = new LinkedHashSet<>();
        for (int field : filtered) {
            addColumn(field, needed);
        }
        for (int field : read) {
            addColumn(field, needed);
        }
        extras.forEach(extra -> needed.addAll(inputs(extra)));
        atMembers.forEach(condition -> needed.addAll(inputs(condition)));
        Joined joined = join(needed);
        RelNode rows = atMembers.isEmpty()
                ? joined.rel
                : LogicalFilter.create(
                        joined.rel,
                        RexUtil.composeConjunction(
                                rexBuilder,
                                atMembers.stream().map(joined::resolved).toList()));
        List<RexNode> projects = new ArrayList<>();
        List<String> names = new ArrayList<>(rowType.getFieldNames());
        for (int i = 0; i < shape.fields().size(); i++) {
            RelDataType type = rowType.getFieldList().get(i).getType();
            boolean atHand = shape.fields().get(i) instanceof CubeField.OfRows field
                    && (read.get(i) || column(field).at().path().isEmpty());
            projects.add(
                    atHand
                            ? joined.resolved(rexBuilder.makeInputRef(
                                    type, ((CubeField.OfRows) shape.fields().get(i)).column()))
                            : rexBuilder.makeNullLiteral(type));
        }
        for (RexNode extra : extras) {
            names.add("$" + names.size());
            projects.add(joined.resolved(extra));
        }
        return LogicalProject.create(rows, List.of(), projects, names, Set.of());
    }

    private void addColumn(int field, Set<Integer> needed) {
        if (shape.fields().get(field) instanceof CubeField.OfRows rows) {
            needed.add(rows.column());
        }
    }

    private TreeColumn column(CubeField.OfRows field) {
        return shape.tree().columns().get(field.column());
    }

    private static List<Integer> inputs(RexNode expression) {
        return RelOptUtil.InputFinder.bits(expression).asList();
    }

    /**
     * The hierarchies that are taken at one member, since nobody names them, each with words for its member: the default
     * member, or the first one if none stands for all.
     */
    static Map<Name, String> takenAt(CubeShape shape, ImmutableBitSet named) {
        Map<Name, String> taken = new LinkedHashMap<>();
        for (Hierarchy hierarchy : shape.cube().definition().hierarchies()) {
            DefaultMember member = shape.cube().defaultMembers().get(hierarchy.name());
            if ((member != null || hierarchy.isSlicing()) && !shape.isNamedBy(named, hierarchy)) {
                taken.put(
                        hierarchy.name(),
                        member == null ? "its first member" : "its default member " + member.member());
            }
        }
        return taken;
    }

    private List<RexNode> atMembers(ImmutableBitSet named) {
        List<RexNode> conditions = new ArrayList<>();
        for (Name name : takenAt(shape, named).keySet()) {
            Hierarchy hierarchy = shape.cube().definition().findHierarchy(name).orElseThrow();
            DefaultMember member = shape.cube().defaultMembers().get(name);
            conditions.addAll(member == null ? isFirstMember(hierarchy) : isMember(hierarchy, member.member()));
        }
        return conditions;
    }

    private List<RexNode> isMember(Hierarchy hierarchy, MemberPath path) {
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < path.values().size(); i++) {
            RexNode level = levelColumn(hierarchy, i);
            conditions.add(
                    level == null
                            // What it is taken at is not there for the caller, and so no row is at it.
                            ? rexBuilder.makeLiteral(false)
                            : rexBuilder.makeCall(
                                    SqlStdOperatorTable.EQUALS,
                                    level,
                                    TypedLiterals.literal(
                                            path.values().get(i).content().orElseThrow(),
                                            level.getType(),
                                            rexBuilder)));
        }
        return conditions;
    }

    private List<RexNode> isFirstMember(Hierarchy hierarchy) {
        RexNode level = levelColumn(hierarchy, 0);
        if (level == null) {
            return List.of();
        }
        int index = ((RexInputRef) level).getIndex();
        Joined joined = join(Set.of(index));
        RelNode values = LogicalProject.create(
                joined.rel, List.of(), List.of(joined.resolved(level)), List.of("member"), Set.of());
        AggregateCall first = AggregateCall.create(
                SqlStdOperatorTable.MIN,
                false,
                false,
                false,
                List.of(),
                List.of(0),
                -1,
                null,
                RelCollations.EMPTY,
                true,
                values,
                null,
                "first");
        RelNode lowest = LogicalAggregate.create(values, List.of(), ImmutableBitSet.of(), null, List.of(first));
        return List.of(rexBuilder.makeCall(SqlStdOperatorTable.EQUALS, level, RexSubQuery.scalar(lowest)));
    }

    /** A reference to the column of a level, over the tree; null if the column is not there for the caller. */
    private @Nullable RexNode levelColumn(Hierarchy hierarchy, int level) {
        if (level >= hierarchy.levels().size()) {
            return null;
        }
        CubeColumn at = hierarchy.levels().get(level).column();
        return shape.tree().indexOf(at).map(this::treeReference).orElse(null);
    }

    private RexNode treeReference(int index) {
        return rexBuilder.makeInputRef(shape.tree().columns().get(index).type(cluster.getTypeFactory()), index);
    }

    /** Tables joined, and where the columns of the tree are in their rows. */
    private final class Joined {
        private RelNode rel;
        private final Map<CubeColumn, Integer> places = new HashMap<>();

        Joined(Branch fact) {
            rel = scans.apply(fact.table().name());
            place(fact, 0);
        }

        private void place(Branch branch, int first) {
            for (int i = 0; i < branch.table().columns().size(); i++) {
                places.put(
                        new CubeColumn(
                                branch.path(), branch.table().columns().get(i).name()),
                        first + i);
            }
        }

        void join(Branch branch) {
            List<Join> path = branch.path();
            Join last = path.get(path.size() - 1);
            List<Join> from = path.subList(0, path.size() - 1);
            RelNode target = scans.apply(branch.table().name());
            int first = rel.getRowType().getFieldCount();
            place(branch, first);
            List<RexNode> equal = new ArrayList<>();
            for (int i = 0; i < last.columns().size(); i++) {
                int source = place(new CubeColumn(from, last.columns().get(i)));
                int key = place(new CubeColumn(path, last.targetColumns().get(i)));
                equal.add(rexBuilder.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        rexBuilder.makeInputRef(rel, source),
                        rexBuilder.makeInputRef(
                                target.getRowType()
                                        .getFieldList()
                                        .get(key - first)
                                        .getType(),
                                key)));
            }
            rel = LogicalJoin.create(
                    rel,
                    target,
                    ImmutableList.of(),
                    RexUtil.composeConjunction(rexBuilder, equal),
                    Set.of(),
                    JoinRelType.LEFT);
        }

        private int place(CubeColumn column) {
            Integer place = places.get(column);
            if (place == null) {
                throw new IllegalStateException("a column of a table that was not joined");
            }
            return place;
        }

        /** An expression over the tree as one over these rows. */
        RexNode resolved(RexNode expression) {
            return expression.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef reference) {
                    return rexBuilder.makeInputRef(
                            rel,
                            place(shape.tree()
                                    .columns()
                                    .get(reference.getIndex())
                                    .at()));
                }
            });
        }
    }

    private Joined join(Set<Integer> columns) {
        // By which rows are chosen first: what is left then is joined with the rest.
        Map<List<Join>, Integer> ranks = new HashMap<>();
        int rank = 0;
        for (int column : columns) {
            List<Join> path = shape.tree().columns().get(column).at().path();
            for (int length = 1; length <= path.size(); length++) {
                ranks.putIfAbsent(path.subList(0, length), rank++);
            }
        }
        Joined joined = new Joined(shape.tree().branches().get(0));
        Set<List<Join>> done = new HashSet<>();
        shape.tree().branches().stream()
                .filter(branch -> ranks.containsKey(branch.path()))
                .sorted(Comparator.comparing((Branch branch) -> ranks.get(branch.path())))
                .filter(branch -> done.add(branch.path()))
                .forEach(joined::join);
        return joined;
    }
}
