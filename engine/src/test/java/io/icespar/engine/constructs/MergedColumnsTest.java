package io.icespar.engine.constructs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.Engine;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restriction by the caller's name, over tables that are joined by a column of that name. */
class MergedColumnsTest {
    private static final String REGIONS = "SELECT region FROM sales ORDER BY region";

    @Test
    void theCallerIsNotTheColumnOfThatName(@TempDir Path folder) throws IOException {
        Path catalog = Files.createDirectory(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("small.yaml"), """
                schema: small
                backend: duckdb
                tables:
                  sales: {file: sales.csv, key: [region], columns: {region: VARCHAR}}
                  teams: {file: teams.csv, key: [user], columns: {user: VARCHAR, team: VARCHAR}}
                  places: {file: places.csv, key: [user], columns: {user: VARCHAR, region: VARCHAR}}
                """);
        Files.writeString(catalog.resolve("sales.csv"), "region\nnorth\nsouth\neast\n");
        Files.writeString(catalog.resolve("teams.csv"), "user,team\nalice,a\nbob,b\n");
        Files.writeString(catalog.resolve("places.csv"), "user,region\nalice,north\nbob,south\n");
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE USER admin PASSWORD 'changeit';
                GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER "alice" PASSWORD 'changeit';
                CREATE USER "bob" PASSWORD 'changeit';
                GRANT ROLE_USER TO USER "alice";
                GRANT ROLE_USER TO USER "bob";
                CREATE RESTRICTION own ON sales USING (region IN
                    (SELECT region FROM teams JOIN places USING ("user") WHERE "user" = USER)) TO PUBLIC;
                """);
        try (Engine engine = ConstructsTest.engine(folder, catalog, folder.resolve("bootstrap.sql"))) {
            assertEquals(
                    List.of("--: VARCHAR!", "--> north"),
                    ConstructsTest.lines(engine.session(Name.of("alice")), REGIONS, List.of()));
            assertEquals(
                    List.of("--: VARCHAR!", "--> south"),
                    ConstructsTest.lines(engine.session(Name.of("bob")), REGIONS, List.of()));
        }
    }
}
