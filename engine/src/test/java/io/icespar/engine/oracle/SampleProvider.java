package io.icespar.engine.oracle;

import io.icespar.security.entitlement.EntitlementsProvider;

/** What a provider says of the sample's roles. */
final class SampleProvider {
    private SampleProvider() {}

    /** What {@code roles.sql} says, as far as it can be said by members: together with SQL it must come to the same. */
    static EntitlementsProvider restricting() {
        return EntitlementsProvider.builder("desks")
                .forRole("ROLE_PARIS")
                .grantMembers()
                .on("retail", "Shops", "City")
                .memberPath("Paris")
                .end()
                .forRole("ROLE_FRANCE")
                .grantMembers()
                .on("retail", "Shops", "Country", "City")
                .memberPath("France")
                .memberPath("France", "Lyon")
                .end()
                .forRole("ROLE_FRANCE_BIG")
                .grantMembers()
                .on("retail", "Shops", "Country", "Shop size")
                .memberPath("France", "big")
                .end()
                .forRole("ROLE_USA_SMALL")
                .grantMembers()
                .on("retail", "Shops", "Shop size", "Country")
                .memberPath("small", "USA")
                .end()
                .forRole("ROLE_CAREFUL")
                .grantMembers()
                .on("retail", "Shops", "City")
                .memberPath("Paris")
                .end()
                .grantMembers()
                .on("retail", "Shops", "City")
                .memberPath("New York")
                .end()
                .forRole("ROLE_VALUED")
                .grantMembers()
                .on("retail", "Shops", "City", "Shop size")
                .memberPath("Paris", "big")
                .memberPath("Nice", "big")
                .memberPath("Chicago", "big")
                .end()
                .build();
    }

    /** The same columns and table hidden that {@link SampleData#hidingColumns} revokes. */
    static EntitlementsProvider hiding() {
        return EntitlementsProvider.builder("desks")
                .forRole("PUBLIC")
                .hideTable("retail", "Access")
                .hideColumns("retail", "Shops", "City", "Shop size")
                .forRole("ROLE_MAPPED")
                .hideColumns("retail", "Sales", "product")
                .build();
    }
}
