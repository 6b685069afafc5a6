package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accessibility and languages of the lab. */
class LabAccessibilityIT extends RealServer {
    /** Runs the experiments with immediate results. */
    private static void use(Page page) {
        LabPageIT.bench(page, 1).locator(".run").click();
        LabPageIT.bench(page, 2).locator("button").click();
        LabPageIT.bench(page, 3).locator("button[value=Blob]").click();
        LabPageIT.bench(page, 6).locator(".run").click();
        LabPageIT.bench(page, 7).locator("button").click();
        page.locator("#anna").fill("…");
        page.locator("#anna").press("Enter");
        LabPageIT.submit(page, ".by-client", "#client-code", "1001");
        LabPageIT.submit(page, ".by-server", "#server-code", "1011");
        assertThat(page.locator("tr[data-code='1011']")).isVisible();
        assertThat(LabPageIT.bench(page, 1).locator(".answer")).isVisible();
        assertThat(page.locator(".window.first .received li")).hasCount(1);
        assertThat(LabPageIT.bench(page, 3).locator(".notes li")).hasCount(2);
    }

    @Test
    void axeFindsNoViolationsInEitherTheme() {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = chromium.window(desktop("en-GB").setColorScheme(scheme));
            page.navigate(server.home() + "lab.html");
            use(page);
            page.evaluate("scrollTo(0, 0)");
            if (scheme == ColorScheme.LIGHT) {
                show(page, "lab");
            } else {
                keep(page, "lab-dark");
            }
            assertEquals(List.of(), Accessibility.violationsOf(page), scheme::name);
        }
    }

    @Test
    void axeFindsNoViolationsOnAPhoneInRussian() {
        Page page = chromium.window(desktop("ru-RU").setViewportSize(360, 740).setDeviceScaleFactor(2));
        page.navigate(server.home() + "lab");
        use(page);
        page.evaluate("scrollTo(0, 0)");
        keep(page, "lab-phone-russian");
        assertEquals(List.of(), Accessibility.violationsOf(page));
        assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"));
    }

    @Test
    void switchingTheLanguageTranslatesTheEventLog() {
        Page page = LabPageIT.lab("en-GB");
        LabPageIT.bench(page, 1).locator(".run").click();
        assertThat(LabPageIT.bench(page, 1).locator(".notes li")).hasCount(3);
        page.locator("#language").selectOption("ru");
        assertThat(LabPageIT.bench(page, 1).locator(".notes li").nth(1)).containsText("Сервер согласился");
        assertThat(page.locator("h1")).hasText("Лаборатория");
        assertThat(page.locator("#client-code optgroup")).hasAttribute("label", "браузер не разрешит");
        assertEquals("Лаборатория · Вече", page.title());
    }
}
