package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import veche.testing.Token;

/** The administration page on a real server with connected users. */
class AdminPageIT extends RealServer {
    private static final String MODERATOR = Token.of("mara", "Mara", "moderator");
    private static final String USER = Token.of("ulf", "Ulf");
    private static final LocatorAssertions.HasCountOptions IN_TIME =
            new LocatorAssertions.HasCountOptions().setTimeout(20_000);
    private static final LocatorAssertions.ContainsTextOptions TEXT_IN_TIME =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    private static Page admin(String language, String token) {
        Page page = chromium.window(desktop(language));
        page.navigate(server.home() + "admin");
        present(page.locator("#token"), token);
        return page;
    }

    private static void present(Locator field, String token) {
        field.fill(token);
        field.press("Enter");
    }

    private static Page moderator(String language) {
        Page page = admin(language, MODERATOR);
        assertThat(page.locator("#dashboard")).isVisible();
        return page;
    }

    /** Joins a room by a plain WebSocket that records messages and close event; returns its window. */
    private static Page join(String name, String room) {
        Page page = chromium.window();
        page.navigate(server.home() + "hello.html");
        page.evaluate("""
                ([name, room]) => new Promise(resolve => {
                  window.received = [];
                  window.socket = new WebSocket(`chat?room=${room}&name=${name}&guest=secret-of-${name}-12345678`.replace(/^/, location.origin.replace('http', 'ws') + '/'));
                  window.socket.onmessage = event => window.received.push(event.data);
                  window.socket.onclose = ({ code, reason }) => { window.closeEvent = `${code} ${reason}`; };
                  window.socket.onopen = resolve;
                })
                """, List.of(name, room));
        return page;
    }

    private static Locator row(Page page, String table, String text) {
        return page.locator("#" + table + " tbody tr", new Page.LocatorOptions().setHasText(text));
    }

    private static void moderate(Page page, String user, String action, String room, String reason) {
        requestModeration(page, user, action, room, reason);
        assertThat(page.locator("#moderate")).isHidden();
    }

    private static void requestModeration(Page page, String user, String action, String room, String reason) {
        row(page, "connections", user).getByRole(AriaRole.BUTTON).click();
        page.locator("#moderate-action").selectOption(action);
        page.locator("#moderate-room").selectOption(room);
        page.locator("#moderate-reason").fill(reason);
        page.locator("#moderate-form button.danger").click();
    }

    private static String closed(Page page) {
        await().until(() -> page.evaluate("window.closeEvent ?? null") != null);
        return (String) page.evaluate("window.closeEvent");
    }

    @Test
    void thePageRequiresAModeratorsToken() {
        Page page = chromium.window(desktop("en-GB"));
        page.navigate(server.home() + "admin");
        assertThat(page.locator("#sign-in-error")).hasText("Enter a moderator’s token to open this page.");
        assertThat(page.locator("#dashboard")).isHidden();
        present(page.locator("#token"), "nonsense");
        assertThat(page.locator("#sign-in-error")).containsText("The server rejected this token:");
        present(page.locator("#token"), USER);
        assertThat(page.locator("#sign-in-error")).containsText("no moderator role");
        assertThat(page.locator("#dashboard")).isHidden();
        assertEquals(401, state(page, null).status());
        assertEquals(401, state(page, "nonsense").status());
        assertEquals(403, state(page, USER).status());
        assertEquals(200, state(page, MODERATOR).status());
        String warden = Token.confined("lobby", "wanda", "Wanda", "moderator");
        present(page.locator("#token"), warden);
        assertThat(page.locator("#sign-in-error")).containsText("in some rooms only");
        assertEquals(403, state(page, warden).status());
    }

