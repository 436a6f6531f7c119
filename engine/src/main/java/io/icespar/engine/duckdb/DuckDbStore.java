package io.icespar.engine.duckdb;

import io.icespar.engine.backend.Backend;
import io.icespar.engine.catalog.Catalog;
import io.icespar.engine.catalog.CatalogDefinition;
import io.icespar.engine.catalog.CatalogDefinition.Loaded;
import io.icespar.engine.config.EngineSettings;
import io.icespar.security.error.ErrorCode;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.TableName;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.duckdb.DuckDBConnection;

/**
 * The loaded tables and the backend that holds them.
 *
 * @param catalog the tables
 * @param backend runs queries on them; whoever opened the store closes it
 */
public record DuckDbStore(Catalog catalog, Backend backend) {
    private static final String FILE = "tables.duckdb";

    /**
     * Opens DuckDB, loads what is to be loaded, and seals it: from then on no query reaches files, network, extensions or
     * settings.
     *
     * @throws io.icespar.security.error.IcesparException {@code CONFIGURATION} if a file, a declaration or the database
     *     file is wrong; nothing is left open then
     */
    public static DuckDbStore open(EngineSettings settings, CatalogDefinition definition, LoadListener listener) {
        return switch (settings.database()) {
            case MEMORY -> inMemory(settings.data(), definition, listener);
            case FILE -> inFile(settings.data().resolve(FILE), definition, listener);
        };
    }

    /** Loads DuckDB's library, which takes a while, unless it is loaded already. */
    public static void loadLibrary() {
        DuckDbInstance.load();
    }

    private static DuckDbStore inMemory(Path data, CatalogDefinition definition, LoadListener listener) {
        try {
            DuckDBConnection instance = DuckDbInstance.inMemory(data);
            return orClose(instance, () -> {
                Map<TableName, Loaded> tables = new TableLoader(instance, definition, listener).load();
                return sealed(instance, definition.catalog(tables));
            });
        } catch (SQLException e) {
            throw new IcesparException(
                    ErrorCode.INTERNAL, "DuckDB fails at loading tables (" + DuckDbErrors.kind(e) + " Error)", e);
        }
    }

    /** The file is opened twice: to load, and, once all is written, only to read. */
    private static DuckDbStore inFile(Path file, CatalogDefinition definition, LoadListener listener) {
        try {
            Catalog catalog;
            try (DuckDBConnection loading = DuckDbInstance.toLoad(file)) {
                DuckDbInstance.checkOwn(loading, file);
                catalog = definition.catalog(new TableLoader(loading, definition, listener).load());
            }
            DuckDBConnection instance = DuckDbInstance.toQuery(file);
            return orClose(instance, () -> sealed(instance, catalog));
        } catch (SQLException e) {
            throw DuckDbInstance.unusable(file, e);
        }
    }

    private static DuckDbStore sealed(DuckDBConnection instance, Catalog catalog) throws SQLException {
        DuckDbInstance.seal(instance);
        return new DuckDbStore(catalog, new DuckDbBackend(instance));
    }

    private static DuckDbStore orClose(DuckDBConnection instance, Opening opening) throws SQLException {
        try {
            return opening.open();
        } catch (SQLException | RuntimeException e) {
            instance.close();
            throw e;
        }
    }

    private interface Opening {
        DuckDbStore open() throws SQLException;
    }
}
