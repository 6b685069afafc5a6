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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** Windows of a Chromium on the page of a real server. Screenshots are kept in {@code target/screenshots}. */
abstract class RealServer {
    static final LocatorAssertions.HasTextOptions COMING_BACK =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);
    static PayaraMicro server;
    static Chromium chromium;
    private static int rooms;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        server = PayaraMicro.shared();
    }

    @AfterAll
    static void stop() {
        chromium.close();
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

    static void populate(Page page) {
        Page other = enter(chromium.window(), page.url().replaceAll(".*room=", ""));
        for (String text : List.of("Слово за слово", "Has the bell been rung?", "Звонили трижды, люди идут")) {
            say(other, text);
        }
        say(page, "Then let us begin");
        page.locator("#files").setInputFiles(new FilePayload("square.png", "image/png", Pictures.landscape(640, 400)));
        assertThat(page.locator("#tray > li")).hasCount(1);
        page.locator("#send").click();
        assertThat(page.locator("#messages img")).isVisible();
        other.locator("#files").setInputFiles(new FilePayload("minutes.pdf", "", "%PDF-1.7".getBytes()));
        assertThat(other.locator("#tray > li")).hasCount(1);
        other.locator("#send").click();
        assertThat(page.locator("#messages > li")).hasCount(6);
        assertThat(page.locator("#messages > li").last()).isInViewport();
        assertThat(page.locator("#newer")).isHidden();
        page.locator("#files").setInputFiles(new FilePayload("next.png", "image/png", Pictures.landscape(300, 300)));
        assertThat(page.locator("#tray > li")).hasCount(1);
        page.locator("#say").fill("And this is how it looks from the river");
    }

    static Page enter(Page page, String room) {
        page.navigate(server.home() + "?room=" + room);
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        return page;
    }

    static void say(Page page, String text) {
        page.locator("#say").fill(text);
        page.locator("#say").press("Enter");
    }

    static Locator said(Page page) {
        return page.locator("#messages > li .bubble");
    }

    static Browser.NewContextOptions reader(String locale) {
        return new Browser.NewContextOptions()
                .setLocale(locale)
                .setViewportSize(1280, 800)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    static String newRoom() {
        return "room-" + ++rooms;
    }

    static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }
}
