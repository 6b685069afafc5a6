package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where a reader is when a room is entered again: at the newest with the way to the first unread, or at the old place. */
class ChatUnreadIT extends RealServer {
    private static final int MANY = 300;

    @Test
    void manyUnreadMessagesAreCountedWithTheWayToTheFirst() throws InterruptedException {
        var there = newRoom();
        Page anna = enter(window("Anna"), there);
        saidBy(anna, "I was here");
        ChatPageIT.goTo(anna, newRoom());
        Seeder.fill(server.port(), there, MANY);
        ChatPageIT.goTo(anna, there);
        Locator way = anna.locator("#unread");
        assertThat(way).hasText("300 new messages · Jump to the first");
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        keep(anna, "unread");
        anna.setViewportSize(390, 740);
        anna.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        keep(anna, "unread-phone-dark");
        way.click();
        assertThat(exactly(anna, "message 1")).isFocused();
        assertThat(anna.locator(".unread-line")).isInViewport();
        assertThat(way).isHidden();
        anna.locator("#newer").click();
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        assertThat(way).isHidden();
    }

    @Test
    void whereAllUnreadMessagesAreInSightNothingLeadsToThem() {
        var there = newRoom();
        Page anna = enter(window("Anna"), there);
        saidBy(anna, "I was here");
        ChatPageIT.goTo(anna, newRoom());
        saidBy(enter(window("Boris"), there), "news");
        ChatPageIT.goTo(anna, there);
        assertThat(anna.locator(".unread-line")).isInViewport();
        assertThat(anna.locator("#unread")).isHidden();
    }

    @Test
    void aRoomIsComeBackToAtThePlaceWhereItWasLeft() throws InterruptedException {
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
        ChatPageIT.goTo(anna, newRoom());
        assertThat(said(anna)).hasCount(0);
        ChatPageIT.goTo(anna, there);
        anna.waitForFunction("top => " + TOP + " === top", top);
        assertThat(anna.locator("#newer")).hasText("To the newest");
        anna.locator("#newer").click();
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        ChatPageIT.goTo(anna, newRoom());
        assertThat(said(anna)).hasCount(0);
        ChatPageIT.goTo(anna, there);
        assertThat(exactly(anna, "message " + MANY)).isInViewport();
        assertEquals(true, anna.locator("#newer").isHidden());
    }

    /** The topmost message in sight, and where it is. */
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
