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

/** Reconnects after closes and silence: the test scripts the server and controls the clock. */
@Tag("browser")
class PageConnectionIT {
    private static final long LONGEST_FIRST_BACKOFF_MS = 500;
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
    void aGuestIsTheSameGuestAfterAReconnectUnderTheContextPath() {
        closeForAMinute(1001);
        assertThat(page.locator("#state")).hasText("Closed");
        page.clock().runFor(61_000);
        awaitOpen();
        assertEquals(2, sockets.size());
        assertEquals("ws://veche.test/context/chat", sockets.get(0).url(), "no secret in logged addresses");
        assertEquals("ws://veche.test/context/chat", sockets.get(1).url());
        var secrets = router.hellos.stream()
                .map(hello -> hello.getJsonObject("authextra").getString("guest_secret"))
                .toList();
        assertTrue(secrets.get(0).matches("[A-Za-z0-9_-]{22}"), secrets.get(0));
        assertEquals(secrets.get(0), secrets.get(1));
    }

    @Test
    void aGuestThatMayOnlyReadSeesTheReason() {
        router.identity = """
                {"author":{"id":"guest:me","name":"Me"},"roles":[],"may":[],"writes":false,"mutes":[]}""";
        page.reload();
        awaitOpen();
        assertThat(page.locator("#remark")).hasText("Guests can read here, but not write. Sign in to write.");
        assertThat(page.locator("#message-text")).not().isEditable();
        assertThat(page.locator("#send")).isDisabled();
    }

    @ParameterizedTest
    @CsvSource({
        "1001, The server is stopping or restarting",
        "1002, Protocol error",
        "1003, The server does not accept this kind of data",
        "1007, The server could not read the message",
        "1009, The message was too big for the server",
        "1011, Internal server error",
        "1012, The server is restarting",
        "1013, 'The server is busy, or this connection was too slow'",
        "4000, The connection was closed"
    })
    void aCloseIsExplainedAndThePageReconnects(int code, String text) {
        close(code, "incident 7");
        assertThat(page.locator("#trouble-text")).hasText(text + " (code " + code + ").");
        assertThat(page.locator("#trouble-reason")).hasText("Server message: incident 7");
        assertThat(page.locator("#last-close")).containsText(String.valueOf(code));
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        awaitOpen();
        assertThat(page.locator("#trouble")).isHidden();
        assertEquals(2, sockets.size());
    }

    @ParameterizedTest
    @CsvSource({"1000, The server closed the connection normally", "1008, The server does not allow this"})
    void thePageDoesNotReconnectAfterAFinalClose(int code, String text) {
        close(code, "");
        assertThat(page.locator("#trouble-text")).containsText(text);
        assertThat(page.locator("#trouble-next")).hasText("It will not reconnect automatically.");
        page.clock().runFor(60_000);
        assertEquals(1, sockets.size());
        page.locator("#retry").click();
        awaitOpen();
    }

    @Test
    void disconnectingIsFinal() {
        page.locator("#leave").click();
        assertThat(page.locator("#trouble-text")).hasText("You disconnected.");
        assertThat(page.locator("#state")).hasText("Closed");
        page.clock().runFor(60_000);
        assertEquals(1, sockets.size());
    }

    @Test
    void thePageReconnectsWithinTheServersWindow() {
        closeForAMinute(1001);
        assertThat(page.locator("#trouble-next")).hasText("Reconnecting in 60 seconds.");
        page.clock().runFor(59_000);
        assertEquals(1, sockets.size());
        page.clock().runFor(1_500);
        awaitOpen();
    }

    @Test
    void thePageReconnectsAtOnceWhenTheDeviceComesOnline() {
        closeForAMinute(1001);
        assertThat(page.locator("#state")).hasText("Closed");
        page.evaluate("dispatchEvent(new Event('online'))");
        awaitOpen();
    }

    @Test
    void thePageResumesFromItsPosition() {
        router.broadcast("one");
        router.broadcast("two");
        assertThat(bubbles()).hasText(new String[] {"one", "two"});
        router.tail = 5;
        close(1001, "in 10 ms");
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        page.waitForCondition(() -> router.afters.size() == 2);
        assertEquals(List.of("null", "{\"epoch\":\"e\",\"position\":2}"), router.afters);
        assertThat(page.locator("#notice")).isHidden();
    }

    @Test
    void aGapInTheLogIsReported() {
        router.broadcast("before");
        assertThat(bubbles()).hasCount(1);
        close(1011, "");
        router.epoch = "another";
        router.recovers = false;
        router.tail = 0;
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        awaitOpen();
        assertThat(page.locator("#notice-text")).containsText("sent while you were away are no longer stored");
        router.broadcast("after");
        assertThat(bubbles()).hasText(new String[] {"after"});
    }

    @Test
    void thousandsOfMissedMessagesAreSkippedWithANotice() {
        router.broadcast("before");
        assertThat(bubbles()).hasCount(1);
        close(1013, "");
        router.tail = 20_001;
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        awaitOpen();
        assertThat(page.locator("#notice-text")).containsText("20,000 entries were added while you were away.");
        assertEquals("{\"epoch\":\"e\",\"position\":20001}", router.afters.get(1));
    }

    @Test
    void messagesWrittenOfflineAreSentInOrder() {
        closeForAMinute(1013);
        assertThat(page.locator("#state")).hasText("Closed");
        send("first");
        send("second");
        assertThat(page.locator("#waiting .status"))
                .hasText(new String[] {"waiting for connection", "waiting for connection"});
        page.clock().runFor(61_000);
        assertThat(bubbles()).hasText(new String[] {"first", "second"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void anUnansweredMessageIsSentAgainOverANewConnection() {
        router.answering = false;
        send("anybody there?");
        assertThat(page.locator("#waiting .status")).hasText("sending …");
        page.clock().runFor(61_000);
        assertThat(page.locator("#last-close")).hasText("The connection was lost (code 1006).");
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        assertThat(bubbles()).hasText(new String[] {"anybody there?"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void anotherRoomChangesThePagesAddress() {
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

    /** The page's clock runs: a short delay could end before the assertion. */
    private void closeForAMinute(int code) {
        page.evaluate("Math.random = () => 0.5");
        close(code, "reconnect within 120000 ms");
    }

    private Locator bubbles() {
        return page.locator("#messages > article .bubble");
    }

    private void send(String text) {
        page.locator("#message-text").fill(text);
        page.locator("#message-text").press("Enter");
    }
}
