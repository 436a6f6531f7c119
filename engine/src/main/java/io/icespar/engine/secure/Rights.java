package io.icespar.engine.secure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.sql.Condition;
import io.icespar.engine.sql.SqlFrontend;
import io.icespar.engine.tree.SubQueries;
import io.icespar.security.identity.AuthorityComparator;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.DefaultAccess;
import io.icespar.security.privilege.Scope;
import io.icespar.security.restriction.EffectiveRestriction;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.store.SecurityState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * What one caller may see at one moment: for each table, the condition that its rows must meet, and the columns that are
 * shown of them.
 *
 * <p>The condition is the AND of the table's own (see {@link EffectiveRestriction}) and, for each of its references, of
 * the semi-join with the visible rows of the table referred to, over any number of hops. The catalog has no cycle of
 * references. Conditions read whole tables, whatever columns exist for the caller. Rights belong to one query and one
 * thread.
 */
public final class Rights {
    private final Caller caller;
    private final SessionValues values;
    private final SecurityState state;
    private final SqlFrontend frontend;
    private final ConvertedRules rules;
    private final DefaultAccess defaultAccess;
    private final AuthorityComparator authorities;
    private final Map<TableName, EffectiveRestriction> own = new HashMap<>();
    private final Map<Table, OwnConditions> conditions = new HashMap<>();
    private final Map<Table, ShownColumns> shownColumns = new HashMap<>();

    /**
     * Creates the rights of a caller.
     *
     * @param values the caller's
     * @param rules over all tables
     * @param authorities decide between several masks of one column
     */
    Rights(
            Caller caller,
            SessionValues values,
            SecurityState state,
            ConvertedRules rules,
            DefaultAccess defaultAccess,
            AuthorityComparator authorities) {
        this.caller = caller;
        this.values = values;
        this.state = state;
        this.rules = rules;
        this.frontend = rules.frontend();
        this.defaultAccess = defaultAccess;
        this.authorities = authorities;
    }

    /** The caller's own values, as the query gets them. */
    SessionValues values() {
        return values;
    }

    /** What was read so far that is the caller's own. */
    public CallerReads reads() {
        return values.reads();
    }

    /** What is to be filled in when the plan runs, by the numbers of the slots, from 0. */
    public List<Slot> slots() {
        return values.slots();
    }

    /** A tree of the query's with the caller's values in its slots, to be looked at. */
    public RelNode withoutSlots(RelNode tree) {
        return values.withoutSlots(tree);
    }

    /** What the caller holds on the table itself, not counting what arrives over references. */
    public EffectiveRestriction own(Table table) {
        return own.computeIfAbsent(table.name(), name -> state.effective(caller, name));
    }

    /** The references of the table over which a restriction arrives. */
    public List<Reference> restrictingReferences(Table table) {
        return table.references().stream()
                .filter(reference -> isRestricted(target(reference)))
                .toList();
    }

    /** Whether any restriction holds on the table, its own or one that arrives over a reference. */
    public boolean isRestricted(Table table) {
        return !own(table).isNone() || !restrictingReferences(table).isEmpty();
    }

    /**
     * The table's own conditions, one for each subject on which the caller holds restrictions.
     *
     * @param cluster the query's; always the same one, since rights belong to one query
     */
    public OwnConditions ownConditions(Table table, RelOptCluster cluster) {
        // Not computeIfAbsent: a condition may read other tables, and converting it may come back here.
        OwnConditions known = conditions.get(table);
        if (known == null) {
            known = convert(table, cluster);
            conditions.put(table, known);
        }
        return known;
    }

    /**
     * What a table's own restrictions demand of its rows.
     *
     * @param predicates one for each subject; all must be true
     * @param variables by which sub-queries in them refer to the table's row
     */
    public record OwnConditions(List<RexNode> predicates, Set<CorrelationId> variables) {
        /** Checks and copies. */
        public OwnConditions {
            predicates = List.copyOf(predicates);
            variables = Set.copyOf(variables);
        }
    }

    private OwnConditions convert(Table table, RelOptCluster cluster) {
        List<RexNode> predicates = new ArrayList<>();
        Set<CorrelationId> variables = new HashSet<>();
        for (List<Restriction> alternatives : own(table).alternatives()) {
            List<RexNode> disjuncts = new ArrayList<>();
            for (Restriction restriction : alternatives) {
                Condition condition = rules.condition(table, restriction, cluster, state.context());
                disjuncts.add(withDefinersRights(condition.predicate(), cluster));
                variables.addAll(condition.variables());
            }
            predicates.add(RexUtil.composeDisjunction(cluster.getRexBuilder(), disjuncts));
        }
        return new OwnConditions(predicates, variables);
    }

    /**
     * The columns that are shown of the table.
     *
     * @param table with all its columns
     * @param cluster the query's; always the same one, since rights belong to one query
     */
    public ShownColumns shownColumns(Table table, RelOptCluster cluster) {
        return shownColumns.computeIfAbsent(table, key -> show(key, cluster));
    }

    /** The masks that stand in place of columns of the table. */
    public List<io.icespar.security.mask.Mask> masks(Table table) {
        return table.columns().stream()
                .flatMap(column -> mask(table, column.name()).stream())
                .toList();
    }

    private Optional<io.icespar.security.mask.Mask> mask(Table table, Name column) {
        return state.masks().effective(caller, table.name(), column, authorities);
    }

