package io.icespar.benchmark.suite;

/**
 * One who is asked the queries.
 *
 * @param rows whose answers must have as many rows as its own: all contestants with the same word here
 * @param ask how a query is asked
 */
record Contestant(String name, String rows, Ask ask) {
    /** Asks a query, which is given by its name, and tells how many rows were read. */
    interface Ask {
        /** Asks to the last value of the last row. */
        long ask(String query);
    }
}
