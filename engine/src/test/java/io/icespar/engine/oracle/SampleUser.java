package io.icespar.engine.oracle;

import io.icespar.engine.oracle.SampleData.Sale;
import io.icespar.engine.oracle.SampleData.Shop;
import java.util.Objects;
import java.util.Set;

/**
 * A restricted user of the sample, with what the user may see said once more in Java, apart from any SQL. What {@code
 * roles.sql} says in SQL must come to the same.
 */
public enum SampleUser {
    /** Restricted by one column, over a reference. */
    PARISIAN("parisian-user"),

    /** Restricted by another column. */
    FRENCH("french-user"),

    /** Holds two roles whose restrictions have one subject: {France and big} or {USA and small}. */
    MIXED("mixed-user"),

    /** Restricted by a sub-query on a mapping table that the user may not read. */
    MAPPED("mapped-user"),

    /** Restricted by permissive and restrictive restrictions, and on both tables. */
    CAREFUL("careful-user"),

    /** Restricted by context values, of the user and of a role. */
    VALUED("valued-user");

    private final String spelling;

    SampleUser(String spelling) {
        this.spelling = spelling;
    }

    /** Whether the user may see the shop. */
    boolean sees(Shop shop) {
        return switch (this) {
            case PARISIAN -> Objects.equals(shop.city(), "Paris");
            case FRENCH -> Objects.equals(shop.country(), "France");
            case MIXED ->
                (Objects.equals(shop.country(), "France") && Objects.equals(shop.size(), "big"))
                        || (Objects.equals(shop.country(), "USA") && Objects.equals(shop.size(), "small"));
            case MAPPED -> shop.city() != null && Set.of("Lyon", "Chicago").contains(shop.city());
            case CAREFUL ->
                shop.city() != null
                        && Set.of("Paris", "New York").contains(shop.city())
                        && shop.size() != null
                        && !shop.size().equals("small");
            case VALUED ->
                shop.city() != null
                        && Set.of("Paris", "Nice", "Chicago").contains(shop.city())
                        && Objects.equals(shop.size(), "big");
        };
    }

    /** Whether the restrictions on sales themselves let the user see the sale; its shop is another matter. */
    boolean seesByItself(Sale sale) {
        return this != CAREFUL || (sale.quantity() != null && Long.parseLong(sale.quantity()) < 3);
    }

    /** The user's name. */
    @Override
    public String toString() {
        return spelling;
    }
}
