import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * H2's web console, which works with the driver of any database, as a person uses it in a browser: what is typed into
 * its dialog, clicked and seen.
 */
final class H2Console implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Web Console server running at (http://\\S+?)[/ ]");

    private final Program program;
    private final Chromium browser;
    private final String address;

    /** Starts the console with the driver beside it, and a browser. */
    H2Console(Path java, Path driver, Path h2, Path screenshots) throws Exception {
        program = new Program(
                new ProcessBuilder(
                        java.toString(), "-Djava.awt.headless=true", "-cp", driver + ":" + h2, "org.h2.tools.Server", "-web", "-webPort",
                        "0",
                        // Keeps no settings, neither from before nor for later.
                        "-properties", "null"),
                READY);
        address = program.whenReady();
        browser = new Chromium(screenshots);
    }

    /** Fills the dialog in and presses "Connect". */
    void connect(String url, String user, String password) {
        fill(url, user, password);
        browser.click("input[type=submit]");
    }

    /** Fills the dialog in and presses "Test Connection"; gives what the page says. */
    String test(String url, String user, String password) throws Exception {
        fill(url, user, password);
        browser.click("input[value='Test Connection']");
        // A test that was quick leaves the paragraph for errors empty, and says so below it.
        return browser.waitFor(".success, .error:not(:empty)", "");
    }

    /** What the dialog says of a login that was refused. */
    String loginError() throws Exception {
        return browser.waitFor("div.error", "");
    }

    private void fill(String url, String user, String password) {
        browser.leaveFrames();
        browser.open(address);
        browser.type("input[name=driver]", "io.icespar.jdbc.Driver");
        browser.type("input[name=url]", url);
        browser.type("input[name=user]", user);
        browser.type("input[name=password]", password);
    }

    /** Unfolds one node of the tree, and gives all names that the tree has, folded ones included. */
    List<String> tree(String open) throws Exception {
        browser.enter("h2menu");
        browser.waitFor("body", "Icespar");
        browser.click("#join" + browser.run("return tablesByName['" + open + "'].id"));
        return List.of(String.valueOf(browser.run("return nodeList.map(node => node.text).join('\\n')")).split("\n"));
    }

    /** Types a statement, presses "Run", and gives what the page shows then. */
    String run(String sql) throws Exception {
        type(sql);
        return browser.waitFor("#output", " ms)");
    }

    /** Types a statement that fails, presses "Run", and gives the error. */
    String runRefused(String sql) throws Exception {
        type(sql);
        return browser.waitFor("#output .error", "");
    }

    private void type(String sql) {
        // What is there from the statement before must not pass for an answer to this one.
        browser.enter("h2result");
        browser.run("document.body.innerHTML = ''");
        browser.enter("h2query");
        browser.type("textarea#sql", sql);
        browser.click("input[value=Run]");
        browser.enter("h2result");
    }

    /** Asks for rows to edit, changes a value in the first of them, saves, and gives the error. */
    String edit(String sql, String value) throws Exception {
        run("@edit " + sql);
        browser.click("img[src='ico_write.gif']");
        browser.waitFor("#output", "");
        browser.type("#output input[type=text], #output textarea", value);
        browser.click("img[src='ico_ok.gif']");
        return browser.waitFor("#output .error", "");
    }

    /** Keeps a picture of the whole page. */
    void photograph(String name) throws Exception {
        browser.leaveFrames();
        browser.photograph(name);
    }

    @Override
    public void close() throws Exception {
        try (program) {
            browser.close();
        }
    }
}
