package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The experiments of the lab on a real server. */
class LabPageIT extends RealServer {
    private static final double TIMEOUT_MS = 20_000;

    static Page lab(String language) {
        Page page = chromium.window(desktop(language));
        page.navigate(server.home() + "lab");
        assertThat(page.locator("html")).hasAttribute("lang", language.substring(0, 2));
        return page;
    }

    static Locator bench(Page page, int number) {
        return page.locator("#bench-" + number);
    }

    static void submit(Page page, String form, String select, String code) {
        page.locator(select).selectOption(code);
        page.locator(form + " button").click();
    }

    private static Locator lastClose(Page page) {
        return page.locator("#bench-5 table.closes tbody tr").first();
    }

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(TIMEOUT_MS);
    }

    @Test
    void openingShowsEventsAndBothSidesOfTheHandshake() {
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

    /** The accept value of a key (RFC 6455 §4.2.2). */
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
    void offeredSubprotocolsAreSelectedOrRefused() {
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
            assertThat(fact(page, "extensions")).hasText("permessage-deflate;client_max_window_bits=15");
        }
        offer(page, "graphql-ws");
        assertThat(fact(page, "outcome")).containsText("refused before the upgrade, with HTTP 400");
        assertThat(fact(page, "protocol")).hasText("none");
    }

    private static void offer(Page page, String protocols) {
        page.locator("#offer").selectOption(protocols);
        bench(page, 2).locator("button").click();
        assertThat(fact(page, "outcome")).not().hasText("connecting …");
    }

    private static Locator fact(Page page, String name) {
        return bench(page, 2).locator("[data-fact=" + name + "]");
    }

    @Test
    void textAndBytesAreEchoedInTheReceiversBinaryType() {
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
    void bufferedAmountGrowsWithASlowServerUnlessThrottled() {
        Page page = lab("en-GB");
        Locator bench = bench(page, 4);
        assertThat(bench.locator(".text")).containsText("1 MiB per second");
        bench.locator(".run").click();
        page.waitForFunction("() => " + PLOTTED + "('buffered') > 40");
        page.waitForFunction("() => " + PLOTTED + "('taken') > 1");
        assertThat(bench.locator(".curve")).hasCount(3);
        assertThat(bench.locator("table.numbers tbody tr").first().locator("td"))
                .hasCount(4);
        assertThat(bench.locator(".summary")).containsText("received by the server");
        bench.locator(".stop").click();
        assertThat(bench.locator(".run")).isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(TIMEOUT_MS));
        bench.locator("#throttle").check();
        bench.locator(".run").click();
        page.waitForFunction("() => " + PLOTTED + "('sent') > 60");
        assertTrue((boolean) page.evaluate(PLOTTED + "('buffered') < 20"), "throttled to 256 KiB of 8 MiB");
        bench.locator(".stop").click();
    }

    /** The height of a curve in a plot 240 units high. */
    private static final String PLOTTED =
            "(name => { const line = document.querySelector('.curve.' + name); if (!line) return 0;"
                    + " const heights = [...line.points].map(point => point.y); return Math.max(...heights) - Math.min(...heights); })";

    @Test
    void everyCloseHasItsCodeReasonAndWasClean() {
        Page page = lab("en-GB");
        for (String code : List.of("1000", "1001", "1008", "1011", "1013")) {
            submit(page, ".by-server", "#server-code", code);
            assertThat(lastClose(page)).hasAttribute("data-code", code);
            assertThat(lastClose(page).locator("td").last()).hasText("true");
        }
        assertThat(lastClose(page).locator("td").nth(1)).hasText("try again later");
        submit(page, ".by-server", "#server-code", "1009");
        assertThat(lastClose(page)).hasAttribute("data-code", "1009");
        assertThat(lastClose(page)).containsText("exceeds 65536 bytes");
        submit(page, ".by-server", "#server-code", "1006");
        assertThat(lastClose(page)).hasAttribute("data-code", "1006");
        assertThat(lastClose(page).locator("td").last()).hasText("false");
    }

    @Test
    void thePageClosesWithPermittedCodesAndTheBrowserRejectsOthers() {
        Page page = lab("en-GB");
        page.locator("#client-reason").fill("Хватит");
        for (String code : List.of("1000", "3000", "4999")) {
            submit(page, ".by-client", "#client-code", code);
            assertThat(lastClose(page)).hasAttribute("data-code", code);
            assertThat(lastClose(page).locator("td").nth(1)).hasText("Хватит");
        }
        for (String code : List.of("1001", "1006", "2999", "5000")) {
            submit(page, ".by-client", "#client-code", code);
            assertThat(lastClose(page)).containsText("You: " + code);
            assertThat(lastClose(page)).containsText("InvalidAccessError: rejected by the browser");
        }
        page.locator("#client-reason").fill("ы".repeat(62));
        submit(page, ".by-client", "#client-code", "1000");
        assertThat(lastClose(page)).containsText("SyntaxError: rejected by the browser");
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
    void twoWindowsExchangeUpToFiftyCharacters() {
        Page page = lab("en-GB");
        Locator first = page.locator(".window.first .received li");
        Locator second = page.locator(".window.second .received li");
        // The plain subprotocol has no history: repeat until both are connected.
        await().pollInSameThread().until(() -> sends(page, "#boris", "?") && first.count() > 0);
        await().pollInSameThread()
                .until(() ->
                        sends(page, "#anna", "!") && second.allTextContents().contains("!"));
        page.locator("#anna").fill("x".repeat(60));
        assertThat(page.locator(".window.first .count")).hasText("60 / 50");
        page.locator("#anna").press("Enter");
        assertThat(second.last()).hasText("x".repeat(50));
        sends(page, "#boris", "Вижу");
        assertThat(first.last()).hasText("Вижу");
    }

    private static boolean sends(Page page, String field, String text) {
        page.locator(field).fill(text);
        page.locator(field).press("Enter");
        return true;
    }
}
