package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page behind a proxy that refuses WebSocket. */
class BlockedWebSocketIT extends RealServer {
    private static final LocatorAssertions.HasTextOptions IN_TIME =
            new LocatorAssertions.HasTextOptions().setTimeout(30_000);

    private static BlockingProxy proxy;

    @BeforeAll
    static void startTheProxy() {
        proxy = new BlockingProxy(server.port());
    }

    @AfterAll
    static void stopTheProxy() {
        proxy.close();
    }

    private static Page behindTheProxy(String name, String room) {
        Page page = window(name);
        page.navigate(proxy.home(server.home()) + "?room=" + room);
        assertThat(page.locator("#state")).hasText("Connected", IN_TIME);
        return page;
    }

    @Test
    void thePageWorksOverHttp() {
        String room = newRoom();
        List<String> opened = new CopyOnWriteArrayList<>();
        Page anna = window("Anna");
        anna.onRequest(request -> opened.add(request.method() + " " + request.url()));
        anna.navigate(proxy.home(server.home()) + "?room=" + room);
        assertThat(anna.locator("#state")).hasText("Connected", IN_TIME);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(boris, "by WebSocket");
        assertThat(bubbles(anna)).hasText(new String[] {"by WebSocket"});
        for (int i = 0; i < 10; i++) {
            sendAndAwait(anna, "over HTTP " + i);
        }
        assertThat(bubbles(boris)).hasCount(11);
        assertThat(anna.locator("#people > li")).hasCount(2);
        attach(anna, "square.png", Pictures.landscape(64, 40));
        anna.locator("#send").click();
        assertThat(boris.locator("#messages img")).hasCount(1);
        show(anna, "websocket-refused");
        assertTrue(opened.stream().anyMatch(request -> request.startsWith("POST ") && request.contains("/chat/http?")));
        chromium.reset(); // the browser logs the refused handshakes
    }

    @Test
    void aLostConnectionIsReplacedWithoutAGap() {
        String room = newRoom();
        Page anna = behindTheProxy("Anna", room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(boris, "before");
        assertThat(bubbles(anna)).hasText(new String[] {"before"});
        server.kill();
        server.start();
        sendAndAwait(boris, "after");
        assertThat(bubbles(anna)).hasText(new String[] {"before", "after"}, RECONNECTED);
        chromium.reset(); // the browser logs the lost connections
    }
}
