package io.icespar.engine.functions;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.config.AuditSettings;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.engine.config.StoreSettings;
import io.icespar.engine.run.RowStream;
import io.icespar.security.auth.LoginLimits;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code t} of {@link Things}, of which each user sees the rows with everyday values, by a restriction of another
 * sort, and none of those with poison; or the same table without these.
 *
 * <p>It has three columns more: {@code owner}; {@code p}, a small number where the row is seen; and {@code n}, digits where
 * it is.
 */
final class HiddenThings implements AutoCloseable {
    private static final int EVERYDAY = 7;

    /** What {@code p} and {@code n} hold in hidden rows, beside the least and greatest of the other columns. */
    private static final List<String> POISON = List.of(
            "0,poison",
            "-1,2021-02-30",
            "9223372036854775807,9999999999999999999999",
            "-9223372036854775808,",
            "70000000,\\",
            "-128,1e400");

    private final Engine engine;

    /** By which sort of restriction a user sees what the user sees. */
    enum Viewer {
        BY_A_COLUMN,
        BY_A_SUB_QUERY,
        OVER_A_REFERENCE,
        BY_ONE_OF_TWO;

        String user() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Opens the tables.
     *
     * @param poisoned whether there are the hidden rows
     */
    HiddenThings(Path folder, boolean poisoned, Function<EngineSettings, Engine> opening) {
        try {
            engine = open(folder, poisoned, opening);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Engine open(Path folder, boolean poisoned, Function<EngineSettings, Engine> opening)
            throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        String types = Things.COLUMNS.stream()
                .skip(1)
                .map(column -> column.replaceFirst(" ", ": \"") + "\"")
                .collect(Collectors.joining(", "));
        Files.writeString(catalog.resolve("small.yaml"), """
                schema: small
                backend: duckdb
                tables:
                  t:
                    file: t.csv
                    key: [id]
                    columns: {%s, owner: VARCHAR, p: BIGINT, n: VARCHAR}
                    references:
                      - {columns: owner, table: owners}
                  owners: {file: owners.csv, key: name, columns: {name: VARCHAR, seen: VARCHAR}}
                  access: {file: access.csv, columns: {viewer: VARCHAR, owner: VARCHAR}}
                """.formatted(types));
        Files.writeString(catalog.resolve("owners.csv"), "name,seen\nus,yes\nothers,no\n");
        Files.writeString(catalog.resolve("access.csv"), "viewer,owner\nby_a_sub_query,us\nnobody,others\n");
        Files.writeString(catalog.resolve("t.csv"), String.join("\n", rows(poisoned)) + "\n");
        Path bootstrap = Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE ROLE by_a_column;
                CREATE ROLE by_a_sub_query;
                CREATE ROLE over_a_reference;
                CREATE ROLE by_one_of_two;
                CREATE RESTRICTION owned ON t USING (owner = 'us') TO by_a_column;
                CREATE RESTRICTION listed ON t
                    USING (owner IN (SELECT a.owner FROM access a WHERE a.viewer = CURRENT_USER)) TO by_a_sub_query;
                CREATE RESTRICTION referred ON owners USING (seen = 'yes') TO over_a_reference;
                CREATE RESTRICTION our ON t AS PERMISSIVE USING (owner = 'us') TO by_one_of_two;
                CREATE RESTRICTION first_one ON t AS PERMISSIVE USING (id = 1 AND b) TO by_one_of_two;
                CREATE USER by_a_column;
                CREATE USER by_a_sub_query;
                CREATE USER over_a_reference;
                CREATE USER by_one_of_two;
                GRANT ROLE_USER, by_a_column TO USER by_a_column;
                GRANT ROLE_USER, by_a_sub_query TO USER by_a_sub_query;
                GRANT ROLE_USER, over_a_reference TO USER over_a_reference;
                GRANT ROLE_USER, by_one_of_two TO USER by_one_of_two;
                CREATE USER admin PASSWORD 'changeit';
                GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                """);
        return opening.apply(new EngineSettings(
                catalog,
                folder.resolve("data"),
                Storage.MEMORY,
                new StoreSettings.Memory(),
                Optional.of(bootstrap),
                LoginLimits.DEFAULT,
                AuditSettings.DEFAULT,
                List.of()));
    }

    private static List<String> rows(boolean poisoned) {
        List<String> rows = new ArrayList<>();
        rows.add(Things.COLUMNS.stream()
                        .map(column -> column.substring(0, column.indexOf(' ')))
                        .collect(Collectors.joining(","))
                + ",owner,p,n");
        for (@Nullable Object[] row : Things.ROWS.subList(0, EVERYDAY)) {
            rows.add(text(row, 0) + ",us," + row[0] + "," + row[0]);
        }
        for (int i = 0; poisoned && i < POISON.size(); i++) {
            @Nullable Object[] extreme = Things.ROWS.get(EVERYDAY + i % 2);
            rows.add(text(extreme, 10 * i) + ",others," + POISON.get(i));
        }
        return rows;
    }

    private static String text(@Nullable Object[] row, int more) {
        @Nullable Object[] numbered = row.clone();
        numbered[0] = (Long) row[0] + more;
        return Arrays.stream(numbered).map(Things::csv).collect(Collectors.joining(","));
    }

    /** The rows that a user gets in their order, or what the user is told. */
    List<String> answer(String user, String sql) {
        Session session = engine.session(Name.of(user));
        List<String> lines = new ArrayList<>();
        try (RowStream rows = ((Answer.Rows) session.query(sql)).stream()) {
            for (@Nullable Object[] row = rows.next(); row != null; row = rows.next()) {
                lines.add(Arrays.deepToString(row));
            }
        } catch (IcesparException e) {
            return List.of("! " + e.code() + " " + e.getMessage());
        }
        return sql.contains("ORDER BY id") ? lines : lines.stream().sorted().toList();
    }

    @Override
    public void close() {
        engine.close();
    }
}
