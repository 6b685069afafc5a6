package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import java.util.List;
import org.junit.jupiter.api.Test;
import veche.testing.Token;

/**
 * Cross-site WebSocket hijacking: pages of other origins, in a browser that sends the user's cookie with their
 * requests.
 */
class HijackingIT extends RealServer {
    private static final String POLICY = "default-src * 'unsafe-inline'";
    private static final String CONNECT = """
            url => new Promise(done => {
              const socket = new WebSocket(url);
              socket.onopen = () => { socket.send('hijacked'); done('open'); };
              socket.onclose = event => done('closed ' + event.code);
            })
            """;
    /** Its origin is {@code null}. */
    private static final String SANDBOX = """
            <!doctype html><title>A prize</title><iframe sandbox="allow-scripts" srcdoc="<script>
              const socket = new WebSocket('%s');
              socket.onopen = () => parent.postMessage('open', '*');
              socket.onclose = event => parent.postMessage('closed ' + event.code, '*');
            </script>"></iframe><script>onmessage = event => document.title = event.data;</script>
            """;

    private final String room = newRoom();
    private final String chat = server.home().replace("http", "ws") + "chat?room=" + room;

    /** The page of a user whose cookie identifies her. */
    private Page irma() {
        Page irma = chromium.window();
        irma.context()
                .addCookies(List.of(
                        new Cookie(ChatServer.COOKIE, Token.of("irma", "Irma", "moderator")).setUrl(server.home())));
        enter(irma, room);
        assertThat(irma.locator("#people > li", new Page.LocatorOptions().setHasText("you")))
                .containsText("Irma");
        return irma;
    }

    private static Page evil(Page irma, String html) {
        // Another port of the same host: for cookies it is the same site.
        EmbeddingSite.neighbour().serve("/evil", html, POLICY);
        Page evil = irma.context().newPage();
        evil.navigate(EmbeddingSite.neighbour().origin() + "/evil");
        return evil;
    }

    @Test
    void aPageOfAnotherOriginCannotConnectAsTheUser() {
        Page irma = irma();
        assertEquals("open", irma.evaluate(CONNECT, chat + "-own"));
        Page evil = evil(irma, "<!doctype html><title>A prize</title>");
        assertEquals("closed 1006", evil.evaluate(CONNECT, chat));
        sendAndAwait(irma, "undisturbed");
        assertThat(bubbles(irma)).hasText(new String[] {"undisturbed"});
        chromium.reset(); // the browser logs the refused handshake
    }

    @Test
    void aSandboxedFrameCannotConnectAsTheUser() {
        Page evil = evil(irma(), SANDBOX.formatted(chat));
        assertThat(evil).hasTitle("closed 1006");
        chromium.reset();
    }

    @Test
    void aPageOfAnotherOriginReadsNeitherTheAdministrationNorTheMetrics() {
        Page evil = evil(irma(), "<!doctype html><title>A prize</title>");
        for (String path : List.of("admin/api/who", "admin/api/state", "metrics", "limits.json")) {
            assertEquals("TypeError", evil.evaluate("""
                    url => fetch(url, { credentials: 'include' }).then(response => response.text(), error => error.name)
                    """, server.home() + path), path);
        }
        chromium.reset(); // the browser logs each refused response
    }
}
