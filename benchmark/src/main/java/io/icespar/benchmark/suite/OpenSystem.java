package io.icespar.benchmark.suite;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** A system that is open, and who is asked there. */
interface OpenSystem extends AutoCloseable {
    /** How a system is opened. */
    interface Opener {
        /** Opens it, with its data. */
        OpenSystem open() throws IOException, SQLException;
    }

    /** How a system is closed. */
    interface Closing {
        /** Closes it. */
        void close() throws IOException, SQLException;
    }

    /** Who is asked. */
    List<Contestant> contestants();

    @Override
    void close() throws IOException, SQLException;

    /** A system of these contestants. */
    static OpenSystem of(List<Contestant> contestants, Closing closing) {
        return new OpenSystem() {
            @Override
            public List<Contestant> contestants() {
                return contestants;
            }

            @Override
            public void close() throws IOException, SQLException {
                closing.close();
            }
        };
    }
}
