package io.icespar.engine.secure;

import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.catalog.ViewScan;
import io.icespar.engine.sql.ValidatedQuery;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * What a secured query reads and what holds on it, by name, for the audit.
 *
 * @param tables the tables that the query names, each once
 * @param restrictions the restrictions that hold on them for the caller, those that arrive over references too
 * @param masks the masks that stand in place of their columns for the caller
 */
public record Applied(List<TableName> tables, List<Name> restrictions, List<Name> masks) {
    /** Checks and copies. */
    public Applied {
        tables = List.copyOf(tables);
        restrictions = List.copyOf(restrictions);
        masks = List.copyOf(masks);
    }

    /** What a query reads, and what holds on it. */
    public static Applied of(SecuredQuery query) {
        List<TableName> read = named(query.query());
        Set<Name> restrictions = new TreeSet<>();
        Set<Name> masks = new TreeSet<>();
        for (TableName name : read) {
            // The tables as they are, for the caller may not know of all their references and columns.
            Table table = query.rights().table(name);
            collect(table, query.rights(), restrictions);
            query.rights().masks(table).forEach(mask -> masks.add(mask.name()));
        }
        return new Applied(read, List.copyOf(restrictions), List.copyOf(masks));
    }

    /** The tables, and the views that are not replaced by their queries, that a query names, each once. */
    public static List<TableName> named(ValidatedQuery query) {
        Set<TableName> names = new LinkedHashSet<>();
        collect(query.root().rel, names);
        return List.copyOf(names);
    }

    private static void collect(Table table, Rights rights, Set<Name> restrictions) {
        rights.own(table)
                .alternatives()
                .forEach(alternatives ->
                        alternatives.stream().map(Restriction::name).forEach(restrictions::add));
        for (Reference reference : rights.restrictingReferences(table)) {
            collect(rights.target(reference), rights, restrictions);
        }
    }

    private static void collect(RelNode root, Set<TableName> names) {
        RexShuttle subQueries = new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                collect(subQuery.rel, names);
                return super.visitSubQuery(subQuery);
            }
        };
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof RestrictedScan scan) {
                    names.add(scan.scannedTable().name());
                } else if (other instanceof ViewScan scan) {
                    names.add(scan.viewName());
                }
                return super.visit(other).accept(subQueries);
            }
        });
    }
}
