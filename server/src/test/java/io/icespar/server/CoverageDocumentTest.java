package io.icespar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/coverage.md} says how much is tried, as the tests and the pages that they write have it. */
class CoverageDocumentTest {
    private static final Path ROOT = Path.of("..");
    private static final Path ENGINE = ROOT.resolve("engine/src/test");
    private static final Path PAGE = ROOT.resolve("docs/coverage.md");

    @Test
    void thePageHasTheNumbersOfToday() throws IOException {
        String page = page();
        if (System.getProperty("icespar.docs.write") != null) {
            Files.writeString(PAGE, page);
        }
        assertEquals(
                page,
                Files.readString(PAGE),
                "docs/coverage.md is out of date; run this test with -Dicespar.docs.write to write it");
    }

    private static String page() throws IOException {
        return """
                # How much is tried

                Written by `CoverageDocumentTest` from the tests themselves and from the pages that they write, so no number
                here was written by hand. After a change:
                `./mvnw -pl server -am test -Dtest=CoverageDocumentTest -Dicespar.docs.write -Dsurefire.failIfNoSpecifiedTests=false`

                | what | how much | where |
                |---|---|---|
                """ + constructs() + functions() + queries() + attacks() + jdbc();
    }

    private static String constructs() throws IOException {
        String scripts = "";
        try (Stream<Path> files = Files.list(ENGINE.resolve("resources/constructs"))) {
            for (Path file : files.sorted().toList()) {
                scripts += Files.readString(file);
            }
        }
        return row(
                        "forms of queries that are answered, with rows and types",
                        count("(?m)^--: ", scripts),
                        "`ConstructsTest`")
                + row(
                        "forms that are refused by name",
                        count("(?m)^--! FEATURE_NOT_SUPPORTED ", scripts),
                        "`ConstructsTest`");
    }

    private static String functions() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/functions.md"));
        String refused = page.substring(page.indexOf("## Not supported"));
        return row(
                        "functions and operators, each run and compared with Calcite's own execution",
                        count("(?m)^\\| `[^|]+` \\|.*\\| (yes|no|) \\|$", page),
                        "[functions.md](functions.md)")
                + row(
                        "functions that are refused by name",
                        count("`[A-Z0-9_]+`", refused),
                        "[functions.md](functions.md)");
    }

    private static String queries() throws IOException {
        Path oracle = ENGINE.resolve("resources/io/icespar/engine/oracle");
        String users = Files.readString(ENGINE.resolve("java/io/icespar/engine/oracle/SampleUser.java"));
        String productions = Files.readString(ENGINE.resolve("java/io/icespar/engine/generated/Production.java"));
        String made = Files.readString(ENGINE.resolve("java/io/icespar/engine/generated/GeneratedQueriesTest.java"));
        String settings = Files.readString(ENGINE.resolve("resources/junit-platform.properties"));
        int tries = Integer.parseInt(
                groups("(?m)^jqwik\\.tries\\.default = (\\d+)$", settings).get(0));
        return row(
                        "queries that every oracle is asked about, for each of " + count("(?m)^    [A-Z]+\\(\"", users)
                                + " restricted users",
                        named(oracle.resolve("corpus.sql")),
                        "`CopyTest`, `NonInterferenceTest`, `ViewTest`, `MaskedColumnsTest`, `HiddenColumnsTest`")
                + row(
                        "queries of cubes that they are asked about",
                        named(oracle.resolve("cube-corpus.sql")),
                        "`CubeCorpusTest`")
                + row(
                        "queries that are made up and compared in each `./mvnw verify`",
                        tries * count("(?m)^    @Property$", made),
                        "`GeneratedQueriesTest`")
                + row(
                        "productions that they are made of",
                        count("(?m)^    [A-Z_]+,?$", productions),
                        "`GeneratedQueriesTest`");
    }

    private static String attacks() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/security.md"));
        return row(
                        "known attacks that a test tries",
                        count("(?m)^\\| \\d+ \\| .*\\| `", page),
                        "[security.md](security.md)")
                + row(
                        "known attacks that cannot apply, with the reason",
                        count("(?m)^\\| \\d+ \\| .*\\| not applicable: ", page),
                        "[security.md](security.md)")
                + row(
                        "known attacks that are not protected against",
                        count("(?m)^\\| \\d+ \\| .*\\| not protected, ", page),
                        "[security.md](security.md)");
    }

    private static String jdbc() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/jdbc.md"));
        String table = "(?m)^\\| `\\w+` \\| \\d+ \\| (\\d+) \\| (\\d+) \\|$";
        List<String> works = groups(table, page);
        List<String> refused = groups(table.replace("(\\d+) \\| (\\d+)", "\\d+ \\| (\\d+)"), page);
        return row("methods of JDBC that work", sum(works), "[jdbc.md](jdbc.md)")
                + row("methods of JDBC that are refused", sum(refused), "[jdbc.md](jdbc.md)");
    }

    // A line that ends a statement, for a name can be of several lines.
    private static int named(Path corpus) throws IOException {
        return count("(?m);$", Files.readString(corpus).replaceAll("(?m)^--.*$", ""));
    }

    private static String row(String what, int number, String where) {
        return "| " + what + " | " + number + " | " + where + " |\n";
    }

    private static int count(String pattern, String text) {
        return Math.toIntExact(Pattern.compile(pattern).matcher(text).results().count());
    }

    private static List<String> groups(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toList());
    }

    private static int sum(List<String> numbers) {
        return numbers.stream().mapToInt(Integer::parseInt).sum();
    }
}
