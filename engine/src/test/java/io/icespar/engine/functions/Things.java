package io.icespar.engine.functions;

import io.icespar.engine.Engine;
import io.icespar.engine.config.AuditSettings;
import io.icespar.engine.config.EngineSettings;
import io.icespar.engine.config.EngineSettings.Storage;
import io.icespar.engine.config.StoreSettings;
import io.icespar.security.auth.LoginLimits;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of one small table of all types, with values at the edges; the same for the engine and the reference. */
final class Things {
    static final List<String> COLUMNS = List.of(
            "id BIGINT NOT NULL",
            "b BOOLEAN",
            "i INTEGER",
            "j INTEGER",
            "l BIGINT",
            "d DECIMAL(10, 2)",
            "e DECIMAL(20, 6)",
            "x DOUBLE",
            "s VARCHAR",
            "u VARCHAR",
            "a DATE",
            "t TIMESTAMP",
            "c TIME");

    /** Rows with numbers from 1 hold everyday values, 8 and 9 the least and greatest of each type, others what is rare. */
    static final List<@Nullable Object[]> ROWS = List.of(
            row(
                    1,
                    true,
                    7,
                    2,
                    40L,
                    "19.99",
                    "0.500000",
                    0.5,
                    "Alice",
                    "li",
                    "2021-01-31",
                    "2021-01-31T10:11:12.345",
                    "10:11:12.5"),
            row(
                    2,
                    false,
                    -7,
                    3,
                    -5L,
                    "-3.50",
                    "-12.250000",
                    -2.25,
                    "Été à Zürich",
                    "é",
                    "1999-12-31",
                    "1969-12-31T23:59:59.999",
                    "23:59:59"),
            row(3, null, null, null, null, null, null, null, null, null, null, null, null),
            row(4, true, 0, 0, 0L, "0.00", "0.000000", 0.0, "", "", "2020-02-29", "2020-02-29T00:00:00", "00:00:00"),
            row(
                    5,
                    false,
                    100,
                    -1,
                    1000L,
                    "0.05",
                    "99.999999",
                    1e10,
                    "a_b%c\\",
                    "%",
                    "1970-01-01",
                    "1970-01-01T00:00:00",
                    "12:00:00"),
            row(
                    6,
                    true,
                    1,
                    1,
                    1L,
                    "2.50",
                    "2.500000",
                    2.5,
                    " trailing  ",
                    " ",
                    "2000-03-01",
                    "2000-03-01T12:30:00",
                    "12:30:00.25"),
            row(
                    7,
                    null,
                    -1,
                    5,
                    7L,
                    "-0.01",
                    "-2.500000",
                    -0.5,
                    "2021",
                    "1",
                    "1900-01-01",
                    "1900-06-15T01:02:03",
                    "01:02:03"),
            row(
                    8,
                    true,
                    Integer.MAX_VALUE,
                    Integer.MAX_VALUE,
                    Long.MAX_VALUE,
                    "99999999.99",
                    "99999999999999.999999",
                    1.7e308,
                    "ÿþý",
                    "þ",
                    "9999-12-31",
                    "9999-12-31T23:59:59.999",
                    "23:59:59.999"),
            row(
                    9,
                    false,
                    Integer.MIN_VALUE,
                    Integer.MIN_VALUE,
                    Long.MIN_VALUE,
                    "-99999999.99",
                    "-99999999999999.999999",
                    -1.7e308,
                    "'\"",
                    "\"",
                    "1800-01-01",
                    "1800-01-01T00:00:00",
                    "00:00:00.001"),
            row(
                    10,
                    false,
                    65_536,
                    -32_768,
                    4_294_967_296L,
                    "-0.05",
                    "0.000001",
                    -0.0,
                    "a  ",
                    "_",
                    "1604-02-29",
                    "1604-02-29T00:00:00",
                    "00:00:00"),
            row(
                    11,
                    null,
                    12,
                    32_767,
                    -4_294_967_297L,
                    "0.50",
                    "-0.500000",
                    4.9e-324,
                    "\t\n",
                    "a",
                    "2100-02-28",
                    "2000-12-31T23:59:59.999",
                    "23:59:59.5"));

    private Things() {}

    private static @Nullable Object[] row(@Nullable Object... values) {
        @Nullable Object[] row = values.clone();
        row[0] = Long.valueOf((Integer) values[0]);
        for (int column : new int[] {5, 6}) {
            row[column] = values[column] == null ? null : new BigDecimal((String) values[column]);
        }
        row[10] = values[10] == null ? null : LocalDate.parse((String) values[10]);
        row[11] = values[11] == null ? null : LocalDateTime.parse((String) values[11]);
        row[12] = values[12] == null ? null : LocalTime.parse((String) values[12]);
        return row;
    }

    /** An engine with the table {@code t} in its only schema, all of which the user {@code reader} sees. */
    static Engine open(Path folder) throws IOException {
        return Engine.open(settings(
                folder,
                """
                schema: small
                backend: duckdb
                tables:
                  t:
                    file: t.csv
                    key: [id]
                    columns: {%s}
                """.formatted(types()),
                Map.of(
                        "t.csv",
                        names() + "\n" + ROWS.stream().map(Things::csv).collect(Collectors.joining("\n", "", "\n"))),
                """
                CREATE USER admin;
                GRANT ROLE_USER, ROLE_ADMIN TO USER admin;
                CREATE USER reader;
                GRANT ROLE_USER TO USER reader;
                """));
    }

    /** Writes a schema with its tables; returns what opens it. */
    static EngineSettings settings(Path folder, String schema, Map<String, String> tables, String bootstrap)
            throws IOException {
        Path catalog = Files.createDirectories(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("small.yaml"), schema);
        for (Map.Entry<String, String> table : tables.entrySet()) {
            Files.writeString(catalog.resolve(table.getKey()), table.getValue());
        }
        return new EngineSettings(
                catalog,
                folder.resolve("data"),
                Storage.MEMORY,
                new StoreSettings.Memory(),
                Optional.of(Files.writeString(folder.resolve("bootstrap.sql"), bootstrap)),
                LoginLimits.DEFAULT,
                AuditSettings.DEFAULT,
                List.of());
    }

    /** The columns but {@code id} with their types, as a schema has them. */
    static String types() {
        return COLUMNS.stream()
                .skip(1)
                .map(column -> column.replaceFirst(" ", ": \"") + "\"")
                .collect(Collectors.joining(", "));
    }

    /** The names of the columns, as the first line of a file of tables has them. */
    static String names() {
        return COLUMNS.stream()
                .map(column -> column.substring(0, column.indexOf(' ')))
                .collect(Collectors.joining(","));
    }

    /** A row as a file of tables has it. */
    static String csv(@Nullable Object[] row) {
        return Arrays.stream(row).map(Things::csv).collect(Collectors.joining(","));
    }

    /** A value as a file of tables has it. */
    private static String csv(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof LocalDateTime || value instanceof LocalTime) {
            // With the seconds, also where they are 0.
            String text = value.toString();
            return text.matches(".*\\d\\d:\\d\\d") && !text.matches(".*:.*:.*") ? text + ":00" : text;
        }
        return value instanceof String text ? '"' + text.replace("\"", "\"\"") + '"' : value.toString();
    }
}
