package io.icespar.avatica;

import java.sql.SQLException;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.Meta.ConnectionHandle;
import org.apache.calcite.avatica.Meta.StatementHandle;

/**
 * What is at the other end of a connection.
 *
 * <p>Whatever fails is thrown as the {@link SQLException} that the program is to see, be it declared or not.
 */
public interface Link extends Meta {
    /** Stops what a statement does, without waiting for it. */
    void cancel(StatementHandle statement);

    /** Whether the connection can be used; found out within so many seconds, or however long it takes for 0. */
    boolean isAlive(ConnectionHandle connection, int timeoutSeconds);

    /** The name by which Icespar knows who is logged in. */
    String userName() throws SQLException;

    /**
     * After how many milliseconds without an answer a call fails; 0 for never.
     *
     * @param whenExceeded what to do then, besides
     * @throws SQLException 0A000 if there is no network
     */
    void setNetworkTimeout(int milliseconds, Runnable whenExceeded) throws SQLException;
}
