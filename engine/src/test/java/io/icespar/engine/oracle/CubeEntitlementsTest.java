package io.icespar.engine.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.icespar.security.cube.Cubes;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.MemberPath;
import io.icespar.security.entitlement.EntitlementsProvider;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Caller;
import io.icespar.security.identity.ListedAuthorities;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.plugin.Plugins;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Java providers say of cubes: it holds on the tables beneath too, and all that does not fit is told. */
@ExtendWith(Samples.class)
class CubeEntitlementsTest {
    private static final String TOTAL = "SELECT SUM(\"Quantity\") FROM \"Sales\"";

    /** Ann holds r1, Bob r1 and r2. */
    private static final String COMMANDS = """
            CREATE USER admin; GRANT ROLE_ADMIN TO USER admin;
            CREATE ROLE r1; CREATE ROLE r2;
            CREATE USER ann; GRANT ROLE_USER, r1 TO USER ann;
            CREATE USER bob; GRANT ROLE_USER, r1, r2 TO USER bob;
            CREATE CUBE c ON "Sales" MANUAL (
                HIERARCHY "Geography" (LEVEL "Country" AS "Shops"."Country", LEVEL "City" AS "Shops"."City")
                    DIMENSION "Shops",
                HIERARCHY "Size" (LEVEL "Shop size" AS "Shops"."Shop size") DIMENSION "Shops",
                HIERARCHY "Sold" (LEVEL "Sold" AS "Quantity"),
                MEASURE "Sum" AS SUM("Quantity"));
            """;

    private static Plugins plugins(EntitlementsProvider... providers) {
        return new Plugins(List.of(providers), List.of(), List.of());
    }

    @Tag("security")
    @Test
    void membersOfAHierarchyWidenAndThoseOfOthersNarrow(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .onPivot("retail", "c")
                .withSubCubeProperties()
                .grantMembers()
                .onHierarchy("geography")
                .memberPath("France", "Paris")
                .end()
                .forRole("R1")
                .onPivot("RETAIL", "C")
                .withSubCubeProperties()
                .grantMembers()
                .onHierarchy("Geography")
                .memberPath("USA", "New York")
                .end()
                .forRole("r2")
                .onPivot("retail", "c")
                .withSubCubeProperties()
                .grantMembers()
                .onHierarchy("Sold")
                .memberPath(1)
                .memberPath(2L)
                .end()
                .build();
        try (Sample sample = samples.openNew(COMMANDS, plugins(provider))) {
            sample.session("ann").sql(TOTAL).returns("1411");
            sample.session("bob")
                    .sql(TOTAL)
                    .returns(sample.session("admin")
                            .sql(TOTAL + " WHERE \"Quantity\" < 3 AND \"Shop\" IN"
                                    + " (SELECT \"Shop ID\" FROM \"Shops\" WHERE \"City\" IN ('Paris', 'New York'))")
                            .observation()
                            .text());
            sample.session("admin").sql(TOTAL).returns("8077");
            sample.session("admin")
                    .sql("SHOW RESTRICTIONS ON \"Shops\"")
                    .returns("desks/retail.c.Geography for r1, retail, Shops, hierarchy retail.c.Geography,"
                            + " (\"Country\" = 'France' AND \"City\" = 'Paris') OR (\"Country\" = 'USA' AND \"City\" ="
                            + " 'New York'), r1, provider desks");
            sample.session("admin").sql("DROP CUBE c").fails(ErrorCode.DEPENDENT_OBJECTS);
        }
    }

