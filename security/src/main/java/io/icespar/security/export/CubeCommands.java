package io.icespar.security.export;

import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.CubeRules;
import io.icespar.security.cube.Cubes;
import io.icespar.security.cube.DefaultMember;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.Part;
import io.icespar.security.identity.Grantee;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Comparator;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Cubes, and what is said of them to users and roles. */
final class CubeCommands {
    private static final Comparator<Part> BY_NAME = Comparator.<Part, Name>comparing(
                    part -> part.cube().schema())
            .thenComparing(part -> part.cube().table())
            .thenComparing(Part::kind)
            .thenComparing(Part::name);

    private CubeCommands() {}

    /** Those that commands created; those that the catalog's files declare are declared again by these. */
    static Stream<String> created(Cubes cubes) {
        return cubes.created().values().stream().map(CubeCommands::create);
    }

    private static String create(Cube cube) {
        String parts = Stream.concat(
                        cube.hierarchies().stream().map(CubeCommands::hierarchy),
                        cube.measures().stream().map(CubeCommands::measure))
                .collect(Collectors.joining(", "));
        return "CREATE CUBE " + Words.table(cube.name()) + " ON " + Words.table(cube.fact()) + " MANUAL (" + parts
                + ")";
    }

    private static String hierarchy(Hierarchy hierarchy) {
        String levels = hierarchy.levels().stream()
                .map(level -> "LEVEL " + Words.name(level.name()) + " AS " + column(level.column()))
                .collect(Collectors.joining(", "));
        return "HIERARCHY " + Words.name(hierarchy.name()) + " (" + levels + ")"
                + (hierarchy.isSlicing() ? " SLICING" : "") + " DIMENSION " + Words.name(hierarchy.dimension());
    }

    /** By the columns that refer to the next table, the first one of each reference. */
    private static String column(CubeColumn column) {
        return Stream.concat(column.path().stream().map(join -> join.columns().get(0)), Stream.of(column.column()))
                .map(Words::name)
                .collect(Collectors.joining("."));
    }

    private static String measure(Measure measure) {
        return "MEASURE " + Words.name(measure.name()) + " AS " + Words.ended(measure.expression())
                + measure.format().map(text -> " FORMAT " + Words.text(text)).orElse("")
                + measure.description()
                        .map(text -> " DESCRIPTION " + Words.text(text))
                        .orElse("");
    }

    /** Members, and what is shown. */
    static Stream<String> restricting(CubeRules rules) {
        Stream<String> members = rules.members().stream()
                .map(grant -> "GRANT MEMBERS "
                        + grant.members().stream().map(MemberPath::toString).collect(Collectors.joining(", "))
                        + of(grant.hierarchy()) + " TO ROLE " + Words.name(grant.role()));
        Stream<String> visibility = rules.visibility().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_NAME))
                .flatMap(said -> said.getValue().entrySet().stream()
                        .map(role -> "ALTER ROLE " + Words.name(role.getKey()) + " SET VISIBILITY OF "
                                + said.getKey().kind() + " "
                                + Words.name(said.getKey().name())
                                + in(said.getKey().cube()) + (role.getValue() ? " SHOWN" : " HIDDEN")));
        return Stream.concat(members, visibility);
    }

    static Stream<String> defaultMembersOfRoles(CubeRules rules) {
        return defaultMembers(rules, "ROLE", Grantee.Role.class::isInstance);
    }

    static Stream<String> defaultMembersOfUsers(CubeRules rules) {
        return defaultMembers(rules, "USER", Grantee.User.class::isInstance);
    }

    private static Stream<String> defaultMembers(CubeRules rules, String kind, Predicate<Grantee> which) {
        return rules.defaultMembers().stream()
                .filter(member -> which.test(member.grantee()))
                .map(member -> defaultMember(kind, member));
    }

    private static String defaultMember(String kind, DefaultMember member) {
        return "ALTER " + kind + " " + Words.name(member.grantee().name()) + " SET DEFAULT MEMBER"
                + of(member.hierarchy()) + " TO " + member.member();
    }

    private static String of(HierarchyName hierarchy) {
        return " OF HIERARCHY " + Words.name(hierarchy.hierarchy()) + in(hierarchy.cube());
    }

    private static String in(TableName cube) {
        return " IN CUBE " + Words.table(cube);
    }
}
