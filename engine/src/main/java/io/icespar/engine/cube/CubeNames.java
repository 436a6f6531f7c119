package io.icespar.engine.cube;

import io.icespar.engine.cube.CubeTree.Branch;
import io.icespar.engine.cube.CubeTree.TreeColumn;
import io.icespar.security.cube.Join;
import io.icespar.security.identity.Name;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How the columns of a tree are named: one of the fact table by its name, as is one that only one table has; else the
 * table stands before it, or the columns by which the table is referred to, from the fact table on.
 *
 * @param tree whose columns
 */
public record CubeNames(CubeTree tree) {

    /** The columns that a name stands for; more than one if it does not say which. */
    public List<Integer> find(List<String> names) {
        Name column = Name.of(names.get(names.size() - 1));
        List<Name> before =
                names.subList(0, names.size() - 1).stream().map(Name::of).toList();
        List<Integer> named =
                columns(column).filter(i -> isQualifier(before, branch(i))).toList();
        if (!before.isEmpty()) {
            return named;
        }
        List<Integer> ofFact = named.stream()
                .filter(i -> tree.columns().get(i).at().path().isEmpty())
                .toList();
        return ofFact.isEmpty() ? named : ofFact;
    }

    /** The column that a name stands for; empty if it is none, or does not say which. */
    public Optional<Integer> only(List<String> names) {
        List<Integer> found = find(names);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Stream<Integer> columns(Name column) {
        return IntStream.range(0, tree.columns().size())
                .filter(i -> tree.columns().get(i).column().name().equals(column))
                .boxed();
    }

    private Branch branch(int column) {
        return branch(tree.columns().get(column).at().path());
    }

    private Branch branch(List<Join> path) {
        return tree.branches().stream()
                .filter(branch -> branch.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isQualifier(List<Name> before, Branch branch) {
        Name table = branch.table().name().table();
        return before.isEmpty()
                || before.equals(List.of(table))
                || before.equals(List.of(branch.table().name().schema(), table))
                || before.equals(hops(branch.path()));
    }

    private static List<Name> hops(List<Join> path) {
        return path.stream().map(join -> join.columns().get(0)).toList();
    }

    /** A name that stands for this column alone. */
    public String unique(int column) {
        TreeColumn wanted = tree.columns().get(column);
        Name name = wanted.column().name();
        Branch branch = branch(column);
        if (branch.path().isEmpty() || find(List.of(name.spelling())).equals(List.of(column))) {
            return name.spelling();
        }
        boolean once = tree.branches().stream()
                        .filter(other -> other.table()
                                .name()
                                .table()
                                .equals(branch.table().name().table()))
                        .count()
                == 1;
        String before = once
                ? branch.table().name().table().spelling()
                : hops(branch.path()).stream().map(Name::spelling).collect(Collectors.joining("."));
        return before + "." + name.spelling();
    }

    /** The same as SQL writes it. */
    public String quoted(int column) {
        TreeColumn wanted = tree.columns().get(column);
        String name = wanted.column().name().quoted();
        String unique = unique(column);
        int before = unique.length() - wanted.column().name().spelling().length();
        return before == 0
                ? name
                : hops(wanted.at().path()).stream().map(Name::quoted).collect(Collectors.joining(".")) + "." + name;
    }
}
