package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.CsvSource;

/** What the page does when its socket opens, closes, or falls silent: the test plays the server and turns the clock. */
@Tag("browser")
class PageConnectionIT {
    private static final long LONGEST_FIRST_BACKOFF_MS = 500;
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
    void aGuestIsTheSameGuestAfterAReconnectUnderTheContextPath() {
        closeForAMinute(1001);
        assertThat(page.locator("#state")).hasText("Closed");
        page.clock().runFor(61_000);
        awaitOpen();
        assertEquals(2, sockets.size());
        assertEquals("ws://veche.test/context/chat", sockets.get(0).url(), "no secret where logs keep it");
        assertEquals("ws://veche.test/context/chat", sockets.get(1).url());
        var secrets = router.hellos.stream()
                .map(hello -> hello.getJsonObject("authextra").getString("guest_secret"))
                .toList();
        assertTrue(secrets.get(0).matches("[A-Za-z0-9_-]{22}"), secrets.get(0));
        assertEquals(secrets.get(0), secrets.get(1));
    }

    @ParameterizedTest
    @CsvSource({
        "1001, The server is stopping or restarting",
        "1002, The connection broke the protocol",
        "1003, The server cannot take this kind of data",
        "1007, The server could not read the message",
        "1009, The message was too big for the server",
        "1011, Something went wrong in the server",
        "1012, The server is restarting",
        "1013, 'The server is busy, or this connection was too slow'",
        "4000, The connection was closed"
    })
    void aCloseIsToldInWordsAndThePageComesBack(int code, String words) {
        close(code, "incident 7");
        assertThat(page.locator("#trouble-words")).hasText(words + " (code " + code + ").");
        assertThat(page.locator("#trouble-reason")).hasText("The server says: incident 7");
        assertThat(page.locator("#last-close")).containsText(String.valueOf(code));
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        awaitOpen();
        assertThat(page.locator("#trouble")).isHidden();
        assertEquals(2, sockets.size());
    }

    @ParameterizedTest
    @CsvSource({"1000, The server ended the talk in good order", "1008, The server does not allow this"})
    void afterAFarewellThePageStaysAwayUntilAsked(int code, String words) {
        close(code, "");
        assertThat(page.locator("#trouble-words")).containsText(words);
        assertThat(page.locator("#trouble-next")).hasText("It will not come back by itself.");
        page.clock().runFor(60_000);
        assertEquals(1, sockets.size());
        page.locator("#retry").click();
        awaitOpen();
    }

    @Test
    void leavingIsAFarewellToo() {
        page.locator("#leave").click();
        assertThat(page.locator("#trouble-words")).hasText("You disconnected.");
        assertThat(page.locator("#state")).hasText("Closed");
        page.clock().runFor(60_000);
        assertEquals(1, sockets.size());
    }

    @Test
    void thePageComesBackWithinTheServersWindow() {
        closeForAMinute(1001);
        assertThat(page.locator("#trouble-next")).hasText("Next try in 60 seconds.");
        page.clock().runFor(59_000);
        assertEquals(1, sockets.size());
        page.clock().runFor(1_500);
        awaitOpen();
    }

    @Test
    void theDeviceComingOnlineIsAReasonToTryAtOnce() {
        closeForAMinute(1001);
        assertThat(page.locator("#state")).hasText("Closed");
        page.evaluate("dispatchEvent(new Event('online'))");
        awaitOpen();
    }

    @Test
    void thePageGoesOnFromWhereItWas() {
        router.tell("one");
        router.tell("two");
        assertThat(said()).hasText(new String[] {"one", "two"});
        router.tail = 5;
        close(1001, "in 10 ms");
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        page.waitForCondition(() -> router.afters.size() == 2);
        assertEquals(List.of("null", "{\"epoch\":\"e\",\"position\":2}"), router.afters);
        assertThat(page.locator("#notice")).isHidden();
    }

    @Test
    void whereTheLogNoLongerReachesBackThePageSaysSo() {
        router.tell("before");
        assertThat(said()).hasCount(1);
        close(1011, "");
        router.epoch = "another";
        router.recovers = false;
        router.tail = 0;
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        awaitOpen();
        assertThat(page.locator("#notice-words")).containsText("no longer keeps all that was said while you were away");
        router.tell("after");
        assertThat(said()).hasText(new String[] {"after"});
    }

    @Test
    void whoMissedThousandsGoesToTheEndAndIsTold() {
        router.tell("before");
        assertThat(said()).hasCount(1);
        close(1013, "");
        router.tail = 20_001;
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        awaitOpen();
        assertThat(page.locator("#notice-words")).containsText("20,000 entries were made while you were away.");
        assertEquals("{\"epoch\":\"e\",\"position\":20001}", router.afters.get(1));
    }

    @Test
    void whatIsWrittenWithoutAConnectionWaitsAndGoesOutInOrder() {
        closeForAMinute(1013);
        assertThat(page.locator("#state")).hasText("Closed");
        say("first");
        say("second");
        assertThat(page.locator("#waiting .status"))
                .hasText(new String[] {"waits for the connection", "waits for the connection"});
        page.clock().runFor(61_000);
        assertThat(said()).hasText(new String[] {"first", "second"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void silenceAfterOurOwnWordsIsTakenForADeadLineAndTheWordsGoOutAgain() {
        router.answering = false;
        say("anybody there?");
        assertThat(page.locator("#waiting .status")).hasText("on its way");
        page.clock().runFor(61_000);
        assertThat(page.locator("#last-close")).hasText("The connection was lost (code 1006).");
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        assertThat(said()).hasText(new String[] {"anybody there?"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void anotherRoomIsAnotherAddressOfThePage() {
        page.locator("#go-room").fill("a room?");
        page.locator("#go-button").click();
        assertThat(page.locator("#go-error")).containsText("A room name cannot contain “?”");
        page.locator("#go-room").fill("harbour");
        page.locator("#go-button").click();
        assertThat(page.locator("#room-title")).hasText("harbour");
        assertEquals(PageFiles.HOME + "?room=harbour", page.url());
    }

    private void awaitOpen() {
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        assertThat(page.locator("#people > li .you")).hasCount(1);
    }

    private void close(int code, String reason) {
        sockets.get(sockets.size() - 1)
                .close(new WebSocketRoute.CloseOptions().setCode(code).setReason(reason));
    }

    /** The clock of the page runs on by itself: a short wait could be over before anybody looks. */
    private void closeForAMinute(int code) {
        page.evaluate("Math.random = () => 0.5");
        close(code, "reconnect within 120000 ms");
    }

    private Locator said() {
        return page.locator("#messages > article .bubble");
    }

    private void say(String text) {
        page.locator("#say").fill(text);
        page.locator("#say").press("Enter");
    }
}
