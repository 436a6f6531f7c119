package io.icespar.engine.secure;

import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.catalog.Table;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 */
public record Applied(List<TableName> tables, List<Name> restrictions) {
    /** Checks and copies. */
    public Applied {
        tables = List.copyOf(tables);
        restrictions = List.copyOf(restrictions);
    }

    /** What a query reads, and what holds on it. */
    public static Applied of(SecuredQuery query) {
        Map<TableName, Table> read = new LinkedHashMap<>();
        collect(query.query().root().rel, read);
        Set<Name> restrictions = new TreeSet<>();
        // The tables as they are, for the caller may not know of all their references.
        read.keySet().forEach(name -> collect(query.rights().table(name), query.rights(), restrictions));
        return new Applied(List.copyOf(read.keySet()), List.copyOf(restrictions));
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

    private static void collect(RelNode root, Map<TableName, Table> read) {
        RexShuttle subQueries = new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subQuery) {
                collect(subQuery.rel, read);
                return super.visitSubQuery(subQuery);
            }
        };
        root.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof RestrictedScan scan) {
                    read.put(scan.scannedTable().name(), scan.scannedTable());
                }
                return super.visit(other).accept(subQueries);
            }
        });
    }
}
