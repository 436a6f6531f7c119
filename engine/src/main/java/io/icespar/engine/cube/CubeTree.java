package io.icespar.engine.cube;

import io.icespar.engine.catalog.CalciteCatalog;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.Column;
import io.icespar.engine.catalog.Reference;
import io.icespar.engine.catalog.Table;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.Join;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * A fact table with all tables that it references, at any distance: where one is reached in several ways it is there as
 * often.
 *
 * @param branches the fact table first, and each table after the one that references it
 * @param columns the columns of all branches, in their order
 */
public record CubeTree(List<Branch> branches, List<TreeColumn> columns) {
    /** More are not followed: references can be so many that nobody could name their columns. */
    private static final int MAX_BRANCHES = 200;

    /** Checks and copies. */
    public CubeTree {
        branches = List.copyOf(branches);
        columns = List.copyOf(columns);
    }

    /**
     * A table as it is reached in one way.
     *
     * @param path the joins that lead there
     * @param table the table
     */
    public record Branch(List<Join> path, Table table) {}

    /**
     * A column of the tree.
     *
     * @param at where it is
     * @param column what it is in its table
     */
    public record TreeColumn(CubeColumn at, Column column) {
        /** Whether a row may have NULL there: also if it has no row in that table. */
        public boolean isNullable() {
            return column.nullable() || !at.path().isEmpty();
        }

        /** The type of its values in the rows of a cube. */
        public RelDataType type(RelDataTypeFactory types) {
            return types.createTypeWithNullability(CalciteCatalog.sqlType(types, column.type()), isNullable());
        }
    }

    /** The tree of a fact table; empty if there is no such table. References whose columns are not all there are not in it. */
    public static Optional<CubeTree> of(Catalog catalog, TableName fact) {
        return catalog.find(fact).map(table -> {
            List<Branch> branches = new ArrayList<>(List.of(new Branch(List.of(), table)));
            for (int i = 0; i < branches.size(); i++) {
                Branch from = branches.get(i);
                for (Reference reference : from.table().references()) {
                    if (branches.size() < MAX_BRANCHES) {
                        branches.add(next(catalog, from, reference));
                    }
                }
            }
            List<TreeColumn> columns = new ArrayList<>();
            for (Branch branch : branches) {
                branch.table()
                        .columns()
                        .forEach(column ->
                                columns.add(new TreeColumn(new CubeColumn(branch.path(), column.name()), column)));
            }
            return new CubeTree(branches, columns);
        });
    }

    private static Branch next(Catalog catalog, Branch from, Reference reference) {
        List<Join> path = new ArrayList<>(from.path());
        path.add(new Join(reference.columns(), reference.target(), reference.targetColumns()));
        return new Branch(List.copyOf(path), catalog.find(reference.target()).orElseThrow());
    }

    /** The place of a column; empty if it is not in the tree. */
    public Optional<Integer> indexOf(CubeColumn column) {
        return IntStream.range(0, columns.size())
                .filter(i -> columns.get(i).at().equals(column))
                .boxed()
                .findFirst();
    }

    /** Whether a column is part of its table's key, or refers to another's. */
    boolean isKey(TreeColumn column) {
        Name name = column.column().name();
        Table table = branches.stream()
                .filter(branch -> branch.path().equals(column.at().path()))
                .findFirst()
                .orElseThrow()
                .table();
        return table.key().contains(name)
                || table.references().stream()
                        .anyMatch(reference -> reference.columns().contains(name));
    }

    /** Whether a column of the fact table is one to compute with: a number that is neither key nor refers to one. */
    public boolean isQuantity(TreeColumn column) {
        return column.at().path().isEmpty() && column.column().type().isNumber() && !isKey(column);
    }
}
