package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The lab on a real server: each bench does what it says. */
class LabPageIT extends RealServer {
    private static final double PATIENCE_MS = 20_000;

    private Page lab(String language) {
        Page page = chromium.window(reader(language));
        page.navigate(server.home() + "lab");
        assertThat(page.locator("html")).hasAttribute("lang", language.substring(0, 2));
        return page;
    }

    private static Locator bench(Page page, int number) {
        return page.locator("#bench-" + number);
    }

    private static void ask(Page page, String form, String select, String code) {
        page.locator(select).selectOption(code);
        page.locator(form + " button").click();
    }

    private static Locator lastClose(Page page) {
        return page.locator("#bench-5 table.closes tbody tr").first();
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS);
    }

    @Test
    void anOpeningShowsItsEventsAndTheHandshakeOnBothSides() {
        Page page = lab("en-GB");
        Locator bench = bench(page, 1);
        assertThat(bench.locator(".code code")).containsText("new WebSocket(address)");
        bench.locator(".run").click();
        assertThat(bench.locator(".notes code")).hasText(new String[] {"new WebSocket", "open", "message"});
        assertThat(bench.locator(".request .start-line")).hasText("GET /lab/socket?do=tell HTTP/1.1");
        assertThat(bench.locator(".answer .start-line")).hasText("HTTP/1.1 101 Switching Protocols");
        for (String sent : List.of("origin", "sec-websocket-key", "sec-websocket-extensions", "user-agent")) {
            assertThat(field(bench.locator(".request"), sent)).hasCount(1);
        }
        assertThat(field(bench.locator(".request"), "origin"))
                .containsText(server.home().replaceAll("/$", ""));
        String key = field(bench.locator(".request"), "sec-websocket-key")
                .locator(".value")
                .textContent();
        assertThat(field(bench.locator(".answer"), "sec-websocket-accept").locator(".value"))
                .hasText(accept(key));
        bench.locator(".close").click();
        assertThat(bench.locator(".notes li").last()).containsText("code 1000");
    }

    private static Locator field(Locator part, String name) {
        return part.locator("tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(part.page()
                                .locator("th")
                                .filter(new Locator.FilterOptions()
                                        .setHasText(Pattern.compile("^" + name + "$", Pattern.CASE_INSENSITIVE)))));
    }

    /** RFC 6455 §4.2.2: what proves that the server read the key. */
    private static String accept(String key) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes());
            return java.util.Base64.getEncoder().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void whatIsOfferedIsChosenOrRefused() {
        Page page = lab("en-GB");
        offer(page, "");
        assertThat(fact(page, "outcome")).hasText("opened");
        assertThat(fact(page, "protocol")).hasText("none");
        for (String[] expected : List.of(
                new String[] {"soap", "soap"},
                new String[] {"wamp", "wamp"},
                new String[] {"wamp.2.json", "wamp.2.json"},
                new String[] {"soap, wamp", "soap"},
                new String[] {"wamp, soap", "wamp"},
                new String[] {"graphql-ws, soap", "soap"})) {
            offer(page, expected[0]);
            assertThat(fact(page, "protocol")).hasText(expected[1]);
            assertThat(fact(page, "offered")).hasText(expected[0]);
            assertThat(fact(page, "extensions")).hasText("permessage-deflate");
        }
        offer(page, "graphql-ws");
        assertThat(fact(page, "outcome")).containsText("refused before the upgrade, with HTTP 400");
        assertThat(fact(page, "protocol")).hasText("none");
    }

    private static void offer(Page page, String protocols) {
        page.locator("#offer").selectOption(protocols);
        bench(page, 2).locator("button").click();
        assertThat(fact(page, "outcome")).not().hasText("asking …");
    }

    private static Locator fact(Page page, String name) {
        return bench(page, 2).locator("[data-fact=" + name + "]");
    }

    @Test
    void textAndBytesComeBackAsTheReceiverWantsThem() {
        Page page = lab("en-GB");
        Locator bench = bench(page, 3);
        bench.locator("#data-text").fill("Вече 👋");
        bench.locator("button[value=string]").click();
        assertThat(bench.locator(".notes li")).hasCount(2);
        assertThat(bench.locator(".notes li").last())
                .containsText("Received string: 6 characters, 13 bytes in UTF-8. Вече 👋");
        bench.locator("button[value=Blob]").click();
        assertThat(bench.locator(".notes li").nth(2)).containsText("You sent Blob: 13 bytes.");
        assertThat(bench.locator(".notes li").nth(3))
                .containsText("Received Blob: 13 bytes. d0 92 d0 b5 d1 87 d0 b5 20 f0 9f 91 …");
        bench.locator("input[value=arraybuffer]").check();
        bench.locator("button[value=ArrayBuffer]").click();
        assertThat(bench.locator(".notes li").nth(5)).containsText("Received ArrayBuffer: 13 bytes.");
    }

    @Test
    void bufferedAmountGrowsWhereTheServerReadsSlowlyUnlessThePageHoldsBack() {
        Page page = lab("en-GB");
        Locator bench = bench(page, 4);
        assertThat(bench.locator(".text")).containsText("1 MiB a second");
        bench.locator(".run").click();
        page.waitForFunction("() => " + PLOTTED + "('buffered') > 40");
        page.waitForFunction("() => " + PLOTTED + "('taken') > 1");
        assertThat(bench.locator(".curve")).hasCount(3);
        assertThat(bench.locator("table.numbers tbody tr").first().locator("td"))
                .hasCount(4);
        assertThat(bench.locator(".summary")).containsText("taken by the server");
        bench.locator(".stop").click();
        assertThat(bench.locator(".run")).isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(PATIENCE_MS));
        bench.locator("#throttle").check();
        bench.locator(".run").click();
        page.waitForFunction("() => " + PLOTTED + "('sent') > 60");
        assertTrue((boolean) page.evaluate(PLOTTED + "('buffered') < 20"), "held back to 256 KiB of 8 MiB");
        bench.locator(".stop").click();
    }

    /** How high a curve reaches, in the units of a plot that is 240 high. */
    private static final String PLOTTED =
            "(name => { const line = document.querySelector('.curve.' + name); if (!line) return 0;"
                    + " const heights = [...line.points].map(point => point.y); return Math.max(...heights) - Math.min(...heights); })";

    @Test
    void everyCloseHasItsCodeReasonAndWasClean() {
        Page page = lab("en-GB");
        for (String code : List.of("1000", "1001", "1008", "1011", "1013")) {
            ask(page, ".by-server", "#server-code", code);
            assertThat(lastClose(page)).hasAttribute("data-code", code);
            assertThat(lastClose(page).locator("td").last()).hasText("true");
        }
        assertThat(lastClose(page).locator("td").nth(1)).hasText("come back later");
        ask(page, ".by-server", "#server-code", "1009");
        assertThat(lastClose(page)).hasAttribute("data-code", "1009");
        assertThat(lastClose(page)).containsText("exceeds 65536 bytes");
        ask(page, ".by-server", "#server-code", "1006");
        assertThat(lastClose(page)).hasAttribute("data-code", "1006");
        assertThat(lastClose(page).locator("td").last()).hasText("false");
    }

    @Test
    void thePageClosesWithWhatItMayAndTheBrowserRefusesTheRest() {
        Page page = lab("en-GB");
        page.locator("#client-reason").fill("Хватит");
        for (String code : List.of("1000", "3000", "4999")) {
            ask(page, ".by-client", "#client-code", code);
            assertThat(lastClose(page)).hasAttribute("data-code", code);
            assertThat(lastClose(page).locator("td").nth(1)).hasText("Хватит");
        }
        for (String code : List.of("1001", "1006", "2999", "5000")) {
            ask(page, ".by-client", "#client-code", code);
            assertThat(lastClose(page)).containsText("You: " + code);
            assertThat(lastClose(page)).containsText("InvalidAccessError: the browser would not send it");
        }
        page.locator("#client-reason").fill("ы".repeat(62));
        ask(page, ".by-client", "#client-code", "1000");
        assertThat(lastClose(page)).containsText("SyntaxError: the browser would not send it");
    }

    @Test
    void readyStateIsShownThroughItsLife() {
        Page page = lab("en-GB");
        Locator bench = bench(page, 6);
        bench.locator(".run").click();
        assertThat(bench.locator(".state-now")).hasText("socket.readyState === 1 (OPEN)");
        bench.locator(".close").click();
        assertThat(bench.locator(".state-now")).hasText("socket.readyState === 3 (CLOSED)");
        assertThat(bench.locator(".states li[data-passed]")).hasCount(4);
        assertThat(bench.locator(".states li").last()).containsText(Pattern.compile("after [\\d,]+ ms"));
    }

    @Test
    void theGreetingInRussianEndsWithTheServersClose() {
        Page page = lab("ru-RU");
        Locator bench = bench(page, 7);
        bench.locator("#hello-name").fill("Анна");
        bench.locator("button").click();
        assertThat(bench.locator(".notes li").nth(2)).containsText("Сервер: Привет с сервера, Анна!");
        assertThat(bench.locator("progress")).isVisible();
        assertThat(bench.locator(".notes li").nth(3)).containsText("Закрыто с кодом 1000: «Пока!»", patiently());
        assertThat(bench.locator("progress")).isHidden();
    }

    @Test
    void twoWindowsHearEachOtherUpToFiftyCharacters() {
        Page page = lab("en-GB");
        Locator first = page.locator(".window.first .heard li");
        Locator second = page.locator(".window.second .heard li");
        // Plain has no history: who says something before the other has come is not heard by them.
        await().pollInSameThread().until(() -> says(page, "#boris", "?") && first.count() > 0);
        await().pollInSameThread()
                .until(() ->
                        says(page, "#anna", "!") && second.allTextContents().contains("!"));
        page.locator("#anna").fill("x".repeat(60));
        assertThat(page.locator(".window.first .count")).hasText("60 / 50");
        page.locator("#anna").press("Enter");
        assertThat(second.last()).hasText("x".repeat(50));
        says(page, "#boris", "Слышу");
        assertThat(first.last()).hasText("Слышу");
    }

    private static boolean says(Page page, String field, String text) {
        page.locator(field).fill(text);
        page.locator(field).press("Enter");
        return true;
    }

    /** Uses the benches whose outcome can be seen at once. */
    private static void use(Page page) {
        bench(page, 1).locator(".run").click();
        bench(page, 2).locator("button").click();
        bench(page, 3).locator("button[value=Blob]").click();
        bench(page, 6).locator(".run").click();
        bench(page, 7).locator("button").click();
        page.locator("#anna").fill("…");
        page.locator("#anna").press("Enter");
        ask(page, ".by-client", "#client-code", "1001");
        ask(page, ".by-server", "#server-code", "1011");
        assertThat(page.locator("tr[data-code='1011']")).isVisible();
        assertThat(bench(page, 1).locator(".answer")).isVisible();
        assertThat(page.locator(".window.first .heard li")).hasCount(1);
        assertThat(bench(page, 3).locator(".notes li")).hasCount(2);
    }

    @Test
    void axeFindsNothingInEitherLight() {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = chromium.window(reader("en-GB").setColorScheme(scheme));
            page.navigate(server.home() + "lab.html");
            use(page);
            page.evaluate("scrollTo(0, 0)");
            if (scheme == ColorScheme.LIGHT) {
                show(page, "lab");
            } else {
                keep(page, "lab-dark");
            }
            assertEquals(List.of(), Accessibility.faultsOf(page), scheme::name);
        }
    }

    @Test
    void axeFindsNothingOnAPhoneInRussian() {
        Page page = chromium.window(reader("ru-RU").setViewportSize(360, 740).setDeviceScaleFactor(2));
        page.navigate(server.home() + "lab");
        use(page);
        page.evaluate("scrollTo(0, 0)");
        keep(page, "lab-phone-russian");
        assertEquals(List.of(), Accessibility.faultsOf(page));
        assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"));
    }

    @Test
    void theLanguageMayBeSwitchedAfterwardsAndAllThatWasNotedSpeaksIt() {
        Page page = lab("en-GB");
        bench(page, 1).locator(".run").click();
        assertThat(bench(page, 1).locator(".notes li")).hasCount(3);
        page.locator("#language").selectOption("ru");
        assertThat(bench(page, 1).locator(".notes li").nth(1)).containsText("Сервер согласился");
        assertThat(page.locator("h1")).hasText("Лаборатория");
        assertEquals("Лаборатория · Вече", page.title());
    }
}
