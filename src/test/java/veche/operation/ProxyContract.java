package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a proxy in front of two nodes must do, with exactly the files of its folder in {@code server-config}. */
@Tag("operation")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyContract {
    /** Silence that the proxy bears in this test; five pings fit in. */
    static final int SILENCE_SECONDS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Of a client: the proxy itself is 127.0.0.1 for the nodes. */
    private static final String CLIENT = "127.0.0.2";

    private static final String FLOODER = "127.0.0.9";
    private static final int FLOOD = 400;

    /** Started once for all proxies; they end with this process. */
    private static List<TomcatNode> nodes;

    private TomcatNode first;
    private TomcatNode second;
    private int logged;
    private Proxy proxy;
    private SSLContext tls;

    /** The real thing, running. */
    interface Proxy extends AutoCloseable {
        int port();

        /** No newcomers to these of its nodes, by number, and to all others again. */
        void drain(int... nodes) throws Exception;

        @Override
        void close() throws IOException;
    }

    abstract Proxy start(Certificate certificate, List<String> nodes) throws Exception;

    private static synchronized List<TomcatNode> nodes() {
        if (nodes == null) {
            Map<String, String> settings = Map.of(
                    "VECHE_PING_INTERVAL", "400ms",
                    "VECHE_PING_TIMEOUT", "20s",
                    "VECHE_TRUSTED_PROXIES", "127.0.0.1",
                    "VECHE_ALLOWED_ORIGINS", "https://site.com");
            nodes = Stream.of("node1", "node2")
                    .map(name -> CompletableFuture.supplyAsync(() -> TomcatNode.start(name, settings)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }
        return nodes;
    }

    @BeforeAll
    void start() throws Exception {
        first = nodes().get(0);
        second = nodes().get(1);
        logged = first.log().length();
        Certificate certificate =
                Certificate.make(Path.of("target", "operation", getClass().getSimpleName() + ".p12"));
        tls = certificate.context();
        proxy = start(certificate, List.of(first.address(), second.address()));
        proxy.drain(2);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> landsOn(first));
    }

    @AfterAll
    void end() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
    }

    /** What the first node has logged since this proxy came. */
    private String log() throws IOException {
        return first.log().substring(logged);
    }

    private RawVisitor comes(String from) throws IOException {
        return new RawVisitor(tls, from, proxy.port());
    }

    /** Whether a newcomer gets there. */
    private boolean landsOn(TomcatNode node) throws Exception {
        int before = node.connections();
        try (RawVisitor user = comes(CLIENT)) {
            user.knock();
            user.say("Here");
            user.hear();
            return node.connections() == before + 1;
        } finally {
            await().atMost(PATIENCE).until(() -> node.connections() <= before);
        }
    }

    @Test
    void twoTalkOverTls() throws IOException {
        try (RawVisitor ann = comes(CLIENT);
                RawVisitor bob = comes("127.0.0.3")) {
            assertEquals(101, ann.knock());
            assertEquals(101, bob.knock());
            ann.say("I am here");
            ann.awaitHearing("I am here");
            bob.say("I am, too");
            bob.awaitHearing("I am, too");
            ann.awaitHearing("I am, too");
            ann.say("Through the proxy");
            bob.awaitHearing("Through the proxy");
            ann.awaitHearing("Through the proxy");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://site.com, 101",
        "https://ws.site.com, 101",
        "https://evil.example, 403",
        "http://ws.site.com, 403",
        "null, 403"
    })
    void theOriginIsJudgedAsTheBrowserSentIt(String origin, int status) throws IOException {
        try (RawVisitor page = comes(CLIENT)) {
            assertEquals(status, page.knock("Origin: " + origin));
        }
    }

    @Test
    void whatAClientForwardsAboutItselfDoesNotArrive() throws IOException {
        try (RawVisitor forger = comes("127.0.0.4")) {
            int status = forger.knock(
                    "Origin: https://evil.example",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-For: 203.0.113.9",
                    "Forwarded: for=203.0.113.9;host=evil.example");
            assertEquals(403, status);
        }
        await().atMost(PATIENCE).until(() -> log().contains("refused status=403 remote=127.0.0.4 "));
        try (RawVisitor forger = comes("127.0.0.5")) {
            assertEquals(101, forger.knock("X-Forwarded-For: 203.0.113.9", "x-forwarded-for: 203.0.113.10"));
            await().atMost(PATIENCE).until(() -> log().contains(" remote=127.0.0.5 "));
        }
        assertTrue(!log().contains("203.0.113."));
    }

    @Test
    void metricsAreNotForStrangers() throws IOException {
        for (String path : new String[] {"/metrics", "/metrics/"}) {
            try (RawVisitor stranger = comes(CLIENT)) {
                stranger.write("GET " + path + " HTTP/1.1\r\nHost: ws.site.com\r\nConnection: close\r\n\r\n");
                stranger.awaitBytes(" 404 ");
            }
        }
    }

    @Test
    void thePageIsCompressed() throws IOException {
        try (RawVisitor reader = comes("127.0.0.6")) {
            reader.write("GET /js/chat.js HTTP/1.1\r\nHost: ws.site.com\r\nAccept-Encoding: gzip\r\n\r\n");
            reader.awaitBytes("ncoding: gzip");
        }
    }

    @Test
    void pingsKeepAnIdleConnectionBeyondTheProxysPatience() throws IOException {
        try (RawVisitor idle = comes(CLIENT)) {
            assertEquals(101, idle.knock());
            idle.awaitPings(3 * SILENCE_SECONDS * 1000 / 400);
            idle.say("Still here");
            assertEquals("Still here", idle.hear());
        }
    }

    @Test
    void whoFloodsIsToldSo() throws IOException {
        try (RawVisitor flooder = comes(FLOODER)) {
            flooder.write("GET /health/live HTTP/1.1\r\nHost: ws.site.com\r\n\r\n".repeat(FLOOD));
            flooder.awaitBytes("HTTP/1.1 429 ");
        }
    }

    @Test
    void aDrainedNodeGetsNoNewcomersAndKeepsWhoIsThere() throws Exception {
        List<RawVisitor> newcomers = new ArrayList<>();
        // Connections of earlier tests end after their clients have closed them.
        await().atMost(PATIENCE).until(() -> first.connections() + second.connections() == 0);
        try (RawVisitor resident = comes(CLIENT)) {
            assertEquals(101, resident.knock());
            proxy.drain(1);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> landsOn(second));
            for (int n = 0; n < 10; n++) {
                newcomers.add(comes(CLIENT));
                assertEquals(101, newcomers.get(n).knock());
            }
            await().atMost(PATIENCE).until(() -> second.connections() == 10);
            assertEquals(1, first.connections());
            resident.say("I stay");
            // Before the drain took effect, clients that looked for the other node have spoken in this room.
            resident.awaitHearing("I stay");
        } finally {
            for (RawVisitor newcomer : newcomers) {
                newcomer.close();
            }
            proxy.drain(2);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> landsOn(first));
        }
    }
}
