package io.icespar.benchmark.suite;

import io.icespar.benchmark.system.Asking;
import io.icespar.benchmark.system.DuckDb;
import io.icespar.benchmark.system.IcesparServer;
import io.icespar.benchmark.system.PostgreSql;
import io.icespar.benchmark.system.StockAvatica;
import io.icespar.tpch.TpchQuery;
import io.icespar.tpch.TpchSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The systems that have the data of TPC-H. */
final class TpchSystems {
    /** Icespar, asked by who is restricted. */
    static final String ICESPAR_RESTRICTED = "Icespar, restricted";

    /** Icespar, asked by who is not. */
    static final String ICESPAR = "Icespar";

    /** DuckDB itself. */
    static final String DUCKDB = "DuckDB";

    /** DuckDB, restricted as one would by hand. */
    static final String BY_HAND = "DuckDB by hand";

    /** PostgreSQL with policies. */
    static final String POSTGRESQL = "PostgreSQL, policies";

    /** The names of the queries. */
    static final List<String> QUERIES =
            TpchQuery.ALL.stream().map(TpchQuery::name).toList();

    private static final String ALL_ROWS = "all";
    private static final String SOME_ROWS = "some";
    private static final Map<String, String> TEXTS =
            TpchQuery.ALL.stream().collect(Collectors.toMap(TpchQuery::name, TpchQuery::sql));

    private final Run run;
    private final TpchData data;
    private final String database;

    /**
     * Systems with some data.
     *
     * @param database where tables are kept: {@code memory} or {@code file}
     */
    TpchSystems(Run run, TpchData data, String database) {
        this.run = run;
        this.data = data;
        this.database = database;
    }

    /** A server of Icespar's with the data; whoever gets it closes it. */
    IcesparServer server(String... javaOptions) throws IOException {
        return IcesparServer.start(
                run.distribution(),
                folder("icespar"),
                data.schema().catalog(),
                database,
                TpchData.bootstrap(),
                javaOptions);
    }

    /** DuckDB in this process with the data; whoever gets it closes it. */
    DuckDb duckDb() throws IOException, SQLException {
        return database.equals("memory") ? DuckDb.open("", script()) : DuckDb.open(databaseFile());
    }

    /** Avatica's own server over the data; whoever gets it closes it. */
    StockAvatica stockAvatica() throws IOException, SQLException {
        return StockAvatica.start(run.stockAvatica(), databaseFile());
    }

    // Kept for the next run. What was not written to its end has another name.
    private Path databaseFile() throws IOException, SQLException {
        Path file = folder("duckdb").resolve("tpch.duckdb");
        if (!Files.exists(file)) {
            Path unfinished = file.resolveSibling("unfinished.duckdb");
            Files.deleteIfExists(unfinished);
            DuckDb.open(unfinished.toString(), script()).close();
            Files.move(unfinished, file);
        }
        return file;
    }

    private String script() {
        return data.schema().duckDbScript() + TpchData.byHand();
    }

    /** PostgreSQL with the data, its indexes and policies; whoever gets it closes it. */
    PostgreSql postgreSql() throws IOException, SQLException {
        PostgreSql server = PostgreSql.start();
        try {
            server.execute(data.schema().tables());
            for (String table : TpchSchema.TABLES) {
                server.load(table, data.schema().csv(table));
            }
            server.execute(TpchData.postgreSqlScript());
            server.execute("VACUUM ANALYZE");
            return server;
        } catch (IOException | SQLException | RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    private Path folder(String system) throws IOException {
        return Files.createDirectories(data.schema().catalog().resolveSibling(system));
    }

    /** Icespar, asked by both users. */
    OpenSystem openIcespar() throws IOException, SQLException {
        IcesparServer server = server();
        Connection restricted = server.connect(TpchData.RESTRICTED);
        Connection all = server.connect(TpchData.UNRESTRICTED);
        return OpenSystem.of(
                List.of(
                        new Contestant(ICESPAR_RESTRICTED, SOME_ROWS, asking(restricted.createStatement())),
                        new Contestant(ICESPAR, ALL_ROWS, asking(all.createStatement()))),
                () -> {
                    try (server;
                            restricted) {
                        all.close();
                    }
                });
    }

    /** DuckDB as it is. */
    OpenSystem openDuckDb() throws IOException, SQLException {
        DuckDb duckDb = duckDb();
        Connection all = duckDb.connect();
        return OpenSystem.of(List.of(unrestricted(all)), () -> {
            try (duckDb) {
                all.close();
            }
        });
    }

    /** DuckDB, as it is and restricted by hand. */
    OpenSystem openDuckDbAndByHand() throws IOException, SQLException {
        DuckDb duckDb = duckDb();
        Connection all = duckDb.connect();
        Connection byHand = duckDb.connect();
        Statement statement = byHand.createStatement();
        statement.execute("SET search_path = 'by_hand,main'");
        return OpenSystem.of(List.of(unrestricted(all), new Contestant(BY_HAND, SOME_ROWS, asking(statement))), () -> {
            try (duckDb;
                    all) {
                byHand.close();
            }
        });
    }

    private static Contestant unrestricted(Connection duckDb) throws SQLException {
        return new Contestant(DUCKDB, ALL_ROWS, asking(duckDb.createStatement()));
    }

    /** PostgreSQL, asked by who is restricted; it stays open, for to load it takes long. */
    static OpenSystem openPostgreSql(PostgreSql server) throws SQLException {
        Connection connection = server.connect(TpchData.RESTRICTED, IcesparServer.PASSWORD);
        return OpenSystem.of(
                List.of(new Contestant(POSTGRESQL, SOME_ROWS, asking(connection.createStatement()))),
                connection::close);
    }

    private static Contestant.Ask asking(Statement statement) {
        Asking asking = new Asking(statement);
        return query -> asking.ask(TEXTS.getOrDefault(query, query));
    }
}
