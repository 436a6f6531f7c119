import io.icespar.benchmark.system.PostgreSql;
import io.icespar.benchmark.system.TemporaryFolder;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Queries that are made up, asked of the engine and of a real PostgreSQL with the same rows, restrictions and policies: both
 * give the same rows, to an administrator and to a user who may not see all.
 *
 * <p>Run as {@code java -cp CLASSES:BENCHMARK:ENGINE PostgreSqlTest QUERIES SEED}. Prints what was compared, why others were
 * not, and the first queries that are refused or not answered so.
 */
final class PostgreSqlTest {
    private static final int SHOWN = 10;
    private static final int SECONDS = 30;

    /** Sums of doubles are added up in any order. */
    private static final MathContext DIGITS = new MathContext(9);

    private static final String PASSWORD = "changeit";
    private static final String USER = "restricted";

    private static final String THINGS = """
            id,kind,whole,price,ratio,name,born,happened,flag
            1,x,7,19.99,0.5,Alice,2021-01-31,2021-01-31 10:11:12.5,true
            2,x,-7,-3.50,-2.25,ab 日本,1999-12-31,1999-12-31 23:59:59.999999,false
            3,y,,,,,,,
            4,,0,0.00,1e10,"a_b%c\\",2020-02-29,2020-02-29 00:00:00,true
            5,y,3,2.50,2.5,Bob,2020-02-29,2020-02-29 12:00:00,false
            6,x,3,0.05,-0.5,ab,,,true
            7,z,12,19.99,0.25,,1970-01-01,1970-01-01 00:00:00,false
            8,,-1,-0.01,,xa,1970-01-01,1970-01-01 00:00:00.000001,
            9,w,100,1000.00,3.75,—b,2100-02-28,2100-02-28 06:30:00,true
            10,z,7,,1.5,"  pads  ",2021-01-31,2021-01-31 10:11:12.5,false
            11,y,0,2.50,-0.5,x,1999-12-31,1999-12-31 00:00:00,true
            12,w,,7.25,0.5,bab,2021-01-31,2021-01-31 18:00:00,false
            """;

    private static final String KINDS = """
            kind,label
            x,first
            y,second
            w,hidden
            z,last
            """;

    /** Whose rows the user sees. */
    private static final Map<String, String> SEEN =
            Map.of("things", "id <> 2 AND id <> 5 AND (kind IS NULL OR kind <> 'w')", "kinds", "label <> 'hidden'");

