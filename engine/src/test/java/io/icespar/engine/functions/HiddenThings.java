package io.icespar.engine.functions;

import io.icespar.engine.Answer;
import io.icespar.engine.Engine;
import io.icespar.engine.Session;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.run.RowStream;
import io.icespar.security.error.IcesparException;
import io.icespar.security.identity.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
        BY_ONE_OF_TWO,
        BY_VALUES;

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
        String schema = """
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
                """.formatted(Things.types());
        Map<String, String> tables = Map.of(
                "owners.csv",
                "name,seen\nus,yes\nothers,no\n",
                "access.csv",
                "viewer,owner\nby_a_sub_query,us\nnobody,others\n",
                "t.csv",
                String.join("\n", rows(poisoned)) + "\n");
        String restrictions = """
                CREATE ROLE by_a_column;
                CREATE ROLE by_a_sub_query;
                CREATE ROLE over_a_reference;
                CREATE ROLE by_one_of_two;
                CREATE ROLE by_values;
                CREATE CONTEXT VALUE our VARCHAR;
                CREATE CONTEXT VALUE ours VARCHAR ARRAY DEFAULT ARRAY['us', 'nobody'];
                ALTER ROLE by_values SET our = 'us';
                CREATE RESTRICTION owned ON t USING (owner = 'us') TO by_a_column;
                CREATE RESTRICTION listed ON t
                    USING (owner IN (SELECT a.owner FROM access a WHERE a.viewer = CURRENT_USER)) TO by_a_sub_query;
                CREATE RESTRICTION referred ON owners USING (seen = 'yes') TO over_a_reference;
                CREATE RESTRICTION our ON t AS PERMISSIVE USING (owner = 'us') TO by_one_of_two;
                CREATE RESTRICTION first_one ON t AS PERMISSIVE USING (id = 1 AND b) TO by_one_of_two;
                CREATE RESTRICTION valued ON t
                    USING (owner = ANY (CONTEXT_VALUE('ours')) AND owner = CONTEXT_VALUE('our')) TO by_values;
                CREATE USER admin;
                GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                """;
        String users = Arrays.stream(Viewer.values())
                .map(viewer -> "CREATE USER %1$s;\nGRANT ROLE_USER, %1$s TO USER %1$s;\n".formatted(viewer.user()))
                .collect(Collectors.joining());
        return opening.apply(Things.settings(folder, schema, tables, restrictions + users));
    }

    private static List<String> rows(boolean poisoned) {
        List<String> rows = new ArrayList<>();
        rows.add(Things.names() + ",owner,p,n");
        for (@Nullable Object[] row : Things.ROWS.subList(0, EVERYDAY)) {
            rows.add(Things.csv(row) + ",us," + row[0] + "," + row[0]);
        }
        for (int i = 0; poisoned && i < POISON.size(); i++) {
            @Nullable Object[] extreme = Things.ROWS.get(EVERYDAY + i % 2).clone();
            extreme[0] = (Long) extreme[0] + 10L * i;
            rows.add(Things.csv(extreme) + ",others," + POISON.get(i));
        }
        return rows;
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
