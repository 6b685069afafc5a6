package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Position on re-entering a room: at the latest message with a jump to the first unread, or at the previous position.
 */
class ChatUnreadIT extends RealServer {
    private static final int MANY = 300;

    @Test
    void manyUnreadMessagesAreCountedWithAJumpToTheFirst() throws InterruptedException {
        var there = newRoom();
        Page anna = enter(window("Anna"), there);
        sendAndAwait(anna, "I was here");
        goTo(anna, newRoom());
        Seeder.fill(server.port(), there, MANY);
        goTo(anna, there);
        Locator jump = anna.locator("#unread");
        assertThat(jump).hasText("300 new messages · Jump to the first");
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        keep(anna, "unread");
        anna.setViewportSize(390, 740);
        anna.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        keep(anna, "unread-phone-dark");
        jump.click();
        assertThat(exactly(anna, "message 1")).isFocused();
        assertThat(anna.locator(".unread-line")).isInViewport();
        assertThat(jump).isHidden();
        anna.locator("#newer").click();
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        assertThat(jump).isHidden();
    }

    @Test
    void visibleUnreadMessagesNeedNoJump() {
        var there = newRoom();
        Page anna = enter(window("Anna"), there);
        sendAndAwait(anna, "I was here");
        goTo(anna, newRoom());
        sendAndAwait(enter(window("Boris"), there), "news");
        goTo(anna, there);
        assertThat(anna.locator(".unread-line")).isInViewport();
        assertThat(anna.locator("#unread")).isHidden();
    }

    @Test
    void aRoomReopensAtTheScrollPositionWhereItWasLeft() throws InterruptedException {
        var there = newRoom();
        Seeder.fill(server.port(), there, MANY);
        Page anna = enter(window("Anna"), there);
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        anna.locator("#scroller").evaluate("scroller => { scroller.scrollTop = 0; }");
        assertThat(exactly(anna, "message 150")).isAttached();
        exactly(anna, "message 150")
                .evaluate(
                        "article => {"
                                + " article.scrollIntoView({ block: 'start' }); document.getElementById('scroller').scrollTop += 10; }");
        anna.waitForFunction(
                "() => document.getElementById('newer').checkVisibility() && " + TOP + ".endsWith('message 150')");
        var top = anna.evaluate(TOP);
        goTo(anna, newRoom());
        assertThat(bubbles(anna)).hasCount(0);
        goTo(anna, there);
        anna.waitForFunction("top => " + TOP + " === top", top);
        assertThat(anna.locator("#newer")).hasText("Jump to latest");
        anna.locator("#newer").click();
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        goTo(anna, newRoom());
        assertThat(bubbles(anna)).hasCount(0);
        goTo(anna, there);
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        assertEquals(true, anna.locator("#newer").isHidden());
    }

    /** The topmost visible message and its offset. */
    private static final String TOP = """
            (() => {
              const edge = document.getElementById('scroller').getBoundingClientRect().top;
              const article = [...document.querySelectorAll('article')].find(each => each.getBoundingClientRect().bottom > edge);
              return article && `${Math.round(article.getBoundingClientRect().top - edge)} ${article.querySelector('.bubble').textContent}`;
            })()
            """;

    private static Locator exactly(Page page, String text) {
        return page.locator(
                "article",
                new Page.LocatorOptions()
                        .setHas(page.locator(
                                ".bubble", new Page.LocatorOptions().setHasText(Pattern.compile("^" + text + "$")))));
    }
}
