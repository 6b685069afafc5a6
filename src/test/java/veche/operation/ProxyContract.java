package veche.operation;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import veche.testing.RawClient;
import veche.testing.RawHandshake;
import veche.testing.Token;

/** Requirements on a proxy in front of two nodes, with exactly the files of its folder in {@code server-config}. */
@Tag("operation")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyContract {
    /** The idle timeout of the proxy in this test; five pings are sent within it. */
    static final int SILENCE_SECONDS = 2;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The address of a client: for the nodes, the proxy itself is 127.0.0.1. */
    private static final String CLIENT = "127.0.0.2";

    private static final String FLOODER = "127.0.0.9";
    private static final int FLOOD_REQUESTS = 400;

    /** Started once for all proxies; they are stopped with this process. */
    private static List<TomcatNode> nodes;

    private TomcatNode first;
    private TomcatNode second;
    private int logged;
    private Proxy proxy;
    private SSLContext tls;

    /** A running proxy. */
    interface Proxy extends AutoCloseable {
        int port();

        /** Directs new connections away from these nodes, by number, and to all others. */
        void drain(int... nodes) throws Exception;

        /** The access log. */
        Path log();

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
                    "VECHE_TOKEN_SECRET", Token.SECRET,
                    "VECHE_MODERATOR_ROLES", "moderator",
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
        await().atMost(PATIENCE).ignoreExceptions().until(() -> reaches(first));
    }

    @AfterAll
    void end() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
    }

    /** The log of the first node since this proxy was started. */
    private String log() throws IOException {
        return first.log().substring(logged);
    }

    private RawClient connect(String localAddress) throws IOException {
        return RawClient.overTls(tls, localAddress, proxy.port());
    }

    /** With these additional header lines. */
    private RawHandshake handshake(String... headers) {
        return RawHandshake.of(URI.create("wss://127.0.0.1:" + proxy.port() + "/chat?room=square"))
                .with("Host", "ws.site.com")
                .withLines(headers);
    }

    private RawClient join(String localAddress) throws IOException {
        RawClient client = connect(localAddress);
        assertEquals(101, client.handshake(handshake()));
        return client;
    }

    /** Whether a new connection reaches that node. */
    private boolean reaches(TomcatNode node) throws Exception {
        int before = node.connections();
        try (RawClient client = connect(CLIENT)) {
            client.handshake(handshake());
            client.send("Which node?");
            client.nextText();
            return node.connections() == before + 1;
        } finally {
            await().atMost(PATIENCE).until(() -> node.connections() <= before);
        }
    }

    @Test
    void twoClientsExchangeMessagesOverTls() throws IOException {
        try (RawClient ann = join(CLIENT);
                RawClient bob = join("127.0.0.3")) {
            ann.sendAndAwait("Ann has joined");
            bob.sendAndAwait("Bob has joined");
            ann.awaitText("Bob has joined");
            ann.send("Through the proxy");
            bob.awaitText("Through the proxy");
            ann.awaitText("Through the proxy");
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
    void theOriginFieldOfTheBrowserIsChecked(String origin, int status) throws IOException {
        try (RawClient page = connect(CLIENT)) {
            assertEquals(status, page.handshake(handshake("Origin: " + origin)));
        }
    }

    @Test
    void forwardedFieldsOfAClientAreRemoved() throws IOException {
        try (RawClient forger = connect("127.0.0.4")) {
            int status = forger.handshake(handshake(
                    "Origin: https://evil.example",
                    "X-Forwarded-Host: evil.example",
                    "X-Forwarded-Proto: https",
                    "X-Forwarded-For: 203.0.113.9",
                    "Forwarded: for=203.0.113.9;host=evil.example"));
            assertEquals(403, status);
        }
        await().atMost(PATIENCE).until(() -> log().contains("refused status=403 remote=127.0.0.4 "));
        try (RawClient forger = connect("127.0.0.5")) {
            RawHandshake forged = handshake("X-Forwarded-For: 203.0.113.9", "x-forwarded-for: 203.0.113.10");
            assertEquals(101, forger.handshake(forged));
            await().atMost(PATIENCE).until(() -> log().contains(" remote=127.0.0.5 "));
        }
        assertTrue(!log().contains("203.0.113."));
    }

    @Test
    void metricsAreNotServed() throws IOException {
        for (String path : new String[] {"/metrics", "/metrics/", "/metrics;a=b", "//metrics", "/%6Detrics"}) {
            try (RawClient client = connect(CLIENT)) {
                client.write("GET " + path + " HTTP/1.1\r\nHost: ws.site.com\r\nConnection: close\r\n\r\n");
                client.awaitBytes(" 404 ");
            }
        }
    }

    @Test
    void theAccessLogOmitsTheQueryWhichMayContainAToken() throws IOException {
        try (RawClient client = connect("127.0.0.7")) {
            URI chat = URI.create("wss://127.0.0.1:" + proxy.port() + "/chat?access_token=not-to-be-logged");
            assertEquals(400, client.handshake(RawHandshake.of(chat).with("Host", "ws.site.com")));
        }
        await().atMost(PATIENCE).until(() -> Files.readString(proxy.log()).contains("127.0.0.7"));
        assertTrue(Files.readString(proxy.log()).contains("/chat"));
        assertTrue(!Files.readString(proxy.log()).contains("not-to-be-logged"));
        assertTrue(!log().contains("not-to-be-logged"));
    }

    @Test
    void staticFilesAreCompressed() throws IOException {
        try (RawClient browser = connect("127.0.0.6")) {
            browser.write("GET /js/chat.js HTTP/1.1\r\nHost: ws.site.com\r\nAccept-Encoding: gzip\r\n\r\n");
            browser.awaitBytes("ncoding: gzip");
        }
    }

    @Test
    void pingsKeepAnIdleConnectionOpenBeyondTheIdleTimeout() throws IOException {
        try (RawClient idle = join(CLIENT)) {
            idle.awaitPings(3 * SILENCE_SECONDS * 1000 / 400);
            idle.send("Still connected");
            assertEquals("Still connected", idle.nextText());
        }
    }

    @Test
    void aClientAboveTheRateLimitIsAnswered429() throws IOException {
        try (RawClient flooder = connect(FLOODER)) {
            flooder.write("GET /health/live HTTP/1.1\r\nHost: ws.site.com\r\n\r\n".repeat(FLOOD_REQUESTS));
            flooder.awaitBytes("HTTP/1.1 429 ");
        }
    }

    @Test
    void theAdministrationOfAModeratorIsThatOfOneNode() throws Exception {
        try {
            proxy.drain();
            await().atMost(PATIENCE).ignoreExceptions().until(() -> reaches(second));
            Set<String> starts = new HashSet<>();
            for (int n = 0; n < 8; n++) {
                starts.add(startOfAdministeredNode());
            }
            assertEquals(1, starts.size());
        } finally {
            proxy.drain(2);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> reaches(first));
        }
    }

    private String startOfAdministeredNode() throws IOException {
        try (RawClient page = connect(CLIENT)) {
            page.write("GET /admin/api/state HTTP/1.1\r\nHost: ws.site.com\r\nAuthorization: Bearer "
                    + Token.of("mod", "Moderator", "moderator") + "\r\n\r\n");
            page.awaitBytes("\"started\":\"");
            return page.read(20);
        }
    }

    @Test
    void aDrainedNodeReceivesNoNewConnectionsAndKeepsItsOwn() throws Exception {
        List<RawClient> newConnections = new ArrayList<>();
        // The nodes notice with a delay that clients of earlier tests have closed their connections.
        await().atMost(PATIENCE).until(() -> first.connections() + second.connections() == 0);
        try (RawClient resident = join(CLIENT)) {
            proxy.drain(1);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> reaches(second));
            for (int n = 0; n < 10; n++) {
                newConnections.add(join(CLIENT));
            }
            await().atMost(PATIENCE).until(() -> second.connections() == 10);
            assertEquals(1, first.connections());
            // Before the drain took effect, clients that probed for the other node have sent texts to this room.
            resident.sendAndAwait("Still connected");
        } finally {
            newConnections.forEach(RawClient::close);
            proxy.drain(2);
            await().atMost(PATIENCE).ignoreExceptions().until(() -> reaches(first));
        }
    }
}
