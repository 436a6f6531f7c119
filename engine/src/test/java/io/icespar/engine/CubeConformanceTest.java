package io.icespar.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.run.RowStream;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference system's example of how restrictions combine, step by step: a hierarchy of continents and countries, and
 * one of currencies. There, once a whole continent is granted, the cube shows another answer than the table; here both are
 * restricted by the same, and always agree.
 */
class CubeConformanceTest {
    private static final String ALL = "China France Germany Japan Korea Norway Sweden";

    private final Engine engine;

    CubeConformanceTest(@TempDir Path folder) throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("countries.csv"), """
                country,continent,currency
                China,Asia,CNY
                France,Europe,EUR
                Germany,Europe,EUR
                Japan,Asia,JPY
                Korea,Asia,KRW
                Norway,Europe,NOK
                Sweden,Europe,SEK
                """);
        Files.writeString(catalog.resolve("world.yaml"), """
                schema: world
                backend: duckdb
                tables:
                  countries: {file: countries.csv, key: country}
                cubes:
                  cube:
                    fact: countries
                    mode: manual
                    hierarchies:
                      Geography: {levels: {Continent: continent, Country: country}}
                      Currency: {levels: {Currency: currency}}
                """);
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE USER admin; GRANT ROLE_ADMIN TO USER admin;
                CREATE USER rose; GRANT ROLE_USER TO USER rose;
                CREATE ROLE FRANCE; CREATE ROLE GERMANY; CREATE ROLE NORDIC; CREATE ROLE ASIA; CREATE ROLE EUR;
                GRANT MEMBERS ('Europe', 'France') OF HIERARCHY "Geography" IN CUBE "world"."cube" TO ROLE FRANCE;
                GRANT MEMBERS ('Europe', 'Germany') OF HIERARCHY "Geography" IN CUBE "world"."cube" TO ROLE GERMANY;
                GRANT MEMBERS ('Europe', 'Norway'), ('Europe', 'Sweden') OF HIERARCHY "Geography" IN CUBE "world"."cube"
                    TO ROLE NORDIC;
                GRANT MEMBERS ('Asia') OF HIERARCHY "Geography" IN CUBE "world"."cube" TO ROLE ASIA;
                GRANT MEMBERS ('EUR') OF HIERARCHY "Currency" IN CUBE "world"."cube" TO ROLE EUR;
                """);
        engine = Engine.open(EngineSettings.read(Files.writeString(folder.resolve("icespar.yaml"), """
                catalog: catalog
                data: data
                database: memory
                security: {store: memory, bootstrap: bootstrap.sql}
                """)));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String seen(String sql) {
        Session session = engine.session(Name.of("rose"));
        TreeSet<String> seen = new TreeSet<>();
        try (RowStream rows = ((Answer.Rows) session.execute(session.prepare(sql), List.of(), 0)).stream()) {
            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                seen.add(String.valueOf(row[0]));
            }
        }
        return String.join(" ", seen);
    }

    private void sees(String countries) {
        assertEquals(countries, seen("SELECT \"country\" FROM \"world\".\"countries\""), "the table");
        assertEquals(countries, seen("SELECT \"Country\" FROM \"world\".\"cube\" GROUP BY \"Country\""), "the cube");
        long count = countries.isEmpty()
                ? 0
                : countries.chars().filter(c -> c == ' ').count() + 1;
        assertEquals(
                String.valueOf(count),
                seen("SELECT AGGREGATE(\"contributors.COUNT\") FROM \"world\".\"cube\""),
                "the total");
    }

    private void run(String command) {
        engine.session(Name.of("admin")).query(command);
    }

    @Test
    void membersOfOneHierarchyAddUpAndThoseOfAnotherNarrow() {
        sees(ALL);
        run("GRANT FRANCE TO USER rose");
        sees("France");
        run("GRANT GERMANY TO USER rose");
        sees("France Germany");
        run("GRANT NORDIC TO USER rose");
        sees("France Germany Norway Sweden");
        run("GRANT ASIA TO USER rose");
        sees(ALL);
        run("REVOKE MEMBERS ('Asia') OF HIERARCHY \"Geography\" IN CUBE \"world\".\"cube\" FROM ROLE ASIA");
        run("GRANT MEMBERS ('Asia', 'Japan'), ('Asia', 'Korea') OF HIERARCHY \"Geography\" IN CUBE"
                + " \"world\".\"cube\" TO ROLE ASIA");
        sees("France Germany Japan Korea Norway Sweden");
        run("GRANT EUR TO USER rose");
        sees("France Germany");
        run("REVOKE FRANCE, GERMANY FROM USER rose");
        sees("");
    }
}
