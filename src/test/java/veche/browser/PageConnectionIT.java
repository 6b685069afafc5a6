package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.FilePayload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page does when its socket does this or that, with a clock that the test turns. */
class PageConnectionIT {

    private static final long LONGEST_FIRST_BACKOFF_MS = 500;

    private static Chromium chromium;
    private final List<WebSocketRoute> sockets = new ArrayList<>();
    private boolean echoing;
    private Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @BeforeEach
    void openThePage() {
        page = chromium.window();
        echoing = true;
        page.clock().install();
        PageFiles.serveTo(page);
        page.routeWebSocket(url -> url.contains("/chat"), this::accept);
        page.navigate(PageFiles.HOME + "?room=square");
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
    }

    @AfterEach
    void nothingWasComplainedOf() {
        var complaints = chromium.complaints();
        chromium.tidy();
        assertEquals(List.of(), complaints);
    }

    private void accept(WebSocketRoute socket) {
        sockets.add(socket);
        socket.onMessage(frame -> {
            if (echoing && frame.binary() != null) {
                socket.send(frame.binary());
            } else if (echoing) {
                socket.send(frame.text());
            }
        });
    }

    private WebSocketRoute socket() {
        return sockets.get(sockets.size() - 1);
    }

    private void close(int code, String reason) {
        socket().close(new WebSocketRoute.CloseOptions().setCode(code).setReason(reason));
    }

    private Locator said() {
        return page.locator("#messages > li");
    }

    private void say(String text) {
        page.locator("#say").fill(text);
        page.locator("#say").press("Enter");
    }

    @Test
    void theRoomGoesIntoTheSocketsAddressUnderTheContextPath() {
        var address = "ws://veche.test/context/chat\\?room=square&guest=[A-Za-z0-9_-]{22}";
        assertTrue(socket().url().matches(address), socket()::url);
        assertThat(page.locator("#state")).hasText("Connected");
    }

    @Test
    void aGuestIsTheSameGuestAfterAReconnect() {
        close(1001, "reconnect within 100 ms");
        assertThat(page.locator("#state")).hasText("Closed");
        page.clock().runFor(100);
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        assertEquals(2, sockets.size());
        assertEquals(sockets.get(0).url(), sockets.get(1).url());
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
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
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
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
    }

    @Test
    void leavingIsAFarewellToo() {
        page.locator("#leave").click();
        assertThat(page.locator("#trouble-words")).hasText("You left the room.");
        assertThat(page.locator("#state")).hasText("Closed");
        page.clock().runFor(60_000);
        assertEquals(1, sockets.size());
    }

    @Test
    void thePageComesBackWithinTheServersWindow() {
        page.evaluate("Math.random = () => 0.5");
        close(1001, "reconnect within 120000 ms");
        assertThat(page.locator("#trouble-next")).hasText("Next try in 60 seconds.");
        page.clock().runFor(59_000);
        assertEquals(1, sockets.size());
        assertThat(page.locator("#trouble-next")).hasText("Next try in 1 second.");
        page.clock().runFor(1_500);
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
    }

    @Test
    void theDeviceComingOnlineIsAReasonToTryAtOnce() {
        page.evaluate("Math.random = () => 0.5");
        close(1001, "reconnect within 120000 ms");
        assertThat(page.locator("#state")).hasText("Closed");
        page.evaluate("dispatchEvent(new Event('online'))");
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
    }

    @Test
    void whatIsWrittenWithoutAConnectionWaitsAndGoesOutInOrder() {
        page.evaluate("Math.random = () => 0.5");
        close(1013, "");
        assertThat(page.locator("#state")).hasText("Closed");
        say("first");
        say("second");
        assertThat(page.locator("#waiting > li .status"))
                .hasText(new String[] {"waits for the connection", "waits for the connection"});
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        assertThat(said().locator(".bubble")).hasText(new String[] {"first", "second"});
        assertThat(page.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void whatWasOnItsWayCanBeSaidAgainOrDiscarded() {
        echoing = false;
        say("heard or not");
        say("never mind");
        close(1011, "");
        assertThat(page.locator("#waiting .status")).hasText(new String[] {"perhaps not heard", "perhaps not heard"});
        page.locator("#waiting > li")
                .nth(1)
                .locator("button", new Locator.LocatorOptions().setHasText("Discard"))
                .click();
        echoing = true;
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        page.locator("#waiting button").first().click();
        assertThat(said().locator(".bubble")).hasText(new String[] {"heard or not"});
    }

    @Test
    void silenceAfterOurOwnWordsIsTakenForADeadLine() {
        echoing = false;
        say("anybody there?");
        page.clock().runFor(26_000);
        assertThat(page.locator("#last-close")).hasText("The connection was lost (code 1006).");
        page.clock().runFor(LONGEST_FIRST_BACKOFF_MS);
        assertEquals(2, sockets.size());
    }

    @Test
    void aTextOverTheLimitIsKeptInTheFormAndRefusedInWords() {
        say("😀".repeat(53));
        assertThat(page.locator("#remark")).hasText("3 characters too many: a message holds 50.");
        assertThat(page.locator("#say")).hasValue("😀".repeat(53));
        say("😀".repeat(50));
        assertThat(said()).hasCount(1);
    }

    @Test
    void theLimitsAreThoseThatTheServerTells() {
        page.route(
                "**/limits.json",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"maxCharacters\":10,\"maxBinaryBytes\":2048}")));
        page.waitForResponse("**/limits.json", page::reload);
        page.waitForFunction("() => document.querySelector('meta[name=\"veche:max-characters\"]').content === '10'");
        say("eleven char");
        assertThat(page.locator("#remark")).hasText("1 character too many: a message holds 10.");
        pick("large.zip", new byte[2049]);
        assertThat(page.locator("#remark")).containsText("a file may have 2 KiB at most");
    }

