package io.icespar.engine.catalog;

import com.google.common.collect.ImmutableList;
import io.icespar.security.identity.Name;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelReferentialConstraint;
import org.apache.calcite.rel.RelReferentialConstraintImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractSchema;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.schema.lookup.CompatibilityLookup;
import org.apache.calcite.schema.lookup.Lookup;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.IntPair;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as Calcite's schemas: each table is one that translates to a {@link RestrictedScan}, each view one that is
 * expanded.
 */
public final class CalciteCatalog {
    private CalciteCatalog() {}

    /**
     * A root schema with a schema for each of the catalog's.
     *
     * @param rowTypes gives a view's row type when it is asked for; a view without one is not found
     * @param cubes gives a cube as a table when it is asked for, likewise
     */
    public static CalciteSchema rootSchema(
            Catalog catalog,
            Function<View, Optional<RelDataType>> rowTypes,
            Function<Cube, Optional<? extends org.apache.calcite.schema.Table>> cubes) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        for (Name schema : catalog.schemas()) {
            root.add(schema.spelling(), new NamedSchema(schema, catalog, rowTypes, cubes));
        }
        for (Table table : catalog.tables()) {
            CalciteSchema schema = root.getSubSchema(table.name().schema().spelling(), true);
            if (schema == null) {
                throw new IllegalStateException("no schema for " + table.name());
            }
            schema.add(table.name().table().spelling(), new CalciteTable(catalog, table));
        }
        return root;
    }

    /** The place of a column in its table; empty if the table has no such column. */
    public static Optional<Integer> indexOf(Table table, Name column) {
        return IntStream.range(0, table.columns().size())
                .filter(i -> table.columns().get(i).name().equals(column))
                .boxed()
                .findFirst();
    }

    private static int index(Table table, Name column) {
        return indexOf(table, column)
                .orElseThrow(() -> new IllegalStateException("no column " + column + " in " + table.name()));
    }

    /** The type of a row with these columns. */
    public static RelDataType rowType(List<Column> columns, RelDataTypeFactory typeFactory) {
        RelDataTypeFactory.Builder builder = typeFactory.builder();
        for (Column column : columns) {
            builder.add(column.name().spelling(), sqlType(typeFactory, column.type()))
                    .nullable(column.nullable());
        }
        return builder.build();
    }

    /** The type of a column, that no value is absent. */
    public static RelDataType sqlType(RelDataTypeFactory factory, ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case VARCHAR -> factory.createSqlType(SqlTypeName.VARCHAR);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, 6);
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, 6);
        };
    }

    /** The views and cubes of a schema, each of which is looked at when it is first named. */
    private static final class NamedSchema extends AbstractSchema {
        private final Map<String, Supplier<Optional<? extends org.apache.calcite.schema.Table>>> named =
                new HashMap<>();

        NamedSchema(
                Name schema,
                Catalog catalog,
                Function<View, Optional<RelDataType>> rowTypes,
                Function<Cube, Optional<? extends org.apache.calcite.schema.Table>> cubes) {
            for (View view : catalog.views()) {
                if (view.name().schema().equals(schema)) {
                    named.put(
                            view.name().table().spelling(),
                            () -> rowTypes.apply(view).map(rowType -> new CalciteView(view, rowType)));
                }
            }
            for (Cube cube : catalog.cubes()) {
                if (cube.name().schema().equals(schema)) {
                    named.put(cube.name().table().spelling(), () -> cubes.apply(cube));
                }
            }
        }

        @Override
        public Lookup<org.apache.calcite.schema.Table> tables() {
            return new CompatibilityLookup<>(this::find, named::keySet);
        }

        private org.apache.calcite.schema.@Nullable Table find(String name) {
            Supplier<Optional<? extends org.apache.calcite.schema.Table>> wanted = named.get(name);
            return wanted == null ? null : wanted.get().orElse(null);
        }
    }

    private static final class CalciteView extends AbstractTable implements TranslatableTable {
        private final View view;
        private final RelDataType rowType;

        CalciteView(View view, RelDataType rowType) {
            this.view = view;
            this.rowType = rowType;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory typeFactory) {
            return rowType;
        }

        @Override
        public Schema.TableType getJdbcTableType() {
            return Schema.TableType.VIEW;
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
            return context.expandView(rowType, view.definition().query(), List.of(), relOptTable.getQualifiedName())
                    .rel;
        }
    }

    private static final class CalciteTable extends AbstractTable implements TranslatableTable {
        private final Catalog catalog;
        private final Table table;

        CalciteTable(Catalog catalog, Table table) {
            this.catalog = catalog;
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory typeFactory) {
            return rowType(table.columns(), typeFactory);
        }

        @Override
        public Statistic getStatistic() {
            List<ImmutableBitSet> keys = table.key().isEmpty()
                    ? List.of()
                    : List.of(ImmutableBitSet.of(table.key().stream()
                            .map(column -> index(table, column))
                            .toList()));
            // No row count: a plan that hung on it would tell how many rows are hidden.
            return Statistics.of(null, keys, constraints(), ImmutableList.of());
        }

        private List<RelReferentialConstraint> constraints() {
            return table.references().stream()
                    .map(reference -> {
                        Table target = catalog.find(reference.target()).orElseThrow();
                        List<IntPair> pairs = IntStream.range(
                                        0, reference.columns().size())
                                .mapToObj(i -> IntPair.of(
                                        index(table, reference.columns().get(i)),
                                        index(target, reference.targetColumns().get(i))))
                                .toList();
                        return (RelReferentialConstraint)
                                RelReferentialConstraintImpl.of(path(table), path(target), pairs);
                    })
                    .toList();
        }

        private static List<String> path(Table table) {
            return List.of(
                    table.name().schema().spelling(), table.name().table().spelling());
        }

        @Override
        public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
            return new RestrictedScan(context.getCluster(), relOptTable);
        }

        @Override
        public <C> C unwrap(Class<C> wanted) {
            return wanted.isInstance(table) ? wanted.cast(table) : super.unwrap(wanted);
        }
    }
}
