package io.icespar.security.store;

import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The security state in an embedded H2 database: a file, or memory only.
 *
 * <p>A file belongs to one store at a time. It gets its name only once its tables are in it; a file that is empty or
 * was cut short is therefore damaged and never taken for a new one, or the bootstrap script would run again and bring
 * back its well-known passwords. A change is on the disk when {@link #save} returns. Safe for use by several threads.
 */
public final class H2SecurityStore implements SecurityStore {
    /** The name of the file in the folder that a store is opened in. */
    public static final String FILE_NAME = "security.mv.db";

    private final H2Database database;

    private H2SecurityStore(H2Database database) {
        this.database = database;
    }

    /** A new store that is forgotten when it is closed. */
    public static H2SecurityStore inMemory() {
        return new H2SecurityStore(H2Database.inMemory());
    }

    /**
     * The store in the file {@value #FILE_NAME} of a folder; both are made if they are not there.
     *
     * @throws IcesparException {@code STORE}, naming the file, if it is damaged, in use by another store, or written by
     *     a newer version
     */
    public static H2SecurityStore inFolder(Path folder) {
        return new H2SecurityStore(H2Database.inFile(folder.resolve(FILE_NAME)));
    }

    @Override
    public synchronized SecurityState load() {
        try {
            return StateTables.read(database.connection());
        } catch (SQLException | IllegalArgumentException e) {
            throw H2Database.damaged(database.title(), e);
        } finally {
            database.rollBack();
        }
    }

    @Override
    public synchronized boolean save(SecurityState before, SecurityState after) {
        boolean saved = false;
        try {
            if (!StateTables.write(database.connection(), before, after)) {
                return false;
            }
            database.commit();
            saved = true;
            return true;
        } catch (SQLException e) {
            throw new IcesparException(
                    ErrorCode.STORE,
                    "security store " + database.title() + " cannot be written (SQLSTATE " + e.getSQLState()
                            + "): the change was not made",
                    e);
        } finally {
            if (!saved) {
                database.rollBack();
            }
        }
    }

    @Override
    public synchronized void close() {
        database.close();
    }
}
