package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Markup, scripts and directional controls in every text that users enter. A script that ran would set a global
 * variable; one that the Content-Security-Policy blocked would be logged as an error, which fails the test.
 */
class HostileTextsIT extends RealServer {
    /** At most 32 characters, as a name may have. */
    private static final String HANDLER = "<img src=x: onerror=evil=1>";

    private static final List<String> TEXTS = List.of(
            "<script>evil=1</script>",
            HANDLER,
            "\"><svg onload=evil=1>",
            "'-evil=1-'${evil=1}{{evil=1}}",
            "<a href=\"javascript:evil=1\">prize</a>",
            "javascript:evil=1",
            "JaVaScRiPt:evil=1 data:text/html,<script>evil=1</script>",
            "https://a.test/\"onmouseover=\"evil=1",
            "https://evil.test\u202e/moc.elpmaxe//:sptth",
            "`<img src=x: onerror=evil=1>` @<img src=x: onerror=evil=1>");

    private static final LocatorAssertions.ContainsTextOptions IN_TIME =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    private static final String HANDLERS = "[onerror], [onload], [onmouseover], [onclick]";

    private final String room = newRoom();

    private static void assertHarmless(Page page) {
        assertEquals(false, page.evaluate("'evil' in window"));
        assertThat(page.locator("main script, main iframe, main object, main embed, main svg[onload]"))
                .hasCount(0);
        assertThat(page.locator(HANDLERS)).hasCount(0);
        assertEquals(List.of(), page.locator("a[href]").evaluateAll("""
                        links => links.map(link => link.href).filter(href => !/^(https?|blob):/.test(href))
                        """));
    }

    private Page mallory() {
        Page mallory = chromium.window();
        mallory.addInitScript("localStorage.setItem('veche.name', '" + HANDLER + "')");
        return enter(mallory, room);
    }

    @Test
    void messagesNamesQuotesAndReactionsAreShownAsText() {
        Page mallory = mallory();
        Page anna = enter(window("Anna"), room);
        for (String text : TEXTS) {
            send(mallory, text);
        }
        assertThat(bubbles(anna))
                .hasText(TEXTS.stream().map(text -> text.replace("`", "")).toArray(String[]::new));
        assertThat(anna.locator("article .author").first()).hasText(HANDLER);
        assertThat(anna.locator("#people")).containsText(HANDLER);
        act(anna, anna.locator("#messages > article").nth(1), "reply");
        send(anna, HANDLER);
        assertThat(bubbles(mallory)).hasCount(TEXTS.size() + 1);
        assertHarmless(anna);
        assertHarmless(mallory);
    }

    @Test
    void fileNamesAndContentsAreNotExecuted() {
        Page mallory = mallory();
        Page anna = enter(window("Anna"), room);
        byte[] page = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"evil=1\"><script>evil=1</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        attach(mallory, "<img src=x: onerror=evil=1>.svg", page);
        mallory.locator("#send").click();
        assertThat(anna.locator("#messages > article")).hasCount(1);
        assertThat(anna.locator("#messages a[download]")).hasCount(1);
        String name = anna.locator("#messages a[download]").getAttribute("download");
        assertEquals(-1, name.indexOf('<'), name);
        assertHarmless(anna);
    }

    @Test
    void reasonsOfModeratorsAreShownAsText() {
        Page guest = mallory();
        call("veche.readonly", "\"" + room + "\",60,\"" + HANDLER + "\"");
        assertThat(guest.locator("#remark")).containsText(HANDLER);
        Page admin = admin();
        Locator sanction = admin.locator("#sanctions tbody tr", new Page.LocatorOptions().setHasText(room));
        assertThat(sanction).containsText(HANDLER);
        assertThat(admin.locator("#audit tbody tr").first()).containsText(HANDLER);
        assertThat(admin.locator("#connections tbody")).containsText(HANDLER, IN_TIME);
        assertHarmless(admin);
        call("veche.kick", "\"" + member() + "\",\"" + room + "\",\"" + HANDLER + "\"");
        assertThat(guest.locator("#notice-text")).containsText(HANDLER);
        assertHarmless(guest);
    }

    /** The id of the only member of the room. */
    private String member() {
        return call("veche.members", "\"" + room + "\"").replaceAll(".*\"id\":\"([^\"]+)\".*", "$1");
    }

    @Test
    void aRoomNameFromTheAddressOrTheFieldIsShownAsText() {
        Page anna = window("Anna");
        anna.navigate(server.home() + "?room=" + URLEncoder.encode(HANDLER, StandardCharsets.UTF_8));
        assertThat(anna.locator("#notice-text")).containsText(HANDLER);
        assertHarmless(anna);
        enter(anna, room);
        for (String text : TEXTS) {
            anna.locator("#go-room").fill(text);
            anna.locator("#go-button").click();
            assertHarmless(anna);
        }
    }

    @Test
    void searchesAndTheirHitsAreShownAsText() {
        Page anna = enter(window("Anna"), room);
        sendAndAwait(anna, "found: " + HANDLER);
        anna.locator("#search-toggle").click();
        for (String text : TEXTS) {
            search(anna, text);
            assertHarmless(anna);
        }
        search(anna, HANDLER);
        assertThat(anna.locator("#hits .hit-text")).hasText(new String[] {"found: " + HANDLER});
        assertHarmless(anna);
    }

    /** UAX #9: an isolate keeps a text from reordering what stands beside it. */
    @Test
    void aTextCannotReorderItsNeighbours() {
        Page anna = enter(window("Anna"), room);
        Locator article = sendAndAwait(anna, "\u202etxt.exe");
        for (String part : List.of(".author", ".bubble")) {
            String style =
                    (String) article.locator(part).first().evaluate("part => getComputedStyle(part).unicodeBidi");
            assertEquals(
                    true, List.of("isolate", "plaintext", "isolate-override").contains(style), part + ": " + style);
        }
    }
}
