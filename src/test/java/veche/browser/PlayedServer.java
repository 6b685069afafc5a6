package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketRoute;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A page whose server the test itself plays, on a clock that the test turns. */
abstract class PlayedServer {
    private static Chromium chromium;
    final List<WebSocketRoute> sockets = new ArrayList<>();
    /** Whether what the page says is repeated to it, as a room does. */
    boolean echoing;

    Page page;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        chromium.close();
    }

    @BeforeEach
    void openThePage() {
        page = chromium.window();
        echoing = true;
        page.clock().install();
        PageFiles.serveTo(page);
        page.routeWebSocket(url -> url.contains("/chat"), this::accept);
        page.navigate(PageFiles.HOME + "?room=square");
        assertThat(page.locator("#ready-state")).hasText("1 OPEN");
    }

    @AfterEach
    void nothingWasComplainedOf() {
        var complaints = chromium.complaints();
        chromium.tidy();
        assertEquals(List.of(), complaints);
    }

    void accept(WebSocketRoute socket) {
        sockets.add(socket);
        socket.onMessage(frame -> {
            if (echoing && frame.binary() != null) {
                socket.send(frame.binary());
            } else if (echoing) {
                socket.send(frame.text());
            }
        });
    }

    WebSocketRoute socket() {
        return sockets.get(sockets.size() - 1);
    }

    void close(int code, String reason) {
        socket().close(new WebSocketRoute.CloseOptions().setCode(code).setReason(reason));
    }

    Locator said() {
        return page.locator("#messages > li");
    }

    void say(String text) {
        page.locator("#say").fill(text);
        page.locator("#say").press("Enter");
    }
}
