package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the page does when its socket opens, closes, or falls silent. */
class PageConnectionIT extends PlayedServer {
    private static final long LONGEST_FIRST_BACKOFF_MS = 500;

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
}
