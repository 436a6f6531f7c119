package io.icespar.engine.plan;

import io.icespar.engine.backend.ColumnForm;
import java.util.List;

/** A query as the text that a backend will run, made from a secured plan that the guard has passed. */
public final class PlannedQuery {
    private final String text;
    private final List<Integer> parameterOrder;
    private final List<String> ownParameters;
    private final List<ColumnForm> backendColumns;
    private final List<Integer> outputs;
    private final List<ResultColumn> columns;
    private final List<Constants> constants;

    /** That those constants which need no parameter did not fail, and never will. */
    private volatile boolean hold;

    /**
     * Expressions that read no row and can fail, which are computed before the query.
     *
     * @param text gives one row of them, in the backend's dialect
     * @param parameterOrder for each question mark of the text the number of a parameter of the statement, from 0
     * @param columns how each is read
     */
    public record Constants(String text, List<Integer> parameterOrder, List<ColumnForm> columns) {
        /** Checks and copies. */
        public Constants {
            parameterOrder = List.copyOf(parameterOrder);
            columns = List.copyOf(columns);
        }
    }

    PlannedQuery(
            String text,
            List<Integer> parameterOrder,
            List<String> ownParameters,
            List<ColumnForm> backendColumns,
            List<Integer> outputs,
            List<ResultColumn> columns,
            List<Constants> constants) {
        this.text = text;
        this.parameterOrder = List.copyOf(parameterOrder);
        this.ownParameters = List.copyOf(ownParameters);
        this.backendColumns = List.copyOf(backendColumns);
        this.outputs = List.copyOf(outputs);
        this.columns = List.copyOf(columns);
        this.constants = List.copyOf(constants);
    }

    /** The text in the backend's dialect. */
    public String text() {
        return text;
    }

    /**
     * For each question mark of the text the number of a parameter, from 0: first come those of the statement, then {@link
     * #ownParameters}.
     */
    public List<Integer> parameterOrder() {
        return parameterOrder;
    }

    /** Values that are the plan's own, such as the elements of a caller's array. */
    public List<String> ownParameters() {
        return ownParameters;
    }

    /** How each column of the backend's answer is read; there may be more than the query gives, to sort by. */
    public List<ColumnForm> backendColumns() {
        return backendColumns;
    }

    /** For each column of the query which of the backend's columns it is, from 0. */
    public List<Integer> outputs() {
        return outputs;
    }

    /** The columns of the query. */
    public List<ResultColumn> columns() {
        return columns;
    }

    /** What is to be computed before the query, so that it fails where one of them does, whatever the tables hold. */
    public List<Constants> constants() {
        return hold
                ? constants.stream()
                        .filter(each -> !each.parameterOrder().isEmpty())
                        .toList()
                : constants;
    }

    /** Says that all constants were computed: those without parameters need not be again. */
    public void constantsHold() {
        hold = true;
    }
}
