package io.icespar.engine;

import io.icespar.engine.run.RowStream;

/** What a statement gives. */
public sealed interface Answer {

    /**
     * Rows; whoever receives them closes them.
     *
     * @param stream the rows
     */
    record Rows(RowStream stream) implements Answer {}

    /** The command was carried out. */
    record Done() implements Answer {}
}