    private ShownColumns show(Table table, RelOptCluster cluster) {
        List<Name> names = table.columns().stream()
                .map(Column::name)
                .filter(name ->
                        state.privileges().mayRead(caller, new Scope.OfColumn(table.name(), name), defaultAccess))
                .toList();
        List<RelDataTypeField> fields =
                frontend.table(table.name()).getRowType().getFieldList();
        RexBuilder rexBuilder = cluster.getRexBuilder();
        List<RexNode> expressions = new ArrayList<>();
        boolean isMasked = false;
        for (Name name : names) {
            Optional<io.icespar.security.mask.Mask> mask = mask(table, name);
            isMasked |= mask.isPresent();
            int index = index(table, name);
            expressions.add(mask.map(shown ->
                            rules.mask(table, shown, cluster, state.context()).accept(values.shuttle(cluster)))
                    .orElseGet(() -> rexBuilder.makeInputRef(fields.get(index).getType(), index)));
        }
        boolean isWhole = !isMasked && names.size() == table.columns().size();
        return new ShownColumns(names, expressions, isWhole, isMasked);
    }

    /**
     * The rows of the scanned table that the caller may see, behind a fence if they are not all of them, with the
     * columns that the scan has.
     *
     * @throws IllegalStateException if the scan has other columns than exist for the caller
     */
    RelNode visibleRows(RestrictedScan scan) {
        RelOptCluster cluster = scan.getCluster();
        Table table = table(scan.scannedTable().name());
        ShownColumns shown = shownColumns(table, cluster);
        List<Name> scanned =
                scan.scannedTable().columns().stream().map(Column::name).toList();
        if (!scanned.equals(shown.names())) {
            throw new IllegalStateException("a scan of other columns than the caller may see");
        }
        RelOptTable optTable = frontend.table(table.name());
        RelNode rows = isRestricted(table)
                ? Fence.closed(restrictedRows(cluster, optTable, Set.of()))
                : new SecuredScan(cluster, optTable);
        if (shown.isWhole()) {
            return rows;
        }
        RelNode masked = Mask.over(rows, shown, scan.getRowType());
        // What is asked of a mask is asked of what it shows, and not, by way of some optimiser, of what is beneath.
        return shown.isMasked() ? Fence.closed(masked) : masked;
    }

    /**
     * The rows of a table that meet the caller's conditions, but for those that arrive over references which are known to
     * lead to visible rows.
     *
     * @param cluster the query's; always the same one, since rights belong to one query
     * @param implied of the table's references
     */
    public RelNode rowsWithout(Table table, Set<Reference> implied, RelOptCluster cluster) {
        return restrictedRows(cluster, frontend.table(table.name()), implied);
    }

    private RelNode restrictedRows(RelOptCluster cluster, RelOptTable optTable, Set<Reference> implied) {
        Table table = optTable.unwrapOrThrow(Table.class);
        RelNode scan = new SecuredScan(cluster, optTable);
        OwnConditions own = ownConditions(table, cluster);
        List<RexNode> conjuncts = new ArrayList<>(own.predicates());
        for (Reference reference : restrictingReferences(table)) {
            if (!implied.contains(reference)) {
                conjuncts.add(semiJoin(scan, reference));
            }
        }
        return conjuncts.isEmpty()
                ? scan
                : LogicalFilter.create(
                        scan,
                        RexUtil.composeConjunction(cluster.getRexBuilder(), conjuncts),
                        ImmutableSet.copyOf(own.variables()));
    }

    // NULL in a referencing column makes IN unknown, and what matches nothing makes it false: both hide the row.
    private RexNode semiJoin(RelNode scan, Reference reference) {
        RelOptTable optTable = Objects.requireNonNull(scan.getTable());
        Table table = optTable.unwrapOrThrow(Table.class);
        Table target = target(reference);
        RelOptTable optTarget = frontend.table(target.name());
        RelNode rows = isRestricted(target)
                ? restrictedRows(scan.getCluster(), optTarget, Set.of())
                : new SecuredScan(scan.getCluster(), optTarget);
        RexBuilder rexBuilder = scan.getCluster().getRexBuilder();
        RelNode keys = LogicalProject.create(
                rows,
                List.of(),
                reference.targetColumns().stream()
                        .map(column -> rexBuilder.makeInputRef(rows, index(target, column)))
                        .toList(),
                reference.targetColumns().stream().map(Name::spelling).toList(),
                Set.of());
        return RexSubQuery.in(
                keys,
                ImmutableList.copyOf(reference.columns().stream()
                        .map(column -> (RexNode) rexBuilder.makeInputRef(scan, index(table, column)))
                        .toList()));
    }

    // A condition's sub-queries see whole tables: whoever created the restriction could.
    private RexNode withDefinersRights(RexNode condition, RelOptCluster cluster) {
        return SubQueries.rewrite(
                condition.accept(values.shuttle(cluster)), subQuery -> allRows(values.fill(subQuery)));
    }

    private static RelNode allRows(RelNode root) {
        RelNode scanned = root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return other instanceof RestrictedScan scan
                        ? new SecuredScan(scan.getCluster(), scan.getTable())
                        : super.visit(other);
            }
        });
        return SubQueries.rewrite(scanned, Rights::allRows);
    }

    /** The table that the reference refers to. */
    public Table target(Reference reference) {
        return table(reference.target());
    }

    /** The table of that name, with all its columns. */
    public Table table(TableName name) {
        return frontend.catalog().find(name).orElseThrow();
    }

    private static int index(Table table, Name column) {
        return CalciteCatalog.indexOf(table, column).orElseThrow();
    }
}
