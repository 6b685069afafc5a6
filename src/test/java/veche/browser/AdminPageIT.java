package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The administration on a real server, with people in its rooms. */
class AdminPageIT extends RealServer {
    private static final String MODERATOR = Token.of("mara", "Mara", "moderator");
    private static final String USER = Token.of("ulf", "Ulf");
    private static final LocatorAssertions.HasCountOptions IN_TIME =
            new LocatorAssertions.HasCountOptions().setTimeout(20_000);
    private static final LocatorAssertions.ContainsTextOptions SAID_IN_TIME =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    private static Page admin(String language, String token) {
        Page page = chromium.window(reader(language));
        page.navigate(server.home() + "admin");
        present(page.locator("#token"), token);
        return page;
    }

    private static void present(Locator field, String token) {
        field.fill(token);
        field.press("Enter");
    }

    private static Page moderates(String language) {
        Page page = admin(language, MODERATOR);
        assertThat(page.locator("#office")).isVisible();
        return page;
    }

    /** Somebody in a room by a bare socket, who notes what they hear and how it ends; gives their window. */
    private static Page joins(String name, String room) {
        Page page = chromium.window();
        page.navigate(server.home() + "hello.html");
        page.evaluate("""
                ([name, room]) => new Promise(resolve => {
                  window.heard = [];
                  window.socket = new WebSocket(`chat?room=${room}&name=${name}&guest=secret-of-${name}-12345678`.replace(/^/, location.origin.replace('http', 'ws') + '/'));
                  window.socket.onmessage = event => window.heard.push(event.data);
                  window.socket.onclose = ({ code, reason }) => { window.ending = `${code} ${reason}`; };
                  window.socket.onopen = resolve;
                })
                """, List.of(name, room));
        return page;
    }

    private static Locator row(Page page, String table, String text) {
        return page.locator("#" + table + " tbody tr", new Page.LocatorOptions().setHasText(text));
    }

    private static void order(Page page, String who, String action, String room, String reason) {
        row(page, "connections", who).getByRole(AriaRole.BUTTON).click();
        page.locator("#order-action").selectOption(action);
        page.locator("#order-room").selectOption(room);
        page.locator("#order-reason").fill(reason);
        page.locator("#order-form button.danger").click();
        assertThat(page.locator("#order")).isHidden();
    }

    private static String closed(Page page) {
        await().until(() -> page.evaluate("window.ending ?? null") != null);
        return (String) page.evaluate("window.ending");
    }

    @Test
    void nobodyLooksInWithoutAModeratorsToken() {
        Page page = chromium.window(reader("en-GB"));
        page.navigate(server.home() + "admin");
        assertThat(page.locator("#door-error")).hasText("The server knows you as nobody who may look in here.");
        assertThat(page.locator("#office")).isHidden();
        present(page.locator("#token"), "nonsense");
        assertThat(page.locator("#door-error")).containsText("The server does not take this token:");
        present(page.locator("#token"), USER);
        assertThat(page.locator("#door-error")).containsText("none of the moderators’ roles");
        assertThat(page.locator("#office")).isHidden();
        assertEquals(401, state(page, null).status());
        assertEquals(401, state(page, "nonsense").status());
        assertEquals(403, state(page, USER).status());
        assertEquals(200, state(page, MODERATOR).status());
        String warden = Token.confined("lobby", "wanda", "Wanda", "moderator");
        present(page.locator("#token"), warden);
        assertThat(page.locator("#door-error")).containsText("in some rooms only");
        assertEquals(403, state(page, warden).status());
    }

    private static APIResponse state(Page page, String token) {
        RequestOptions options = RequestOptions.create();
        if (token != null) {
            options.setHeader("Authorization", "Bearer " + token);
        }
        return page.request().get(server.home() + "admin/api/state", options);
    }

    @Test
    void theTokenLivesInThisTabOnlyAndLeavingForgetsIt() {
        Page page = moderates("en-GB");
        assertThat(page.locator("#who")).hasText("As Mara");
        page.reload();
        assertThat(page.locator("#office")).isVisible();
        assertEquals(
                false, page.evaluate("JSON.stringify(localStorage).includes(sessionStorage['veche.admin.token'])"));
        page.locator("#leave").click();
        assertThat(page.locator("#door")).isVisible();
        assertEquals(null, page.evaluate("sessionStorage.getItem('veche.admin.token')"));
    }

    @Test
    void connectionsRoomsRatesAndLatenciesAreShownLive() {
        String room = newRoom();
        Page ann = joins("Anna", room);
        Page page = moderates("en-GB");
        Locator anna = row(page, "connections", "Anna").filter(new Locator.FilterOptions().setHasText(room));
        assertThat(anna).hasCount(1, IN_TIME);
        assertThat(anna).containsText("/chat");
        assertThat(anna).containsText("127.0.0.1");
        assertThat(row(page, "connections", "Mara")).containsText("wamp.2.msgpack", SAID_IN_TIME);
        ann.evaluate("window.talk = setInterval(() => window.socket.send('word'), 50)");
        assertThat(row(page, "rooms", room)).hasCount(1, IN_TIME);
        page.waitForFunction("() => (document.querySelector('.curve.in')?.getAttribute('d') ?? '').includes('L')");
        page.waitForFunction(
                "() => (document.querySelector('.curve.commit99')?.getAttribute('d') ?? '').includes('M')");
        page.waitForFunction(
                "() => (document.querySelector('.curve.delivery50')?.getAttribute('d') ?? '').includes('M')");
        page.waitForFunction("() => Number(document.getElementById('now-in').textContent) > 1");
        assertTrue(
                page.locator("#rates-chart").getAttribute("aria-label").contains("into the rooms: "),
                "the curve says its newest values");
        page.locator("#filter").fill("nobody at all");
        assertThat(page.locator("#connections .empty")).isVisible();
        page.locator("#filter").fill(room);
        assertThat(page.locator("#connections tbody tr")).hasCount(1);
        page.locator("#filter").fill("");
        ann.evaluate("clearInterval(window.talk); window.socket.close(4001)");
        assertThat(row(page, "gone", "4001").first()).containsText("Anna", SAID_IN_TIME);
    }

