import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The engine over tables of a DuckDB, as they are at one moment: with all rows for an administrator and for a user who is
 * restricted, and once more with nothing but the rows that this user may see.
 */
final class World implements AutoCloseable {
    private static final String PASSWORD = "changeit";

    private final Path folder;
    private final Connection administrator;
    private final Connection restricted;
    private final Connection copy;

    private World(Path folder, Connection administrator, Connection restricted, Connection copy) {
        this.folder = folder;
        this.administrator = administrator;
        this.restricted = restricted;
        this.copy = copy;
    }

    /** Opens both engines over what is in the tables of {@code data} now, with the views that are given by their texts. */
    static World open(Connection data, List<String> views) throws IOException, SQLException {
        var folder = Files.createTempDirectory("icespar sql logic");
        var tables = tables(data);
        var all = write(data, tables, folder.resolve("all"), false);
        var visible = write(data, tables, folder.resolve("visible"), true);
        var world = new World(
                folder, connect(all, "administrator"), connect(all, "restricted"), connect(visible, "administrator"));
        for (var view : views) {
            world.define(view);
        }
        return world;
    }

    /** All rows. */
    Connection administrator() {
        return administrator;
    }

    /** Some of them. */
    Connection restricted() {
        return restricted;
    }

    /** The same ones, with no others there. */
    Connection copy() {
        return copy;
    }

    /** Makes a view, in both. */
    void define(String command) throws SQLException {
        for (var connection : List.of(administrator, copy)) {
            try (var statement = connection.createStatement()) {
                statement.execute(command);
            }
        }
    }

    @Override
    public void close() throws SQLException, IOException {
        administrator.close();
        restricted.close();
        copy.close();
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Connection connect(Path configuration, String user) throws SQLException {
        return DriverManager.getConnection("jdbc:icespar:embedded:" + configuration, user, PASSWORD);
    }

    /** The columns of each table, with their types. */
    private static Map<String, Map<String, String>> tables(Connection data) throws SQLException {
        var tables = new LinkedHashMap<String, Map<String, String>>();
        try (var statement = data.createStatement();
                var columns = statement.executeQuery("SELECT table_name, column_name, data_type"
                        + " FROM information_schema.columns ORDER BY table_name, ordinal_position")) {
            while (columns.next()) {
                tables.computeIfAbsent(columns.getString(1), name -> new LinkedHashMap<>())
                        .put(columns.getString(2), columns.getString(3));
            }
        }
        return tables;
    }

    private static Path write(
            Connection data, Map<String, Map<String, String>> tables, Path folder, boolean onlyVisible)
            throws IOException, SQLException {
        Files.createDirectories(folder.resolve("catalog"));
        var catalog = new StringBuilder("schema: suite\nbackend: duckdb\ntables:\n");
        var bootstrap = new StringBuilder("CREATE USER \"administrator\" PASSWORD '" + PASSWORD + "';\n"
                + "GRANT ROLE_USER, ROLE_ADMIN TO USER \"administrator\";\n"
                + "CREATE USER \"restricted\" PASSWORD '" + PASSWORD + "';\n"
                + "CREATE ROLE seen;\nGRANT ROLE_USER, seen TO USER \"restricted\";\n");
        var number = 0;
        for (var table : tables.entrySet()) {
            var name = table.getKey();
            var condition = condition(number++, table.getValue());
            try (var statement = data.createStatement()) {
                statement.execute("COPY (FROM \"" + name + "\" WHERE " + (onlyVisible ? condition : "TRUE") + ") TO '"
                        + folder.resolve(name + ".csv") + "' (HEADER, FORCE_QUOTE *)");
            }
            catalog.append("  ").append(name).append(":\n    file: ../").append(name).append(".csv\n    columns: {");
            catalog.append(table.getValue().entrySet().stream()
                            .map(column -> column.getKey() + ": " + column.getValue())
                            .collect(Collectors.joining(", ")))
                    .append("}\n");
            if (!condition.equals("TRUE")) {
                bootstrap.append("CREATE RESTRICTION seen_%1$s ON \"%1$s\" USING (%2$s) TO seen;\n"
                        .formatted(name, condition));
            }
        }
        Files.writeString(folder.resolve("catalog/suite.yaml"), catalog);
        Files.writeString(folder.resolve("bootstrap.sql"), bootstrap);
        return Files.writeString(
                folder.resolve("icespar.yaml"),
                "catalog: catalog\ndata: data\ndatabase: memory\n"
                        + "security: {store: memory, bootstrap: bootstrap.sql}\n");
    }

    /** Every second table is restricted to most of its rows, so that something is left of joins of dozens. */
    private static String condition(int number, Map<String, String> columns) {
        return columns.entrySet().stream()
                .filter(column -> number % 2 == 0 && column.getValue().equals("INTEGER"))
                .map(column -> "MOD(\"" + column.getKey() + "\", 4) <> 1")
                .findFirst()
                .orElse("TRUE");
    }

    /** An answer as text, a row for each row, in their order or sorted; or the error. */
    static List<String> answer(Connection connection, String query, boolean inOrder) {
        var rows = new ArrayList<String>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            var columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var i = 1; i <= columns; i++) {
                    row.add(String.valueOf(result.getObject(i)));
                }
                rows.add(row.toString());
            }
        } catch (SQLException e) {
            return List.of(e.getSQLState() + " " + e.getMessage());
        }
        if (!inOrder) {
            rows.sort(Comparator.naturalOrder());
        }
        return rows;
    }
}
