package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static veche.browser.ChatRoomsIT.room;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The list of rooms, its counts, and room names in form and address. */
class PageRoomsIT extends RealServer {

    @Test
    void theTitleCountsTheUnreadMessagesOfAllRooms() {
        var here = newRoom();
        var there = newRoom();
        Page anna = ChatRoomsIT.inAnotherRoom(there, here);
        assertThat(anna).hasTitle(here + " · Veche");
        hide(anna, true);
        Page boris = enter(window("Boris"), there);
        sendAndAwait(boris, "the ships are in");
        goTo(boris, here);
        sendAndAwait(boris, "all three of them");
        assertThat(anna).hasTitle("(2) " + here + " · Veche");
        hide(anna, false);
        assertThat(anna).hasTitle("(1) " + here + " · Veche");
        room(anna, there).click();
        assertThat(anna).hasTitle(there + " · Veche");
    }

    @Test
    void aMentionInAnotherRoomIsCountedOnceInTheTitle() {
        var here = newRoom();
        var there = newRoom();
        Page anna = ChatRoomsIT.inAnotherRoom(there, here);
        hide(anna, true);
        sendAndAwait(enter(window("Boris"), there), "@Anna, the ships are in");
        assertThat(anna.locator("#announce")).hasText("Boris mentioned you in " + there);
        assertThat(anna).hasTitle("(1) " + here + " · Veche");
    }

    @Test
    void theListIsRefreshedAtOnceWhenTheTabBecomesVisible() {
        var there = newRoom();
        Page anna = window("Anna");
        anna.clock().install();
        sendAndAwait(enter(anna, there), "I was here");
        goTo(anna, newRoom());
        anna.clock().pauseAt(System.currentTimeMillis() + 60_000); // stops the page's timers
        sendAndAwait(enter(window("Boris"), there), "news");
        hide(anna, false);
        assertThat(room(anna, there).locator(".badge")).hasText("1");
    }

