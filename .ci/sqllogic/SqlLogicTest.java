import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import net.hydromatic.sqllogictest.OptionsParser;
import net.hydromatic.sqllogictest.OptionsParser.SuppliedOptions;
import net.hydromatic.sqllogictest.SltSqlStatement;
import net.hydromatic.sqllogictest.SltTestFile;
import net.hydromatic.sqllogictest.SqlTestQuery;
import net.hydromatic.sqllogictest.SqlTestQueryOutputDescription.SortOrder;
import net.hydromatic.sqllogictest.TestStatistics;
import net.hydromatic.sqllogictest.executors.JdbcExecutor;

/**
 * The sqllogictest suite of SQLite, without what it skips for PostgreSQL: each query gives an administrator the answer that
 * the suite says, and a restricted user the answer that an administrator gets where there are no other rows.
 *
 * <p>Run as {@code java -cp CLASSES:ENGINE:LIBRARY SqlLogicTest SUITE QUERIES FILES}: {@code SUITE} is the library's jar,
 * {@code QUERIES} how many of each file are asked, evenly spread, and 0 for all; {@code FILES} a pattern of files' names.
 * Prints how many were asked, and each that is not answered so.
 */
final class SqlLogicTest {
    private static final int SHOWN = 20;
    private static final Pattern OF_VIEWS = Pattern.compile("(?i)\\s*(CREATE|DROP)\\s+VIEW\\s+(\\w+).*", Pattern.DOTALL);
    private static final Pattern OF_INDEXES =
            Pattern.compile("(?i)\\s*((CREATE|DROP)\\s+(UNIQUE\\s+)?INDEX|REINDEX).*", Pattern.DOTALL);

    private static final String DATA_EXCEPTION = "22000";

    /** Columns of texts in the files of indexes, with a sign: to SQLite that is the text, in SQL only a number has one. */
    private static final Pattern SIGNED_TEXT = Pattern.compile("[+-]\\s*col[25]\\b");

    private final int queriesOfEachFile;
    private final SuppliedOptions options = new OptionsParser(false, System.out, System.err).getOptions();
    private final Map<String, Integer> asked = new TreeMap<>();
    private int leftOut;
    private int failed;

    private SqlLogicTest(int queriesOfEachFile) {
        this.queriesOfEachFile = queriesOfEachFile;
    }

    public static void main(String[] arguments) throws Exception {
        // The suite's figures have a point.
        Locale.setDefault(Locale.ROOT);
        var test = new SqlLogicTest(Integer.parseInt(arguments[1]));
        var wanted = Pattern.compile(arguments[2]);
        try (var suite = new JarFile(Path.of(arguments[0]).toFile())) {
            for (var entry : suite.stream().map(file -> file.getName()).sorted().toList()) {
                if (entry.startsWith("test/") && entry.endsWith(".test") && wanted.matcher(entry.substring(5)).matches()) {
                    test.run(entry.substring(5));
                }
            }
        }
        test.asked.forEach((folder, queries) -> System.out.printf("%8d of %s%n", queries, folder));
        var all = test.asked.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(test.leftOut + " not answered, as they give texts signs");
        System.out.println(all - test.failed + " passed, " + test.failed + " failed");
        System.exit(test.failed == 0 && all > 0 ? 0 : 1);
    }

    private void run(String file) throws Exception {
        var parsed = new SltTestFile("test/" + file);
        parsed.parse(options);
        long queries = parsed.getTestCount();
        long wanted = queriesOfEachFile == 0 ? queries : Math.min(queries, queriesOfEachFile);
        var views = new LinkedHashMap<String, String>();
        World world = null;
        try (var data = DriverManager.getConnection("jdbc:duckdb:")) {
            var number = 0L;
            for (var operation : parsed.fileContents) {
                if (operation instanceof SltSqlStatement statement) {
                    var text = statement.statement;
                    var view = OF_VIEWS.matcher(text);
                    if (view.matches()) {
                        define(world, views, view.group(2), view.group(1), text);
                    } else if (statement.shouldPass && !OF_INDEXES.matcher(text).matches()) {
                        change(data, text);
                        world = close(world);
                    }
                } else if (operation instanceof SqlTestQuery query) {
                    // Evenly spread: where the whole part of number * wanted / queries goes up.
                    if ((number + 1) * wanted / queries > number * wanted / queries) {
                        if (world == null) {
                            world = World.open(data, List.copyOf(views.values()));
                        }
                        ask(world, file, query);
                    }
                    number++;
                }
            }
        } finally {
            close(world);
        }
    }

    /**
     * What is dropped stays where it is, as no later query names it: the suite drops views that others read, which are
     * dropped next.
     */
    private static void define(World world, Map<String, String> views, String name, String verb, String text)
            throws SQLException {
        if (verb.equalsIgnoreCase("DROP")) {
            views.remove(name);
        } else {
            views.put(name, text);
            if (world != null) {
                world.define(text);
            }
        }
    }

    private static World close(World world) throws SQLException, IOException {
        if (world != null) {
            world.close();
        }
        return null;
    }

    /** SQLite's FLOAT has eight bytes; its keys say nothing that a query could tell. */
    private static void change(Connection data, String text) throws SQLException {
        try (var statement = data.createStatement()) {
            statement.execute(text.replace(" FLOAT", " DOUBLE").replace(" PRIMARY KEY", ""));
        }
    }

    private void ask(World world, String file, SqlTestQuery query) throws Exception {
        var folder = file.replaceAll("/.*", "");
        asked.merge(folder, 1, Integer::sum);
        var text = query.getQuery();
        try (var statement = world.administrator().createStatement();
                var result = statement.executeQuery(text)) {
            var statistics = new TestStatistics(true, 0);
            new Answers(options).validate(query, result, query.outputDescription, statistics);
            if (statistics.getFailedTestCount() > 0) {
                fail(file, text, "the suite's answer is another one");
                return;
            }
        } catch (SQLException e) {
            if (e.getSQLState().equals(DATA_EXCEPTION)
                    && folder.equals("index")
                    && SIGNED_TEXT.matcher(text).find()) {
                asked.merge(folder, -1, Integer::sum);
                leftOut++;
            } else {
                fail(file, text, e.getSQLState() + " " + e.getMessage());
            }
            return;
        }
        var inOrder = query.outputDescription.getOrder() == SortOrder.NONE;
        var expected = World.answer(world.copy(), text, inOrder);
        var actual = World.answer(world.restricted(), text, inOrder);
        if (!expected.equals(actual)) {
            fail(file, text, "restricted: " + actual + " and not " + expected);
        }
    }

    private void fail(String file, String query, String reason) {
        failed++;
        if (failed <= SHOWN) {
            System.out.println(file + ": " + query.replaceAll("\\s+", " ") + "\n    " + reason);
        }
    }

    /** The library's comparison of answers, which belongs to what executes a whole file. */
    private static final class Answers extends JdbcExecutor {
        Answers(SuppliedOptions options) {
            super(options, "", "", "");
        }
    }
}
