package io.icespar.engine.cube;

import io.icespar.security.identity.Name;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * A cube as Calcite's table. Its measures are what Calcite calls rolled-up columns: it lets them stand in {@link
 * MeasureFunction} only, and leaves them out of {@code *}.
 */
public final class CubeTable extends AbstractTable implements TranslatableTable {
    private final CubeShape shape;

    /** The table of a cube of that shape. */
    public CubeTable(CubeShape shape) {
        this.shape = shape;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        return shape.rowType(typeFactory);
    }

    @Override
    public Schema.TableType getJdbcTableType() {
        return Schema.TableType.VIEW;
    }

    @Override
    public boolean isRolledUp(String column) {
        return shape.findMeasure(Name.of(column)).isPresent();
    }

    @Override
    public boolean rolledUpColumnValidInsideAgg(
            String column, SqlCall call, @Nullable SqlNode parent, @Nullable CalciteConnectionConfig config) {
        return call.getOperator() instanceof MeasureFunction;
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
        return new CubeScan(context.getCluster(), relOptTable, shape);
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> wanted) {
        return wanted.isInstance(shape) ? wanted.cast(shape) : super.unwrap(wanted);
    }
}
