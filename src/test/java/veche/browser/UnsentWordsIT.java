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

/** What becomes of words that are on their way when their connection ends: none is lost, overtaken, or fatal for good. */
@Tag("browser")
class UnsentWordsIT {
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
    void halfAnEmojiIsSentAsAReplacementCharacter() {
        page.evaluate("document.getElementById('say').value = 'broken \\ud83d half \\ude00 and \\ud83d\\ude00 whole'");
        page.locator("#say").press("Enter");
        assertThat(said()).hasText(new String[] {"broken \uFFFD half \uFFFD and \uD83D\uDE00 whole"});
        assertEquals(
                "broken \uFFFD half \uFFFD and \uD83D\uDE00 whole",
                router.sent.get(0).getString("text"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1002, 1003, 1007, 1009, 1011})
    void whatEndsAConnectionIsSetAsideAndTheRestGoesOut(int code) {
        router.poisons.put("poison", code);
        say("poison");
        say("after");
        awaitBackUntil(said().filter(new Locator.FilterOptions().setHasText("after")));
        assertThat(page.locator("#waiting .status")).hasCount(1);
        assertThat(page.locator("#waiting .status")).containsText("not accepted: it ended the connection.");
        assertThat(page.locator("#waiting .status")).containsText("code " + code);
        assertEquals(List.of("poison", "after"), texts());
    }

    @Test
    void whatWasSetAsideStaysSoWithTheNextPage() {
        router.poisons.put("poison", 1007);
        say("poison");
        assertThat(page.locator("#waiting .status")).containsText("it ended the connection");
        page.reload();
        awaitOpen();
        assertThat(page.locator("#waiting .status")).containsText("it ended the connection");
        say("after");
        assertThat(said()).hasText(new String[] {"after"});
        assertEquals(List.of("poison", "after"), texts());
    }

    @Test
    void aFileThatAnEarlierPageLeftUnsentKeepsItsTextForAName() {
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
        page.locator("#waiting button", new Page.LocatorOptions().setHasText("Say again"))
                .click();
        page.waitForCondition(() -> router.sent.size() == 1);
        assertEquals(List.of("old.bin"), texts());
        assertFalse(router.sent.get(0).containsKey("name"));
    }

    /** A proxy that cuts what it does not like names no reason. */
    @Test
    void whatLosesEachOfThreeConnectionsIsSetAsideWithoutAReasonGiven() {
        router.poisons.put("poison", 4000);
        say("poison");
        say("after");
        awaitBackUntil(said().filter(new Locator.FilterOptions().setHasText("after")));
        assertEquals(List.of("poison", "poison", "poison", "after"), texts());
        assertThat(page.locator("#waiting .status")).containsText("it ended the connection");
    }

    @Test
    void whatWasSetAsideIsSaidAgainWhenAsked() {
        router.poisons.put("poison", 1011);
        say("poison");
        assertThat(page.locator("#waiting .status")).containsText("it ended the connection");
        router.poisons.clear();
        page.locator("#waiting button", new Page.LocatorOptions().setHasText("Say again"))
                .click();
        awaitBackUntil(said().filter(new Locator.FilterOptions().setHasText("poison")));
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void aRestartIsNotTheFaultOfWhatIsOnItsWay() {
        router.poisons.put("word", 1012);
        say("word");
        page.waitForCondition(() -> {
            page.clock().runFor(2_000);
            return router.sent.size() >= 4;
        });
        router.poisons.clear();
        awaitBackUntil(said().filter(new Locator.FilterOptions().setHasText("word")));
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void whatWasTypedOnAFrozenPathGoesOutOverTheNextConnectionInOrderAndWithTheSameKeys() {
        router.freeze();
        say("first");
        say("second");
        assertThat(page.locator("#waiting .status")).hasText(new String[] {"on its way", "waits for the connection"});
        page.clock().runFor(40_000);
        awaitBackUntil(said().filter(new Locator.FilterOptions().setHasText("second")));
        assertThat(said()).hasText(new String[] {"first", "second"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
        assertEquals(List.of("first", "second"), texts());
    }

    @Test
    void whatWasReadOnAFrozenPathIsToldOverTheNextConnection() {
        router.freeze();
        router.tell("one");
        assertThat(said()).hasText(new String[] {"one"});
        page.waitForCondition(() -> {
            page.clock().runFor(1_000);
            return !router.read.isEmpty();
        });
        assertEquals(List.of(1), router.read);
    }

    /** The clock is turned, but not so far that the page takes the played router for dead. */
    private void awaitBackUntil(Locator there) {
        page.waitForCondition(() -> {
            if (there.count() == 0) {
                page.clock().runFor(1_000);
            }
            return there.count() == 1;
        });
    }

    private List<String> texts() {
        return router.sent.stream().map(kwargs -> kwargs.getString("text")).toList();
    }

    private void awaitOpen() {
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        assertThat(page.locator("#people > li .you")).hasCount(1);
    }

    private Locator said() {
        return page.locator("#messages > article .bubble");
    }

    private void say(String text) {
        page.locator("#say").fill(text);
        page.locator("#say").press("Enter");
    }
}
