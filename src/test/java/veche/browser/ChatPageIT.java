package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page on a real server: people chat, servers stop and start. */
class ChatPageIT extends RealServer {

    @Test
    void twoWindowsChatWithEachOther() {
        var room = newRoom();
        Page anna = enter(chromium.window(), room);
        Page boris = enter(chromium.window(), room);
        say(anna, "Good morning, everyone");
        assertThat(said(boris)).hasText(new String[] {"Good morning, everyone"});
        say(boris, "Доброе утро 👋");
        assertThat(said(anna)).hasText(new String[] {"Good morning, everyone", "Доброе утро 👋"});
        assertThat(anna.locator("#messages > li.own .bubble")).hasText(new String[] {"Good morning, everyone"});
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void whoIsInAnotherRoomHearsNothing() {
        Page here = enter(chromium.window(), newRoom());
        var room = newRoom();
        Page there = enter(chromium.window(), room);
        say(here, "for this room");
        assertThat(said(here)).hasCount(1);
        say(there, "for that room");
        assertThat(said(there)).hasText(new String[] {"for that room"});
    }

    @Test
    void aPictureFromOneWindowIsShownInTheOther() {
        var room = newRoom();
        Page anna = enter(chromium.window(), room);
        Page boris = enter(chromium.window(), room);
        anna.locator("#files").setInputFiles(new FilePayload("square.png", "image/png", Pictures.landscape(640, 400)));
        assertThat(anna.locator("#tray > li")).hasCount(1);
        anna.locator("#send").click();
        Locator picture = boris.locator("#messages img");
        assertThat(picture).isVisible();
        boris.waitForFunction("() => document.querySelector('#messages img').naturalWidth === 640");
        picture.click();
        assertThat(boris.locator("#viewer")).isVisible();
        boris.keyboard().press("Escape");
        assertThat(boris.locator("#viewer")).isHidden();
    }

    @Test
    void aPictureMayBePastedOrDropped() {
        var room = newRoom();
        Page anna = enter(chromium.window(), room);
        Page boris = enter(chromium.window(), room);
        give(anna, "paste", Pictures.landscape(120, 80));
        assertThat(anna.locator("#tray > li")).hasCount(1);
        give(anna, "drop", Pictures.landscape(100, 90));
        assertThat(anna.locator("#tray > li")).hasCount(2);
        anna.locator("#say").press("Enter");
        assertThat(boris.locator("#messages img")).hasCount(2);
    }

    @Test
    void aPictureOverTheLimitIsMadeSmallerAndAFileOverItRefused() {
        var room = newRoom();
        Page anna = enter(chromium.window(), room);
        Page boris = enter(chromium.window(), room);
        anna.locator("#files").setInputFiles(new FilePayload("noise.png", "image/png", Pictures.noise(900, 700)));
        assertThat(anna.locator("#tray .file-size")).containsText("made smaller");
        anna.locator("#files").setInputFiles(new FilePayload("tape.bin", "", new byte[3 << 20]));
        assertThat(anna.locator("#remark")).containsText("“tape.bin” has 3 MiB");
        anna.locator("#send").click();
        boris.waitForFunction("() => document.querySelector('#messages img')?.naturalWidth > 100");
    }

    @Test
    void whatIsTooBigForTheServerIsToldInWordsAndThePageComesBack() {
        Page anna = enter(chromium.window(), newRoom());
        anna.evaluate("document.querySelector('meta[name=\"veche:max-binary-bytes\"]').content = 4 << 20");
        anna.locator("#files").setInputFiles(new FilePayload("tape.bin", "", new byte[2 << 20]));
        assertThat(anna.locator("#tray > li")).hasCount(1);
        anna.locator("#send").click();
        assertThat(anna.locator("#last-close")).hasText("The message was too big for the server (code 1009).");
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", COMING_BACK);
        assertThat(anna.locator("#waiting .status")).hasText("perhaps not heard");
        anna.locator("#waiting button").last().click();
        say(anna, "smaller then");
        assertThat(said(anna)).hasText(new String[] {"smaller then"});
    }

    @Test
    void theServerGoesAndComesBackAndSoDoesThePageWithWhatWaited() {
        var room = newRoom();
        Page anna = enter(chromium.window(), room);
        Page boris = enter(chromium.window(), room);
        server.stop();
        assertThat(anna.locator("#trouble-words")).isVisible();
        say(anna, "Are you still there?");
        assertThat(anna.locator("#waiting .status")).hasText("waits for the connection");
        keep(anna, "trouble");
        server.start();
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", COMING_BACK);
        assertThat(said(anna)).hasText(new String[] {"Are you still there?"});
        assertThat(boris.locator("#ready-state")).hasText("1 OPEN", COMING_BACK);
        say(anna, "Welcome back");
        assertThat(said(boris).last()).hasText("Welcome back");
    }

    @Test
    void aPowerCutIsSeenAsALostConnection() {
        Page anna = enter(chromium.window(), newRoom());
        server.kill();
        assertThat(anna.locator("#last-close")).containsText("The connection was lost (code 1006).");
        server.start();
        assertThat(anna.locator("#ready-state")).hasText("1 OPEN", COMING_BACK);
    }

    @Test
    void theServerTellsItsLimits() {
        var answer = chromium.window().request().get(server.home() + "limits.json");
        assertEquals("{\"maxCharacters\":50,\"maxBinaryBytes\":1048576}", answer.text());
    }

    @Test
    void thePageCarriesItsSecurityHeaders() {
        var headers = chromium.window().navigate(server.home()).headers();
        var policy = headers.get("content-security-policy");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
        assertEquals("nosniff", headers.get("x-content-type-options"));
    }

    /** Fires a paste or drop event that carries a picture, as the browser does when the user does it. */
    private static void give(Page page, String event, byte[] picture) {
        page.evaluate("""
                ([event, base64]) => {
                  const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
                  const data = new DataTransfer();
                  data.items.add(new File([bytes], 'picture.png', { type: 'image/png' }));
                  document.dispatchEvent(event === 'paste'
                    ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
                    : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
                }
                """, List.of(event, Base64.getEncoder().encodeToString(picture)));
    }
}
