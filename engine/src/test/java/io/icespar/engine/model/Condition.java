package io.icespar.engine.model;

import com.google.common.collect.ImmutableSet;
import io.icespar.engine.model.Rows.Row;
import io.icespar.engine.model.Rows.Sale;
import io.icespar.engine.model.Rows.Shop;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The conditions that restrictions have: in SQL, and once more in Java. */
enum Condition {
    FRANCE("shops", "country = 'France'", "country"),
    USA("shops", "country = 'USA'", "country"),
    NOT_USA("shops", "country <> 'USA'", "country"),
    BIG("shops", "size = 'big'", "size"),
    SMALL_USA("shops", "size = 'small' AND country = 'USA'", "country", "size"),
    BIG_FRANCE("shops", "country = 'France' AND size = 'big'", "country", "size"),
    HOME("shops", "city = CONTEXT_VALUE('home')", "city"),
    NOWHERE("shops", "1 = 0"),
    ANYWHERE("shops", "1 = 1"),
    FEW("sales", "quantity < 3", "quantity"),
    MANY("sales", "quantity >= 3", "quantity"),
    KNOWN("sales", "shop IN (SELECT id FROM shops)", "shop");

    private final String table;
    private final String sql;
    private final ImmutableSet<String> columns;

    Condition(String table, String sql, String... columns) {
        this.table = table;
        this.sql = sql;
        this.columns = ImmutableSet.copyOf(columns);
    }

    String table() {
        return table;
    }

    String sql() {
        return sql;
    }

    /** The columns that it reads. */
    Set<String> columns() {
        return columns;
    }

    /**
     * Whether it is true for the row.
     *
     * @param home what the context value of that name is; empty for NULL
     */
    boolean isTrue(Row row, Optional<String> home) {
        if (row instanceof Shop shop) {
            return switch (this) {
                case FRANCE -> "France".equals(shop.country());
                case USA -> "USA".equals(shop.country());
                case NOT_USA -> shop.country() != null && !"USA".equals(shop.country());
                case BIG -> "big".equals(shop.size());
                case SMALL_USA -> "small".equals(shop.size()) && "USA".equals(shop.country());
                case BIG_FRANCE -> "big".equals(shop.size()) && "France".equals(shop.country());
                case HOME -> home.isPresent() && home.get().equals(shop.city());
                case ANYWHERE -> true;
                default -> false;
            };
        }
        Sale sale = (Sale) row;
        return switch (this) {
            case FEW -> sale.quantity() != null && sale.quantity() < 3;
            case MANY -> sale.quantity() != null && sale.quantity() >= 3;
            case KNOWN -> Rows.SHOPS.stream().anyMatch(shop -> Objects.equals(shop.id(), sale.shop()));
            default -> false;
        };
    }
}
