package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the page notices that a path has died without a word: the test plays the server and turns the clock. */
@Tag("browser")
class PageSilenceIT {
    private static final String LOST = "The connection was lost (code 1006).";
    private static Chromium chromium;
    private final List<WebSocketRoute> sockets = new ArrayList<>();
    private PlayedRouter router;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.shared();
    }

    @AfterAll
    static void stop() {
        chromium.tidy();
    }

    @BeforeEach
    void openThePage() {
        router = new PlayedRouter();
        page = chromium.window();
        page.clock().install();
        PageFiles.serveTo(page);
        page.routeWebSocket(url -> url.contains("/chat"), socket -> {
            sockets.add(socket);
            router.accept(socket);
        });
        page.navigate(PageFiles.HOME + "?room=square");
        awaitOpen();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        var complaints = chromium.complaints();
        chromium.tidy();
        assertEquals(List.of(), complaints);
    }

    @Test
    void aPathThatFreezesIsGivenUpAfterFifteenSecondsAtMost() {
        router.freeze();
        page.clock().runFor(15_000);
        assertEquals(LOST, lastClose());
        awaitOpen();
    }

    @Test
    void aPathThatIsOnlyQuietIsKept() {
        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true})"); // it asks less by itself then
        page.waitForCondition(() -> {
            page.clock().runFor(1_000);
            return router.probes >= 3;
        });
        assertEquals(1, sockets.size());
    }

    @Test
    void aPathThatFrozeWhileTheDeviceSleptIsGivenUpSoonAfterItWakes() {
        router.freeze();
        page.clock().fastForward(10_000);
        page.clock().runFor(6_500);
        assertEquals(LOST, lastClose());
        awaitOpen();
    }

    @Test
    void aPathThatFrozeIsGivenUpSoonAfterTheDeviceIsOnlineAgain() {
        router.freeze();
        page.evaluate("dispatchEvent(new Event('online'))");
        page.clock().runFor(6_500);
        assertEquals(LOST, lastClose());
        awaitOpen();
    }

    @Test
    void aDeviceThatGoesOfflineIsTakenAtItsWordAndNothingIsOnItsWayAnyMore() {
        router.freeze();
        say("first");
        assertThat(page.locator("#waiting .status")).hasText("on its way");
        assertEquals(List.of("This device is offline.", "Closed", "waits for the connection"), page.evaluate("""
                        async () => {
                            Math.random = () => 0.99;
                            dispatchEvent(new Event('offline'));
                            await new Promise(done => setTimeout(done));
                            return ['#trouble-words', '#state', '#waiting .status'].map(each => document.querySelector(each).textContent.trim());
                        }"""));
        page.clock().runFor(500);
        assertThat(page.locator("#messages > article .bubble")).hasText(new String[] {"first"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    private void awaitOpen() {
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        assertThat(page.locator("#people > li .you")).hasCount(1);
    }

    /** As it stands now: a page whose clock runs on would notice later, too. */
    private String lastClose() {
        return page.locator("#last-close").textContent();
    }

    private void say(String text) {
        page.locator("#say").fill(text);
        page.locator("#say").press("Enter");
    }
}
