package io.icespar.security.store;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Secret;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The security state in a PostgreSQL database, in a schema of its own, {@value #SCHEMA}. Several servers may share it.
 *
 * <p>A change is one transaction that begins with the epoch: whoever comes second writes nothing. When the connection
 * breaks, the next call makes a new one. Safe for use by several threads.
 */
public final class PostgreSqlSecurityStore implements SharedSecurityStore {
    /** The schema that holds the tables; made if it is not there. */
    public static final String SCHEMA = "icespar";

    private static final Logger LOG = LoggerFactory.getLogger(PostgreSqlSecurityStore.class);
    private static final int CONNECT_SECONDS = 5;
    private static final int ANSWER_SECONDS = 10;

    /** Another transaction was quicker: {@code serialization_failure} and {@code deadlock_detected}. */
    private static final Set<String> CONFLICTS = Set.of("40001", "40P01");

    private final PGSimpleDataSource source;
    private final Duration maxAge;
    private final String title;
    private @Nullable Connection connection;

    private PostgreSqlSecurityStore(PGSimpleDataSource source, Duration maxAge) {
        this.source = source;
        this.maxAge = maxAge;
        this.title = "`" + source.getDatabaseName() + "` at `" + String.join(", ", source.getServerNames()) + "`";
    }

    /**
     * Opens the store, making its tables if they are not there.
     *
     * @param url a JDBC URL, {@code jdbc:postgresql://host:port/database}
     * @param maxAge see {@link SharedSecurityStore#maxAge}
     * @throws IcesparException {@code CONFIGURATION} if the URL is none; {@code STORE} if the database cannot be reached
     *     or holds something else
     */
    public static PostgreSqlSecurityStore open(
            String url, Optional<String> user, Optional<Secret> password, Duration maxAge) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        try {
            source.setUrl(url);
        } catch (IllegalArgumentException e) {
            throw new IcesparException(
                    ErrorCode.CONFIGURATION,
                    "the URL of the security store is malformed, expected `jdbc:postgresql://host:port/database`",
                    e);
        }
        user.ifPresent(source::setUser);
        password.map(Secret::value).ifPresent(source::setPassword);
        source.setApplicationName("icespar");
        source.setConnectTimeout(CONNECT_SECONDS);
        source.setLoginTimeout(CONNECT_SECONDS);
        source.setSocketTimeout(ANSWER_SECONDS);
        source.setTcpKeepAlive(true);
        // The driver's texts would quote the rows that could not be written, hashes of passwords among them.
        source.setLogServerErrorDetail(false);
        PostgreSqlSecurityStore store = new PostgreSqlSecurityStore(source, maxAge);
        try {
            // First, since its errors say more than a migration's.
            store.connected();
            store.migrate();
            return store;
        } catch (SQLException e) {
            throw store.unreachable(e);
        } catch (FlywayException e) {
            store.close();
            throw store.damaged(e);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void migrate() {
        Flyway flyway = Flyway.configure(PostgreSqlSecurityStore.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(source)
                .locations(
                        "classpath:io/icespar/security/store/migration/postgresql",
                        "classpath:io/icespar/security/store/migration/shared")
                .defaultSchema(SCHEMA)
                .table("schema_history")
                .ignoreMigrationPatterns(new String[0])
                .load();
        if (List.of(flyway.info().all()).stream()
                .map(MigrationInfo::getState)
                .anyMatch(state -> state == MigrationState.FUTURE_SUCCESS)) {
            throw new IcesparException(
                    ErrorCode.STORE,
                    "security store " + title + " was written by a newer version of Icespar: use that version");
        }
        flyway.migrate();
    }

    /** The connection, which is made anew if it broke. */
    private Connection connected() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = source.getConnection();
            try {
                open.setAutoCommit(false);
                // One state throughout, be it read by several statements.
                open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                open.setSchema(SCHEMA);
                open.commit();
            } catch (SQLException e) {
                abandon(open);
                throw e;
            }
            connection = open;
        }
        return open;
    }

    @Override
    public synchronized SecurityState load() {
        try {
            Connection open = connected();
            SecurityState state = StateTables.read(open);
            open.rollback();
            return state;
        } catch (SQLException e) {
            throw unreachable(e);
        } catch (IllegalArgumentException e) {
            abandon();
            throw damaged(e);
        }
    }

    @Override
    public synchronized long epoch() {
        try {
            Connection open = connected();
            try (PreparedStatement statement = open.prepareStatement("SELECT epoch FROM security_state");
                    ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the epoch is missing");
                }
                long epoch = row.getLong(1);
                open.rollback();
                return epoch;
            }
        } catch (SQLException e) {
            throw unreachable(e);
        }
    }

    @Override
    public synchronized boolean save(SecurityState before, SecurityState after) {
        Connection open;
        try {
            open = connected();
            if (!StateTables.write(open, before, after)) {
                open.rollback();
                return false;
            }
        } catch (SQLException e) {
            if (CONFLICTS.contains(String.valueOf(e.getSQLState()))) {
                abandon();
                return false;
            }
            throw notWritten("the change was not made", e);
        }
        try {
            open.commit();
            return true;
        } catch (SQLException e) {
            if (CONFLICTS.contains(String.valueOf(e.getSQLState()))) {
                abandon();
                return false;
            }
            // What was sent may have arrived. It shows once the store can be reached again.
            throw notWritten("the change may or may not have been made", e);
        }
    }

    @Override
    public Duration maxAge() {
        return maxAge;
    }

    @Override
    public synchronized void close() {
        abandon();
    }

    private void abandon() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            abandon(open);
        }
    }

    private static void abandon(Connection open) {
        try {
            open.close();
        } catch (SQLException e) {
            LOG.debug("event=close-failed", e);
        }
    }

    private IcesparException notWritten(String consequence, SQLException cause) {
        abandon();
        return new IcesparException(
                ErrorCode.STORE,
                "security store " + title + " cannot be written (SQLSTATE " + cause.getSQLState() + "): " + consequence,
                cause);
    }

    private IcesparException unreachable(SQLException cause) {
        abandon();
        return new IcesparException(
                ErrorCode.STORE,
                "security store " + title + " cannot be read (SQLSTATE " + cause.getSQLState()
                        + "): check that the database is there, and the user and password for it",
                cause);
    }

    private IcesparException damaged(Exception cause) {
        return new IcesparException(
                ErrorCode.STORE, "security store " + title + " is damaged or is none: restore it from a backup", cause);
    }
}
