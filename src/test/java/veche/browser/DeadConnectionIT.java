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

/** Detection of connections that die without a close: the test scripts the server and controls the clock. */
@Tag("browser")
class DeadConnectionIT {
    private static final String LOST = "The connection was lost (code 1006).";
    private static Chromium chromium;
    private final List<WebSocketRoute> sockets = new ArrayList<>();
    private ScriptedRouter router;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.shared();
    }

    @AfterAll
    static void stop() {
        chromium.reset();
    }

    @BeforeEach
    void openThePage() {
        router = new ScriptedRouter();
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
    void noErrorsAreLogged() {
        var errors = chromium.errors();
        chromium.reset();
        assertEquals(List.of(), errors);
    }

    @Test
    void aDeadConnectionIsAbandonedWithinFifteenSeconds() {
        router.freeze();
        page.clock().runFor(15_000);
        assertEquals(LOST, lastClose());
        awaitOpen();
    }

    @Test
    void anIdleConnectionIsKept() {
        page.evaluate("Object.defineProperty(document, 'hidden', {get: () => true})"); // hidden pages poll less
        page.waitForCondition(() -> {
            page.clock().runFor(1_000);
            return router.probes >= 3;
        });
        assertEquals(1, sockets.size());
    }

    @Test
    void aConnectionThatDiedDuringSleepIsAbandonedSoonAfterWaking() {
        router.freeze();
        page.clock().fastForward(10_000);
        page.clock().runFor(6_500);
        assertEquals(LOST, lastClose());
        awaitOpen();
    }

    @Test
    void aDeadConnectionIsAbandonedSoonAfterTheDeviceIsOnline() {
        router.freeze();
        page.evaluate("dispatchEvent(new Event('online'))");
        page.clock().runFor(6_500);
        assertEquals(LOST, lastClose());
        awaitOpen();
    }

    @Test
    void theOfflineEventClosesTheConnectionAtOnce() {
        router.freeze();
        send("first");
        assertThat(page.locator("#waiting .status")).hasText("sending …");
        assertEquals(List.of("This device is offline.", "Closed", "waiting for connection"), page.evaluate("""
                        async () => {
                            Math.random = () => 0.99;
                            dispatchEvent(new Event('offline'));
                            await new Promise(done => setTimeout(done));
                            return ['#trouble-text', '#state', '#waiting .status'].map(each => document.querySelector(each).textContent.trim());
                        }"""));
        page.clock().runFor(500);
        assertThat(page.locator("#messages > article .bubble")).hasText(new String[] {"first"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    private void awaitOpen() {
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        assertThat(page.locator("#people > li .you")).hasCount(1);
    }

    /** The current value without waiting: the page's clock would detect the close later anyway. */
    private String lastClose() {
        return page.locator("#last-close").textContent();
    }

    private void send(String text) {
        page.locator("#message-text").fill(text);
        page.locator("#message-text").press("Enter");
    }
}
