package io.icespar.engine;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.plan.ResultColumn;
import io.icespar.security.identity.Name;
import io.icespar.security.identity.TableName;
import io.icespar.security.restriction.Restriction;
import io.icespar.security.restriction.Subject;
import io.icespar.security.store.SecurityState;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answers that come from the engine itself: what {@code EXPLAIN} and {@code SHOW} give. */
final class Listings {
    static final List<ResultColumn> EXPLAIN = List.of(text("PLAN"));

    static final List<ResultColumn> RESTRICTIONS = List.of(
            text("RESTRICTION_NAME"),
            text("TABLE_SCHEMA"),
            text("TABLE_NAME"),
            text("SUBJECT"),
            text("CONDITION"),
            text("GRANTED_TO"));

    private Listings() {}

    static ResultColumn text(String label) {
        return new ResultColumn(label, "", "", "VARCHAR", Types.VARCHAR, 0, 0, false, ColumnForm.STRING);
    }

    static List<@Nullable Object[]> lines(String text) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        text.lines().forEach(line -> rows.add(new Object[] {line}));
        return rows;
    }

    static List<@Nullable Object[]> restrictions(SecurityState state, Optional<TableName> table) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Restriction restriction : state.restrictions()) {
            if (table.isEmpty() || table.get().equals(restriction.table())) {
                rows.add(new Object[] {
                    restriction.name().spelling(),
                    restriction.table().schema().spelling(),
                    restriction.table().table().spelling(),
                    subject(restriction.subject()),
                    restriction.condition(),
                    names(state.grantees(restriction.name()))
                });
            }
        }
        return rows;
    }

    private static String subject(Subject subject) {
        if (subject instanceof Subject.Columns columns) {
            return names(columns.columns());
        }
        return subject instanceof Subject.Own ? "RESTRICTIVE" : "PERMISSIVE";
    }

    static String names(Iterable<Name> names) {
        List<String> spellings = new ArrayList<>();
        names.forEach(name -> spellings.add(name.spelling()));
        return spellings.stream().sorted().collect(Collectors.joining(", "));
    }
}
