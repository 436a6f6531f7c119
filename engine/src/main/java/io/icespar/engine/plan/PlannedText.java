package io.icespar.engine.plan;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.tree.PlanParameters;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text for a backend, with places that are filled in when it runs.
 *
 * @param sql the text in the backend's dialect, with a question mark in each place
 * @param marks its question marks, in their order
 * @param ownValues values of the plan's own, such as the elements of a caller's array
 * @param columns how the columns of its rows are read
 */
public record PlannedText(String sql, List<Mark> marks, List<String> ownValues, List<ColumnForm> columns) {
    /** Checks and copies. */
    public PlannedText {
        marks = List.copyOf(marks);
        ownValues = List.copyOf(ownValues);
        columns = List.copyOf(columns);
    }

    /**
     * A question mark.
     *
     * @param position where it stands in the text
     * @param parameter which value it stands for: from 0 the statement's, then the plan's own; see {@link PlanParameters}
     */
    public record Mark(int position, int parameter) {}

    /**
     * What is filled in.
     *
     * @param parameters the values of the statement's parameters
     * @param slots literals in the backend's dialect. They become part of the text, so that a backend estimates and plans
     *     with them
     * @param moment when the query is asked
     */
    record Filling(List<@Nullable Object> parameters, List<String> slots, LocalDateTime moment) {}

    /**
     * A text with all its values.
     *
     * @param sql with a question mark for each parameter
     * @param parameters in the order of their question marks
     * @param columns how the columns of its rows are read
     */
    public record Filled(String sql, List<@Nullable Object> parameters, List<ColumnForm> columns) {
        /** Checks and copies. */
        public Filled {
            parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
            columns = List.copyOf(columns);
        }
    }

    Filled filled(Filling filling) {
        List<@Nullable Object> values = new ArrayList<>(filling.parameters());
        values.addAll(ownValues);
        List<@Nullable Object> bound = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int written = 0;
        for (Mark mark : marks) {
            if (PlanParameters.isSlot(mark.parameter())) {
                text.append(sql, written, mark.position())
                        .append(filling.slots().get(PlanParameters.slot(mark.parameter())));
                written = mark.position() + 1;
            } else {
                bound.add(mark.parameter() == PlanParameters.MOMENT ? filling.moment() : values.get(mark.parameter()));
            }
        }
        return new Filled(
                written == 0 ? sql : text.append(sql, written, sql.length()).toString(), bound, columns);
    }

    /** Whether what it gives depends on the statement's values, or on when it is asked. */
    boolean dependsOnStatement(int parameters) {
        return marks.stream()
                .mapToInt(Mark::parameter)
                .anyMatch(
                        parameter -> parameter == PlanParameters.MOMENT || (parameter >= 0 && parameter < parameters));
    }

    /** How many characters it has. */
    int length() {
        return sql.length() + ownValues.stream().mapToInt(String::length).sum();
    }
}
