package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.Media;
import org.junit.jupiter.api.Test;

/** Keys wherever the focus is, the keyboard of a phone, the list of keys, forced colours and paper. */
class ChatKeysIT extends RealServer {
    private static void blur(Page page) {
        page.evaluate("document.activeElement.blur()");
        assertEquals("BODY", page.evaluate("document.activeElement.tagName"));
    }

    @Test
    void aPageThatHasLoadedIsReadyToWriteIn() {
        assertThat(enter(window("Anna"), newRoom()).locator("#say")).isFocused();
    }

    @Test
    void keysAndLettersWorkWhereNothingHasTheFocus() {
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
        assertThat(page.locator("#say")).hasValue("Hello");
    }

    @Test
    void onAPhoneEnterBeginsALineAndTheButtonSends() {
        Page page = enter(window("Anna", phone("en")), newRoom());
        assertThat(page.locator("#emoji-button")).isVisible();
        page.locator("#say").fill("first");
        page.locator("#say").press("Enter");
        page.keyboard().type("second");
        page.locator("#send").tap();
        assertThat(said(page)).hasText(new String[] {"first\nsecond"});
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
    void aPrintHasTheWholeTalkAndNoPanes() {
        Page page = enter(window("Anna"), newRoom());
        for (int i = 1; i <= 30; i++) {
            saidBy(page, "Line " + i);
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
        saidBy(enter(window("Boris"), room), "@Anna, look");
        assertThat(anna.locator("article.mentioned .bubble")).hasCSS("outline-style", "solid");
        assertThat(anna.locator("#rooms a[aria-current]")).hasCSS("outline-style", "solid");
    }
}
