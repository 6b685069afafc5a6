package veche.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Size of the page; prints its load times on a slow network. */
class PageWeightIT extends RealServer {
    private static final int MAX_BYTES = 100 * 1024;

    @Test
    void thePageAndItsLibrariesStayUnderAHundredKibibytes() {
        Page page = window("Anna");
        List<Response> answers = new ArrayList<>();
        page.onResponse(answers::add);
        throttle(page);
        page.addInitScript("""
                window.longTasks = [];
                new PerformanceObserver(list => longTasks.push(...list.getEntries().map(task => Math.round(task.duration)))).observe({ type: 'longtask', buffered: true });
                """);
        enter(page, newRoom());
        assertThat(page.locator("#quiet")).isVisible();
        page.waitForFunction("() => performance.getEntriesByName('first-contentful-paint').length > 0");
        int plain = 0;
        int compressed = 0;
        for (Response answer : answers) {
            plain += answer.body().length;
            compressed += gzip(answer.body());
        }
        System.out.printf(
                "PageWeightIT: %d answers, %d bytes, gzip %d bytes; over 1.6 Mbit/s and 150 ms: first contentful paint"
                        + " %s ms, connected after %s ms, long tasks %s ms%n",
                answers.size(),
                plain,
                compressed,
                page.evaluate("Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)"),
                page.evaluate("Math.round(performance.now())"),
                page.evaluate("longTasks"));
        int weight = compressed;
        assertTrue(weight < MAX_BYTES, () -> weight + " bytes");
    }

    @Test
    void everyModuleIsPreloaded() {
        Page page = window("Anna");
        enter(page, newRoom());
        assertEquals(
                page.evaluate("performance.getEntriesByType('resource').map(each => each.name)"
                        + ".filter(name => /[/]js[/].*[.]js$/.test(name) && !name.endsWith('/main.js')).sort()"),
                page.evaluate(
                        "[...document.querySelectorAll('link[rel=modulepreload]')].map(link => link.href).sort()"));
    }

    /** What developers' tools call "Slow 4G": 1.6 Mbit/s down, 750 kbit/s up, 150 ms. */
    private static void throttle(Page page) {
        CDPSession session = page.context().newCDPSession(page);
        var network = new JsonObject();
        network.addProperty("offline", false);
        network.addProperty("latency", 150);
        network.addProperty("downloadThroughput", 1_600_000 / 8);
        network.addProperty("uploadThroughput", 750_000 / 8);
        session.send("Network.emulateNetworkConditions", network);
    }

    private static int gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return out.size();
    }
}
