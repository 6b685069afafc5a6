package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Pictures and files between two windows. */
class ChatFilesIT extends RealServer {
    private Page anna;
    private Page boris;
    private String room;

    @BeforeEach
    void bothEnter() {
        room = newRoom();
        anna = enter(window("Anna"), room);
        boris = enter(window("Boris"), room);
    }

    @Test
    void aPictureIsPreviewedSentShownAndOpened() {
        attach(anna, "square.png", Pictures.landscape(640, 400));
        assertThat(anna.locator("#tray > li img")).isVisible();
        anna.locator("#send").click();
        Locator picture = boris.locator("#messages img");
        assertThat(picture).isVisible();
        boris.waitForFunction("() => document.querySelector('#messages img').naturalWidth === 640");
        picture.click();
        assertThat(boris.locator("#viewer")).isVisible();
        assertThat(boris.locator("#viewer-name")).hasText("square.png");
        boris.keyboard().press("Escape");
        assertThat(boris.locator("#viewer")).isHidden();
        assertThat(boris.locator(".bubble.picture")).isFocused();
    }

    @Test
    void theViewerGoesOnToTheNextPictureAndClosesByAClickBesideIt() {
        for (int number = 1; number <= 3; number++) {
            send("picture-" + number + ".png", Pictures.landscape(100 * number, 90));
            assertThat(boris.locator(".bubble.picture img")).hasCount(number);
        }
        boris.locator(".bubble.picture").nth(1).click();
        Locator name = boris.locator("#viewer-name");
        assertThat(name).hasText("picture-2.png");
        boris.keyboard().press("ArrowRight");
        assertThat(name).hasText("picture-3.png");
        boris.keyboard().press("ArrowRight");
        assertThat(name).hasText("picture-3.png");
        boris.keyboard().press("ArrowLeft");
        boris.keyboard().press("ArrowLeft");
        assertThat(name).hasText("picture-1.png");
        assertEquals(
                100, boris.locator("#viewer-image").evaluate("image => image.decode().then(() => image.naturalWidth)"));
        keep(boris, "viewer");
        boris.locator("#viewer-image").click();
        assertThat(boris.locator("#viewer")).isVisible();
        boris.mouse().click(20, 400);
        assertThat(boris.locator("#viewer")).isHidden();
    }

    @Test
    void aPictureCanBePastedOrDropped() {
        give("paste", Pictures.landscape(120, 80));
        assertThat(anna.locator("#tray > li")).hasCount(1);
        give("drop", Pictures.landscape(100, 90));
        assertThat(anna.locator("#tray > li")).hasCount(2);
        anna.locator("#message-text").press("Enter");
        assertThat(boris.locator("#messages img")).hasCount(2);
    }

    @Test
    void aFileArrivesWholeUnderItsName() throws IOException {
        var bytes = "%PDF-1.7 minutes".getBytes();
        attach(anna, "minutes.pdf", bytes);
        assertThat(anna.locator("#tray > li")).hasCount(1);
        anna.locator("#send").click();
        var saved = boris.waitForDownload(
                () -> boris.locator("#messages a[download]").click());
        assertEquals("minutes.pdf", saved.suggestedFilename());
        assertArrayEquals(bytes, Files.readAllBytes(saved.path()));
    }

    @Test
    void aPictureOverTheLimitIsShrunkAndAFileRefused() {
        attach(anna, "noise.png", Pictures.noise(900, 700));
        assertThat(anna.locator("#tray .file-size")).containsText("reduced from");
        attach(anna, "tape.bin", new byte[3 << 20]);
        assertThat(anna.locator("#remark")).containsText("“tape.bin” is too large: 3 MiB");
        attach(anna, "nothing.txt", new byte[0]);
        assertThat(anna.locator("#remark")).hasText("“nothing.txt” is empty.");
        anna.locator("#send").click();
        boris.waitForFunction("() => document.querySelector('#messages img')?.naturalWidth > 100");
    }

