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

/** Chromium windows, in which no test may log an error. Screenshots are stored in {@code target/screenshots}. */
public abstract class Windows {
    static final LocatorAssertions.HasTextOptions RECONNECTED =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);
    /** Folder of the documentation's screenshots, taken only on request: {@code -Dscreenshots=src/docs}. */
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
        chromium.reset();
    }

    @AfterEach
    void noErrorsAreLogged() {
        var errors = chromium.errors().stream()
                // Browsers log each failed connection attempt.
                .filter(error -> !error.contains("WebSocket connection to"))
                .toList();
        chromium.reset();
        assertEquals(List.of(), errors);
    }

    /** A window of a named user. */
    protected static Page window(String name) {
        return window(name, desktop("en-GB"));
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
        assertThat(page.locator("#ready-state")).hasText("1 OPEN", RECONNECTED);
        assertThat(page.locator("#people > li .you")).hasCount(1);
    }

    protected static void send(Page page, String text) {
        page.locator("#message-text").fill(text);
        page.locator("#send").click(); // Enter starts a new line on a phone
    }

    /** Sends a message and waits until the room delivers it. */
    protected static Locator sendAndAwait(Page page, String text) {
        send(page, text);
        Locator article = message(page, text);
        assertThat(article).isVisible();
        return article;
    }

    /** The contents of all messages. */
    protected static Locator bubbles(Page page) {
        return page.locator("#messages > article .bubble");
    }

    protected static Locator message(Page page, String text) {
        return page.locator("#messages > article", new Page.LocatorOptions().setHasText(text));
    }

    /** Attaches a file to the message form. */
    protected static void attach(Page page, String name, byte[] bytes) {
        page.locator("#files").setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
    }

    protected static Browser.NewContextOptions desktop(String locale) {
        return new Browser.NewContextOptions()
                .setLocale(locale)
                .setViewportSize(1280, 800)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    static Browser.NewContextOptions phone(String locale) {
        return desktop(locale)
                .setViewportSize(360, 740)
                .setDeviceScaleFactor(2)
                .setHasTouch(true)
                .setIsMobile(true);
    }

    protected static String newRoom() {
        return "room-" + Long.toString(System.currentTimeMillis(), 36) + "-" + ++rooms;
    }

    /** A room whose name a screenshot may show; unique even if the test runs again on the same server. */
    static String newRoom(String name) {
        int before = named.merge(name, 1, Integer::sum) - 1;
        return before == 0 ? name : name + "-" + before;
    }

    static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    /** Stores a screenshot, on request for the documentation too. */
    static void show(Page page, String name) {
        keep(page, name);
        if (DOCS != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(DOCS, name + ".png")));
        }
    }

    static void act(Page page, Locator article, String action) {
        article.hover();
        page.locator(".actions [data-action=" + action + "]").click();
    }

    static void goTo(Page page, String room) {
        page.locator("#go-room").fill(room);
        page.locator("#go-button").click();
        assertThat(page.locator("#room-title")).hasText(room);
        awaitEntered(page);
    }

    static void search(Page page, String text) {
        page.locator("#search-text").fill(text);
        page.locator("#search-text").press("Enter");
    }

    /** Simulates a hidden or visible tab. */
    static void hide(Page page, boolean hidden) {
        page.evaluate("""
                hidden => {
                  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
                  document.hasFocus = () => !hidden;
                  document.dispatchEvent(new Event('visibilitychange'));
                }
                """, hidden);
    }
}
