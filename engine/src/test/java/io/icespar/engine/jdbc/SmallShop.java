package io.icespar.engine.jdbc;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.config.EngineSettings;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * An engine with a few small tables: {@code Shops}, {@code Sales} that refer to them, {@code Kinds} with a column of
 * each type, and {@code Numbers} from 0 to 24,999. Users are {@code admin}, {@code alice}, who sees shops of Paris
 * only, {@code bob}, who sees all, and {@code eve}, who may not enter; the password of each is {@code changeit}.
 */
public final class SmallShop implements AutoCloseable {
    public static final long NUMBERS = 25_000;
    public static final Name ADMIN = Name.of("admin");
    public static final Name ALICE = Name.of("alice");
    public static final Name BOB = Name.of("bob");
    public static final Name EVE = Name.of("eve");

    private static final String SETTINGS = """
            catalog: catalog
            data: data
            security: {store: memory, bootstrap: bootstrap.sql}
            """;

    private static final String SCHEMA = """
            schema: retail
            backend: duckdb
            tables:
              Sales:
                file: sales.csv
                key: Sale ID
                references:
                  - columns: Shop
                    table: Shops
              Shops:
                file: shops.csv
                key: Shop ID
              Kinds:
                file: kinds.csv
                columns: {k: bigint not null, i: integer, f: double, d: "decimal(10, 2)", t: time}
              Numbers:
                file: numbers.csv
            """;

    /** Of {@code changeit}, at the least cost: a shop is opened for each of many tests. */
    private static final String HASH = "$2a$04$FW64eNHXqRjdIeyIZVzase2YUpXAmseASVO52oSIfeVjbBHjAt7ey";

    private static final String BOOTSTRAP = """
            CREATE ROLE "ROLE_PARIS";
            CREATE USER "admin" PASSWORD HASH '%1$s';
            CREATE USER "alice" PASSWORD HASH '%1$s';
            CREATE USER "bob" PASSWORD HASH '%1$s';
            CREATE USER "eve" PASSWORD HASH '%1$s';
            GRANT "ROLE_ADMIN" TO USER "admin";
            GRANT "ROLE_USER", "ROLE_PARIS" TO USER "alice";
            GRANT "ROLE_USER" TO USER "bob";
            CREATE RESTRICTION "paris" ON "retail"."Shops" USING ("City" = 'Paris') TO "ROLE_PARIS";
            """.formatted(HASH);

    private final Path settings;
    private final Engine engine;

    private SmallShop(Path settings, Engine engine) {
        this.settings = settings;
        this.engine = engine;
    }

    /** Writes the files and opens the engine. */
    public static SmallShop open(Path folder) throws IOException {
        var settings = write(folder);
        return new SmallShop(settings, Engine.open(EngineSettings.read(settings)));
    }

    /** Writes the files; returns that with the settings. */
    public static Path write(Path folder) throws IOException {
        var catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("retail.yaml"), SCHEMA);
        Files.writeString(catalog.resolve("shops.csv"), "Shop ID,City\n1,Paris\n2,Lyon\n3,Paris\n");
        Files.writeString(
                catalog.resolve("sales.csv"), "Sale ID,Shop,Quantity\n1,1,10\n2,2,200\n3,3,3000\n4,1,40000\n");
        Files.writeString(
                catalog.resolve("kinds.csv"),
                "k,i,b,f,d,s,day,t,ts\n"
                        + "1,-7,true,0.5,12.30,\"l'été, \"\"here\"\"\",1969-12-31,23:59:58.123456,"
                        + "1969-12-31 23:59:59.123456\n"
                        + "2,,,,,,,,\n");
        Files.writeString(
                catalog.resolve("numbers.csv"),
                LongStream.range(0, NUMBERS).mapToObj(Long::toString).collect(Collectors.joining("\n", "n\n", "\n")));
        Files.writeString(folder.resolve("bootstrap.sql"), BOOTSTRAP);
        return Files.writeString(folder.resolve("icespar.yaml"), SETTINGS);
    }

    public Engine engine() {
        return engine;
    }

    public Path settings() {
        return settings;
    }

    /** Carries out a command as the administrator. */
    public void command(String sql) {
        if (!(engine.session(ADMIN).query(sql) instanceof Answer.Done)) {
            throw new AssertionError("expected a command: " + sql);
        }
    }

    @Override
    public void close() {
        engine.close();
    }
}
