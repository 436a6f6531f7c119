package io.icespar.security.store;

import io.icespar.security.context.TypedValue;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.Join;
import io.icespar.security.cube.MemberCondition;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The restrictions that a grant of members is: on the lowest table that reaches all levels of the hierarchy, and on each
 * table above it that holds the upper levels, so that no member can be seen there that was not granted.
 *
 * <p>A table that the levels reach in several ways is left out: it holds other members beside those of the hierarchy.
 *
 * @param grant what is granted
 * @param prefix before the names of the restrictions
 */
record MemberRestrictions(MembersGrant grant, String prefix) {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_]+( [\\p{L}\\p{N}_]+)*");

    /** Words of the names of restrictions. */
    private static final Set<String> WORDS = Set.of("for", "on");

    /**
     * A table that is restricted.
     *
     * @param name the name of the restriction
     * @param way the joins to it
     * @param levels how many levels are reached from it
     */
    private record Restricted(Name name, List<Join> way, int levels) {}

    /** The restrictions, the one on the lowest table first. */
    List<Restriction> all() {
        return tables().stream().map(this::restriction).toList();
    }

    /** Their names. */
    List<Name> names() {
        return tables().stream().map(Restricted::name).toList();
    }

    private List<Restricted> tables() {
        List<Restricted> all = new ArrayList<>();
        List<Join> lowest = common();
        Set<List<Join>> ways = waysBeyond(lowest);
        all.add(new Restricted(Name.of(name()), lowest, grant.columns().size()));
        for (List<Join> way : ways) {
            int levels = levels(way);
            TableName table = end(way);
            boolean isOnlyWay =
                    ways.stream().filter(other -> end(other).equals(table)).count() == 1;
            if (levels > 0 && isOnlyWay) {
                all.add(new Restricted(Name.of(name() + " on " + written(table)), way, levels));
            }
        }
        return all;
    }

    /** The joins that the paths of all levels begin with. */
    private List<Join> common() {
        List<Join> first = grant.columns().get(0).path();
        int joins = IntStream.range(0, first.size())
                .filter(i -> grant.columns().stream()
                        .anyMatch(column -> column.path().size() <= i
                                || !column.path().get(i).equals(first.get(i))))
                .findFirst()
                .orElse(first.size());
        return first.subList(0, joins);
    }

    private Set<List<Join>> waysBeyond(List<Join> lowest) {
        Set<List<Join>> ways = new LinkedHashSet<>();
        for (CubeColumn column : grant.columns()) {
            for (int joins = lowest.size() + 1; joins <= column.path().size(); joins++) {
                ways.add(column.path().subList(0, joins));
            }
        }
        return ways;
    }

    private TableName end(List<Join> way) {
        return way.isEmpty() ? grant.fact() : way.get(way.size() - 1).target();
    }

    /** How many levels are reached over the joins, if these are the upper ones; else 0. */
    private int levels(List<Join> way) {
        List<Boolean> reached = grant.columns().stream()
                .map(column -> column.path().size() >= way.size()
                        && column.path().subList(0, way.size()).equals(way))
                .toList();
        int first = reached.contains(false) ? reached.indexOf(false) : reached.size();
        return reached.subList(first, reached.size()).contains(true) ? 0 : first;
    }

    private Restriction restriction(Restricted restricted) {
        List<Join> way = restricted.way();
        List<CubeColumn> columns = grant.columns().subList(0, restricted.levels()).stream()
                .map(column -> new CubeColumn(
                        column.path().subList(way.size(), column.path().size()), column.column()))
                .toList();
        List<List<TypedValue>> members = grant.members().stream()
                .map(MemberPath::values)
                .map(values -> values.subList(0, Math.min(restricted.levels(), values.size())))
                .toList();
        return new Restriction(
                restricted.name(),
                end(way),
                new MemberCondition(columns, members).text(),
                new Subject.Hierarchy(grant.hierarchy()),
                Set.of());
    }

    // INVARIANT: no two grants make restrictions of one name.
    private String name() {
        return prefix + written(grant.hierarchy().cube()) + "."
                + written(grant.hierarchy().hierarchy()) + " for " + written(grant.role());
    }

    private static String written(TableName table) {
        return written(table.schema()) + "." + written(table.table());
    }

    private static String written(Name name) {
        boolean isPlain = PLAIN.matcher(name.spelling()).matches()
                && Arrays.stream(name.spelling().split(" "))
                        .noneMatch(word -> WORDS.contains(word.toLowerCase(Locale.ROOT)));
        return isPlain ? name.spelling() : name.quoted();
    }
}
