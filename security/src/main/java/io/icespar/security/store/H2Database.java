package io.icespar.security.store;

import static org.h2.api.ErrorCode.DATABASE_ALREADY_OPEN_1;
import static org.h2.api.ErrorCode.DATABASE_IS_IN_EXCLUSIVE_MODE;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open H2 database that holds the tables of the security state in their present form, and its only connection.
 *
 * @param title what to call it in errors
 * @param connection the connection; others are refused while it is open
 */
record H2Database(String title, Connection connection) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(H2Database.class);
    private static final String SUFFIX = ".mv.db";

    /** No trace files, and no hook that closes the database while the server still uses it. */
    private static final String SETTINGS =
            ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0;WRITE_DELAY=0";

    /** A new database in memory, which is gone when it is closed. */
    static H2Database inMemory() {
        return connect("in memory", "jdbc:h2:mem:" + UUID.randomUUID() + SETTINGS, true);
    }

    /**
     * The database in a file, which is made if it is not there.
     *
     * @param file its name ends in {@code .mv.db}
     */
    static H2Database inFile(Path file) {
        String title = "`" + file + "`";
        try {
            if (Files.notExists(file)) {
                create(title, file);
            }
            if (Files.size(file) == 0) {
                throw damaged(title, null);
            }
            if (!Files.isWritable(file)) {
                throw new IcesparException(
                        ErrorCode.STORE, "security store " + title + " is not writable: change its permissions");
            }
        } catch (IOException e) {
            throw new IcesparException(
                    ErrorCode.STORE, "security store " + title + " cannot be made or read: check its folder", e);
        }
        return connect(title, url(title, file) + ";IFEXISTS=TRUE", false);
    }

    /** Makes the file under another name first, so that under its own name it is never without its tables. */
    private static void create(String title, Path file) throws IOException {
        Path draft = file.resolveSibling("new-" + UUID.randomUUID() + SUFFIX);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            connect(title, url(title, draft), true).close();
            PosixFileAttributeView posix = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
            if (posix != null) {
                posix.setPermissions(PosixFilePermissions.fromString("rw-------"));
            }
            Files.move(draft, file);
        } catch (FileAlreadyExistsException e) {
            // Another process was quicker. Whether it still holds the file shows when it is opened.
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static String url(String title, Path file) {
        String path = file.toAbsolutePath().normalize().toString();
        // What follows a semicolon would be read as settings, and H2 knows no way to quote it.
        if (path.indexOf(';') >= 0) {
            throw new IcesparException(
                    ErrorCode.STORE, "security store " + title + " cannot be in a folder with a semicolon in its name");
        }
        // Of H2's ways to a file, this is the one that an interrupt of the calling thread does not break for good.
        return "jdbc:h2:async:" + path.substring(0, path.length() - SUFFIX.length()) + SETTINGS;
    }

    private static H2Database connect(String title, String url, boolean fresh) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        source.setUser("icespar");
        H2Database database;
        try {
            database = new H2Database(title, source.getConnection());
        } catch (SQLException e) {
            throw notOpened(title, e);
        }
        try {
            database.migrate(source, fresh);
            database.takeForItself();
            return database;
        } catch (SQLException | FlywayException e) {
            database.close();
            throw damaged(title, e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private void migrate(DataSource source, boolean fresh) {
        Flyway flyway = Flyway.configure(H2Database.class.getClassLoader())
                .loggers("slf4j")
                .dataSource(source)
                .locations(
                        "classpath:io/icespar/security/store/migration/h2",
                        "classpath:io/icespar/security/store/migration/shared")
                .table("schema_history")
                .ignoreMigrationPatterns(new String[0])
                .load();
        List<MigrationInfo> migrations = List.of(flyway.info().all());
        if (!fresh
                && migrations.stream()
                        .noneMatch(migration -> migration.getState().isApplied())) {
            throw damaged(title, null);
        }
        if (migrations.stream().anyMatch(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS)) {
            throw new IcesparException(
                    ErrorCode.STORE,
                    "security store " + title + " was written by a newer version of Icespar: use that version");
        }
        flyway.migrate();
    }

    /** Lets nobody else in, not even in this process, and starts the first transaction. */
    private void takeForItself() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET EXCLUSIVE 1");
        }
        connection.setAutoCommit(false);
    }

    /** Commits, and returns once it is on the disk itself. */
    void commit() throws SQLException {
        connection.commit();
        try (Statement statement = connection.createStatement()) {
            statement.execute("CHECKPOINT SYNC");
        }
    }

    /** Undoes what was not committed; does nothing if the database is beyond that. */
    void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            LOG.warn("rolling back failed store={} state={} code={}", title, e.getSQLState(), e.getErrorCode());
        }
    }

    @Override
    public void close() {
        try (connection) {
            if (!connection.isClosed()) {
                rollBack();
            }
        } catch (SQLException e) {
            LOG.warn("closing failed store={} state={} code={}", title, e.getSQLState(), e.getErrorCode());
        }
    }

    /** The error for a store whose content is not what it should be. */
    static IcesparException damaged(String title, @Nullable Exception cause) {
        String text = "security store " + title + " is damaged or is none: restore it from a backup";
        return cause == null
                ? new IcesparException(ErrorCode.STORE, text)
                : new IcesparException(ErrorCode.STORE, text, cause);
    }

    private static IcesparException notOpened(String title, SQLException cause) {
        if (cause.getErrorCode() == DATABASE_ALREADY_OPEN_1 || cause.getErrorCode() == DATABASE_IS_IN_EXCLUSIVE_MODE) {
            return new IcesparException(
                    ErrorCode.STORE,
                    "security store " + title + " is in use by another server: stop that one, or use another folder",
                    cause);
        }
        return damaged(title, cause);
    }
}
