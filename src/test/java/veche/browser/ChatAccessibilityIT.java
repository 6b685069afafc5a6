package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accessibility and layout in both themes, on a phone and enlarged. */
class ChatAccessibilityIT extends RealServer {
    @Test
    void onAPhoneTheFieldIsWideAndTheButtonHasAName() {
        Page page = enter(window("Анна", phone("ru-RU").setViewportSize(390, 740)), newRoom());
        assertThat(page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Отправить").setExact(true)))
                .isVisible();
        assertThat(page.locator("#send svg")).isVisible();
        assertTrue((boolean) page.locator("#message-text")
                .evaluate("field => field.clientWidth > 0.55 * field.closest('.line').clientWidth"));
        page.locator("#message-text").fill("Пишу с телефона");
        keep(page, "phone-writing");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        keep(page, "phone-writing-dark");
    }

    @Test
    void axeFindsNoViolationsInEitherTheme() {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            var room = newRoom(scheme == ColorScheme.LIGHT ? "market" : "harbour");
            Page page = enter(window("Anna", desktop("en-GB").setColorScheme(scheme)), room);
            assertEquals(List.of(), Accessibility.violationsOf(page), "an empty room");
            populate(page);
            show(page, scheme == ColorScheme.LIGHT ? "chat" : "chat-dark");
            assertEquals(List.of(), Accessibility.violationsOf(page), scheme::name);
            chromium.reset();
        }
    }

    @Test
    void axeFindsNoViolationsInDialogs() {
        Page page = enter(window("Anna"), newRoom());
        send(page, "```" + "far beyond the edge ".repeat(20) + "```");
        sendAndAwait(page, "mine");
        keep(page, "code");
        page.locator("#search-toggle").click();
        page.locator("#search-text").fill("mine");
        page.locator("#search-text").press("Enter");
        assertThat(page.locator("#hits > li")).hasCount(1);
        keep(page, "search");
        assertEquals(List.of(), Accessibility.violationsOf(page), "search");
        page.locator("#search-close").click();
        page.locator("#help-button").click();
        assertEquals(List.of(), Accessibility.violationsOf(page), "help");
        page.keyboard().press("Escape");
        page.locator("#emoji-button").click();
        assertEquals(List.of(), Accessibility.violationsOf(page), "emoji");
        page.keyboard().press("Escape");
        act(page, message(page, "mine"), "remove");
        assertEquals(List.of(), Accessibility.violationsOf(page), "remove");
    }

    @Test
    void axeFindsNoViolationsOnAPhoneInRussian() {
        Page page = enter(window("Анна", phone("ru-RU")), newRoom("bell-tower"));
        keep(page, "phone-quiet");
        populate(page);
        show(page, "chat-phone");
        assertEquals(List.of(), Accessibility.violationsOf(page));
        page.locator("#panel-toggle").click();
        assertThat(page.locator("#panel")).isVisible();
        assertThat(page.locator("#panel-toggle")).hasAttribute("aria-expanded", "true");
        keep(page, "phone-panel");
        assertEquals(List.of(), Accessibility.violationsOf(page));
        page.locator("#rooms-toggle").click();
        assertThat(page.locator("#rooms-pane")).isVisible();
        assertThat(page.locator("#panel")).isHidden();
        assertEquals(List.of(), Accessibility.violationsOf(page));
        assertFits(page);
    }

    /** 200 % of a window of 1280 by 800: half as many pixels of CSS each way (WCAG 2.2, 1.4.4 and 1.4.10). */
    @Test
    void atTwoHundredPercentNothingIsLost() {
        var zoomed = desktop("en-GB").setViewportSize(640, 400).setDeviceScaleFactor(2);
        Page page = enter(window("Anna", zoomed), newRoom());
        populate(page);
        keep(page, "zoomed");
        assertFits(page);
        page.locator("#message-text").fill("still room to write");
        page.locator("#send").click();
        assertThat(message(page, "still room to write")).isInViewport();
        page.setViewportSize(320, 256); // 400 %
        assertFits(page);
        assertThat(page.locator("#message-text")).isInViewport();
        assertThat(page.locator("#send")).isInViewport();
    }

    /** A conversation with every kind of message, with the page's user taking part. */
    private static void populate(Page page) {
        var room = page.url().replaceAll(".*room=", "");
        Page boris = enter(window("Борис", desktop("ru-RU")), room);
        Page clara = enter(window("Clara"), room);
        sendAndAwait(boris, "Звонили трижды, люди идут. Кто сегодня говорит первым?");
        send(clara, "The harbour accounts are at https://veche.example/accounts, line `total`.");
        assertThat(bubbles(clara).locator("code")).hasText("total");
        sendAndAwait(page, "Then let us begin");
        act(clara, message(clara, "Then let us begin"), "reply");
        sendAndAwait(clara, "After the bell has stopped");
        var me = page.locator("#name").inputValue();
        sendAndAwait(boris, "@" + me + ", ты принесла рисунок?");
        attach(page, "river.png", Pictures.landscape(420, 240));
        assertThat(page.locator("#tray > li")).hasCount(1);
        page.locator("#send").click();
        assertThat(boris.locator("#messages img")).isVisible();
        message(boris, "Then let us begin").first().hover();
        boris.locator(".actions .emoji").nth(1).click();
        sendAndAwait(boris, "Красиво");
        clara.locator("#message-text").pressSequentially("And this");
        assertThat(page.locator("#typing")).containsText("Clara");
        assertThat(page.locator("article")).hasCount(7);
        assertThat(page.locator(".reaction")).hasCount(1);
        assertThat(page.locator("article").last()).isInViewport();
    }

    private static void assertFits(Page page) {
        assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"));
    }
}
