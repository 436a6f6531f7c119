package io.icespar.engine.sql;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Facts as Calcite's tables: whoever reads one finds its rows as literals, so that there is nothing to scan.
 *
 * <p>INVARIANT: a tree made of them is for the statement whose caller they were gathered for.
 */
final class FactSchema {
    /** A statement that names a large table again and again would fill the memory with copies. */
    private static final long MAX_LITERALS = 1_000_000;

    private long literals;

    private FactSchema() {}

    /** Whether a query, as it was parsed, may read facts: any name in it, of whatever kind, is that of their schema. */
    static boolean isNamedIn(SqlNode query) {
        SchemaFinder finder = new SchemaFinder();
        query.accept(finder);
        return finder.isFound;
    }

    private static final class SchemaFinder extends SqlBasicVisitor<@Nullable Void> {
        private boolean isFound;

        @Override
        public @Nullable Void visit(SqlIdentifier identifier) {
            isFound |= identifier.names.stream().map(Name::of).anyMatch(FactTable.SCHEMA::equals);
            return null;
        }
    }

    /** Adds the schema of the facts, and nothing if there are none. */
    static void add(CalciteSchema root, List<FactTable> facts) {
        if (!facts.isEmpty()) {
            FactSchema counting = new FactSchema();
            CalciteSchema schema = root.add(FactTable.SCHEMA.spelling(), new AbstractSchema());
            facts.forEach(table -> schema.add(table.name().spelling(), counting.new LiteralTable(table)));
        }
    }

    private void count(int rows, int columns) {
        literals += (long) rows * columns;
        if (literals > MAX_LITERALS) {
            throw new IcesparException(
                    ErrorCode.LIMIT_REACHED,
                    "a statement can read at most " + MAX_LITERALS + " values of `" + FactTable.SCHEMA
                            + "`: read fewer of its tables at once");
        }
    }

    private final class LiteralTable extends AbstractTable implements TranslatableTable {
        private final FactTable table;

        /** Gathered once, so that a query which reads them twice finds the same. */
        private final Supplier<List<@Nullable Object[]>> rows;

        LiteralTable(FactTable table) {
            this.table = table;
            this.rows = Suppliers.memoize(table.rows()::get);
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory typeFactory) {
            return CalciteCatalog.rowType(table.columns(), typeFactory);
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
            RelOptCluster cluster = context.getCluster();
            RelDataType rowType = relOptTable.getRowType();
            count(rows.get().size(), rowType.getFieldCount());
            ImmutableList.Builder<ImmutableList<RexLiteral>> tuples = ImmutableList.builder();
            for (@Nullable Object[] row : rows.get()) {
                tuples.add(tuple(row, rowType, cluster.getRexBuilder()));
            }
            RelNode values = LogicalValues.create(cluster, rowType, tuples.build());
            // A backend would find the narrowest types for the literals, and not those of the table.
            return LogicalProject.create(
                    values,
                    List.of(),
                    rowType.getFieldList().stream()
                            .map(field -> declared(values, field, cluster.getRexBuilder()))
                            .toList(),
                    rowType.getFieldNames(),
                    Set.of());
        }

        private static RexNode declared(RelNode values, RelDataTypeField field, RexBuilder rexBuilder) {
            return rexBuilder.makeAbstractCast(
                    field.getType(), rexBuilder.makeInputRef(values, field.getIndex()), false);
        }

        private static ImmutableList<RexLiteral> tuple(
                @Nullable Object[] row, RelDataType rowType, RexBuilder rexBuilder) {
            ImmutableList.Builder<RexLiteral> tuple = ImmutableList.builder();
            for (RelDataTypeField field : rowType.getFieldList()) {
                tuple.add(literal(row[field.getIndex()], field.getType(), rexBuilder));
            }
            return tuple.build();
        }

        private static RexLiteral literal(@Nullable Object value, RelDataType type, RexBuilder rexBuilder) {
            if (value == null) {
                return rexBuilder.makeNullLiteral(type);
            } else if (value instanceof Boolean truth) {
                return rexBuilder.makeLiteral(truth);
            } else if (value instanceof Number number) {
                RelDataType present = rexBuilder.getTypeFactory().createTypeWithNullability(type, false);
                return rexBuilder.makeExactLiteral(BigDecimal.valueOf(number.longValue()), present);
            }
            return rexBuilder.makeLiteral(storable((String) value));
        }

        /** Without what no backend takes in a text: NUL, and halves of surrogate pairs. */
        private static String storable(String text) {
            StringBuilder storable = new StringBuilder(text.length());
            text.codePoints()
                    .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? '\uFFFD' : c)
                    .forEach(storable::appendCodePoint);
            return storable.toString();
        }
    }
}