    @Test
    void aKickClosesTheWindowAndTheAuditShowsIt() {
        String room = newRoom();
        Page kai = joins("Kai", room);
        Page page = moderates("en-GB");
        assertThat(row(page, "connections", "Kai")).hasCount(1, IN_TIME);
        order(page, "Kai", "kick", "", "shouting in " + room);
        String end = closed(kai);
        assertTrue(end.startsWith("1008") && end.contains("shouting in " + room), end);
        assertThat(row(page, "audit", "shouting in " + room)).containsText("kick", SAID_IN_TIME);
        assertThat(row(page, "audit", "shouting in " + room)).containsText("Mara");
        assertThat(row(page, "gone", "1008").first()).containsText("Kai", SAID_IN_TIME);
        assertThat(row(page, "connections", "Kai")).hasCount(0, IN_TIME);
    }

    @Test
    void aMuteHoldsUntilItIsLifted() {
        String room = newRoom();
        Page mia = joins("Mia", room);
        Page page = moderates("en-GB");
        assertThat(row(page, "connections", "Mia")).hasCount(1, IN_TIME);
        order(page, "Mia", "mute", room, "too loud");
        Locator sanction = row(page, "sanctions", room);
        assertThat(sanction).containsText("mute");
        mia.evaluate("window.socket.send('may I?')");
        sanction.getByRole(AriaRole.BUTTON).click();
        assertThat(sanction).hasCount(0, IN_TIME);
        assertThat(row(page, "audit", room)).hasCount(2);
        Page again = joins("Mia", room);
        again.evaluate("window.socket.send('thank you')");
        again.waitForFunction("() => window.heard.includes('thank you')");
        assertEquals(false, again.evaluate("window.heard.includes('may I?')"));
    }

    @Test
    void aBanKeepsOutUntilItIsLifted() {
        String room = newRoom();
        Page bea = joins("Bea", room);
        Page page = moderates("en-GB");
        assertThat(row(page, "connections", "Bea")).hasCount(1, IN_TIME);
        order(page, "Bea", "ban", "", "for a while");
        assertTrue(closed(bea).startsWith("1008"));
        assertEquals("refused", tries(bea, room));
        row(page, "sanctions", "for a while").getByRole(AriaRole.BUTTON).click();
        assertThat(row(page, "sanctions", "for a while")).hasCount(0, IN_TIME);
        assertEquals("opened", tries(bea, room));
    }

    private static String tries(Page page, String room) {
        return (String) page.evaluate("""
                room => new Promise(resolve => {
                  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/chat?room=${room}&name=Bea&guest=secret-of-Bea-12345678`);
                  socket.onopen = () => resolve('opened');
                  socket.onerror = () => resolve('refused');
                })
                """, room);
    }

    @Test
    void axeFindsNothingByDayByNightAndOnAPhoneInRussian() {
        String room = newRoom();
        Page ann = joins("Anna", room);
        joins("Boris", room);
        ann.evaluate("window.talk = setInterval(() => window.socket.send('слово'), 40)");
        for (String look : List.of("admin", "admin-dark", "admin-phone-russian")) {
            var options = reader(look.endsWith("russian") ? "ru-RU" : "en-GB")
                    .setColorScheme(look.endsWith("dark") ? ColorScheme.DARK : ColorScheme.LIGHT);
            if (look.contains("phone")) {
                options.setViewportSize(360, 740).setDeviceScaleFactor(2);
            }
            Page page = chromium.window(options);
            page.navigate(server.home() + "admin");
            if (look.contains("phone")) {
                assertThat(page.locator("#door-error")).not().isEmpty();
                assertEquals(List.of(), Accessibility.faultsOf(page), look + ", before the door");
            }
            present(page.locator("#token"), MODERATOR);
            assertThat(row(page, "rooms", room)).hasCount(1, IN_TIME);
            page.waitForFunction(
                    "() => (document.querySelector('.curve.delivery99')?.getAttribute('d') ?? '').includes('L')");
            if (look.equals("admin")) {
                show(page, look);
            } else {
                keep(page, look);
            }
            assertEquals(List.of(), Accessibility.faultsOf(page), look);
            assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"), look);
            if (look.contains("phone")) {
                assertThat(page.locator("h1")).hasText("Управление");
                assertThat(page.locator("#now-connections-words")).containsText("соединени");
                row(page, "connections", "Boris").locator("button").click();
                assertEquals(List.of(), Accessibility.faultsOf(page), look + ", with the dialog");
            }
        }
    }
}
