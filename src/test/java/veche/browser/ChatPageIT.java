package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page on a real server, as people use it. Screenshots are kept in {@code target/screenshots}. */
class ChatPageIT {

    private static final LocatorAssertions.HasTextOptions COMING_BACK =
            new LocatorAssertions.HasTextOptions().setTimeout(60_000);

    private static PayaraMicro server;
    private static Chromium chromium;
    private static int rooms;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        server = PayaraMicro.started();
    }

    @AfterAll
    static void stop() {
        server.close();
        chromium.close();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        var complaints = chromium.complaints().stream()
                // A browser notes each attempt to reach a server that is not there.
                .filter(complaint -> !complaint.contains("WebSocket connection to"))
                .toList();
        chromium.tidy();
        assertEquals(List.of(), complaints);
    }

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
        anna.locator("#files").setInputFiles(new FilePayload("square.png", "image/png", landscape(640, 400)));
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
        give(anna, "paste", landscape(120, 80));
        assertThat(anna.locator("#tray > li")).hasCount(1);
        give(anna, "drop", landscape(100, 90));
        assertThat(anna.locator("#tray > li")).hasCount(2);
        anna.locator("#say").press("Enter");
        assertThat(boris.locator("#messages img")).hasCount(2);
    }

    @Test
    void aPictureOverTheLimitIsMadeSmallerAndAFileOverItRefused() {
        var room = newRoom();
        Page anna = enter(chromium.window(), room);
        Page boris = enter(chromium.window(), room);
        anna.locator("#files").setInputFiles(new FilePayload("noise.png", "image/png", noise(900, 700)));
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
    void thePageSpeaksTheBrowsersLanguageAndRemembersAnother() {
        Page page = enter(chromium.window(reader("ru-RU")), newRoom());
        assertThat(page.locator("html")).hasAttribute("lang", "ru");
        assertThat(page.locator("#state")).hasText("На связи");
        assertThat(page.locator("#send")).hasText("Сказать");
        page.locator("#language").selectOption("en");
        assertThat(page.locator("#state")).hasText("Connected");
        page.reload();
        assertThat(page.locator("html")).hasAttribute("lang", "en");
        assertThat(page.locator("#send")).hasText("Say");
    }

    @Test
    void everythingCanBeDoneWithTheKeyboard() {
        Page page = enter(chromium.window(), newRoom());
        page.keyboard().press("Tab");
        assertThat(page.locator(".skip")).isFocused();
        page.keyboard().press("Enter");
        page.keyboard().type("by hand");
        page.keyboard().press("Enter");
        assertThat(said(page)).hasText(new String[] {"by hand"});
        assertThat(page.locator("#say")).isFocused();
        page.keyboard().press("Tab");
        assertThat(page.locator("#send")).isFocused();
        tabTo(page, "#leave");
        page.keyboard().press("Enter");
        assertThat(page.locator("#state")).hasText("Closed");
        tabTo(page, "#retry");
        page.keyboard().press("Space");
        assertThat(page.locator("#state")).hasText("Connected");
        assertThat(page.locator("#say")).isFocused();
    }

    @Test
    void axeFindsNothingInEitherLight() {
        for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            Page page = enter(chromium.window(reader("en-GB").setColorScheme(scheme)), newRoom());
            populate(page);
            keep(page, scheme.name().toLowerCase());
            assertEquals(List.of(), Accessibility.faultsOf(page), scheme::name);
        }
    }

    @Test
    void axeFindsNothingOnAPhoneInRussian() {
        var phone = reader("ru-RU")
                .setViewportSize(360, 740)
                .setDeviceScaleFactor(2)
                .setHasTouch(true);
        Page page = enter(chromium.window(phone), newRoom());
        keep(page, "phone-quiet");
        populate(page);
        keep(page, "phone-russian");
        assertEquals(List.of(), Accessibility.faultsOf(page));
        page.locator("#panel-toggle").click();
        assertThat(page.locator("#panel")).isVisible();
        keep(page, "phone-panel");
        assertEquals(List.of(), Accessibility.faultsOf(page));
        assertEquals(false, page.evaluate("document.documentElement.scrollWidth > innerWidth"));
    }

    @Test
    void theGreetingRunsFromOpeningToClose() {
        Page page = chromium.window(reader("ru-RU"));
        page.navigate(server.home() + "hello.html");
        page.locator("#who").fill("Джон");
        page.locator("#greeting button").click();
        assertThat(page.locator("#steps > li").nth(2)).hasText("Сервер: Привет с сервера, Джон!");
        assertThat(page.locator("#steps > li").nth(3)).containsText("Закрыто с кодом 1000.", contains(15_000));
        keep(page, "hello-russian");
        assertEquals(List.of(), Accessibility.faultsOf(page));
    }

    @Test
    void theServerTellsItsLimits() {
        var answer = chromium.window().navigate(server.home() + "limits.json");
        assertEquals("{\"maxCharacters\":50,\"maxBinaryBytes\":1048576}", answer.text());
    }

    @Test
    void thePageCarriesItsSecurityHeaders() {
        var headers = chromium.window().navigate(server.home()).headers();
        var policy = headers.get("content-security-policy");
        assertTrue(policy.contains("default-src 'none'") && policy.contains("script-src 'self'"), policy);
        assertEquals("nosniff", headers.get("x-content-type-options"));
    }

    private static void populate(Page page) {
        Page other = enter(chromium.window(), page.url().replaceAll(".*room=", ""));
        for (String text : List.of("Слово за слово", "Has the bell been rung?", "Звонили трижды, люди идут")) {
            say(other, text);
        }
        say(page, "Then let us begin");
        page.locator("#files").setInputFiles(new FilePayload("square.png", "image/png", landscape(640, 400)));
        assertThat(page.locator("#tray > li")).hasCount(1);
        page.locator("#send").click();
        assertThat(page.locator("#messages img")).isVisible();
        other.locator("#files").setInputFiles(new FilePayload("minutes.pdf", "", "%PDF-1.7".getBytes()));
        assertThat(other.locator("#tray > li")).hasCount(1);
        other.locator("#send").click();
        assertThat(page.locator("#messages > li")).hasCount(6);
        assertThat(page.locator("#messages > li").last()).isInViewport();
        assertThat(page.locator("#newer")).isHidden();
        page.locator("#files").setInputFiles(new FilePayload("next.png", "image/png", landscape(300, 300)));
        assertThat(page.locator("#tray > li")).hasCount(1);
        page.locator("#say").fill("And this is how it looks from the river");
    }

    private static Page enter(Page page, String room) {
        page.navigate(server.home() + "?room=" + room);
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
        return page;
    }

    private static void say(Page page, String text) {
        page.locator("#say").fill(text);
        page.locator("#say").press("Enter");
    }

    private static Locator said(Page page) {
        return page.locator("#messages > li .bubble");
    }

    private static void tabTo(Page page, String selector) {
        for (int steps = 0;
                steps < 40 && !(boolean) page.locator(selector).evaluate("e => e === document.activeElement");
                steps++) {
            page.keyboard().press("Tab");
        }
        assertThat(page.locator(selector)).isFocused();
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

    private static Browser.NewContextOptions reader(String locale) {
        return new Browser.NewContextOptions()
                .setLocale(locale)
                .setViewportSize(1280, 800)
                .setReducedMotion(ReducedMotion.REDUCE);
    }

    private static LocatorAssertions.ContainsTextOptions contains(double timeout) {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(timeout);
    }

    private static String newRoom() {
        return "room-" + ++rooms;
    }

    private static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target", "screenshots", name + ".png")));
    }

    private static byte[] landscape(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var pen = image.createGraphics();
        pen.setPaint(new java.awt.GradientPaint(0, 0, new Color(0xf4c987), 0, height, new Color(0x5b8fa8)));
        pen.fillRect(0, 0, width, height);
        pen.setColor(new Color(0x274a45));
        pen.fillOval(-width / 4, height * 2 / 3, width, height);
        pen.setColor(new Color(0x1d655a));
        pen.fillOval(width / 3, height * 3 / 4, width, height);
        pen.dispose();
        return png(image);
    }

    private static byte[] noise(int width, int height) {
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        var random = new java.util.Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return png(image);
    }

    private static byte[] png(BufferedImage image) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return bytes.toByteArray();
    }
}
