package veche.browser;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import veche.testing.TextClient;

/** The {@code EventSource} of a browser, by the example in {@code src/docs/streams.md}. */
class EventSourceIT extends RealServer {
    private static final String ADDRESS = "http://127.0.0.1:8080/stream/lobby";

    private final List<String> printed = new CopyOnWriteArrayList<>();
    private final String room = newRoom();

    private static String example() throws IOException {
        String document = Files.readString(Path.of("src/docs/streams.md"));
        String marked = document.substring(document.indexOf("<!-- example: events.js -->"));
        int start = marked.indexOf("```js\n") + "```js\n".length();
        return marked.substring(start, marked.indexOf("\n```", start));
    }

    private Page follow() throws IOException {
        Page page = chromium.window();
        page.onConsoleMessage(message -> {
            if (message.type().equals("log")) {
                printed.add(message.text());
            }
        });
        page.navigate(server.home() + "limits.json");
        page.evaluate("globalThis.open = false");
        page.evaluate(example().replace(ADDRESS, server.home() + "stream/" + room)
                + "\nevents.addEventListener('open', () => { globalThis.open = true; });");
        page.waitForFunction("() => globalThis.open");
        return page;
    }

    private void send(int from, int to) {
        try (TextClient boris = new TextClient(
                URI.create(server.home().replaceFirst("^http", "ws") + "chat?room=" + room + "&name=Boris"))) {
            IntStream.range(from, to).forEach(number -> boris.send("" + number));
            await().until(() -> boris.texts().size() == to - from);
        }
    }

    @Test
    void anEventSourceReceivesEachMessageOnceAcrossARestartOfTheServer() throws IOException {
        Page page = follow();
        send(0, 100);
        page.waitForCondition(() -> printed.size() == 100);
        server.kill();
        server.start();
        send(100, 200);
        page.waitForCondition(() -> printed.size() == 200);
        assertEquals(
                IntStream.range(0, 200).mapToObj(number -> "Boris " + number).toList(), List.copyOf(printed));
        chromium.reset(); // the browser logs the lost connection
    }
}