    @Test
    void visibilityAndDefaultMembersAreHeard(SampleLibrary samples) {
        var provider = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .onPivot("retail", "c")
                .withMdxContext()
                .overrideDimensionVisibility("shops", false)
                .overrideHierarchyVisibility("geography", true)
                .overrideMeasureVisibility("sum", false)
                .withDefaultMember("geography", "France", "Paris")
                .end()
                .build();
        try (Sample sample = samples.openNew(COMMANDS, plugins(provider))) {
            Cubes cubes = sample.engine().security().state().cubes();
            var cube = cubes.find(TableName.of("retail", "c")).orElseThrow();
            Caller ann = sample.engine()
                    .security()
                    .state()
                    .findCaller(Name.of("ann"))
                    .orElseThrow();
            ListedAuthorities authorities = new ListedAuthorities(List.of());
            assertEquals(
                    List.of("Geography", "Sold"),
                    cube.hierarchies().stream()
                            .filter(hierarchy -> cubes.isShown(ann, cube, hierarchy, authorities))
                            .map(hierarchy -> hierarchy.name().spelling())
                            .toList());
            assertEquals(
                    false,
                    cubes.isShown(ann, cube, cube.findMeasure(Name.of("Sum")).orElseThrow(), authorities));
            assertEquals(
                    "('France', 'Paris')",
                    cubes.defaultMember(ann, new HierarchyName(cube.name(), Name.of("Geography")), authorities)
                            .map(member -> member.member())
                            .map(MemberPath::toString)
                            .orElseThrow());
        }
    }

    private static String refused(SampleLibrary samples, EntitlementsProvider provider) {
        IcesparException refusal = assertThrows(
                IcesparException.class,
                () -> samples.openNew(COMMANDS, plugins(provider)).close());
        assertEquals(ErrorCode.CONFIGURATION, refusal.code());
        return refusal.getMessage();
    }

    @Test
    void allThatDoesNotFitIsToldAtOnce(SampleLibrary samples) {
        var many = EntitlementsProvider.builder("desks")
                .forRole("r1")
                .onPivot("retail", "c")
                .withSubCubeProperties()
                .grantMembers()
                .onHierarchy("Size");
        IntStream.range(0, 1001).forEach(i -> many.memberPath("size " + i));
        var provider = many.onHierarchy("Geography")
                .memberPath("France")
                .memberPath()
                .memberPath("France", "Paris", "Louvre")
                .memberPath("France", 75)
                .onHierarchy("Sum")
                .memberPath("x")
                .onHierarchy("Sold")
                .end()
                .withMdxContext()
                .overrideDimensionVisibility("Geography", false)
                .overrideHierarchyVisibility("Shops", false)
                .overrideMeasureVisibility("Quantity", false)
                .withDefaultMember("Shops", "x")
                .withDefaultMember("Size")
                .withDefaultMember("Sold", "one")
                .end()
                .onPivot("retail", "none")
                .withMdxContext()
                .overrideMeasureVisibility("Sum", false)
                .end()
                .build();
        String one = "provider `desks`, role `r1`: ";
        assertEquals(
                String.join(
                        "\n",
                        one + "dimension `Geography` of cube `retail.c` does not exist",
                        one + "hierarchy `Shops` of cube `retail.c` does not exist",
                        one + "measure `Quantity` of cube `retail.c` does not exist",
                        one + "hierarchy `Shops` of cube `retail.c` does not exist",
                        one
                                + "the default member of hierarchy `Size` of cube `retail.c` has 0 elements, expected 1 to 1",
                        one
                                + "the default member of hierarchy `Sold` of cube `retail.c` does not fit level `Sold`, which"
                                + " is of type `BIGINT`",
                        one + "cube `retail.none` does not exist",
                        one + "1001 members of hierarchy `Size` of cube `retail.c` are granted, expected 1 to 1000",
                        one
                                + "member path 2 of hierarchy `Geography` of cube `retail.c` has 0 elements, expected 1 to 2",
                        one
                                + "member path 3 of hierarchy `Geography` of cube `retail.c` has 3 elements, expected 1 to 2",
                        one
                                + "member path 4 of hierarchy `Geography` of cube `retail.c` does not fit level `City`, which"
                                + " is of type `VARCHAR`",
                        one + "hierarchy `Sum` of cube `retail.c` does not exist",
                        one + "0 members of hierarchy `Sold` of cube `retail.c` are granted, expected 1 to 1000"),
                refused(samples, provider));
    }
}
