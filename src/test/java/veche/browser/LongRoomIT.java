package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A room of 50,000 messages costs no more than a short one. */
class LongRoomIT extends RealServer {
    private static final int MESSAGES = 50_000;
    private static final int MAX_ARTICLES = 400;
    private static String room;

    @BeforeAll
    static void fill() throws InterruptedException {
        room = newRoom();
        Seeder.fill(server.port(), room, MESSAGES);
    }

    @Test
    void scrollingBackKeepsThePositionAndBoundsTheArticles() {
        Page page = enter(window("Anna"), room);
        assertThat(message(page, "message " + MESSAGES)).isInViewport();
        page.evaluate("""
                () => {
                  window.longTasks = [];
                  new PerformanceObserver(list => longTasks.push(...list.getEntries().map(task => task.duration))).observe({ type: 'longtask' });
                }
                """);
        int before = oldest(page);
        for (int turn = 0; turn < 12; turn++) {
            var moved = page.evaluate(SCROLL_UP);
            assertTrue(((Number) moved).doubleValue() < 2, "the visible message moved by " + moved);
            int last = before;
            page.waitForCondition(() -> oldest(page) < last);
            before = oldest(page);
            assertTrue(articles(page) <= MAX_ARTICLES, () -> articles(page) + " articles");
        }
        assertTrue(before < MESSAGES - 1_000, "scrolled back to " + before);
        System.out.println("LongRoomIT: long tasks while scrolling through 1,200 of 50,000 messages, ms: "
                + page.evaluate("longTasks.map(Math.round)"));
        Page boris = enter(window("Boris"), room);
        sendAndAwait(boris, "sent while Anna reads");
        assertThat(page.locator("#newer")).hasText("1 new message");
        assertEquals(before, oldest(page));
        page.locator("#newer").click();
        assertThat(message(page, "sent while Anna reads")).isInViewport();
        assertThat(page.locator("#newer")).isHidden();
        assertTrue(articles(page) <= MAX_ARTICLES);
    }

    @Test
    void aHitFarBackIsReachedAndScrollingContinuesFromThere() {
        Page page = enter(window("Anna"), room);
        page.locator("#search-toggle").click();
        page.locator("#search-text").fill("message 41234");
        page.locator("#search-text").press("Enter");
        assertThat(page.locator("#hits > li")).hasCount(1, new LocatorAssertions.HasCountOptions().setTimeout(30_000));
        page.locator("#hits .hit").click();
        var hit = page.locator("article", new Page.LocatorOptions().setHasText("message 41234"));
        assertThat(hit).isFocused(new LocatorAssertions.IsFocusedOptions().setTimeout(30_000));
        assertThat(hit).isInViewport();
        page.locator("#search-close").click();
        page.locator("#scroller").evaluate("scroller => { scroller.scrollTop = scroller.scrollHeight; }");
        page.waitForCondition(() -> newest(page) > 41_300);
        assertEquals(List.of(), page.evaluate(HOLES), "holes");
        assertTrue(articles(page) <= MAX_ARTICLES);
        assertThat(page.locator("#newer")).hasText("Jump to latest");
    }

    /** Scrolls up, waits for older messages, and returns by how much the visible message moved. */
    private static final String SCROLL_UP = """
            async () => {
              const scroller = document.getElementById('scroller');
              const feed = document.getElementById('messages');
              const frame = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
              const first = feed.firstElementChild;
              scroller.scrollTop = 300;
              await frame();
              const edge = scroller.getBoundingClientRect().top;
              const seen = [...feed.children].find(article => article.getBoundingClientRect().bottom > edge);
              const top = seen.getBoundingClientRect().top;
              const deadline = performance.now() + 20_000;
              while (feed.firstElementChild === first && performance.now() < deadline) await frame();
              await frame();
              return Math.abs(seen.getBoundingClientRect().top - top);
            }
            """;

    private static final String HOLES = """
            [...document.querySelectorAll('article')].map(article => Number(article.getAttribute('aria-posinset')))
              .filter((position, index, all) => index > 0 && position - all[index - 1] !== 1)
            """;

    private static int articles(Page page) {
        return (int) page.evaluate("document.querySelectorAll('article').length");
    }

    private static int oldest(Page page) {
        return (int) page.evaluate("Number(document.querySelector('article').getAttribute('aria-posinset'))");
    }

    private static int newest(Page page) {
        return (int)
                page.evaluate("Number([...document.querySelectorAll('article')].at(-1).getAttribute('aria-posinset'))");
    }
}
