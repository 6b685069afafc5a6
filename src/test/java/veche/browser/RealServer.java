package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static veche.testing.MessageType.AUTHENTICATE;
import static veche.testing.MessageType.CALL;
import static veche.testing.MessageType.CHALLENGE;
import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.RESULT;
import static veche.testing.MessageType.WELCOME;

import com.microsoft.playwright.Page;
import java.net.URI;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import veche.testing.TextClient;
import veche.testing.Token;

/** Windows on a shared Tomcat. The page on every server is tested by {@code PageIT}. */
@Tag("browser")
abstract class RealServer extends Windows {
    static final String MODERATOR = Token.of("vera", "Vera", "moderator");

    static ChatServer server;

    @BeforeAll
    static void start() {
        server = ChatServer.shared();
    }

    static Page enter(Page page, String room) {
        return enter(page, server.home(), room);
    }

    /** Calls a procedure as a moderator with these JSON arguments, and returns RESULT. */
    static String call(String procedure, String arguments) {
        URI endpoint = URI.create(server.home().replaceFirst("^http", "ws") + "chat");
        try (TextClient vera = new TextClient(endpoint, "wamp.2.json")) {
            vera.send("[" + HELLO + ",\"veche\",{\"roles\":{\"caller\":{}},\"authmethods\":[\"ticket\"]}]");
            assertTrue(vera.next().startsWith("[" + CHALLENGE + ","));
            vera.send("[" + AUTHENTICATE + ",\"" + MODERATOR + "\",{}]");
            assertTrue(vera.next().startsWith("[" + WELCOME + ","));
            vera.send("[" + CALL + ",1,{},\"" + procedure + "\",[" + arguments + "]]");
            String answer = vera.next();
            assertTrue(answer.startsWith("[" + RESULT + ",1,"), answer);
            return answer;
        }
    }

    /** The administration page of a moderator. */
    static Page admin() {
        Page page = chromium.window(desktop("en-GB"));
        page.navigate(server.home() + "admin");
        page.locator("#token").fill(MODERATOR);
        page.locator("#token").press("Enter");
        assertThat(page.locator("#dashboard")).isVisible();
        return page;
    }
}
