package io.icespar.engine.sql;

import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.Cube;
import io.icespar.engine.catalog.Table;
import io.icespar.engine.catalog.View;
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
        Optional<TableName> name = name(identifier, defaultSchema);
        if (name.flatMap(catalog::findCube).isPresent()) {
            throw new IcesparException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "`" + name.get() + "` is a cube, and a table is needed here" + SqlErrors.place(identifier));
        }
        if (name.flatMap(catalog::findView).isPresent()) {
            throw new IcesparException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "`" + name.get() + "` is a view, and a table is needed here: name the tables that it reads"
                            + SqlErrors.place(identifier));
        }
        return name.flatMap(catalog::find).orElseThrow(() -> undefined("table", identifier));
    }

    /** The cube of that name. */
    Cube cube(SqlIdentifier identifier, Optional<Name> defaultSchema) {
        return name(identifier, defaultSchema)
                .flatMap(catalog::findCube)
                .orElseThrow(() -> undefined("cube", identifier));
    }

    /**
     * The name of what is created: one of another kind does not have it.
     *
     * @param kind what it is, {@code view} or {@code cube}
     */
    TableName newName(String kind, SqlIdentifier identifier, Optional<Name> defaultSchema) {
        TableName name = fullName(kind, identifier, defaultSchema);
        otherKind(kind, name).ifPresent(other -> {
            throw new IcesparException(
                    ErrorCode.DUPLICATE_OBJECT,
                    "there is a " + other + " `" + name + "` already" + SqlErrors.place(identifier));
        });
        return name;
    }

    /** Sees that what has a name, if anything has, is of that kind. */
    void checkKind(String kind, TableName name, SqlIdentifier identifier) {
        otherKind(kind, name).ifPresent(other -> {
            throw new IcesparException(
                    ErrorCode.WRONG_OBJECT_TYPE,
                    "`" + name + "` is a " + other + ", and no " + kind + SqlErrors.place(identifier));
        });
    }

    private Optional<String> otherKind(String kind, TableName name) {
        String found = null;
        if (catalog.find(name).isPresent()) {
            found = "table";
        } else if (catalog.findView(name).isPresent()) {
            found = "view";
        } else if (catalog.findCube(name).isPresent()) {
            found = "cube";
        }
        return Optional.ofNullable(found).filter(other -> !other.equals(kind));
    }

    /** The full name of what may be there or not. */
    TableName fullName(String kind, SqlIdentifier identifier, Optional<Name> defaultSchema) {
        Name schema = switch (identifier.names.size()) {
            case 1 ->
                defaultSchema.orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_SCHEMA,
                        "no schema is chosen: write the " + kind + "'s name as `schema." + kind + "`"
                                + SqlErrors.place(identifier)));
            case 2 -> schema(Name.of(identifier.names.get(0)), identifier);
            default -> throw undefined("schema", identifier);
        };
        return new TableName(schema, Name.of(identifier.names.get(identifier.names.size() - 1)));
    }

    private static Optional<TableName> name(SqlIdentifier identifier, Optional<Name> defaultSchema) {
        List<String> names = identifier.names;
        return switch (names.size()) {
            case 1 -> defaultSchema.map(schema -> new TableName(schema, Name.of(names.get(0))));
            case 2 -> Optional.of(TableName.of(names.get(0), names.get(1)));
            default -> Optional.empty();
        };
    }

    /** There is nothing of that name. */
    static IcesparException undefined(String kind, SqlIdentifier identifier) {
        return new IcesparException(
                kind.equals("schema") ? ErrorCode.UNDEFINED_SCHEMA : ErrorCode.UNDEFINED_TABLE,
                kind + " `" + String.join(".", identifier.names) + "` does not exist" + SqlErrors.place(identifier));
    }

    /** The name of the table's column, spelled as in the catalog. */
    Name column(Table table, SqlIdentifier identifier) {
        return column(table.columns().stream().map(Column::name).toList(), identifier);
    }

    private static Name column(List<Name> columns, SqlIdentifier identifier) {
        Name name = Name.of(identifier.getSimple());
        return columns.stream()
                .filter(name::equals)
                .findFirst()
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
            return List.of(new Scope.OfSchema(schema(Name.of(on.schema().getSimple()), on.schema())));
        }
        SqlIdentifier on = ((Command.OnTable) change.on()).table();
        Optional<View> view = name(on, defaultSchema).flatMap(catalog::findView);
        if (view.isPresent()) {
            return scopes(view.get().name(), view.get().columns(), change.columns());
        }
        Optional<Cube> cube = name(on, defaultSchema).flatMap(catalog::findCube);
        if (cube.isPresent()) {
            return scopes(cube.get().name(), catalog.columnNames(cube.get()), change.columns());
        }
        Table table = table(on, defaultSchema);
        return scopes(table.name(), table.columns().stream().map(Column::name).toList(), change.columns());
    }

    private static List<Scope> scopes(TableName name, List<Name> all, List<SqlIdentifier> columns) {
        return columns.isEmpty()
                ? List.of(new Scope.OfTable(name))
                : columns.stream()
                        .<Scope>map(column -> new Scope.OfColumn(name, column(all, column)))
                        .toList();
    }

    /** The schema of that name, spelled as in the catalog. */
    Name schema(Name name, SqlIdentifier identifier) {
        return catalog.schemas().stream()
                .filter(name::equals)
                .findFirst()
                .orElseThrow(() -> new IcesparException(
                        ErrorCode.UNDEFINED_SCHEMA,
                        "schema `" + name + "` does not exist" + SqlErrors.place(identifier)));
    }
}
