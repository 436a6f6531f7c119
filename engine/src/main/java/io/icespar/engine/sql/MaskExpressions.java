package io.icespar.engine.sql;

import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.engine.catalog.RestrictedScan;
import io.icespar.engine.catalog.Table;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Checks and resolves the expressions of masks.
 *
 * @param frontend knows all tables
 */
record MaskExpressions(SqlFrontend frontend) {

    /** The command as data, its expression checked. */
    SecurityCommand command(
            Command.CreateMask create, String sql, Table table, RelOptCluster cluster, ContextSettings settings) {
        Name column = new CatalogNames(frontend.catalog()).column(table, create.column());
        RexNode expression = expression(table, column, create.expression(), cluster, settings);
        return new SecurityCommand.CreateMask(
                create.name(),
                table.name(),
                column,
                SqlErrors.between(sql, create.open(), create.close()),
                ContextValueFunction.names(expression),
                create.orReplace(),
                create.to(),
                create.except());
    }

    /** The expression over the rows of the table, of exactly the type that the column has. */
    RexNode expression(Table table, Name column, SqlNode expression, RelOptCluster cluster, ContextSettings settings) {
        var checker = ConditionChecker.ofMask(expression);
        checker.checkForm();
        RelNode rows = frontend.converted(
                checker, table, new SqlNodeList(List.of(expression), SqlParserPos.ZERO), null, cluster, settings);
        RexNode value;
        if (rows instanceof Project project && project.getInput() instanceof RestrictedScan) {
            value = project.getProjects().get(0);
        } else if (rows instanceof RestrictedScan scan) {
            // Calcite leaves out a projection that is the whole row.
            value = cluster.getRexBuilder().makeInputRef(scan, 0);
        } else {
            throw checker.aggregates();
        }
        checker.checkOneRow(value);
        checker.checkOperators(value);
        int index = CalciteCatalog.indexOf(table, column).orElseThrow();
        RelDataType type = frontend.table(table.name())
                .getRowType()
                .getFieldList()
                .get(index)
                .getType();
        if (!EngineTypes.takes(type, value.getType())) {
            throw new IcesparException(
                    ErrorCode.DATATYPE_MISMATCH,
                    "the mask gives a `" + value.getType().getSqlTypeName() + "`, but column `" + column + "` is a `"
                            + type.getSqlTypeName() + "`: write `CAST(… AS type)`" + SqlErrors.place(expression));
        }
        return value.getType().equals(type) ? value : cluster.getRexBuilder().makeAbstractCast(type, value, false);
    }
}
