package io.icespar.engine.model;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.icespar.engine.model.Rows.Refund;
import io.icespar.engine.model.Rows.Sale;
import io.icespar.engine.model.Rows.Shop;
import io.icespar.security.error.ErrorCode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Queries, and what a user gets to see of each by the model. */
enum Question {
    SHOPS("SELECT id FROM shops"),
    SALES("SELECT id FROM sales"),
    REFUNDS("SELECT id FROM refunds"),
    JOINED("SELECT r.id FROM refunds r JOIN sales s ON r.sale = s.id WHERE s.quantity > 1"),
    COUNTED("SELECT shop, COUNT(*) FROM sales GROUP BY shop"),
    WITHOUT_SALES("SELECT id FROM shops WHERE id NOT IN (SELECT shop FROM sales WHERE shop IS NOT NULL)"),
    CITIES("SELECT id, city FROM shops"),
    IN_PARIS("SELECT COUNT(*) FROM shops WHERE city = 'Paris'"),
    STAR("SELECT * FROM refunds"),
    AT_LEAST("SELECT id FROM sales WHERE quantity > CONTEXT_VALUE('least')");

    private final String sql;

    Question(String sql) {
        this.sql = sql;
    }

    String sql() {
        return sql;
    }

    /**
     * The rows, each as text and all sorted; or the SQLSTATE with which the query fails.
     *
     * @param least what the context value of that name is
     */
    List<String> answer(Model model, String user, int least) {
        if (!model.mayEnter(user)) {
            return List.of(ErrorCode.INVALID_AUTHORIZATION.sqlState());
        }
        boolean mayReadIds = model.seesTable(user, readsRefunds() ? "refunds" : "shops");
        boolean mayReadCities = model.seesCities(user);
        if (readsRefunds() && !mayReadIds) {
            return List.of(ErrorCode.UNDEFINED_TABLE.sqlState());
        }
        if ((readsIdsOfShops() && !mayReadIds) || (readsCities() && !mayReadCities)) {
            // A table of which one column may be read is there, and its other columns are not.
            boolean isThere = mayReadIds || mayReadCities;
            return List.of((isThere ? ErrorCode.UNDEFINED_COLUMN : ErrorCode.UNDEFINED_TABLE).sqlState());
        }
        return rows(model, user, least).sorted().toList();
    }

    private boolean readsRefunds() {
        return this == REFUNDS || this == JOINED || this == STAR;
    }

    private boolean readsIdsOfShops() {
        return this == SHOPS || this == WITHOUT_SALES || this == CITIES;
    }

    private boolean readsCities() {
        return this == CITIES || this == IN_PARIS;
    }

    private Stream<String> rows(Model model, String user, int least) {
        return switch (this) {
            case SHOPS -> model.shops(user).stream().map(shop -> text(shop.id()));
            case SALES -> model.sales(user).stream().map(sale -> text(sale.id()));
            case REFUNDS -> model.refunds(user).stream().map(row -> text(row.id()));
            case JOINED ->
                model.refunds(user).stream()
                        .filter(row -> model.sales(user).stream().anyMatch(sale -> isOfMany(row, sale)))
                        .map(row -> text(row.id()));
            case COUNTED ->
                model.sales(user).stream()
                        .collect(groupingBy(sale -> text(sale.shop()), counting()))
                        .entrySet()
                        .stream()
                        .map(entry -> entry.getKey() + "," + entry.getValue());
            case WITHOUT_SALES ->
                model.shops(user).stream()
                        .filter(shop ->
                                model.sales(user).stream().noneMatch(sale -> Objects.equals(sale.shop(), shop.id())))
                        .map(shop -> text(shop.id()));
            case CITIES -> model.shops(user).stream().map(shop -> shop.id() + "," + city(model, user, shop));
            case IN_PARIS ->
                Stream.of(text(model.shops(user).stream()
                        .filter(shop -> model.city(user, shop).equals(Optional.of("Paris")))
                        .count()));
            case STAR -> model.refunds(user).stream().map(row -> row.id() + "," + text(row.sale()));
            case AT_LEAST ->
                model.sales(user).stream()
                        .filter(sale -> sale.quantity() != null && sale.quantity() > least)
                        .map(sale -> text(sale.id()));
        };
    }

    private static boolean isOfMany(Refund row, Sale sale) {
        return Objects.equals(row.sale(), sale.id()) && sale.quantity() != null && sale.quantity() > 1;
    }

    private static String city(Model model, String user, Shop shop) {
        return model.city(user, shop).orElse("null");
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }
}
