package io.icespar.engine.cube;

import io.icespar.engine.cube.CubeTree.TreeColumn;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.Level;
import io.icespar.security.identity.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The parts that a cube has without anyone naming them: a hierarchy of one level for each column of the fact table and of
 * those it references that is a key, refers to one, or is no number; the sum and the mean of each other number of the
 * fact table; and the count of rows.
 *
 * @param tree the tables
 */
public record AutoCube(CubeTree tree) {
    /** The measure that every cube has. */
    public static final Name COUNT = Name.of("contributors.COUNT");

    /** What {@link #COUNT} counts: rows of the fact table. */
    public static final String COUNT_EXPRESSION = "COUNT(*)";

    /** The hierarchies, each in the dimension that is called as its table is. */
    public List<Hierarchy> hierarchies() {
        CubeNames names = new CubeNames(tree);
        return IntStream.range(0, tree.columns().size())
                .filter(i -> isLevel(tree.columns().get(i)))
                .mapToObj(i -> {
                    TreeColumn column = tree.columns().get(i);
                    Name name = Name.of(names.unique(i));
                    Name dimension = column.at()
                            .table(tree.branches().get(0).table().name())
                            .table();
                    return new Hierarchy(name, dimension, false, List.of(new Level(name, column.at())));
                })
                .toList();
    }

    private boolean isLevel(TreeColumn column) {
        return !column.column().type().isNumber() || tree.isKey(column);
    }

    /** The measures but the count, as the texts of their expressions by name. */
    public Map<Name, String> measures() {
        Map<Name, String> measures = new LinkedHashMap<>();
        for (TreeColumn column : tree.columns()) {
            if (tree.isQuantity(column)) {
                String name = column.column().name().spelling();
                String quoted = column.column().name().quoted();
                measures.put(Name.of(name + ".SUM"), "SUM(" + quoted + ")");
                measures.put(Name.of(name + ".MEAN"), "AVG(" + quoted + ")");
            }
        }
        return measures;
    }

    /** The hierarchies but those with a level of a name that is taken, or with a name that is. */
    public static List<Hierarchy> without(List<Hierarchy> hierarchies, List<Name> taken) {
        List<Hierarchy> left = new ArrayList<>(hierarchies);
        left.removeIf(hierarchy -> taken.contains(hierarchy.name())
                || hierarchy.levels().stream().map(Level::name).anyMatch(taken::contains));
        return left;
    }
}
