package io.icespar.engine.sql;

import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Table;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;

/**
 * What the names in a command stand for.
 *
 * @param catalog where they are looked up
 */
record CatalogNames(Catalog catalog) {

    /** The table of that name. */
    Table table(SqlIdentifier identifier, Optional<Name> defaultSchema) {
        List<String> names = identifier.names;
        Optional<Table> found = switch (names.size()) {
            case 1 -> defaultSchema.flatMap(schema -> catalog.find(new TableName(schema, Name.of(names.get(0)))));
            case 2 -> catalog.find(TableName.of(names.get(0), names.get(1)));
            default -> Optional.empty();
        };
        return found.orElseThrow(() -> new IcesparException(
                ErrorCode.UNDEFINED_TABLE,
                "table `" + String.join(".", names) + "` does not exist" + SqlErrors.place(identifier)));
    }

    /** The name of the table's column, spelled as in the catalog. */
    Name column(Table table, SqlIdentifier identifier) {
        return CalciteCatalog.indexOf(table, Name.of(identifier.getSimple()))
                .map(index -> table.columns().get(index).name())
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_COLUMN,
                        "column `" + identifier.getSimple() + "` does not exist" + SqlErrors.place(identifier)));
    }

    /** What a privilege is granted on or revoked from. */
    List<Scope> scopes(Command.ChangeSelect change, Optional<Name> defaultSchema) {
        if (change.on() instanceof Command.OnSchema on) {
            if (!change.columns().isEmpty()) {
                throw new IcesparException(
                        ErrorCode.INVALID_STATEMENT,
                        "a list of columns needs a table, not a schema"
                                + SqlErrors.place(change.columns().get(0)));
            }
            return List.of(new Scope.OfSchema(schema(on.schema())));
        }
        Table table = table(((Command.OnTable) change.on()).table(), defaultSchema);
        if (change.columns().isEmpty()) {
            return List.of(new Scope.OfTable(table.name()));
        }
        return change.columns().stream()
                .<Scope>map(column -> new Scope.OfColumn(table.name(), column(table, column)))
                .toList();
    }

    private Name schema(SqlIdentifier identifier) {
        Name name = Name.of(identifier.getSimple());
        return catalog.schemas().stream()
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_SCHEMA,
                        "schema `" + name + "` does not exist" + SqlErrors.place(identifier)));
    }
}
