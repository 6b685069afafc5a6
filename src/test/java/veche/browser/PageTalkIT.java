package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FilePayload;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** What the page sends and refuses, and how it shows what it hears. */
class PageTalkIT extends PlayedServer {

    @Test
    void aTextOverTheLimitIsKeptInTheFormAndRefusedInWords() {
        say("😀".repeat(53));
        assertThat(page.locator("#remark")).hasText("3 characters too many: a message holds 50.");
        assertThat(page.locator("#say")).hasValue("😀".repeat(53));
        say("😀".repeat(50));
        assertThat(said()).hasCount(1);
    }

    @Test
    void theLimitsAreThoseThatTheServerTells() {
        page.route(
                "**/limits.json",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("application/json")
                        .setBody("{\"maxCharacters\":10,\"maxBinaryBytes\":2048}")));
        page.waitForResponse("**/limits.json", page::reload);
        page.waitForFunction("() => document.querySelector('meta[name=\"veche:max-characters\"]').content === '10'");
        say("eleven char");
        assertThat(page.locator("#remark")).hasText("1 character too many: a message holds 10.");
        pick("large.zip", new byte[2049]);
        assertThat(page.locator("#remark")).containsText("a file may have 2 KiB at most");
    }

    @Test
    void aFileOverTheLimitIsRefusedInWords() {
        pick("large.zip", new byte[1024 * 1024 + 1]);
        assertThat(page.locator("#remark")).hasText("“large.zip” has 1 MiB; a file may have 1 MiB at most.");
        assertThat(page.locator("#tray > li")).hasCount(0);
        pick("nothing.txt", new byte[0]);
        assertThat(page.locator("#remark")).hasText("“nothing.txt” is empty.");
    }

    @Test
    void anSvgIsAFileToSaveAndNeverShown() {
        socket().send("<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'/>".getBytes());
        assertThat(said().locator("a[download='veche.bin']")).hasText("Save");
        assertThat(said().locator("img")).hasCount(0);
        var type = page.evaluate(
                "async () => (await (await fetch(document.querySelector('#messages a').href)).blob()).type");
        assertEquals("application/octet-stream", type);
    }

    @Test
    void markupInATextIsText() {
        socket().send("<img src=x onerror=alert(1)><b>bold</b>");
        assertThat(said().locator(".bubble")).hasText("<img src=x onerror=alert(1)><b>bold</b>");
        assertThat(said().locator("img, b")).hasCount(0);
    }

    @Test
    void aPictureThatIsBrokenBecomesAFile() {
        socket().send(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3});
        assertThat(said()).containsText("A picture that cannot be shown");
        assertThat(said().locator("a[download='veche.png']")).isVisible();
    }

    @Test
    void aPictureThatClaimsABillionPixelsIsNotShown() {
        var bomb = ByteBuffer.allocate(64).put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        bomb.putInt(13).put("IHDR".getBytes()).putInt(40_000).putInt(30_000);
        socket().send(bomb.array());
        assertThat(said()).containsText("A picture that cannot be shown");
        assertThat(said().locator("img")).hasCount(0);
    }

    @Test
    void theListKeepsTheNewestFiveHundred() {
        for (int count = 1; count <= 510; count++) {
            socket().send("message " + count);
        }
        assertThat(said().last().locator(".bubble")).hasText("message 510");
        assertThat(said()).hasCount(500);
        assertThat(said().first().locator(".bubble")).hasText("message 11");
    }

    @Test
    void theReaderWhoScrolledBackIsLeftInPeaceAndToldHowManyCame() {
        for (int count = 1; count <= 60; count++) {
            socket().send("message " + count);
        }
        assertThat(said().last()).isInViewport();
        page.locator("#scroller").evaluate("element => { element.scrollTop = 0; }");
        assertThat(said().first()).isInViewport();
        page.waitForFunction("() => document.getElementById('scroller').scrollTop === 0");
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        socket().send("late");
        socket().send("later");
        assertThat(page.locator("#newer")).hasText("2 new messages");
        assertThat(said().first()).isInViewport();
        page.locator("#newer").click();
        assertThat(said().last()).isInViewport();
        assertThat(page.locator("#newer")).isHidden();
    }

    @Test
    void aFileOnItsWayShowsHowFarItIs() {
        page.evaluate("""
                () => {
                  const { send } = WebSocket.prototype;
                  WebSocket.prototype.send = function (data) {
                    Object.defineProperty(this, 'bufferedAmount', { configurable: true, get: () => window.buffered });
                    return send.call(this, data);
                  };
                  window.buffered = 300 * 1024;
                }
                """);
        pick("tape.bin", new byte[400 * 1024]);
        assertThat(page.locator("#tray > li")).hasCount(1);
        page.locator("#send").click();
        assertThat(page.locator("#progress-label")).hasText("Sending: 100 KiB of 400 KiB");
        assertThat(page.locator("#progress")).hasAttribute("value", String.valueOf(100 * 1024));
        page.evaluate("window.buffered = 0");
        page.clock().runFor(200);
        assertThat(page.locator("#progress-box")).isHidden();
    }

    private void pick(String name, byte[] bytes) {
        page.locator("#files").setInputFiles(new FilePayload(name, "application/octet-stream", bytes));
    }
}
