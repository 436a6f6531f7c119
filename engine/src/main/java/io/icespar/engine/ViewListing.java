package io.icespar.engine;

import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.TableName;
import io.icespar.security.store.SecurityState;
import io.icespar.security.view.View;
import io.icespar.security.view.ViewColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What administrators are shown of views. */
final class ViewListing {
    static final List<ResultColumn> COLUMNS = List.of(
            Listings.text("TABLE_SCHEMA"),
            Listings.text("TABLE_NAME"),
            Listings.text("COLUMNS"),
            Listings.text("READS"),
            Listings.text("QUERY"));

    private ViewListing() {}

    static List<@Nullable Object[]> rows(SecurityState state) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (View view : state.views().all()) {
            rows.add(new Object[] {
                view.name().schema().spelling(),
                view.name().table().spelling(),
                view.columns().stream()
                        .map(ViewColumn::name)
                        .map(Object::toString)
                        .collect(Collectors.joining(", ")),
                view.reads().keySet().stream().map(TableName::toString).sorted().collect(Collectors.joining(", ")),
                view.query()
            });
        }
        return rows;
    }
}
