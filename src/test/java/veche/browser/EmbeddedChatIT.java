package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import veche.testing.Token;

/** {@code <veche-chat>} in the page of another site, under that site's own strict policy. */
class EmbeddedChatIT extends RealServer {
    private static final String HTML = """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>The shop</title>
            <script type="module" src="%1$sjs/veche-chat.js"></script></head>
            <body><main><h1>The shop</h1><veche-chat room="%2$s"%3$s></veche-chat></main></body></html>
            """;

    @Test
    void aPageOfAnAllowedOriginEmbedsTheChatWithOneScript() {
        var room = newRoom();
        Page shop = embed("/shop", room, "", EmbeddingSite.shared().origin());
        awaitEntered(shop);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(boris, "Welcome to the shop");
        assertThat(bubbles(shop)).hasText(new String[] {"Welcome to the shop"});
        sendAndAwait(shop, "Thank you");
        assertThat(bubbles(boris)).hasText(new String[] {"Welcome to the shop", "Thank you"});
        attach(boris, "square.png", Pictures.landscape(320, 200));
        assertThat(boris.locator("#tray > li")).hasCount(1);
        boris.locator("#send").click();
        assertThat(shop.locator("#messages img")).isVisible();
        keep(shop, "embedded");
        assertThat(shop).hasTitle("The shop");
        assertEquals("grid", shop.locator("article").first().evaluate("article => getComputedStyle(article).display"));
        assertEquals("8px", shop.evaluate("getComputedStyle(document.body).margin"), "the site keeps its own style");
        assertEquals(List.of(), Accessibility.violationsOf(shop));
    }

    @Test
    void aTokenIdentifiesTheUser() {
        var room = newRoom();
        var token = " token=\"" + Token.of("customer-7", "Gleb") + "\"";
        Page shop =
                embed("/shop-with-token", room, token, EmbeddingSite.shared().origin());
        awaitEntered(shop);
        Page boris = enter(window("Boris"), room);
        sendAndAwait(shop, "It is me");
        assertThat(boris.locator("article .author")).hasText("Gleb");
        shop.evaluate("room => document.querySelector('veche-chat').setAttribute('room', room)", room + "-b");
        assertThat(shop.locator("#room-title")).hasText(room + "-b");
        sendAndAwait(shop, "in another room");
        assertThat(bubbles(boris)).hasText(new String[] {"It is me"});
        shop.evaluate("document.querySelector('veche-chat').remove()");
        Page clara = enter(window("Clara"), room + "-b");
        assertThat(clara.locator("#present")).hasText("1 person here");
    }

    @Test
    void aTokenIsReplacedBeforeItExpiresWithoutANewConnection() {
        var room = newRoom();
        // The server tolerates 30 s.
        Instant end = Instant.now().minusSeconds(20);
        var token = " token=\"" + Token.until(end, "customer-8", "Gleb") + "\"";
        Page shop = chromium.window();
        shop.addInitScript("addEventListener('expiring', ({ target }) => target.setAttribute('token', '"
                + Token.of("customer-8", "Gleb the Second") + "'), { capture: true, once: true })");
        embed(shop, "/shop-expiring", room, token, EmbeddingSite.shared().origin());
        awaitEntered(shop);
        shop.waitForCondition(() -> Instant.now().isAfter(end.plusSeconds(32)));
        assertThat(shop.locator("#ready-state")).hasText("1 OPEN");
        Page boris = enter(window("Boris"), room);
        sendAndAwait(shop, "still here");
        assertThat(boris.locator("article .author")).hasText("Gleb the Second");
    }

    @Test
    void theRoomMayBeNamedInRussian() {
        Page shop = embed("/named", "Новая комната", "", EmbeddingSite.shared().origin());
        awaitEntered(shop);
        assertThat(shop.locator("#room-title")).hasText("novaya-komnata");
        shop.evaluate("document.querySelector('veche-chat').setAttribute('room', 'Склад')");
        assertThat(shop.locator("#room-title")).hasText("sklad");
    }

    @Test
    void aPageOfAnotherOriginCannotEmbedTheChat() {
        Page foreign = embed("/strange", newRoom(), "", EmbeddingSite.shared().foreignOrigin());
        foreign.waitForCondition(() -> !chromium.errors().isEmpty());
        var errors = String.join("\n", chromium.errors());
        assertTrue(errors.contains("CORS"), errors);
        assertEquals(true, foreign.evaluate("customElements.get('veche-chat') === undefined"));
        chromium.reset(); // these errors were expected
    }

    private static Page embed(String path, String room, String attributes, String origin) {
        return embed(chromium.window(), path, room, attributes, origin);
    }

    private static Page embed(Page page, String path, String room, String attributes, String origin) {
        var home = server.home();
        var sockets = home.replace("http", "ws");
        var policy =
                "default-src 'none'; script-src " + home + "; connect-src " + home + " " + sockets + "; img-src blob:";
        EmbeddingSite.shared().serve(path, HTML.formatted(home, room, attributes), policy);
        page.navigate(origin + path);
        return page;
    }
}
