package io.icespar.benchmark.system;

import io.icespar.benchmark.stock.StockServer;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;

/**
 * DuckDB behind Avatica's own server and its {@code JdbcMeta}, in a process of its own: what one would build in an
 * afternoon. Everyone sees everything.
 */
public final class StockAvatica implements AutoCloseable {
    private static final Pattern SERVING = Pattern.compile("serves at port (\\d+)");

    private final Child process;
    private final int port;

    private StockAvatica(Child process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Serves a database.
     *
     * @param jar Avatica's standalone server, with all that it needs
     * @param database a file that no one else has open
     */
    public static StockAvatica start(Path jar, Path database) throws IOException {
        Child process = Child.start(
                database.resolveSibling("stock-avatica.log"),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(
                                File.pathSeparator,
                                place(StockServer.class),
                                jar.toString(),
                                place(DuckDBDriver.class)),
                        StockServer.class.getName(),
                        "jdbc:duckdb:" + database.toAbsolutePath()),
                Map.of());
        try {
            return new StockAvatica(process, Integer.parseInt(process.await(SERVING)));
        } catch (IOException | RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private static String place(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation().getPath();
    }

    /** A connection by Avatica's own driver. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:avatica:remote:url=http://127.0.0.1:" + port + ";serialization=protobuf");
    }

    @Override
    public void close() {
        process.close();
    }
}
