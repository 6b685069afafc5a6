package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.microsoft.playwright.Locator;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Messages being sent when their connection ends are neither lost nor reordered, and none blocks the others for good.
 */
@Tag("browser")
class UnsentMessagesIT {
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
    void aLoneSurrogateIsSentAsAReplacementCharacter() {
        page.evaluate(
                "document.getElementById('message-text').value = 'broken \\ud83d half \\ude00 and \\ud83d\\ude00 whole'");
        page.locator("#message-text").press("Enter");
        assertThat(bubbles()).hasText(new String[] {"broken \uFFFD half \uFFFD and \uD83D\uDE00 whole"});
        assertEquals(
                "broken \uFFFD half \uFFFD and \uD83D\uDE00 whole",
                router.sent.get(0).getString("text"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1002, 1003, 1007, 1009, 1011})
    void aMessageThatClosesTheConnectionFailsAndTheOthersAreSent(int code) {
        router.poisons.put("poison", code);
        send("poison");
        send("after");
        awaitReconnectUntil(bubbles().filter(new Locator.FilterOptions().setHasText("after")));
        assertThat(page.locator("#waiting .status")).hasCount(1);
        assertThat(page.locator("#waiting .status")).containsText("not sent: the connection closed while sending it.");
        assertThat(page.locator("#waiting .status")).containsText("code " + code);
        assertEquals(List.of("poison", "after"), texts());
    }

    @Test
    void aFailedMessageStaysFailedAfterAReload() {
        router.poisons.put("poison", 1007);
        send("poison");
        assertThat(page.locator("#waiting .status")).containsText("the connection closed while sending it");
        page.reload();
        awaitOpen();
        assertThat(page.locator("#waiting .status")).containsText("the connection closed while sending it");
        send("after");
        assertThat(bubbles()).hasText(new String[] {"after"});
        assertEquals(List.of("poison", "after"), texts());
    }

    @Test
    void anUnsentFileOfAnEarlierPageKeepsItsTextAsItsName() {
        page.evaluate("""
                () => new Promise((resolve, reject) => {
                  const opening = indexedDB.open('veche', 1);
                  opening.onsuccess = () => {
                    const adding = opening.result.transaction('outbox', 'readwrite');
                    adding.objectStore('outbox').put({ key: 'k1', room: 'square', procedure: 'veche.send', text: 'old.bin',
                      data: new Blob(['123'], { type: 'application/octet-stream' }), target: null, at: Date.now(), order: 0,
                      size: 10, state: 'failed', reason: 'no reason', losses: 0 });
                    adding.oncomplete = resolve;
                    adding.onerror = reject;
                  };
                })""");
        page.reload();
        awaitOpen();
        assertThat(page.locator("#waiting .file-name")).hasText("old.bin");
        assertThat(page.locator("#waiting figcaption")).hasCount(0);
        page.locator("#waiting button", new Page.LocatorOptions().setHasText("Send again"))
                .click();
        page.waitForCondition(() -> router.sent.size() == 1);
        assertEquals(List.of("old.bin"), texts());
        assertFalse(router.sent.get(0).containsKey("name"));
    }

    /** A filtering proxy cuts connections without a close reason. */
    @Test
    void aMessageFailsAfterThreeLostConnections() {
        router.poisons.put("poison", 4000);
        send("poison");
        send("after");
        awaitReconnectUntil(bubbles().filter(new Locator.FilterOptions().setHasText("after")));
        assertEquals(List.of("poison", "poison", "poison", "after"), texts());
        assertThat(page.locator("#waiting .status")).containsText("the connection closed while sending it");
    }

    @Test
    void aFailedMessageIsSentAgainOnRequest() {
        router.poisons.put("poison", 1011);
        send("poison");
        assertThat(page.locator("#waiting .status")).containsText("the connection closed while sending it");
        router.poisons.clear();
        page.locator("#waiting button", new Page.LocatorOptions().setHasText("Send again"))
                .click();
        awaitReconnectUntil(bubbles().filter(new Locator.FilterOptions().setHasText("poison")));
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void aServerRestartDoesNotFailTheMessageBeingSent() {
        router.poisons.put("message", 1012);
        send("message");
        page.waitForCondition(() -> {
            page.clock().runFor(2_000);
            return router.sent.size() >= 4;
        });
        router.poisons.clear();
        awaitReconnectUntil(bubbles().filter(new Locator.FilterOptions().setHasText("message")));
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void unsentMessagesOfADeadConnectionAreSentInOrderOverTheNextOne() {
        router.freeze();
        send("first");
        send("second");
        assertThat(page.locator("#waiting .status")).hasText(new String[] {"sending …", "waiting for connection"});
        page.clock().runFor(40_000);
        awaitReconnectUntil(bubbles().filter(new Locator.FilterOptions().setHasText("second")));
        assertThat(bubbles()).hasText(new String[] {"first", "second"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
        assertEquals(List.of("first", "second"), texts());
    }

    @Test
    void aReadPositionOfADeadConnectionIsReportedOverTheNextOne() {
        router.freeze();
        router.broadcast("one");
        assertThat(bubbles()).hasText(new String[] {"one"});
        page.waitForCondition(() -> {
            page.clock().runFor(1_000);
            return !router.read.isEmpty();
        });
        assertEquals(List.of(1), router.read);
    }

    /** Advances the clock, but not so far that the page regards the scripted router as dead. */
    private void awaitReconnectUntil(Locator message) {
        page.waitForCondition(() -> {
            if (message.count() == 0) {
                page.clock().runFor(1_000);
            }
            return message.count() == 1;
        });
    }

    private List<String> texts() {
        return router.sent.stream().map(kwargs -> kwargs.getString("text")).toList();
    }

    private void awaitOpen() {
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        assertThat(page.locator("#people > li .you")).hasCount(1);
    }

    private Locator bubbles() {
        return page.locator("#messages > article .bubble");
    }

    private void send(String text) {
        page.locator("#message-text").fill(text);
        page.locator("#message-text").press("Enter");
    }
}
