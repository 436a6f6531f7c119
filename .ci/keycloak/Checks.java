import java.sql.SQLException;
import java.util.regex.Pattern;

/** Checks that are counted and printed, each by its name, with what was seen. */
final class Checks {
    private int passed;
    private int failed;

    interface Check {
        /** Checks something, and says what it saw; throws if that is not what it should be. */
        String run() throws Exception;
    }

    void check(String name, Check check) {
        try {
            var seen = check.run();
            passed++;
            System.out.println("ok      " + name + (seen.isEmpty() ? "" : "\n        " + seen.replace("\n", "\n        ")));
        } catch (Exception | AssertionError e) {
            failed++;
            System.out.println("FAILED  " + name + "\n        " + e.toString().replace("\n", "\n        "));
        }
    }

    /** Prints the sum, and gives the exit code. */
    int finish() {
        System.out.println();
        System.out.println(passed + " passed, " + failed + " failed");
        return failed == 0 ? 0 : 1;
    }

    static String equal(Object expected, Object found) {
        if (!expected.equals(found)) {
            throw new AssertionError("expected " + expected + "\nfound    " + found);
        }
        return String.valueOf(found);
    }

    static String contains(String text, String... parts) {
        for (var part : parts) {
            if (!text.contains(part)) {
                throw new AssertionError("expected `" + part + "` in: " + text);
            }
        }
        return text;
    }

    static String holdsNone(String text, String... parts) {
        for (var part : parts) {
            if (text.contains(part)) {
                throw new AssertionError("`" + part + "` stands where it must not");
            }
        }
        return "";
    }

    interface Failing {
        void run() throws Exception;
    }

    /** Expects an SQLException with that SQLSTATE, and gives its text, which must hold no class name and no secret. */
    static String refused(String sqlState, Failing action, String... named) throws Exception {
        try {
            action.run();
        } catch (SQLException e) {
            equal(sqlState, e.getSQLState() + (sqlState.equals(e.getSQLState()) ? "" : ": " + e.getMessage()));
            contains(e.getMessage(), named);
            holdsNone(e.getMessage(), Keycloak.PASSWORD, Keycloak.SERVER_SECRET, "Exception");
            return e.getSQLState() + " " + e.getMessage();
        }
        throw new AssertionError("was not refused");
    }

    /** The first group of a pattern in a text. */
    static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in: " + text);
        }
        return matcher.group(1);
    }
}