    @Test
    void theServerAcceptsTheLargestFileThatThePageAccepts() {
        attach(anna, "tape.bin", new byte[(1 << 20) - 2048]);
        assertThat(anna.locator("#tray > li")).hasCount(1);
        anna.locator("#send").click();
        assertThat(boris.locator("#messages .file")).containsText("tape.bin");
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    @Test
    void aFileBeingSentShowsItsProgress() {
        anna.evaluate("""
                () => {
                  const { send } = WebSocket.prototype;
                  const held = [];
                  // Later frames queue behind it, as in any socket: the router requires the calls in order.
                  WebSocket.prototype.send = function (data) {
                    if (held.length === 0 && data.byteLength < 100_000) return send.call(this, data);
                    Object.defineProperty(this, 'bufferedAmount', { configurable: true, get: () => window.buffered });
                    held.push(() => send.call(this, data));
                  };
                  window.release = () => {
                    window.buffered = 0;
                    WebSocket.prototype.send = send;
                    held.forEach(each => each());
                  };
                  window.buffered = 300 * 1024;
                }
                """);
        attach(anna, "tape.bin", new byte[400 * 1024]);
        assertThat(anna.locator("#tray > li")).hasCount(1);
        anna.locator("#send").click();
        assertThat(anna.locator("#progress-label")).hasText("Sending: 100 KiB of 400 KiB");
        assertThat(anna.locator("#progress")).hasAttribute("value", String.valueOf(100 * 1024));
        assertThat(anna.locator("#waiting .status")).hasText("sending …");
        anna.evaluate("release()");
        assertThat(anna.locator("#progress-box")).isHidden();
        assertThat(boris.locator("#messages .file")).containsText("tape.bin");
    }

    @Test
    void aSoundIsPlayedInPlaceAndABrokenOneIsAFile() {
        send("bell.wav", Sounds.second());
        Locator sound = boris.locator("#messages .file audio");
        boris.waitForFunction("() => document.querySelector('#messages audio')?.duration === 1");
        assertThat(sound).hasAttribute("controls", "");
        assertThat(boris.locator("#messages a[download]")).hasAttribute("download", "bell.wav");
        keep(boris, "sound");
        boris.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        boris.setViewportSize(390, 740);
        keep(boris, "sound-phone-dark");
        assertEquals(List.of(), Accessibility.violationsOf(boris));
        send("broken.mp3", "ID3 of nothing at all".getBytes());
        assertThat(boris.locator("#messages .file")).hasCount(2);
        assertThat(boris.locator("#messages audio")).hasCount(1);
        assertThat(boris.locator("#messages .file").last()).containsText("broken.mp3");
    }

    @Test
    void anSvgIsAFileToSaveAndNeverShown() {
        boris.evaluate("""
                () => {
                  window.types = [];
                  const { createObjectURL } = URL;
                  URL.createObjectURL = blob => (types.push(blob.type), createObjectURL.call(URL, blob));
                }
                """);
        send("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' onload='document.title=1'/>".getBytes());
        assertThat(boris.locator("#messages a[download]")).hasText("Download");
        assertThat(boris.locator("#messages img")).hasCount(0);
        assertEquals(List.of("application/octet-stream"), boris.evaluate("types"));
    }

    @Test
    void aPictureThatIsBrokenOrClaimsABillionPixelsBecomesAFile() {
        var bomb = ByteBuffer.allocate(64).put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        bomb.putInt(13).put("IHDR".getBytes()).putInt(40_000).putInt(30_000);
        send("bomb.png", bomb.array());
        assertThat(boris.locator("#messages .file")).containsText("bomb.png");
        assertThat(boris.locator("#messages img")).hasCount(0);
        send("../..\u202Egnp.exe", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3});
        Locator second = boris.locator("#messages a[download]").last();
        assertThat(boris.locator("#messages .file")).hasCount(2);
        var name = second.getAttribute("download");
        assertTrue(!name.contains("/") && !name.contains("\u202E"), name);
    }

