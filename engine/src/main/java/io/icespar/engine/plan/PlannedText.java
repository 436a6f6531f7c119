package io.icespar.engine.plan;

import io.icespar.engine.backend.ColumnForm;
import io.icespar.engine.backend.TextPart;
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
 * @param keys its parts that are queries of {@link VisibleKeys}, in their order and apart; no question mark in them stands
 *     for a value of the statement's, or the moment
 */
public record PlannedText(
        String sql, List<Mark> marks, List<String> ownValues, List<ColumnForm> columns, List<TextPart> keys) {
    /** Checks and copies. */
    public PlannedText {
        marks = List.copyOf(marks);
        ownValues = List.copyOf(ownValues);
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
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
     * @param keys its parts that are queries of {@link VisibleKeys}
     */
    public record Filled(String sql, List<@Nullable Object> parameters, List<ColumnForm> columns, List<TextPart> keys) {
        /** Checks and copies. */
        public Filled {
            parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
            columns = List.copyOf(columns);
            keys = List.copyOf(keys);
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
                text.append(sql, written, mark.position()).append(literal(mark, filling));
                written = mark.position() + 1;
            } else {
                bound.add(mark.parameter() == PlanParameters.MOMENT ? filling.moment() : values.get(mark.parameter()));
            }
        }
        return new Filled(
                written == 0 ? sql : text.append(sql, written, sql.length()).toString(),
                bound,
                columns,
                keys.stream()
                        .map(part -> part.at(moved(part.from(), filling), moved(part.to(), filling)))
                        .toList());
    }

    private static String literal(Mark mark, Filling filling) {
        return filling.slots().get(PlanParameters.slot(mark.parameter()));
    }

    /** Where a position is in the text once it is filled in. */
    private int moved(int position, Filling filling) {
        return position
                + marks.stream()
                        .filter(mark -> mark.position() < position && PlanParameters.isSlot(mark.parameter()))
                        .mapToInt(mark -> literal(mark, filling).length() - 1)
                        .sum();
    }

    /** Whether what it gives depends on the statement's values, or on when it is asked. */
    boolean dependsOnStatement(int parameters) {
        return marks.stream()
                .mapToInt(Mark::parameter)
                .anyMatch(
                        parameter -> parameter == PlanParameters.MOMENT || (parameter >= 0 && parameter < parameters));
    }

    /** The text within another one. */
    PlannedText within(String before, String after, List<ColumnForm> columns) {
        int by = before.length();
        return new PlannedText(
                before + sql + after,
                marks.stream()
                        .map(mark -> new Mark(mark.position() + by, mark.parameter()))
                        .toList(),
                ownValues,
                columns,
                keys.stream()
                        .map(part -> part.at(part.from() + by, part.to() + by))
                        .toList());
    }

    /** How many characters it has. */
    int length() {
        return sql.length() + ownValues.stream().mapToInt(String::length).sum();
    }
}
