package io.icespar.server.jdbc;

import io.icespar.engine.Engine;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.duckdb.LoadListener;
import io.icespar.engine.jdbc.embedded.EmbeddedConnections;
import io.icespar.security.identity.Name;
import io.icespar.server.Server;
import io.icespar.server.config.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A few small tables behind a server, and once more in process: {@code Shops}, {@code Sales} that refer to them,
 * {@code Kinds} with a column of each type, and {@code Secrets}, which only {@code bob} may read. {@code alice} sees the
 * shops of Paris, and no {@code Margin} of a sale; {@code bob} sees all.
 */
final class JdbcShop implements AutoCloseable {
    private static final String ENGINE = """
            catalog: catalog
            data: data
            database: memory
            security: {store: memory, bootstrap: bootstrap.sql}
            """;

    private final Server server;
    private final Engine engine;

    /** The two ways to connect. */
    enum Way {
        REMOTE,
        EMBEDDED
    }

    JdbcShop(Path folder) throws IOException {
        server = Server.start(
                Settings.read(write(folder.resolve("remote"), "server: {port: 0}\n" + ENGINE)), new LoadListener() {});
        engine = Engine.open(EngineSettings.read(write(folder.resolve("embedded"), ENGINE)));
    }

    private static Path write(Path folder, String settings) throws IOException {
        var catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("shops.csv"), "Shop ID,City\n1,Paris\n2,Lyon\n3,Paris\n");
        Files.writeString(
                catalog.resolve("sales.csv"), "Sale ID,Shop,Quantity,Margin\n1,1,10,1\n2,2,200,2\n3,3,30,3\n");
        Files.writeString(catalog.resolve("secrets.csv"), "id,shop,word\n1,1,canary\n");
        Files.writeString(catalog.resolve("kinds.csv"), """
                k,i,b,f,d,s,day,t,ts
                1,-7,true,0.5,12.30,word,1969-12-31,23:59:58.123,1969-12-31 23:59:59.123
                2,,,,,,,,
                """);
        Files.writeString(catalog.resolve("retail.yaml"), """
                schema: retail
                backend: duckdb
                tables:
                  Sales:
                    file: sales.csv
                    key: Sale ID
                    references:
                      - {columns: Shop, table: Shops}
                  Shops: {file: shops.csv, key: Shop ID}
                  Secrets:
                    file: secrets.csv
                    key: id
                    references:
                      - {columns: shop, table: Shops}
                  Kinds:
                    file: kinds.csv
                    key: k
                    columns: {k: bigint not null, i: integer, f: double, d: "decimal(10, 2)", t: time}
                """);
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE USER admin PASSWORD 'changeit';
                CREATE USER alice PASSWORD 'changeit';
                CREATE USER bob PASSWORD 'changeit';
                CREATE ROLE ROLE_PARIS;
                CREATE ROLE ROLE_ALL;
                GRANT ROLE_ADMIN TO USER admin;
                GRANT ROLE_USER, ROLE_PARIS TO USER alice;
                GRANT ROLE_USER, ROLE_ALL TO USER bob;
                CREATE RESTRICTION paris ON "retail"."Shops" USING ("City" = 'Paris') TO ROLE_PARIS;
                REVOKE SELECT ON TABLE "retail"."Secrets" FROM PUBLIC;
                GRANT SELECT ON TABLE "retail"."Secrets" TO ROLE_ALL;
                REVOKE SELECT ("Margin") ON TABLE "retail"."Sales" FROM PUBLIC;
                GRANT SELECT ("Margin") ON TABLE "retail"."Sales" TO ROLE_ALL;
                """);
        return Files.writeString(folder.resolve("icespar.yaml"), settings);
    }

    String url() {
        return "jdbc:icespar:" + server.uri();
    }

    /** Where Avatica's protocol is spoken. */
    URI endpoint() {
        return server.uri().resolve("/avatica");
    }

    Connection connect(Way way, String user) throws SQLException {
        return switch (way) {
            case REMOTE -> DriverManager.getConnection(url(), user, "changeit");
            case EMBEDDED -> EmbeddedConnections.connect(engine, Name.of(user));
        };
    }

    @Override
    public void close() {
        try (engine) {
            server.close();
        }
    }
}
