package io.icespar.engine.run;

/** Is told how the rows of an answer end; each of them ends once. */
public interface RowWatcher {

    /** All rows were given. */
    void exhausted(long rows);

    /** The rows were closed before the last was asked for; {@code rows} were given until then. */
    void closed(long rows);

    /** A row could not be given, also because of a cancellation; {@code rows} were given before. */
    void failed(Throwable failure, long rows);
}
