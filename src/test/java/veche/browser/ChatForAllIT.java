package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page for readers of both languages, by day and by night, on a phone, enlarged, with the keyboard, by ear. */
class ChatForAllIT extends RealServer {

    @Test
    void thePageSpeaksTheBrowsersLanguageAndRemembersAnother() {
        Page page = enter(window("Анна", reader("ru-RU")), newRoom());
        assertThat(page.locator("html")).hasAttribute("lang", "ru");
        assertThat(page.locator("#state")).hasText("На связи");
        assertThat(page.locator("#send")).hasText("Сказать");
        saidBy(page, "Здравствуйте");
        page.locator("#language").selectOption("en");
        assertThat(page.locator("#state")).hasText("Connected");
        assertThat(page.locator("#present")).hasText("1 person here");
        assertThat(page.locator(".tick")).hasAttribute("aria-label", "The server has it");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator("#send")).hasText("Say");
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        var room = newRoom();
        Page page = enter(window("Anna"), room);
        Page boris = enter(window("Boris"), room);
        saidBy(boris, "Who is there?");
        assertThat(page.locator("#say")).isFocused();
        page.locator(".skip").press("Enter");
        assertThat(page.locator("#say")).isFocused();
        page.keyboard().type("first line");
        page.keyboard().press("Shift+Enter");
        page.keyboard().type("second line");
        page.keyboard().press("Enter");
        assertThat(said(boris).last()).hasText("first line\nsecond line");
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
        assertThat(boris.locator(".bubble").last()).hasText("Taken back");
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
        assertThat(page.locator("#say")).isFocused();
        tabTo(page, "#leave");
        page.keyboard().press("Enter");
        assertThat(page.locator("#state")).hasText("Closed");
        tabTo(page, "#retry");
        page.keyboard().press("Space");
        assertThat(page.locator("#state")).hasText("Connected");
        assertThat(page.locator("#say")).isFocused();
    }

    @Test
    void whatIsShownShortHasATooltip() {
        Page page = enter(window("Anna"), newRoom());
        var article = saidBy(page, "mine");
        article.hover();
        pick(page, "river.png", Pictures.landscape(42, 24));
        assertThat(page.locator("#tray > li")).hasCount(1);
        assertThat(page.locator("#search-toggle")).hasAttribute("title", "Search in this room");
        assertThat(page.locator(".attach")).hasAttribute("title", "Add a picture or a file");
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
    void onAPhoneTheFieldIsWideAndTheButtonStillNamed() {
        Page page = enter(window("Анна", phone("ru-RU").setViewportSize(390, 740)), newRoom());
        assertThat(page.getByRole(
                        AriaRole.BUTTON,
                        new Page.GetByRoleOptions().setName("Сказать").setExact(true)))
                .isVisible();
        assertThat(page.locator("#send svg")).isVisible();
        assertTrue((boolean) page.locator("#say")
                .evaluate("field => field.clientWidth > 0.55 * field.closest('.line').clientWidth"));
        page.locator("#say").fill("Пишу с телефона");
        keep(page, "phone-writing");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        keep(page, "phone-writing-dark");
    }

    @Test
    void theKeyboardComesBackToWhereItWas() {
        Page page = enter(window("Anna"), newRoom());
        saidBy(page, "all that was said");
        page.keyboard().press("Control+k");
        page.keyboard().type("all");
        page.keyboard().press("Enter");
        assertThat(page.locator("#hits .hit")).hasCount(1);
        page.keyboard().press("Escape");
        assertThat(page.locator("#say")).isFocused();
        page.keyboard().press("Control+k");
        page.locator("#hits .hit").press("Enter");
        assertThat(message(page, "all that was said")).isFocused();
        assertThat(page.locator("#newer")).isHidden();
        page.keyboard().press("Control+k");
        page.keyboard().press("Escape");
        assertThat(message(page, "all that was said")).isFocused();
    }

    @Test
    void theListOfRoomsIsOneStopForTheTabKey() {
        var room = newRoom();
        Page page = enter(window("Anna"), room);
        saidBy(page, "I was here");
        ChatPageIT.goTo(page, room + "-b");
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
    void theWayToTheNextRoomChangesNoMessage() {
        var room = newRoom();
        Page page = enter(window("Anna"), room);
        saidBy(page, "said");
        ChatPageIT.goTo(page, newRoom());
        saidBy(page, "said and done");
        assertThat(page.locator("#rooms a[data-room='" + room + "']")).isVisible();
        String before = page.locator("#room-title").textContent();
        page.keyboard().press("Alt+ArrowUp");
        assertThat(page.locator("#room-title")).not().hasText(before);
        awaitEntered(page);
        assertThat(page.locator("#say")).isFocused();
        assertThat(page.locator("#say")).hasValue("");
        assertThat(page.locator("#context")).isHidden();
        page.keyboard().press("Alt+ArrowDown");
        assertThat(page.locator("#room-title")).hasText(before);
        assertThat(page.locator("#say")).hasValue("");
    }

    @Test
    void axeFindsNothingInEitherLight() {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            var room = newRoom(scheme == ColorScheme.LIGHT ? "market" : "harbour");
            Page page = enter(window("Anna", reader("en-GB").setColorScheme(scheme)), room);
            assertEquals(List.of(), Accessibility.faultsOf(page), "an empty room");
            populate(page);
            show(page, scheme == ColorScheme.LIGHT ? "chat" : "chat-dark");
            assertEquals(List.of(), Accessibility.faultsOf(page), scheme::name);
            chromium.tidy();
        }
    }

    @Test
    void axeFindsNothingInWhatOpensAndCloses() {
        Page page = enter(window("Anna"), newRoom());
        say(page, "```" + "far beyond the edge ".repeat(20) + "```");
        saidBy(page, "mine");
        keep(page, "code");
        page.locator("#search-toggle").click();
        page.locator("#search-text").fill("mine");
        page.locator("#search-text").press("Enter");
        assertThat(page.locator("#hits > li")).hasCount(1);
        keep(page, "search");
        assertEquals(List.of(), Accessibility.faultsOf(page), "search");
        page.locator("#search-close").click();
        page.locator("#help-button").click();
        assertEquals(List.of(), Accessibility.faultsOf(page), "help");
        page.keyboard().press("Escape");
        page.locator("#emoji-button").click();
        assertEquals(List.of(), Accessibility.faultsOf(page), "emoji");
        page.keyboard().press("Escape");
        ChatPageIT.act(page, message(page, "mine"), "remove");
        assertEquals(List.of(), Accessibility.faultsOf(page), "remove");
    }

    @Test
    void axeFindsNothingOnAPhoneInRussian() {
        Page page = enter(window("Анна", phone("ru-RU")), newRoom("bell-tower"));
        keep(page, "phone-quiet");
        populate(page);
        show(page, "chat-phone");
        assertEquals(List.of(), Accessibility.faultsOf(page));
        page.locator("#panel-toggle").click();
        assertThat(page.locator("#panel")).isVisible();
        assertThat(page.locator("#panel-toggle")).hasAttribute("aria-expanded", "true");
        keep(page, "phone-panel");
        assertEquals(List.of(), Accessibility.faultsOf(page));
        page.locator("#rooms-toggle").click();
        assertThat(page.locator("#rooms-pane")).isVisible();
        assertThat(page.locator("#panel")).isHidden();
        assertEquals(List.of(), Accessibility.faultsOf(page));
        assertFits(page);
    }

    /** 200 % of a window of 1280 by 800: half as many pixels of CSS each way (WCAG 2.2, 1.4.4 and 1.4.10). */
    @Test
    void atTwiceTheSizeNothingIsLost() {
        var zoomed = reader("en-GB").setViewportSize(640, 400).setDeviceScaleFactor(2);
        Page page = enter(window("Anna", zoomed), newRoom());
        populate(page);
        keep(page, "zoomed");
        assertFits(page);
        page.locator("#say").fill("still room to write");
        page.locator("#send").click();
        assertThat(message(page, "still room to write")).isInViewport();
        page.setViewportSize(320, 256); // 400 %
        assertFits(page);
        assertThat(page.locator("#say")).isInViewport();
        assertThat(page.locator("#send")).isInViewport();
    }

    @Test
    void theGreetingRunsFromOpeningToClose() {
        Page page = chromium.window(reader("ru-RU"));
        page.navigate(server.home() + "hello.html");
        page.locator("#who").fill("Джон");
        page.locator("#greeting button").click();
        assertThat(page.locator("#steps > li").nth(2)).hasText("Сервер: Привет с сервера, Джон!");
        assertThat(page.locator("#steps > li").nth(3))
                .containsText("Закрыто с кодом 1000.", new LocatorAssertions.ContainsTextOptions().setTimeout(15_000));
        keep(page, "hello-russian");
        assertEquals(List.of(), Accessibility.faultsOf(page));
    }

    /** A talk that shows what a message can be; the page's own reader takes part. */
    private static void populate(Page page) {
        var room = page.url().replaceAll(".*room=", "");
        Page boris = enter(window("Борис", reader("ru-RU")), room);
        Page vera = enter(window("Vera"), room);
        saidBy(boris, "Звонили трижды, люди идут. Кто сегодня говорит первым?");
        say(vera, "The harbour accounts are at https://veche.example/accounts, line `total`.");
        assertThat(said(vera).locator("code")).hasText("total");
        saidBy(page, "Then let us begin");
        ChatPageIT.act(vera, message(vera, "Then let us begin"), "reply");
        saidBy(vera, "After the bell has stopped");
        var me = page.locator("#name").inputValue();
        saidBy(boris, "@" + me + ", ты принесла рисунок?");
        pick(page, "river.png", Pictures.landscape(420, 240));
        assertThat(page.locator("#tray > li")).hasCount(1);
        page.locator("#send").click();
        assertThat(boris.locator("#messages img")).isVisible();
        message(boris, "Then let us begin").first().hover();
        boris.locator(".actions .emoji").nth(1).click();
        saidBy(boris, "Красиво");
        vera.locator("#say").pressSequentially("And this");
        assertThat(page.locator("#typing")).containsText("Vera");
        assertThat(page.locator("article")).hasCount(7);
        assertThat(page.locator(".reaction")).hasCount(1);
        assertThat(page.locator("article").last()).isInViewport();
    }

    private static void assertFits(Page page) {
        assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"));
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
