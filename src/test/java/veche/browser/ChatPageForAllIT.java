package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page for readers of both languages, by day and by night, on a phone, with the keyboard, by ear. */
class ChatPageForAllIT extends RealServer {

    @Test
    void thePageSpeaksTheBrowsersLanguageAndRemembersAnother() {
        Page page = enter(chromium.window(reader("ru-RU")), newRoom());
        assertThat(page.locator("html")).hasAttribute("lang", "ru");
        assertThat(page.locator("#state")).hasText("На связи");
        assertThat(page.locator("#send")).hasText("Сказать");
        page.locator("#language").selectOption("en");
        assertThat(page.locator("#state")).hasText("Connected");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator("#send")).hasText("Say");
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        Page page = enter(chromium.window(), newRoom());
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().type("by hand");
        page.keyboard().press("Enter");
        assertThat(said(page)).hasText(new String[] {"by hand"});
        assertThat(page.locator("#say")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#send")).isFocused();
        tabTo(page, "#leave");
        page.keyboard().press("Enter");
        assertThat(page.locator("#state")).hasText("Closed");
        tabTo(page, "#retry");
        page.keyboard().press("Space");
        assertThat(page.locator("#state")).hasText("Connected");
        assertThat(page.locator("#say")).isFocused();
    }

    @Test
    void axeFindsNothingInEitherLight() {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = enter(chromium.window(reader("en-GB").setColorScheme(scheme)), newRoom());
            populate(page);
            keep(page, scheme.name().toLowerCase());
            assertEquals(List.of(), Accessibility.faultsOf(page), scheme::name);
        }
    }

    @Test
    void axeFindsNothingOnAPhoneInRussian() {
        var phone = reader("ru-RU")
                .setViewportSize(360, 740)
                .setDeviceScaleFactor(2)
                .setHasTouch(true);
        Page page = enter(chromium.window(phone), newRoom());
        keep(page, "phone-quiet");
        populate(page);
        keep(page, "phone-russian");
        assertEquals(List.of(), Accessibility.faultsOf(page));
        page.locator("#panel-toggle").click();
        assertThat(page.locator("#panel")).isVisible();
        keep(page, "phone-panel");
        assertEquals(List.of(), Accessibility.faultsOf(page));
        assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"));
    }

    @Test
    void theGreetingRunsFromOpeningToClose() {
        Page page = chromium.window(reader("ru-RU"));
        page.navigate(server.home() + "hello.html");
        page.locator("#who").fill("Джон");
        page.locator("#greeting button").click();
        assertThat(page.locator("#steps > li").nth(2)).hasText("Сервер: Привет с сервера, Джон!");
        assertThat(page.locator("#steps > li").nth(3)).containsText("Закрыто с кодом 1000.", contains(15_000));
        keep(page, "hello-russian");
        assertEquals(List.of(), Accessibility.faultsOf(page));
    }

    private static void tabTo(Page page, String selector) {
        for (int steps = 0;
                steps < 40 && !(boolean) page.locator(selector).evaluate("e => e === document.activeElement");
                steps++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.locator(selector)).isFocused();
    }

    private static LocatorAssertions.ContainsTextOptions contains(double timeout) {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(timeout);
    }
}
