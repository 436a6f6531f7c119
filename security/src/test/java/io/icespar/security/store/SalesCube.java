package io.icespar.security.store;

import io.icespar.security.command.SecurityCommand.CreateCube;
import io.icespar.security.command.SecurityCommand.GrantMembers;
import io.icespar.security.context.ContextType;
import io.icespar.security.cube.Cube;
import io.icespar.security.cube.CubeColumn;
import io.icespar.security.cube.Hierarchy;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Join;
import io.icespar.security.cube.Level;
import io.icespar.security.cube.Measure;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.cube.MembersGrant;
import io.icespar.security.cube.Part;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A cube to test with: {@code Geography} with the levels {@code Country} and {@code City}, {@code Size} in the same
 * dimension {@code Shops}, {@code Currency}, and the measures {@code Quantity.SUM} and {@code Average}, which reads the
 * other.
 */
final class SalesCube {
    static final TableName NAME = TableName.of("retail", "Sales cube");
    static final TableName SALES = TableName.of("retail", "Sales");
    static final Join TO_SHOPS = join("Shop", "Shops", "Shop ID");
    static final Join TO_COUNTRIES = join("Country", "Countries", "Country ID");

    static final Hierarchy GEOGRAPHY = hierarchy(
            "Geography",
            "Shops",
            new Level(Name.of("Country"), column("Country", TO_SHOPS)),
            new Level(Name.of("City"), column("City", TO_SHOPS)));
    static final Hierarchy DEEP = hierarchy(
            "Deep",
            "Deep",
            new Level(Name.of("Continent"), column("Continent", TO_SHOPS, TO_COUNTRIES)),
            new Level(Name.of("Nation"), column("Country", TO_SHOPS, TO_COUNTRIES)),
            new Level(Name.of("City"), column("City", TO_SHOPS)));
    static final Hierarchy SIZE =
            hierarchy("Size", "Shops", new Level(Name.of("Shop size"), column("Shop size", TO_SHOPS)));
    static final Hierarchy CURRENCY =
            hierarchy("Currency", "Currency", new Level(Name.of("Currency"), column("Currency")));
    static final Measure SUM = measure("Quantity.SUM");
    static final Measure AVERAGE = measure("Average", "Quantity.SUM", "Currency");

    static final Cube CUBE = cube(List.of(GEOGRAPHY, SIZE, CURRENCY), SUM, AVERAGE);

    private SalesCube() {}

    static Join join(String column, String target, String key) {
        return new Join(List.of(Name.of(column)), TableName.of("retail", target), List.of(Name.of(key)));
    }

    static CubeColumn column(String name, Join... path) {
        return new CubeColumn(List.of(path), Name.of(name));
    }

    static Hierarchy hierarchy(String name, String dimension, Level... levels) {
        return new Hierarchy(Name.of(name), Name.of(dimension), false, List.of(levels));
    }

    /** A measure whose expression is its name. */
    static Measure measure(String name, String... reads) {
        Set<Name> read = Arrays.stream(reads).map(Name::of).collect(Collectors.toSet());
        return new Measure(Name.of(name), name, Optional.empty(), Optional.empty(), read, Set.of());
    }

    static Cube cube(List<Hierarchy> hierarchies, Measure... measures) {
        return new Cube(NAME, SALES, hierarchies, List.of(measures));
    }

    static CreateCube creation(Cube cube) {
        return new CreateCube(cube, false, false);
    }

    static CreateCube replacement(Cube cube) {
        return new CreateCube(cube, true, false);
    }

    static HierarchyName named(String hierarchy) {
        return new HierarchyName(NAME, Name.of(hierarchy));
    }

    static Part part(Part.Kind kind, String name) {
        return new Part(NAME, kind, Name.of(name));
    }

    static MemberPath path(String... values) {
        ContextType text = ContextType.of(ContextType.Base.VARCHAR);
        return new MemberPath(Stream.of(values)
                .map(value -> text.convert(value).orElseThrow())
                .toList());
    }

    static MembersGrant members(Hierarchy hierarchy, String role, MemberPath... paths) {
        return new MembersGrant(
                new HierarchyName(NAME, hierarchy.name()),
                Name.of(role),
                SALES,
                hierarchy.columns(),
                Set.copyOf(List.of(paths)));
    }

    static GrantMembers grant(Hierarchy hierarchy, String role, MemberPath... paths) {
        return new GrantMembers(members(hierarchy, role, paths));
    }
}
