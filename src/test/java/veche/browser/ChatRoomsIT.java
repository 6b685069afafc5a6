package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Several rooms, their unread counts, and search. */
class ChatRoomsIT extends RealServer {
    private static final LocatorAssertions.HasTextOptions ASKED_AGAIN =
            new LocatorAssertions.HasTextOptions().setTimeout(30_000);

    /** Anna, after sending a message in one room and moving to another. */
    static Page inAnotherRoom(String there, String here) {
        Page anna = enter(window("Anna"), there);
        sendAndAwait(anna, "I was here");
        goTo(anna, here);
        return anna;
    }

    @Test
    void roomsShowTheirUnreadCount() {
        var here = newRoom();
        var there = newRoom();
        Page anna = inAnotherRoom(there, here);
        Page boris = enter(window("Boris"), there);
        for (int count = 1; count <= 3; count++) {
            sendAndAwait(boris, "news " + count);
        }
        assertThat(room(anna, there).locator(".badge")).hasText("3", ASKED_AGAIN);
        assertThat(room(anna, here)).hasAttribute("aria-current", "page");
        room(anna, there).click();
        assertThat(anna.locator("#room-title")).hasText(there);
        assertThat(anna.locator(".unread-line")).hasText("New");
        assertThat(bubbles(anna)).hasText(new String[] {"I was here", "news 1", "news 2", "news 3"});
        assertThat(room(anna, there).locator(".badge")).hasCount(0);
        anna.goBack();
        assertThat(anna.locator("#room-title")).hasText(here);
        awaitEntered(anna);
        assertThat(bubbles(anna)).hasCount(0);
    }

    @Test
    void aMentionInAnotherRoomIsShownAndAnnounced() {
        var here = newRoom();
        var there = newRoom();
        Page anna = inAnotherRoom(there, here);
        Page boris = enter(window("Boris"), there);
        sendAndAwait(boris, "@Annabel is not meant");
        assertThat(room(anna, there).locator(".badge")).hasText("1", ASKED_AGAIN);
        sendAndAwait(boris, "@Anna, the ships are in");
        sendAndAwait(boris, "all three of them");
        assertThat(room(anna, there).locator(".badge.mentions-me")).hasText("@ 3", ASKED_AGAIN);
        assertThat(room(anna, there)).containsText("3 new messages, and you are mentioned");
        assertThat(anna.locator("#announce")).hasText("Boris mentioned you in " + there);
        room(anna, there).click();
        assertThat(message(anna, "the ships are in")).hasClass(Pattern.compile("mentioned"));
        goTo(anna, here);
        assertThat(room(anna, there).locator(".badge")).hasCount(0);
    }

    @Test
    void aSearchFindsBothAlphabetsAndJumpsToTheMessage() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        sendAndAwait(anna, "The BELL weighs 120 poods");
        sendAndAwait(anna, "Колокол ОТЛИЛИ во Пскове");
        sendAndAwait(anna, "nothing of the kind");
        anna.locator("#search-toggle").click();
        search(anna, "отлили");
        assertThat(anna.locator("#hits .hit-text")).hasText(new String[] {"Колокол ОТЛИЛИ во Пскове"});
        assertThat(anna.locator("#search-status")).hasText("1 message found");
        search(anna, "bell");
        anna.locator("#hits .hit").click();
        assertThat(message(anna, "The BELL")).isFocused();
        search(anna, "no such thing at all");
        assertThat(anna.locator("#search-status")).hasText("0 messages found");
        anna.keyboard().press("Escape");
        assertThat(anna.locator("#search-box")).isHidden();
        assertThat(anna.locator("#search-toggle")).isFocused();
    }

    @Test
    void matchesAreHighlightedInHitsAndMessage() {
        Page anna = enter(window("Anna"), newRoom());
        sendAndAwait(anna, "text and ".repeat(30) + "the Bell of Pskov");
        for (int count = 1; count <= 12; count++) {
            sendAndAwait(anna, "a bell, number " + count);
        }
        anna.locator("#search-toggle").click();
        search(anna, "bell");
        assertThat(anna.locator("#hits mark")).hasCount(13);
        Locator last = anna.locator("#hits .hit").last();
        assertThat(last.locator("mark")).hasText("Bell");
        double all = anna.locator("#search-box").boundingBox().height;
        keep(anna, "hits");
        last.click();
        anna.waitForFunction(
                "() => [...(CSS.highlights.get('found') ?? [])].map(range => `${range}`).join() === 'Bell'");
        assertThat(message(anna, "Pskov")).isInViewport();
        assertTrue(anna.locator("#search-box").boundingBox().height < all / 2);
        keep(anna, "hit-reached");
        anna.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        anna.setViewportSize(390, 740);
        assertThat(message(anna, "Pskov")).isAttached();
        keep(anna, "hit-reached-phone-dark");
        anna.setViewportSize(1280, 800);
        anna.locator("#search-text").click();
        assertEquals(all, anna.locator("#search-box").boundingBox().height, 1);
        anna.locator("#search-close").click();
        assertEquals(false, anna.evaluate("CSS.highlights.has('found')"));
    }

    @Test
    void aSearchFindsTheMessagesOfOneAuthor() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        sendAndAwait(anna, "the ship sails");
        Page boris = enter(window("Boris"), room);
        sendAndAwait(boris, "which ship");
        boris.locator("#search-toggle").click();
        search(boris, "from:anna");
        assertThat(boris.locator("#hits .hit-text")).hasText(new String[] {"the ship sails"});
        search(boris, "ship");
        assertThat(boris.locator("#hits .hit-text")).hasText(new String[] {"which ship", "the ship sails"});
        keep(boris, "search-rule");
    }

    static Locator room(Page page, String name) {
        return page.locator("#rooms a[data-room='" + name + "']");
    }

    @Test
    void theLongestRoomNameDoesNotWidenTheListOfRooms() {
        var longest = ("long-" + newRoom() + "x".repeat(64)).substring(0, 64);
        Page anna = enter(window("Anna"), longest);
        assertThat(room(anna, longest).locator(".room-name")).hasAttribute("title", longest);
        room(anna, longest).focus();
        assertEquals(
                List.of(0, 0),
                anna.locator(".rooms-pane").evaluate("pane => [pane.scrollWidth - pane.clientWidth, pane.scrollLeft]"));
    }
}