    private final Map<String, Integer> outcomes = new TreeMap<>();
    private int failed;
    private int refused;

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT);
        int queries = Integer.parseInt(arguments[0]);
        var made = new MadeQueries(new Chance(new Random(Long.parseLong(arguments[1]))));
        var test = new PostgreSqlTest();
        try (var folder = TemporaryFolder.make();
                var postgreSql = PostgreSql.start()) {
            fill(postgreSql, folder.path());
            var configuration = configuration(folder.path());
            try (var ours = connect(configuration, "administrator");
                    var theirs = postgreSql.connect();
                    var oursRestricted = connect(configuration, USER);
                    var theirsRestricted = postgreSql.connect(USER, PASSWORD)) {
                for (int i = 0; i < queries; i++) {
                    var query = made.next();
                    test.compare("administrator", query, ours, theirs);
                    test.compare(USER, query, oursRestricted, theirsRestricted);
                }
            }
        }
        test.outcomes.forEach((outcome, number) -> System.out.printf("%8d %s%n", number, outcome));
        System.out.println(2 * queries - test.failed + " passed, " + test.failed + " failed");
        System.exit(test.failed == 0 && test.outcomes.getOrDefault("the same", 0) > queries ? 0 : 1);
    }

    private static void fill(PostgreSql postgreSql, Path folder) throws IOException, SQLException {
        postgreSql.execute("""
                CREATE TABLE things (id BIGINT NOT NULL PRIMARY KEY, kind VARCHAR, whole INTEGER, price DECIMAL(10, 2),
                    ratio DOUBLE PRECISION, name VARCHAR, born DATE, happened TIMESTAMP, flag BOOLEAN);
                CREATE TABLE kinds (kind VARCHAR NOT NULL PRIMARY KEY, label VARCHAR NOT NULL);
                CREATE ROLE %s LOGIN PASSWORD '%s';
                GRANT SELECT ON things, kinds TO %1$s;
                """.formatted(USER, PASSWORD));
        for (var table : List.of(Map.entry("things", THINGS), Map.entry("kinds", KINDS))) {
            var name = table.getKey();
            postgreSql.load(name, Files.writeString(folder.resolve(name + ".csv"), table.getValue()));
            postgreSql.execute("CREATE POLICY seen ON " + name + " USING (" + SEEN.get(name) + "); ALTER TABLE " + name
                    + " ENABLE ROW LEVEL SECURITY");
        }
    }

    private static Path configuration(Path folder) throws IOException {
        var catalog = Files.createDirectory(folder.resolve("catalog"));
        Files.writeString(catalog.resolve("peers.yaml"), """
                schema: peers
                backend: duckdb
                tables:
                  things:
                    file: ../things.csv
                    key: [id]
                    columns:
                      {id: BIGINT, kind: VARCHAR, whole: INTEGER, price: "DECIMAL(10, 2)", ratio: DOUBLE, name: VARCHAR,
                       born: DATE, happened: TIMESTAMP, flag: BOOLEAN}
                  kinds:
                    file: ../kinds.csv
                    key: [kind]
                    columns: {kind: VARCHAR, label: VARCHAR NOT NULL}
                """);
        Files.writeString(folder.resolve("bootstrap.sql"), """
                CREATE USER "administrator" PASSWORD '%2$s';
                GRANT ROLE_USER, ROLE_ADMIN TO USER "administrator";
                CREATE USER "%1$s" PASSWORD '%2$s';
                CREATE ROLE viewers;
                GRANT ROLE_USER, viewers TO USER "%1$s";
                CREATE RESTRICTION seen_things ON "things" USING (%3$s) TO viewers;
                CREATE RESTRICTION seen_kinds ON "kinds" USING (%4$s) TO viewers;
                """.formatted(USER, PASSWORD, SEEN.get("things"), SEEN.get("kinds")));
        return Files.writeString(
                folder.resolve("icespar.yaml"),
                "catalog: catalog\ndata: data\ndatabase: memory\nsecurity: {store: memory, bootstrap: bootstrap.sql}\n");
    }

    private static Connection connect(Path configuration, String user) throws SQLException {
        return DriverManager.getConnection("jdbc:icespar:embedded:" + configuration, user, PASSWORD);
    }

    private void compare(String user, Query query, Connection ours, Connection theirs) {
        var expected = answer(theirs, query, false);
        var actual = answer(ours, query, true);
        if (!expected.error().isEmpty() && !isWrong(actual)) {
            count("refused by PostgreSQL: " + expected.error());
        } else if (actual.isRefused()) {
            count("refused by Icespar: " + actual.error());
            if (refused++ < SHOWN) {
                System.out.println(user + " is refused: " + query.sql());
            }
        } else if (expected.rows().equals(actual.rows()) && actual.error().isEmpty()) {
            count("the same");
        } else {
            failed++;
            if (failed <= SHOWN) {
                System.out.println(user + ": " + query.sql() + " " + query.parameters() + "\n  PostgreSQL " + expected + "\n  Icespar    " + actual);
            }
        }
    }

    /** Whether it is an error that there should never be. */
    private static boolean isWrong(Answer answer) {
        return answer.error().startsWith("XX");
    }

    private void count(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    /**
     * The rows, as texts, sorted unless the query says their order; or the error.
     *
     * @param error its SQLSTATE and text, or empty
     */
    private record Answer(List<String> rows, String error) {
        /** Whether a feature is missing. */
        boolean isRefused() {
            return error.startsWith("0A");
        }
    }

    private static Answer answer(Connection connection, Query query, boolean isOurs) {
        var rows = new ArrayList<String>();
        try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
            statement.setQueryTimeout(SECONDS);
            for (int i = 0; i < query.parameters().size(); i++) {
                statement.setObject(i + 1, query.parameters().get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row(result, isOurs));
                }
            }
        } catch (SQLException e) {
            return new Answer(List.of(), e.getSQLState() + " " + firstWords(e));
        }
        if (!query.isOrdered()) {
            rows.sort(Comparator.naturalOrder());
        }
        return new Answer(rows, "");
    }

    /** Without names and places. */
    private static String firstWords(SQLException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("")
                .replaceAll("[`\"][^`\"]*[`\"]|\\(line.*", "…");
    }

    private static String row(ResultSet result, boolean isOurs) throws SQLException {
        var row = new ArrayList<String>();
        var columns = result.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = result.getObject(i);
            // PostgreSQL says of a column what is so of its table.
            if (value == null && isOurs && columns.isNullable(i) == ResultSetMetaData.columnNoNulls) {
                row.add("NULL in a column without NULLs");
            } else if (value instanceof Number) {
                var number = new BigDecimal(value.toString()).round(DIGITS);
                row.add(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
            } else if (value instanceof Array array) {
                row.add(Arrays.toString((Object[]) array.getArray()));
            } else {
                row.add(String.valueOf(value));
            }
        }
        return row.toString();
    }
}
