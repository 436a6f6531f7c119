package io.icespar.engine.plan;

import io.icespar.engine.backend.ColumnForm;
import java.util.List;

/** A query as the text that a backend will run, made from a secured plan that the guard has passed. */
public final class PlannedQuery {
    /** What stands in {@link #parameterOrder} for the time at which the query is asked, a {@link java.time.LocalDateTime}. */
    public static final int MOMENT = -1;

    private final String text;
    private final List<Integer> parameterOrder;
    private final List<String> ownParameters;
    private final List<ColumnForm> backendColumns;
    private final List<Integer> outputs;
    private final List<ResultColumn> columns;
    private final List<Check> checks;

    /** That those checks which need no parameter did not fail, and never will: what a plan reads does not change. */
    private volatile boolean hold;

    /**
     * What is computed before the query only to see whether it fails.
     *
     * @param text gives one row, in the backend's dialect
     * @param parameterOrder for each question mark of the text the number of a parameter of the statement, from 0
     * @param ownParameters values of its own, which come after those of the statement
     * @param columns how its columns are read
     */
    public record Check(
            String text, List<Integer> parameterOrder, List<String> ownParameters, List<ColumnForm> columns) {
        /** Checks and copies. */
        public Check {
            parameterOrder = List.copyOf(parameterOrder);
            ownParameters = List.copyOf(ownParameters);
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
            List<Check> checks) {
        this.text = text;
        this.parameterOrder = List.copyOf(parameterOrder);
        this.ownParameters = List.copyOf(ownParameters);
        this.backendColumns = List.copyOf(backendColumns);
        this.outputs = List.copyOf(outputs);
        this.columns = List.copyOf(columns);
        this.checks = List.copyOf(checks);
    }

    /** The text in the backend's dialect. */
    public String text() {
        return text;
    }

    /**
     * For each question mark of the text the number of a parameter, from 0: first come those of the statement, then {@link
     * #ownParameters}; or {@link #MOMENT}.
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
    public List<Check> checks() {
        return hold
                ? checks.stream()
                        .filter(each -> !each.parameterOrder().isEmpty())
                        .toList()
                : checks;
    }

    /** All of them, whether they need be done again or not. */
    public List<Check> allChecks() {
        return checks;
    }

    /** Says that all checks were done: those without parameters need not be again. */
    public void checksHold() {
        hold = true;
    }
}
