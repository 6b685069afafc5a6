package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Keyboard shortcuts, phone keyboards, forced colours and printing. */
class ChatKeysIT extends RealServer {
    private static void blur(Page page) {
        page.evaluate("document.activeElement.blur()");
        assertEquals("BODY", page.evaluate("document.activeElement.tagName"));
    }

    @Test
    void theMessageFieldIsFocusedOnLoad() {
        assertThat(enter(window("Anna"), newRoom()).locator("#message-text")).isFocused();
    }

    @Test
    void shortcutsAndTypingWorkWithoutFocus() {
        Page page = enter(window("Anna"), newRoom());
        blur(page);
        page.keyboard().press("Control+/");
        assertThat(page.locator("#help")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#help")).isHidden();
        blur(page);
        page.keyboard().press("Control+k");
        assertThat(page.locator("#search-text")).isFocused();
        page.keyboard().press("Escape");
        blur(page);
        page.keyboard().type("Hello");
        assertThat(page.locator("#message-text")).hasValue("Hello");
    }

    @Test
    void tabStopsInOneMessageAndOnceInItsToolbar() {
        Page page = withLinks();
        page.locator(".skip").focus();
        List<Object> stops = new ArrayList<>();
        for (int tabs = 0; tabs < 40 && !"message-text".equals(page.evaluate("document.activeElement.id")); tabs++) {
            page.keyboard().press("Tab");
            stops.add(page.evaluate("document.activeElement.closest('#messages') && document.activeElement.localName"));
        }
        assertThat(page.locator("#message-text")).isFocused();
        assertTrue(stops.size() <= 15, stops::toString);
        assertEquals(
                List.of("article", "a", "a", "button"),
                stops.stream().filter(Objects::nonNull).toList());
        page.keyboard().press("Shift+Tab"); // the button for files
        page.keyboard().press("Shift+Tab");
        assertThat(page.locator("article").last()).isFocused();
    }

    @Test
    void enterFocusesTheContentOfAMessageAndEscapeReturns() {
        Page page = withLinks();
        page.locator("#message-text").press("Escape");
        page.keyboard().press("ArrowUp");
        page.keyboard().press("Enter");
        Locator article = page.locator("article").nth(4);
        assertThat(article.locator("a").first()).isFocused();
        page.keyboard().press("Tab");
        assertThat(article.locator("a").last()).isFocused();
        page.keyboard().press("Escape");
        assertThat(article).isFocused();
        page.keyboard().press("Escape");
        assertThat(page.locator("#message-text")).isFocused();
    }

    /** Six messages of two links and a block of code. */
    private static Page withLinks() {
        Page page = enter(window("Anna"), newRoom());
        for (int count = 1; count <= 6; count++) {
            send(page, "https://a.test/ and https://b.test/ ```let x = 1;```");
            assertThat(page.locator("article")).hasCount(count);
        }
        return page;
    }

    @Test
    void f6CyclesThroughThePanes() {
        Page page = enter(window("Anna"), newRoom());
        Locator article = sendAndAwait(page, "a message");
        var stops = List.of(
                page.locator("#name"), page.locator("#rooms a[aria-current]"), article, page.locator("#message-text"));
        for (Locator stop : stops) {
            page.keyboard().press("F6");
            assertThat(stop).isFocused();
        }
        page.keyboard().press("Shift+F6");
        assertThat(article).isFocused();
        page.setViewportSize(1000, 800); // no space for the panel
        page.keyboard().press("F6");
        page.keyboard().press("F6");
        assertThat(page.locator("#rooms a[aria-current]")).isFocused();
    }

    @Test
    void onAPhoneEnterStartsANewLineAndTheButtonSends() {
        Page page = enter(window("Anna", phone("en")), newRoom());
        assertThat(page.locator("#emoji-button")).isVisible();
        page.locator("#message-text").fill("first");
        page.locator("#message-text").press("Enter");
        page.keyboard().type("second");
        page.locator("#send").tap();
        assertThat(bubbles(page)).hasText(new String[] {"first\nsecond"});
    }

    @Test
    void theListOfKeysHasTwoColumns() {
        Page page = enter(window("Anna"), newRoom());
        page.keyboard().press("Control+/");
        Locator meanings = page.locator("#help dd");
        assertThat(meanings.first()).isVisible();
        assertEquals(1, meanings.evaluateAll("them => new Set(them.map(dd => dd.getBoundingClientRect().left)).size"));
    }

    @Test
    void printingIncludesAllMessagesAndNoPanes() {
        Page page = enter(window("Anna"), newRoom());
        for (int i = 1; i <= 30; i++) {
            sendAndAwait(page, "Line " + i);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(page.locator(".rooms-pane")).isHidden();
        assertThat(page.locator("#composer")).isHidden();
        Locator scroller = page.locator("#scroller");
        assertTrue(
                (boolean) scroller.evaluate("e => e.clientHeight > innerHeight && e.scrollHeight <= e.clientHeight"));
        assertTrue((boolean) page.evaluate("document.documentElement.scrollHeight > innerHeight"));
    }

    @Test
    void forcedColoursMarkTheRoomAndTheMention() {
        var room = newRoom();
        Page anna = enter(window("Anna"), room);
        anna.emulateMedia(new Page.EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
        sendAndAwait(enter(window("Boris"), room), "@Anna, look");
        assertThat(anna.locator("article.mentioned .bubble")).hasCSS("outline-style", "solid");
        assertThat(anna.locator("#rooms a[aria-current]")).hasCSS("outline-style", "solid");
    }
}