    @Test
    void aFileOverTheLimitIsRefusedInWords() {
        pick("large.zip", new byte[1024 * 1024 + 1]);
        assertThat(page.locator("#remark")).hasText("“large.zip” has 1 MiB; a file may have 1 MiB at most.");
        assertThat(page.locator("#tray > li")).hasCount(0);
        pick("nothing.txt", new byte[0]);
        assertThat(page.locator("#remark")).hasText("“nothing.txt” is empty.");
    }

    @Test
    void anSvgIsAFileToSaveAndNeverShown() {
        socket().send("<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'/>".getBytes());
        assertThat(said().locator("a[download='veche.bin']")).hasText("Save");
        assertThat(said().locator("img")).hasCount(0);
        var type = page.evaluate(
                "async () => (await (await fetch(document.querySelector('#messages a').href)).blob()).type");
        assertEquals("application/octet-stream", type);
    }

    @Test
    void markupInATextIsText() {
        socket().send("<img src=x onerror=alert(1)><b>bold</b>");
        assertThat(said().locator(".bubble")).hasText("<img src=x onerror=alert(1)><b>bold</b>");
        assertThat(said().locator("img, b")).hasCount(0);
    }

    @Test
    void aPictureThatIsBrokenBecomesAFile() {
        socket().send(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3});
        assertThat(said()).containsText("A picture that cannot be shown");
        assertThat(said().locator("a[download='veche.png']")).isVisible();
    }

    @Test
    void aPictureThatClaimsABillionPixelsIsNotShown() {
        var bomb = ByteBuffer.allocate(64).put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        bomb.putInt(13).put("IHDR".getBytes()).putInt(40_000).putInt(30_000);
        socket().send(bomb.array());
        assertThat(said()).containsText("A picture that cannot be shown");
        assertThat(said().locator("img")).hasCount(0);
    }

    @Test
    void theListKeepsTheNewestFiveHundred() {
        for (int count = 1; count <= 510; count++) {
            socket().send("message " + count);
        }
        assertThat(said().last().locator(".bubble")).hasText("message 510");
        assertThat(said()).hasCount(500);
        assertThat(said().first().locator(".bubble")).hasText("message 11");
    }

    @Test
    void theReaderWhoScrolledBackIsLeftInPeaceAndToldHowManyCame() {
        for (int count = 1; count <= 60; count++) {
            socket().send("message " + count);
        }
        assertThat(said().last()).isInViewport();
        page.locator("#scroller").evaluate("element => { element.scrollTop = 0; }");
        assertThat(said().first()).isInViewport();
        page.waitForFunction("() => document.getElementById('scroller').scrollTop === 0");
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        socket().send("late");
        socket().send("later");
        assertThat(page.locator("#newer")).hasText("2 new messages");
        assertThat(said().first()).isInViewport();
        page.locator("#newer").click();
        assertThat(said().last()).isInViewport();
        assertThat(page.locator("#newer")).isHidden();
    }

    @Test
    void aNameIsAskedOfTheServerAndRemembered() {
        page.locator("#name").fill("Анна");
        page.locator("#enter").click();
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        page.waitForCondition(() -> sockets.size() == 2);
        assertTrue(socket().url().contains("chat?room=square&name=%D0%90%D0%BD%D0%BD%D0%B0&"), socket()::url);
        page.reload();
        assertThat(page.locator("#name")).hasValue("Анна");
    }

    @Test
    void anotherRoomIsAnotherAddressOfThePage() {
        page.locator("#room").fill("Не комната");
        page.locator("#enter").click();
        assertThat(page.locator("#place-error")).hasText("This cannot be a room’s name.");
        page.locator("#room").fill("harbour");
        page.locator("#enter").click();
        assertThat(page.locator("#room-title")).hasText("harbour");
        assertEquals(PageFiles.HOME + "?room=harbour", page.url());
    }

    private void pick(String name, byte[] bytes) {
        page.locator("#files").setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
    }
}
