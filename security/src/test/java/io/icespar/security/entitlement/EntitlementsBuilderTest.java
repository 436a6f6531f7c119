package io.icespar.security.entitlement;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.security.context.GivenValue;
import io.icespar.security.entitlement.Entitlement.Hidden;
import io.icespar.security.entitlement.Entitlement.Members;
import io.icespar.security.entitlement.Entitlement.Value;
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
}
