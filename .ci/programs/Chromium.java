import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.NoSuchElementException;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.logging.LogType;

/** A real browser without a window, as one person uses it: what it keeps ends with it. */
final class Chromium implements AutoCloseable {
    private final ChromeDriver driver;
    private final Path screenshots;

    /** Starts Debian's Chromium; its screenshots go into a folder. */
    Chromium(Path screenshots) throws Exception {
        this.screenshots = Files.createDirectories(screenshots);
        var options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--disable-dev-shm-usage",
                "--window-size=900,700",
                "--user-data-dir=" + Files.createTempDirectory("chromium"));
        var console = new LoggingPreferences();
        console.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", console);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60)).implicitlyWait(Duration.ofSeconds(10));
    }

    void open(String address) {
        driver.get(address);
    }

    String address() {
        return driver.getCurrentUrl();
    }

    /** All that the page shows. */
    String text() {
        return find("body").getText();
    }

    /** The page as it is at the moment, in HTML. */
    String source() {
        return driver.getPageSource();
    }

    String title() {
        return driver.getTitle();
    }

    /** The first element of a CSS selector; waits a little for it. */
    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /**
     * Waits until the page that comes shows a text there, or anything at all if the text is empty; the one before may be
     * there for a moment yet.
     */
    String waitFor(String selector, String text) throws InterruptedException {
        var seen = "nothing";
        for (var since = System.nanoTime(); System.nanoTime() - since < 15_000_000_000L; Thread.sleep(100)) {
            try {
                seen = find(selector).getText();
                if (seen.contains(text) && !seen.isBlank()) {
                    return seen;
                }
            } catch (StaleElementReferenceException | NoSuchElementException left) {
                // The page is changing.
            }
        }
        throw new AssertionError("expected " + text + "\nfound    " + seen + "\nat       " + address());
    }

    /** Goes into a frame of the page, by its name, whichever it was in before. */
    void enter(String frame) {
        driver.switchTo().defaultContent().switchTo().frame(frame);
    }

    /** Leaves all frames. */
    void leaveFrames() {
        driver.switchTo().defaultContent();
    }

    void type(String selector, String text) {
        var field = find(selector);
        field.clear();
        field.sendKeys(text);
    }

    void click(String selector) {
        find(selector).click();
    }

    Object run(String script) {
        return driver.executeScript(script);
    }

    /** What the browser's console has said since it was asked last, such as what a page was not allowed to do. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::getMessage)
                .toList();
    }

    /** The texts of all elements of a CSS selector, also of those that are out of sight. */
    List<String> texts(String selector) {
        return driver.findElements(By.cssSelector(selector)).stream()
                .map(element -> element.getDomProperty("textContent"))
                .toList();
    }

    /** What the browser keeps for the site that is shown, as names, values and flags. */
    List<String> cookies() {
        return driver.manage().getCookies().stream()
                .map(cookie -> cookie.getName() + " httpOnly=" + cookie.isHttpOnly() + " sameSite=" + cookie.getSameSite())
                .sorted()
                .toList();
    }

    String cookie(String name) {
        var cookie = driver.manage().getCookieNamed(name);
        return cookie == null ? "" : cookie.getValue();
    }

    /** Keeps a picture of the page. */
    void photograph(String name) throws Exception {
        var picture = driver.getScreenshotAs(OutputType.FILE).toPath();
        Files.move(picture, screenshots.resolve(name + ".png"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
