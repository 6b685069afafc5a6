package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

/** Keyboard navigation and focus. */
class ChatNavigationIT extends RealServer {
    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        var room = newRoom();
        Page page = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(boris, "Who is there?");
        assertThat(page.locator("#message-text")).isFocused();
        page.locator(".skip").press("Enter");
        assertThat(page.locator("#message-text")).isFocused();
        page.keyboard().type("first line");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("second line");
        page.keyboard().press("Enter");
        assertThat(bubbles(boris).last()).hasText("first line\nsecond line");
        page.keyboard().press("Escape"); // to the messages
        page.keyboard().press("Home");
        assertThat(message(page, "Who is there?")).isFocused();
        page.keyboard().press("r");
        page.keyboard().type("I am");
        page.keyboard().press("Enter");
        assertThat(boris.locator(".quote")).hasText("BorisWho is there?");
        page.keyboard().press("Escape");
        page.keyboard().press("Home");
        page.keyboard().press("Tab"); // into the toolbar of the message
        page.keyboard().press("Enter");
        assertThat(boris.locator(".reaction")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(message(page, "Who is there?").first()).isFocused();
        page.keyboard().press("End");
        page.keyboard().press("e");
        page.keyboard().type(", Anna");
        page.keyboard().press("Enter");
        assertThat(boris.locator(".bubble").last()).containsText("I am, Anna");
        page.keyboard().press("Escape");
        page.keyboard().press("End");
        page.keyboard().press("Delete");
        assertThat(page.locator("#remove")).isVisible();
        page.keyboard().press("Enter");
        assertThat(boris.locator(".bubble").last()).hasText("Deleted");
        page.keyboard().press("Control+k");
        assertThat(page.locator("#search-text")).isFocused();
        page.keyboard().press("Escape");
        page.keyboard().press("Control+/");
        assertThat(page.locator("#help")).isVisible();
        keep(page, "keys");
        page.keyboard().press("Escape");
        assertThat(page.locator("#help")).isHidden();
        tabTo(page, "#go-room");
        page.keyboard().type(room + "-b");
        page.keyboard().press("Enter");
        assertThat(page.locator("#room-title")).hasText(room + "-b");
        assertThat(page.locator("#message-text")).isFocused();
        tabTo(page, "#leave");
        page.keyboard().press("Enter");
        assertThat(page.locator("#state")).hasText("Closed");
        tabTo(page, "#retry");
        page.keyboard().press("Space");
        assertThat(page.locator("#state")).hasText("Connected");
        assertThat(page.locator("#message-text")).isFocused();
    }

    @Test
    void theFocusReturnsAfterASearch() {
        Page page = enter(window("Anna"), newRoom());
        sendAndAwait(page, "the minutes");
        page.keyboard().press("Control+k");
        page.keyboard().type("minutes");
        page.keyboard().press("Enter");
        assertThat(page.locator("#hits .hit")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(page.locator("#message-text")).isFocused();
        page.keyboard().press("Control+k");
        page.locator("#hits .hit").press("Enter");
        assertThat(message(page, "the minutes")).isFocused();
        assertThat(page.locator("#newer")).isHidden();
        page.keyboard().press("Control+k");
        page.keyboard().press("Escape");
        assertThat(message(page, "the minutes")).isFocused();
    }

    @Test
    void theListOfRoomsIsOneStopForTheTabKey() {
        var room = newRoom();
        Page page = enter(window("Anna"), room);
        sendAndAwait(page, "I was here");
        goTo(page, room + "-b");
        var former = page.locator("#rooms a[data-room='" + room + "']");
        assertThat(former).isVisible();
        tabTo(page, "#rooms a[aria-current]");
        page.keyboard().press("ArrowUp");
        assertThat(former).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#go-room")).isFocused();
        page.keyboard().press("Shift+Tab");
        assertThat(page.locator("#rooms a:focus")).hasCount(1);
        page.keyboard().press("Home");
        assertThat(page.locator("#rooms a").first()).isFocused();
    }

    @Test
    void switchingRoomsByKeyEditsNoMessage() {
        var room = newRoom();
        Page page = enter(window("Anna"), room);
        sendAndAwait(page, "mine");
        goTo(page, newRoom());
        sendAndAwait(page, "mine too");
        assertThat(page.locator("#rooms a[data-room='" + room + "']")).isVisible();
        String before = page.locator("#room-title").textContent();
        page.keyboard().press("Alt+ArrowUp");
        assertThat(page.locator("#room-title")).not().hasText(before);
        awaitEntered(page);
        assertThat(page.locator("#message-text")).isFocused();
        assertThat(page.locator("#message-text")).hasValue("");
        assertThat(page.locator("#context")).isHidden();
        page.keyboard().press("Alt+ArrowDown");
        assertThat(page.locator("#room-title")).hasText(before);
        assertThat(page.locator("#message-text")).hasValue("");
    }

    private static void tabTo(Page page, String selector) {
        for (int steps = 0;
                steps < 60 && !(boolean) page.locator(selector).evaluate("e => e === document.activeElement");
                steps++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.locator(selector)).isFocused();
    }
}
