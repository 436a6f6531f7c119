package io.icespar.engine.sql;

import io.icespar.engine.catalog.Catalog;
import io.icespar.security.command.SecurityCommand;
import io.icespar.security.context.ContextSettings;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.view.View;
import io.icespar.security.view.ViewColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * Checks the commands on views.
 *
 * @param catalog all tables and views
 * @param converter over that catalog
 * @param settings the context values that there are
 */
record ViewCommands(Catalog catalog, QueryConverter converter, ContextSettings settings) {

    /** {@code CREATE VIEW} as data, its query checked, and written so that it means the same wherever it is read. */
    SecurityCommand create(Command.CreateView create, String sql, Optional<Name> defaultSchema) {
        TableName name = new CatalogNames(catalog).newName("view", create.view(), defaultSchema);
        StatementForm.check(create.query());
        checkParameters(create.query());
        ViewText text = new ViewText(sql, create.query(), create.open(), create.end());
        ValidatedQuery asWritten = converted(create.query(), defaultSchema, QueryConverter.ViewUse.NAMED);
        String query = text.written();
        ValidatedQuery kept = converted(StatementText.query(query), Optional.empty(), QueryConverter.ViewUse.NAMED);
        if (!RelOptUtil.toString(asWritten.root().rel).equals(RelOptUtil.toString(kept.root().rel))) {
            throw new IcesparException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "what `*` and the names without a schema stand for cannot be told here, write them out"
                            + SqlErrors.place(create.query()));
        }
        // Whether it can be written out at all.
        converted(StatementText.query(query), Optional.empty(), QueryConverter.ViewUse.EXPANDED);
        RelNode tree = kept.root().project();
        return new SecurityCommand.CreateView(
                new View(name, columns(create, kept), query, ColumnsRead.of(tree), ContextValueFunction.names(tree)),
                create.orReplace(),
                create.ifNotExists());
    }

    private ValidatedQuery converted(SqlNode query, Optional<Name> defaultSchema, QueryConverter.ViewUse views) {
        return converter.convert(
                query, defaultSchema, converter.newCluster(), new ContextValueFunction(settings), views, List::of);
    }

    private static void checkParameters(SqlNode query) {
        query.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // a visitor of Void gives nothing
            public Void visit(SqlDynamicParam param) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT, "a view has no parameters" + SqlErrors.place(param));
            }
        });
    }

    private static List<ViewColumn> columns(Command.CreateView create, ValidatedQuery query) {
        List<RelDataTypeField> fields = query.root().validatedRowType.getFieldList();
        List<SqlIdentifier> named = create.columns();
        if (!named.isEmpty() && named.size() != fields.size()) {
            throw new IcesparException(
                    ErrorCode.INVALID_STATEMENT,
                    "the view's query gives " + fields.size() + " columns, but " + named.size() + " are named"
                            + SqlErrors.place(named.get(0)));
        }
        List<ViewColumn> columns = new ArrayList<>();
        Set<Name> seen = new HashSet<>();
        for (int i = 0; i < fields.size(); i++) {
            Name name = Name.of(
                    named.isEmpty() ? fields.get(i).getName() : named.get(i).getSimple());
            if (!seen.add(name)) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT,
                        "the view has two columns `" + name + "`: name its columns, as `view (column, …)`"
                                + SqlErrors.place(named.isEmpty() ? create.view() : named.get(i)));
            }
            columns.add(new ViewColumn(name, fields.get(i).getType().toString()));
        }
        return columns;
    }

    /** {@code DROP VIEW} as data. */
    SecurityCommand drop(Command.DropView drop, Optional<Name> defaultSchema) {
        SqlIdentifier view = drop.view();
        TableName name = switch (view.names.size()) {
            case 1 ->
                new TableName(
                        defaultSchema.orElseThrow(() -> CatalogNames.undefined("view", view)),
                        Name.of(view.getSimple()));
            case 2 -> TableName.of(view.names.get(0), view.names.get(1));
            default -> throw CatalogNames.undefined("view", view);
        };
        new CatalogNames(catalog).checkKind("view", name, view);
        return new SecurityCommand.DropView(name, drop.ifExists());
    }
}
