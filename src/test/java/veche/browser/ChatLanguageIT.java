package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Languages and tooltips of the page and the greeting demo. */
class ChatLanguageIT extends RealServer {
    @Test
    void thePageUsesTheBrowsersLanguageOrTheChosenOne() {
        Page page = enter(window("Анна", desktop("ru-RU")), newRoom());
        assertThat(page.locator("html")).hasAttribute("lang", "ru");
        assertThat(page.locator("#state")).hasText("На связи");
        assertThat(page.locator("#send")).hasText("Отправить");
        sendAndAwait(page, "Здравствуйте");
        page.locator("#language").selectOption("en");
        assertThat(page.locator("#state")).hasText("Connected");
        assertThat(page.locator("#present")).hasText("1 person here");
        assertThat(page.locator(".tick")).hasAttribute("aria-label", "Sent");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator("#send")).hasText("Send");
    }

    @Test
    void iconButtonsAndTimesHaveATooltip() {
        Page page = enter(window("Anna"), newRoom());
        var article = sendAndAwait(page, "mine");
        article.hover();
        attach(page, "river.png", Pictures.landscape(42, 24));
        assertThat(page.locator("#tray > li")).hasCount(1);
        assertThat(page.locator("#search-toggle")).hasAttribute("title", "Search in this room");
        assertThat(page.locator(".attach")).hasAttribute("title", "Attach files");
        page.locator("#language").selectOption("ru");
        assertThat(page.locator("#search-toggle")).hasAttribute("title", "Поиск в этой комнате");
        assertEquals(List.of(), page.evaluate("""
                [...document.querySelectorAll('button')]
                  .filter(button => button.checkVisibility() && !/\\p{L}/u.test(button.textContent) && button.title === '' && !button.closest('#emoji'))
                  .map(button => button.outerHTML)"""));
        assertThat(article.locator(".head time"))
                .hasAttribute("title", Pattern.compile("20\\d\\d.*\\d\\d:\\d\\d:\\d\\d"));
    }

    @Test
    void theGreetingDemoRunsFromOpenToClose() {
        Page page = chromium.window(desktop("ru-RU"));
        page.navigate(server.home() + "hello.html");
        page.locator("#name").fill("Джон");
        page.locator("#greeting button").click();
        assertThat(page.locator("#steps > li").nth(2)).hasText("Сервер: Привет с сервера, Джон!");
        assertThat(page.locator("#steps > li").nth(3))
                .containsText("Закрыто с кодом 1000.", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
        keep(page, "hello-russian");
        assertEquals(List.of(), Accessibility.violationsOf(page));
    }
}