    @Test
    void aPictureAndItsCaptionAreOneMessage() {
        Page vera = enter(window("Вера", desktop("ru-RU")), room);
        attach(anna, "bell.png", Pictures.landscape(64, 40));
        assertThat(anna.locator("#tray > li")).hasCount(1);
        send(anna, "@Boris see `this` https://veche.example/bell");
        for (Page page : List.of(anna, boris, vera)) {
            assertThat(bubbles(page)).hasText(new String[] {"@Boris see this https://veche.example/bell"});
            assertThat(page.locator("#messages .bubble .picture img")).hasCount(1);
            assertThat(page.locator(".bubble figcaption code")).hasText("this");
            assertThat(page.locator(".bubble figcaption a")).hasAttribute("target", "_blank");
        }
        assertThat(boris.locator(".bubble .mention.me")).hasText("@Boris");
        assertThat(boris.locator(".bubble .picture"))
                .hasAttribute(
                        "aria-label", Pattern.compile("^Picture @Boris see `this` https://veche\\.example/bell, "));
        assertThat(vera.locator(".bubble .picture")).hasAttribute("aria-label", Pattern.compile("@Boris see `this`"));
        keep(boris, "caption");
        assertEquals(List.of(), Accessibility.violationsOf(boris));
        boris.locator(".bubble .picture").click();
        assertThat(boris.locator("#viewer-name")).hasText("bell.png");
        boris.keyboard().press("Escape");
        assertThat(boris.locator(".bubble .picture")).isFocused();
    }

    @Test
    void aCaptionIsFoundEditedAndDeletedWithItsFile() {
        attach(anna, "minutes.pdf", "%PDF-1.7 minutes".getBytes());
        assertThat(anna.locator("#tray > li")).hasCount(1);
        send(anna, "of the first assembly");
        assertThat(bubbles(boris)).containsText(new String[] {"minutes.pdf"});
        boris.locator("#search-toggle").click();
        for (var wanted : List.of("assembly", "Minutes")) {
            boris.locator("#search-text").fill(wanted);
            boris.locator("#search-text").press("Enter");
            assertThat(boris.locator("#hits mark")).hasText(Pattern.compile(wanted, Pattern.CASE_INSENSITIVE));
        }
        anna.locator("#message-text").press("ArrowUp");
        assertThat(anna.locator("#message-text")).hasValue("of the first assembly");
        send(anna, "of the second assembly");
        assertThat(boris.locator("figcaption")).hasText("of the second assembly");
        anna.locator("#message-text").press("ArrowUp");
        send(anna, "");
        assertThat(boris.locator("figcaption")).hasCount(0);
        boris.reload();
        assertThat(bubbles(boris)).containsText(new String[] {"minutes.pdf"});
        assertThat(boris.locator(".edited")).hasText("edited");
        act(anna, message(anna, "minutes.pdf"), "remove");
        anna.locator("#remove button[value=remove]").click();
        assertThat(bubbles(boris)).hasText(new String[] {"Deleted"});
    }

    @Test
    void theTextGoesWithTheLastOfSeveralFiles() {
        attach(anna, "one.txt", "one".getBytes());
        attach(anna, "two.txt", "two".getBytes());
        assertThat(anna.locator("#tray > li")).hasCount(2);
        send(anna, "both");
        assertThat(bubbles(boris)).containsText(new String[] {"one.txt", "two.txt"});
        assertThat(boris.locator("#messages article")).hasCount(2);
        assertThat(message(boris, "two.txt").locator("figcaption")).hasText("both");
        assertThat(boris.locator("figcaption")).hasCount(1);
    }

    private void send(String name, byte[] bytes) {
        attach(anna, name, bytes);
        assertThat(anna.locator("#tray > li")).hasCount(1);
        anna.locator("#send").click();
        assertThat(anna.locator("#waiting > li")).hasCount(0);
    }

    /** Fires a paste or drop event that carries a picture, as the browser does. */
    private void give(String event, byte[] picture) {
        anna.evaluate("""
                ([event, base64]) => {
                  const bytes = Uint8Array.from(atob(base64), char => char.charCodeAt(0));
                  const data = new DataTransfer();
                  data.items.add(new File([bytes], 'picture.png', { type: 'image/png' }));
                  document.body.dispatchEvent(event === 'paste'
                    ? new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
                    : new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
                }
                """, List.of(event, Base64.getEncoder().encodeToString(picture)));
    }
}