    @Test
    void theHeaderAndTheListShowOneNumberOfPeople() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        assertThat(anna.locator("#present")).hasText("2 people here");
        assertThat(presence(anna, room)).hasAttribute("aria-label", "2 people present");
        boris.close();
        assertThat(anna.locator("#present")).hasText("1 person here");
        assertThat(presence(anna, room)).hasAttribute("aria-label", "1 person present");
    }

    @Test
    void presenceIsADotAndTheNumberIsWhatIsUnread() {
        var there = newRoom();
        Page anna = ChatRoomsIT.inAnotherRoom(there, newRoom());
        Page boris = enter(window("Boris"), there);
        assertThat(presence(anna, there)).hasAttribute("title", "1 person present");
        assertThat(presence(anna, there)).hasText("");
        assertThat(room(anna, there)).hasAccessibleName(there + " 1 person present");
        sendAndAwait(boris, "news");
        assertThat(room(anna, there)).hasAccessibleName(there + " 1 person present 1 new message");
        assertThat(room(anna, there).locator(".badge")).hasText("1");
        keep(anna, "rooms");
        anna.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        keep(anna, "rooms-dark");
        anna.locator("#language").selectOption("ru");
        assertThat(room(anna, there)).hasAccessibleName(there + " 1 человек в комнате 1 новое сообщение");
        assertThat(presence(anna, there)).hasAttribute("title", "1 человек в комнате");
    }

    @Test
    void onlyRoomsWithMessagesAndTheOpenOneAreListed() {
        var empty = newRoom();
        var busy = newRoom();
        var lab = "lab-" + newRoom();
        Page boris = enter(window("Boris"), lab);
        sendAndAwait(boris, "an experiment");
        assertThat(room(boris, lab)).hasAttribute("aria-current", "page");
        goTo(boris, busy);
        assertThat(room(boris, lab)).hasCount(0);
        sendAndAwait(boris, "news");
        goTo(boris, empty);
        Page anna = enter(window("Anna"), newRoom());
        assertThat(room(anna, busy)).isVisible();
        assertThat(room(anna, empty)).hasCount(0);
        assertThat(room(anna, lab)).hasCount(0);
        assertThat(room(boris, empty)).hasAttribute("aria-current", "page");
        goTo(boris, busy);
        assertThat(room(boris, empty)).hasCount(0);
    }

    @ParameterizedTest
    @CsvSource({"Team, team", "Новая комната, novaya-komnata"})
    void theAddressOpensTheNormalizedRoom(String written, String room) {
        Page anna = open(window("Anna"), written);
        assertThat(anna.locator("#room-title")).hasText(room);
        assertThat(anna.locator("#notice-text"))
                .hasText("“" + written + "” opens the room " + room
                        + ": room names have only lowercase Latin letters, digits, - and _.");
        assertEquals(server.home() + "?room=" + room, anna.url());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            東京  | A room name cannot contain “東”: only Latin and Russian letters, digits, - and _.
            -team | A room name starts with a letter or a digit, not with “-”.
            """)
    void anInvalidRoomInTheAddressIsExplained(String written, String why) {
        Page anna = open(window("Anna"), written);
        assertThat(anna.locator("#room-title")).hasText("lobby");
        assertThat(anna.locator("#notice-text"))
                .hasText("“" + written + "” is not a room name, so this is lobby. " + why);
        assertEquals(server.home() + "?room=lobby", anna.url());
    }

    @Test
    void theFormShowsAndOpensTheNormalizedRoom() {
        Page anna = enter(window("Анна", desktop("ru-RU")), newRoom());
        Locator field = anna.locator("#go-room");
        Locator becomes = anna.locator("#room-becomes");
        field.fill("team");
        assertThat(becomes).hasText("");
        field.fill("Комната Ёлки");
        assertThat(becomes).hasText("Откроется комната komnata-yolki");
        keep(anna, "room-becomes");
        assertEquals(List.of(), Accessibility.violationsOf(anna));
        field.press("Enter");
        assertThat(anna.locator("#room-title")).hasText("komnata-yolki");
        assertThat(becomes).hasText("");
        assertThat(field).hasValue("");
    }

    @Test
    void theFormExplainsAnInvalidName() {
        Page anna = enter(window("Anna"), newRoom());
        Locator error = anna.locator("#go-error");
        Locator field = anna.locator("#go-room");
        field.press("Enter");
        assertThat(error).hasText("Enter a room name.");
        field.fill("щ".repeat(17));
        field.press("Enter");
        assertThat(error)
                .hasText("The room name " + "shch".repeat(17) + " is too long: 68 characters, at most 64 are allowed.");
        assertThat(field).hasAttribute("aria-invalid", "true");
        assertThat(field).hasAccessibleDescription(Pattern.compile("is too long"));
        field.fill("a.b");
        assertThat(error).hasText("");
        assertThat(field).hasAttribute("aria-invalid", "false");
        field.press("Enter");
        assertThat(error).containsText("A room name cannot contain “.”");
    }

    @Test
    void at320PixelsTheRoomListFitsAndItsButtonShowsTheCount() {
        var there = (newRoom() + "-" + "x".repeat(64)).substring(0, 64);
        Page anna = window("Anna", phone("en-GB").setViewportSize(320, 568));
        sendAndAwait(enter(anna, there), "I was here");
        enter(anna, newRoom());
        sendAndAwait(enter(window("Boris"), there), "news");
        Locator toggle = anna.locator("#rooms-toggle");
        assertThat(toggle).hasAccessibleDescription("1 new message");
        assertThat(toggle).hasAttribute("data-unread", "1");
        keep(anna, "rooms-toggle-320");
        toggle.click();
        room(anna, there).scrollIntoViewIfNeeded();
        assertThat(presence(anna, there)).isInViewport();
        assertThat(room(anna, there).locator(".badge")).isInViewport();
        assertEquals(
                List.of(0, 0),
                anna.evaluate("[document.documentElement, document.getElementById('rooms-pane')]"
                        + ".map(each => each.scrollWidth - each.clientWidth)"));
        keep(anna, "rooms-320");
        assertEquals(List.of(), Accessibility.violationsOf(anna));
    }

    private static Page open(Page page, String written) {
        page.navigate(server.home() + "?room=" + URLEncoder.encode(written, StandardCharsets.UTF_8));
        awaitEntered(page);
        return page;
    }

    private static Locator presence(Page page, String name) {
        return room(page, name).locator(".here");
    }
}
