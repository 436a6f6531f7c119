package io.icespar.security.entitlement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.context.GivenValue;
import io.icespar.security.cube.HierarchyName;
import io.icespar.security.cube.Part;
import io.icespar.security.entitlement.Entitlement.DefaultMember;
import io.icespar.security.entitlement.Entitlement.Hidden;
import io.icespar.security.entitlement.Entitlement.HierarchyMembers;
import io.icespar.security.entitlement.Entitlement.Members;
import io.icespar.security.entitlement.Entitlement.Value;
import io.icespar.security.entitlement.Entitlement.Visibility;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.privilege.Scope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That a provider says what was written down with a builder, and no less. */
class EntitlementsBuilderTest {
    private static final TableName SHOPS = TableName.of("retail", "Shops");
    private static final Name DESK = Name.of("desk");
    private static final Name REGION = Name.of("region");

    @Test
    void allThatWasSaidIsThereRoleByRole() {
        Entitlements built = EntitlementsProvider.builder("desks")
                .forRole("desk")
                .withContextValue("region", "EU")
                .withDefaultMember("currency", "EUR")
                .withContextValue("region", null)
                .hideTable("retail", "Sales")
                .hideColumns("retail", "Shops", "City", "Size")
                .forRole("other")
                .grantMembers()
                .on("retail", "Shops", "Country", "City")
                .memberPath("France", "Paris")
                .memberPath("Spain")
                .end()
                .build();
        assertEquals(Name.of("desks"), built.provider());
        assertEquals(
                List.of(
                        new Value(DESK, REGION, GivenValue.of("EU")),
                        new Value(DESK, Name.of("currency"), GivenValue.of("EUR")),
                        new Value(DESK, REGION, GivenValue.ofNull()),
                        new Hidden(DESK, new Scope.OfTable(TableName.of("retail", "Sales"))),
                        new Hidden(DESK, new Scope.OfColumn(SHOPS, Name.of("City"))),
                        new Hidden(DESK, new Scope.OfColumn(SHOPS, Name.of("Size"))),
                        new Members(
                                Name.of("other"),
                                SHOPS,
                                List.of(Name.of("Country"), Name.of("City")),
                                List.of(List.of("France", "Paris"), List.of("Spain")))),
                built.all());
        assertEquals(built, built.entitlements());
    }

    @Test
    void aListThatIsChangedLaterIsNotChangedHere() {
        List<String> regions = new ArrayList<>(List.of("EU"));
        EntitlementsBuilder builder = EntitlementsProvider.builder("desks");
        builder.forRole("desk").withContextValue("region", regions);
        regions.add("US");
        assertEquals(
                List.of(new Value(DESK, REGION, GivenValue.of(List.of("EU")))),
                builder.build().all());
    }

    @Test
    void whatIsSaidOfACubeIsThereInTheWordsOfThatCube() {
        Entitlements built = EntitlementsProvider.builder("desks")
                .forRole("desk")
                .onPivot("retail", "Sales cube")
                .withMdxContext()
                .overrideDimensionVisibility("Technical", false)
                .overrideHierarchyVisibility("Size", true)
                .overrideMeasureVisibility("Margin", false)
                .withDefaultMember("Currency", "USD")
                .end()
                .withSubCubeProperties()
                .grantMembers()
                .onHierarchy("Geography")
                .memberPath("France", "Paris")
                .memberPath("Spain")
                .onHierarchy("Desk")
                .memberPath("deskA")
                .end()
                .onPivot("retail", "Other")
                .withMdxContext()
                .withDefaultMember("Date", 2021, 2)
                .end()
                .end()
                .withContextValue("region", "EU")
                .onPivot("retail", "Other")
                .forRole("other")
                .onPivot("retail", "Other")
                .withSubCubeProperties()
                .end()
                .build();
        TableName cube = TableName.of("retail", "Sales cube");
        TableName other = TableName.of("retail", "Other");
        assertEquals(
                List.of(
                        new Visibility(DESK, new Part(cube, Part.Kind.DIMENSION, Name.of("Technical")), false),
                        new Visibility(DESK, new Part(cube, Part.Kind.HIERARCHY, Name.of("Size")), true),
                        new Visibility(DESK, new Part(cube, Part.Kind.MEASURE, Name.of("Margin")), false),
                        new DefaultMember(DESK, new HierarchyName(cube, Name.of("Currency")), List.of("USD")),
                        new HierarchyMembers(
                                DESK,
                                new HierarchyName(cube, Name.of("Geography")),
                                List.of(List.of("France", "Paris"), List.of("Spain"))),
                        new HierarchyMembers(DESK, new HierarchyName(cube, Name.of("Desk")), List.of(List.of("deskA"))),
                        new DefaultMember(DESK, new HierarchyName(other, Name.of("Date")), List.of(2021, 2)),
                        new Value(DESK, REGION, GivenValue.of("EU"))),
                built.all());
    }
}