    @Test
    void aTokenIsNotForgottenWhenAnEarlierRequestWithoutOneIsRefused() {
        Page page = chromium.window(desktop("en-GB"));
        List<Route> held = new ArrayList<>();
        page.route("**/admin/api/who", route -> {
            if (held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        page.navigate(server.home() + "admin");
        present(page.locator("#token"), MODERATOR);
        assertThat(page.locator("#dashboard")).isVisible();
        page.waitForResponse("**/admin/api/who", () -> held.get(0).resume());
        page.waitForResponse("**/admin/api/state", () -> {}); // of the next poll
        assertThat(page.locator("#dashboard")).isVisible();
    }

    private static APIResponse state(Page page, String token) {
        RequestOptions options = RequestOptions.create();
        if (token != null) {
            options.setHeader("Authorization", "Bearer " + token);
        }
        return page.request().get(server.home() + "admin/api/state", options);
    }

    @Test
    void theTokenStaysInTheTabAndSigningOutRemovesIt() {
        Page page = moderator("en-GB");
        assertThat(page.locator("#moderator")).hasText("Signed in as Mara");
        page.reload();
        assertThat(page.locator("#dashboard")).isVisible();
        assertEquals(
                false, page.evaluate("JSON.stringify(localStorage).includes(sessionStorage['veche.admin.token'])"));
        page.locator("#leave").click();
        assertThat(page.locator("#sign-in")).isVisible();
        assertEquals(null, page.evaluate("sessionStorage.getItem('veche.admin.token')"));
    }

    @Test
    void connectionsRoomsRatesAndLatenciesAreShownLive() {
        String room = newRoom();
        Page ann = join("Anna", room);
        Page page = moderator("en-GB");
        Locator anna = row(page, "connections", "Anna").filter(new Locator.FilterOptions().setHasText(room));
        assertThat(anna).hasCount(1, IN_TIME);
        assertThat(anna).containsText("/chat");
        assertThat(anna).containsText("127.0.0.1");
        assertThat(row(page, "connections", "Mara")).containsText("wamp.2.msgpack", TEXT_IN_TIME);
        ann.evaluate("window.sending = setInterval(() => window.socket.send('message'), 50)");
        assertThat(row(page, "rooms", room)).hasCount(1, IN_TIME);
        page.waitForFunction("() => (document.querySelector('.curve.in')?.getAttribute('d') ?? '').includes('L')");
        page.waitForFunction(
                "() => (document.querySelector('.curve.commit99')?.getAttribute('d') ?? '').includes('M')");
        page.waitForFunction(
                "() => (document.querySelector('.curve.delivery50')?.getAttribute('d') ?? '').includes('M')");
        page.waitForFunction("() => Number(document.getElementById('now-in').textContent) > 1");
        assertTrue(
                page.locator("#rates-chart").getAttribute("aria-label").contains("into the rooms: "),
                "the chart's label has its latest values");
        page.locator("#filter").fill("no such user");
        assertThat(page.locator("#connections .empty")).isVisible();
        page.locator("#filter").fill(room);
        assertThat(page.locator("#connections tbody tr")).hasCount(1);
        page.locator("#filter").fill("");
        ann.evaluate("clearInterval(window.sending); window.socket.close(4001)");
        assertThat(row(page, "gone", "4001").first()).containsText("Anna", TEXT_IN_TIME);
    }

    /** The state of this server, as if it were one of three nodes. */
    private static void addNodes(Page page) {
        String others = """
                {"name": "node-2", "version": "1.2.0", "started": "2026-01-01T00:00:00Z", "state": "draining",
                 "incarnation": "2", "figures": {"connections": 1200, "rooms": 7, "heapBytes": 104857600,
                 "maxHeapBytes": 536870912, "carrier": "postgresql", "feedAgeMs": 250, "signals": true}},
                {"name": "node-3", "version": "", "started": "2026-01-01T00:00:00Z", "state": "running",
                 "incarnation": "3", "figures": {}}]""";
        page.route("**/admin/api/state", route -> {
            String state = route.fetch().text();
            int end = state.indexOf("],\"counters\"");
            route.fulfill(new Route.FulfillOptions()
                    .setContentType("application/json")
                    .setBody(state.substring(0, end) + "," + others + state.substring(end + 1)));
        });
    }

    @Test
    void allNodesAreShownWithTheirConnectionsInAll() {
        Page page = chromium.window(desktop("en-GB"));
        page.navigate(server.home() + "admin");
        present(page.locator("#token"), MODERATOR);
        assertThat(row(page, "nodes", "(this node)")).containsText("running", TEXT_IN_TIME);
        assertThat(row(page, "nodes", "(this node)")).containsText(Pattern.compile("\\d MiB of \\d"));
        assertThat(row(page, "nodes", "(this node)")).containsText(Pattern.compile("\\d+\\.\\d+\\.\\d+"));
        assertThat(page.locator("#nodes tbody tr")).hasCount(1);
        assertThat(page.locator("#nodes-total")).isHidden();
        addNodes(page);
        Locator second = row(page, "nodes", "node-2");
        assertThat(second).containsText("draining", TEXT_IN_TIME);
        for (String shown :
                List.of("1.2.0", "1 Jan 2026", "1,200", "100 MiB of 512 MiB", "0.25 s ago", "PostgreSQL, signals")) {
            assertThat(second).containsText(shown);
        }
        assertThat(row(page, "nodes", "node-3").locator("td")).hasText(new Pattern[] {
            dash(), Pattern.compile("2026"), Pattern.compile("running"), dash(), dash(), dash(), dash(), dash()
        });
        assertThat(page.locator("#nodes-total")).containsText(Pattern.compile("1,2\\d\\d connections on 3 nodes"));
        second.scrollIntoViewIfNeeded();
        keep(page, "admin-nodes");
        page.locator("#language").selectOption("ru");
        assertThat(second).containsText("завершает работу");
        assertThat(page.locator("#nodes-total")).containsText("на 3 узлах");
    }

    private static Pattern dash() {
        return Pattern.compile("–");
    }

    @Test
    void aKickClosesTheWindowAndTheAuditShowsIt() {
        String room = newRoom();
        Page kai = join("Kai", room);
        Page page = moderator("en-GB");
        assertThat(row(page, "connections", "Kai")).hasCount(1, IN_TIME);
        moderate(page, "Kai", "kick", "", "shouting in " + room);
        String end = closed(kai);
        assertTrue(end.startsWith("1008") && end.contains("shouting in " + room), end);
        assertThat(row(page, "audit", "shouting in " + room)).containsText("kick", TEXT_IN_TIME);
        assertThat(row(page, "audit", "shouting in " + room)).containsText("Mara");
        assertThat(row(page, "gone", "1008").first()).containsText("Kai", TEXT_IN_TIME);
        assertThat(row(page, "connections", "Kai")).hasCount(0, IN_TIME);
    }

    @Test
    void anActionWaitsForTheSessionThatIsBeingOpened() {
        String room = newRoom();
        join("Ida", room);
        Page page = chromium.window(desktop("en-GB"));
        List<Route> libraries = new ArrayList<>();
        page.route("**/wampy.min.js", libraries::add);
        page.navigate(server.home() + "admin");
        present(page.locator("#token"), MODERATOR);
        requestModeration(page, "Ida", "mute", room, "too early");
        assertThat(page.locator("#moderate")).isVisible();
        assertThat(page.locator("#moderate-error")).isEmpty();
        libraries.forEach(Route::resume);
        assertThat(page.locator("#moderate")).isHidden();
        assertThat(row(page, "sanctions", room)).containsText("mute");
    }

    @Test
    void aMuteHoldsUntilItIsLifted() {
        String room = newRoom();
        Page mia = join("Mia", room);
        Page page = moderator("en-GB");
        assertThat(row(page, "connections", "Mia")).hasCount(1, IN_TIME);
        moderate(page, "Mia", "mute", room, "too loud");
        Locator sanction = row(page, "sanctions", room);
        assertThat(sanction).containsText("mute");
        mia.evaluate("window.socket.send('may I?')");
        sanction.getByRole(AriaRole.BUTTON).click();
        assertThat(sanction).hasCount(0, IN_TIME);
        assertThat(row(page, "audit", room)).hasCount(2);
        Page again = join("Mia", room);
        again.evaluate("window.socket.send('thank you')");
        again.waitForFunction("() => window.received.includes('thank you')");
        assertEquals(false, again.evaluate("window.received.includes('may I?')"));
    }

    @Test
    void aBanKeepsOutUntilItIsLifted() {
        String room = newRoom();
        Page bea = join("Bea", room);
        Page page = moderator("en-GB");
        assertThat(row(page, "connections", "Bea")).hasCount(1, IN_TIME);
        moderate(page, "Bea", "ban", "", "for a while");
        assertTrue(closed(bea).startsWith("1008"));
        assertEquals("refused", reconnect(bea, room));
        row(page, "sanctions", "for a while").getByRole(AriaRole.BUTTON).click();
        assertThat(row(page, "sanctions", "for a while")).hasCount(0, IN_TIME);
        assertEquals("opened", reconnect(bea, room));
    }

    private static String reconnect(Page page, String room) {
        return (String) page.evaluate("""
                room => new Promise(resolve => {
                  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/chat?room=${room}&name=Bea&guest=secret-of-Bea-12345678`);
                  socket.onopen = () => resolve('opened');
                  socket.onerror = () => resolve('refused');
                })
                """, room);
    }

    @Test
    void axeFindsNoViolationsInEitherThemeAndOnAPhoneInRussian() {
        String room = newRoom();
        Page ann = join("Anna", room);
        join("Boris", room);
        ann.evaluate("window.sending = setInterval(() => window.socket.send('слово'), 40)");
        for (String look : List.of("admin", "admin-dark", "admin-phone-russian")) {
            var options = desktop(look.endsWith("russian") ? "ru-RU" : "en-GB")
                    .setColorScheme(look.endsWith("dark") ? ColorScheme.DARK : ColorScheme.LIGHT);
            if (look.contains("phone")) {
                options.setViewportSize(360, 740).setDeviceScaleFactor(2);
            }
            Page page = chromium.window(options);
            addNodes(page);
            page.navigate(server.home() + "admin");
            if (look.contains("phone")) {
                assertThat(page.locator("#sign-in-error")).not().isEmpty();
                assertEquals(List.of(), Accessibility.violationsOf(page), look + ", sign-in");
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
            assertEquals(List.of(), Accessibility.violationsOf(page), look);
            assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"), look);
            if (look.contains("phone")) {
                assertThat(page.locator("h1")).hasText("Управление");
                assertThat(page.locator("#now-connections-label")).containsText("соединени");
                row(page, "connections", "Boris").locator("button").click();
                assertEquals(List.of(), Accessibility.violationsOf(page), look + ", with the dialog");
            }
        }
    }
}
