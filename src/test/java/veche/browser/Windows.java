package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Windows of a Chromium that nothing may be complained of in. Screenshots are kept in {@code target/screenshots}. */
public abstract class Windows {
    static final LocatorAssertions.HasTextOptions COMING_BACK =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);
    /** Where the pictures of the documentation go, and only when asked: {@code -Dscreenshots=src/docs}. */
    private static final String DOCS = System.getProperty("screenshots");

    static Chromium chromium;
    private static int rooms;
    private static final Map<String, Integer> named = new HashMap<>();

    @BeforeAll
    static void openTheBrowser() {
        chromium = Chromium.shared();
    }

    @AfterAll
    static void closeTheBrowser() {
        chromium.tidy();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        var complaints = chromium.complaints().stream()
                // A browser notes each attempt to reach a server that is not there.
                .filter(complaint -> !complaint.contains("WebSocket connection to"))
                .toList();
        chromium.tidy();
        assertEquals(List.of(), complaints);
    }

    /** A window of somebody with a name. */
    protected static Page window(String name) {
        return window(name, reader("en-GB"));
    }

    protected static Page window(String name, Browser.NewContextOptions options) {
        Page page = chromium.window(options);
        page.addInitScript(
                "if (!localStorage.getItem('veche.name')) localStorage.setItem('veche.name', '" + name + "')");
        return page;
    }

    protected static Page enter(Page page, String home, String room) {
        page.navigate(home + "?room=" + room);
        awaitEntered(page);
        return page;
    }

    /** Connected, and present in the room. */
    protected static void awaitEntered(Page page) {
        assertThat(page.locator("#ready-state")).hasText("1 OPEN", COMING_BACK);
        assertThat(page.locator("#people > li .you")).hasCount(1);
    }

    protected static void say(Page page, String text) {
        page.locator("#say").fill(text);
        page.locator("#send").click(); // Enter begins a line on a phone
    }

    /** Says it and waits until the room has repeated it. */
    protected static Locator saidBy(Page page, String text) {
        say(page, text);
        Locator article = message(page, text);
        assertThat(article).isVisible();
        return article;
    }

    /** What is in the bubbles. */
    protected static Locator said(Page page) {
        return page.locator("#messages > article .bubble");
    }

    protected static Locator message(Page page, String text) {
        return page.locator("#messages > article", new Page.LocatorOptions().setHasText(text));
    }

    /** Gives a file to the form. */
    protected static void pick(Page page, String name, byte[] bytes) {
        page.locator("#files").setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
    }

    protected static Browser.NewContextOptions reader(String locale) {
        return new Browser.NewContextOptions()
                .setLocale(locale)
                .setViewportSize(1280, 800)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    static Browser.NewContextOptions phone(String locale) {
        return reader(locale)
                .setViewportSize(360, 740)
                .setDeviceScaleFactor(2)
                .setHasTouch(true)
                .setIsMobile(true);
    }

    protected static String newRoom() {
        return "room-" + Long.toString(System.currentTimeMillis(), 36) + "-" + ++rooms;
    }

    /** A room that a picture may show by its name; another one at the second try, which finds the first empty no more. */
    static String newRoom(String name) {
        int before = named.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "-" + before;
    }

    static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    /** Keeps a picture for the documentation too, where that was asked for. */
    static void show(Page page, String name) {
        keep(page, name);
        if (DOCS != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(DOCS, name + ".png")));
        }
    }
}
