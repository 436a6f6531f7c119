package io.icespar.engine;

import static io.icespar.engine.Listings.text;

import io.icespar.engine.check.Finding;
import io.icespar.engine.plan.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code CHECK RESTRICTIONS} gives: one row a finding. */
final class CheckListing {
    static final List<ResultColumn> COLUMNS = List.of(
            text("SEVERITY"),
            text("FINDING"),
            text("TABLE_SCHEMA"),
            text("TABLE_NAME"),
            text("RESTRICTIONS"),
            text("HOLDER"),
            text("EXPLANATION"));

    private CheckListing() {}

    static List<@Nullable Object[]> rows(List<Finding> findings) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Finding finding : findings) {
            rows.add(new Object[] {
                words(finding.kind().severity()),
                words(finding.kind()),
                finding.table().schema().spelling(),
                finding.table().table().spelling(),
                Listings.names(finding.restrictions()),
                finding.holder().spelling(),
                finding.text()
            });
        }
        return rows;
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
