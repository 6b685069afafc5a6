package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.File;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import veche.Scrape;
import veche.matrix.Behaviour;
import veche.matrix.Shows;

/** What clients see of the WAR over real sockets, alike on every server. */
@ArquillianTest
@RunAsClient
class ChatIT {
    private static final int MAX_TEXT_BYTES = 64 << 10;
    private static final int MAX_BINARY_BYTES = 1 << 20;
    private static final AtomicInteger ROOMS = new AtomicInteger();

    private final String room = "room-" + System.currentTimeMillis() + "-" + ROOMS.incrementAndGet();
    private final List<Chatter> chatters = new ArrayList<>();

    @ArquillianResource
    private URL base;

    @Deployment(testable = false)
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    @AfterEach
    void everyoneLeaves() {
        chatters.forEach(Chatter::close);
    }

    /** Payara names the machine's own address, and listens on the loopback. */
    private URI at(String path) {
        return URI.create("ws://127.0.0.1:" + base.getPort() + base.getPath() + path);
    }

    private URI chat() {
        return at("chat?room=" + room);
    }

    private Chatter joins(URI endpoint, String... subprotocols) {
        Chatter chatter = new Chatter(endpoint, subprotocols);
        chatters.add(chatter);
        return chatter;
    }

    private Chatter joins() {
        return joins(chat());
    }

    @Test
    void everyoneInTheRoomHearsATextTheSenderToo() {
        Chatter ann = joins();
        Chatter bob = joins();
        ann.say("Привет, вече!");
        ann.awaitTexts(List.of("Привет, вече!"));
        bob.awaitTexts(List.of("Привет, вече!"));
    }

    @Test
    void aJakartaClientHearsAndIsHeard() throws Exception {
        Chatter ann = joins();
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        Endpoint endpoint = new Endpoint() {
            @Override
            public void onOpen(Session session, EndpointConfig config) {
                session.addMessageHandler(String.class, (MessageHandler.Whole<String>) heard::add);
            }
        };
        try (Session session = ContainerProvider.getWebSocketContainer()
                .connectToServer(endpoint, ClientEndpointConfig.Builder.create().build(), chat())) {
            session.getBasicRemote().sendText("from Jakarta");
            ann.awaitTexts(List.of("from Jakarta"));
            assertEquals("from Jakarta", heard.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void everyoneHearsTheSameOrderAndEachSenderTheirOwn() {
        Chatter ann = joins();
        Chatter bob = joins();
        int each = 100;
        Thread second = new Thread(() -> IntStream.range(0, each).forEach(n -> bob.say("bob " + n)));
        second.start();
        IntStream.range(0, each).forEach(n -> ann.say("ann " + n));
        Awaitility.await()
                .until(() -> ann.texts().size() == 2 * each && bob.texts().size() == 2 * each);
        assertEquals(ann.texts(), bob.texts());
        for (String name : List.of("ann ", "bob ")) {
            assertEquals(
                    IntStream.range(0, each).mapToObj(n -> name + n).toList(),
                    ann.texts().stream().filter(text -> text.startsWith(name)).toList());
        }
    }

    @Test
    void roomsAreApart() {
        Chatter here = joins();
        Chatter there = joins(at("chat?room=" + room + "-b"));
        here.say("here");
        there.say("there");
        here.awaitTexts(List.of("here"));
        there.awaitTexts(List.of("there"));
    }

    @Test
    void aTextIsCutAtFiftyCharactersAndNoneIsSplit() {
        Chatter ann = joins();
        ann.say("🎻".repeat(60));
        ann.say("x".repeat(51));
        ann.say("y".repeat(50));
        ann.awaitTexts(List.of("🎻".repeat(50), "x".repeat(50), "y".repeat(50)));
    }

    @Test
    @Shows(Behaviour.UTF8)
    void aTextMayComeInPartsEvenWithinACharacter() throws IOException {
        Chatter ann = joins();
        try (RawClient raw = new RawClient(chat())) {
            byte[] text = "ж!".getBytes(StandardCharsets.UTF_8);
            raw.send(0x01, new byte[] {text[0]});
            raw.send(0x80, new byte[] {text[1], text[2]});
            assertEquals("ж!", raw.next().text());
        }
        ann.awaitTexts(List.of("ж!"));
    }

    @Test
    @Shows(Behaviour.SIZES)
    void binaryIsRelayedWhole() {
        byte[] picture = new byte[MAX_BINARY_BYTES];
        new Random(7).nextBytes(picture);
        Chatter ann = joins();
        Chatter bob = joins();
        ann.send(picture);
        assertArrayEquals(picture, bob.awaitFile());
        assertArrayEquals(picture, ann.awaitFile());
    }

    /** All four at once, since each takes the five seconds between greeting and farewell. */
    @Test
    void helloGreetsAndClosesWith1000() {
        Map<String, List<String>> answers = Map.of(
                "Меня зовут Джон", List.of("Привет с сервера, Джон!", "Пока!"),
                "Здравствуйте", List.of("Привет с сервера, Гость!", "Пока!"),
                "My name is John", List.of("Hello from server, John!", "Bye!"),
                "Hi", List.of("Hello from server, Guest!", "Bye!"));
        Map<String, Chatter> greeted = new HashMap<>();
        answers.keySet().forEach(said -> greeted.put(said, joins(at("hello"))));
        greeted.forEach((said, somebody) -> somebody.say(said));
        greeted.forEach((said, somebody) -> {
            somebody.awaitTexts(List.of(answers.get(said).get(0)));
            Chatter.Closed closed = somebody.awaitClosed();
            Behaviour.NORMAL.seen(closed.code());
            assertEquals(new Chatter.Closed(1000, answers.get(said).get(1)), closed);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'soap, wamp', soap",
        "'wamp, soap', wamp",
        "'mqtt, wamp.2.json', wamp.2.json",
        "wamp.2.cbor.batched, wamp.2.cbor.batched"
    })
    void theFirstOfTheClientsSubprotocolsThatIsSpokenIsChosen(String offered, String chosen) {
        try (RawClient raw = new RawClient(at("chat"), "Sec-WebSocket-Protocol: " + offered)) {
            assertTrue(raw.answer().startsWith("HTTP/1.1 101"), raw.answer());
            assertEquals(chosen, raw.header("Sec-WebSocket-Protocol"));
        }
        assertEquals(chosen, joins(at("chat"), offered.split(", ")).subprotocol());
    }

    @Test
    void whoOffersNothingIsAnsweredNothing() {
        try (RawClient raw = new RawClient(chat())) {
            assertTrue(raw.answer().startsWith("HTTP/1.1 101"), raw.answer());
            assertEquals(null, raw.header("Sec-WebSocket-Protocol"));
            assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", raw.header("Sec-WebSocket-Accept"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example, 403",
        "Origin, null, 403",
        "Origin, http://127.0.0.1, 403",
        "Origin, https://127.0.0.1, 403",
        "Sec-WebSocket-Version, 12, 426",
        "Sec-WebSocket-Protocol, chat-nobody-knows, 400",
        "soap-content-type, application/soap+msbin1, 101"
    })
    void aHandshakeIsAnsweredAlikeOnEveryServer(String field, String value, int status) {
        int seen = Knock.at(chat()).with(field, value).status();
        switch (value) {
            case "http://evil.example" -> Behaviour.FOREIGN_ORIGIN.seen(seen);
            case "null" -> Behaviour.NULL_ORIGIN.seen(seen);
            case "12" -> Behaviour.WRONG_VERSION.seen(seen);
            case "chat-nobody-knows" -> Behaviour.UNKNOWN_SUBPROTOCOL.seen(seen);
            default -> {}
        }
        assertEquals(status, seen);
    }

    @Test
    void itsOwnOriginIsWelcome() {
        String own = "http://127.0.0.1:" + base.getPort();
        int seen = Knock.at(chat()).with("Origin", own).status();
        Behaviour.OWN_ORIGIN.seen(seen);
        assertEquals(101, seen);
    }

    @Test
    void whatAForeignerForwardsIsNotBelieved() {
        Knock forged = Knock.at(chat())
                .with("Origin", "https://evil.example")
                .with("X-Forwarded-Proto", "https")
                .with("X-Forwarded-Host", "evil.example");
        assertEquals(403, forged.status());
    }

    @Test
    void aWrongVersionIsToldTheRightOne() {
        String answer = Knock.at(chat()).with("Sec-WebSocket-Version", "8").answer();
        assertTrue(answer.toLowerCase().contains("sec-websocket-version: 13"), answer);
    }

    @Test
    void whoWantsNoUpgradeIsToldThatOneIsRequired() {
        String answer =
                Knock.at(chat()).without("Upgrade").with("Connection", "close").answer();
        Behaviour.NO_UPGRADE.seen(answer.split(" ", 3)[1]);
        assertTrue(answer.startsWith("HTTP/1.1 426"), answer);
        assertTrue(answer.toLowerCase().contains("upgrade: websocket"), answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"room=Lobby", "room=", "room=a%20b", "room=%D0%B0", "name=", "name=%00", "guest=short"})
    void aBadRoomOrNameIsRefusedBeforeTheUpgrade(String query) {
        int seen = Knock.at(at(""), base.getPath() + "chat?" + query).status();
        Behaviour.BAD_ROOM.seen(seen);
        assertEquals(400, seen);
    }

    @Test
    void aSoapClientThatAsksForAnotherEncodingIsRefused() {
        String answer = Knock.at(at("chat"))
                .with("Sec-WebSocket-Protocol", "soap")
                .with("soap-content-type", "application/soap+msbin1")
                .answer();
        assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    }

    @Test
    void aTextOverTheLimitClosesItsSenderAndDisturbsNobody() {
        Chatter ann = joins();
        Chatter flood = joins();
        flood.say("x".repeat(MAX_TEXT_BYTES));
        ann.awaitTexts(List.of("x".repeat(50)));
        flood.say("ж".repeat(MAX_TEXT_BYTES / 2) + "x");
        int code = flood.awaitClosed().code();
        Behaviour.TEXT_TOO_BIG.seen(code);
        assertEquals(1009, code);
        ann.say("still here");
        ann.awaitTexts(List.of("x".repeat(50), "still here"));
    }

    @Test
    void aTextOverTheLimitInPartsClosesToo() {
        Chatter flood = joins();
        for (int part = 0; part < 5 && flood.open(); part++) {
            try {
                flood.say("x".repeat(MAX_TEXT_BYTES / 4), false);
            } catch (RuntimeException closedMeanwhile) {
                break;
            }
        }
        int code = flood.awaitClosed().code();
        Behaviour.PARTS_TOO_BIG.seen(code);
        assertEquals(1009, code);
    }

    @Test
    void binaryOverTheLimitClosesItsSender() throws IOException {
        try (RawClient flood = new RawClient(chat())) {
            flood.send(0x82, new byte[MAX_BINARY_BYTES + 1]);
            int code = flood.closeCode();
            Behaviour.BINARY_TOO_BIG.seen(code);
            assertEquals(1009, code);
        }
    }

    @Test
    void textThatIsNotUtf8ClosesWith1007() throws IOException {
        try (RawClient raw = new RawClient(chat())) {
            raw.send(RawClient.TEXT, new byte[] {(byte) 0xC3, 0x28});
            int code = raw.closeCode();
            Behaviour.NOT_UTF8.seen(code);
            assertEquals(1007, code);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x83, 0xB1, 0x80, 0x8B})
    void aFrameThatBreaksTheProtocolClosesWith1002(int first) throws IOException {
        try (RawClient raw = new RawClient(chat())) {
            raw.send(first, "x".getBytes(StandardCharsets.UTF_8));
            int code = raw.closeCode();
            Behaviour.PROTOCOL_ERROR.seen(code);
            assertEquals(1002, code);
        }
    }

    /** RFC 6455 §5.1, whether the connection has compression or not. */
    @ParameterizedTest
    @ValueSource(strings = {"X-Mark: none", "Sec-WebSocket-Extensions: permessage-deflate"})
    void anUnmaskedFrameClosesWith1002AndNoEarlierFrameIsLost(String header) throws IOException {
        Chatter ann = joins();
        byte[] masked = RawClient.frame(RawClient.TEXT, "masked".getBytes(StandardCharsets.UTF_8));
        byte[] both = Arrays.copyOf(masked, masked.length + 3);
        System.arraycopy(new byte[] {(byte) RawClient.TEXT, 1, 'x'}, 0, both, masked.length, 3);
        try (RawClient raw = new RawClient(chat(), header)) {
            raw.sayAndAwait("here");
            raw.write(both);
            int code = raw.closeCode();
            Behaviour.UNMASKED.seen(code);
            assertEquals(1002, code);
        }
        ann.awaitTexts(List.of("here", "masked"));
    }

    @Test
    void bytesSayNothingToHello() throws IOException {
        try (RawClient raw = new RawClient(at("hello"))) {
            raw.send(0x82, new byte[] {1});
            int code = raw.closeCode();
            Behaviour.UNACCEPTABLE.seen(code);
            assertEquals(1003, code);
        }
    }

    @Test
    @Shows(Behaviour.PINGS)
    void whoIsSilentIsPinged() throws IOException {
        try (RawClient raw = new RawClient(chat())) {
            assertEquals(0, raw.awaitPing().length);
        }
    }

    @Test
    void aWampClientThatTalksNonsenseIsClosedAndOthersGoOn() throws IOException {
        Chatter ann = joins();
        try (RawClient raw = new RawClient(at("chat"), "Sec-WebSocket-Protocol: wamp.2.json")) {
            raw.say("nonsense");
            assertEquals(1002, raw.closeCode());
        }
        ann.say("undisturbed");
        ann.awaitTexts(List.of("undisturbed"));
    }

    @Test
    void oneWhoNeverReadsIsClosedAndEveryoneElseHearsEverything() throws IOException {
        int others = 20;
        int filesAtOnce = 8;
        // More than the kernel and the server together take for one who reads nothing.
        int rounds = 32;
        byte[] file = new byte[64 << 10];
        double before = tooSlow();
        try (Socket neverReads = Knock.at(chat()).withoutReading()) {
            List<Chatter> sound =
                    IntStream.range(0, others).mapToObj(n -> joins()).toList();
            for (int round = 1; round <= rounds; round++) {
                IntStream.range(0, filesAtOnce).forEach(n -> sound.get(0).send(file));
                long expected = (long) round * filesAtOnce * file.length;
                Awaitility.await()
                        .atMost(60, TimeUnit.SECONDS)
                        .until(() -> sound.stream().allMatch(one -> one.bytes() == expected));
            }
            assertTrue(sound.stream().allMatch(Chatter::open));
            assertTrue(endsWithin(neverReads, (long) rounds * filesAtOnce * file.length));
            double counted = tooSlow() - before;
            Behaviour.SLOW.seen(counted == 1 ? "1013" : "1013 × " + counted);
            assertEquals(1, counted);
        }
    }

    /** How many have been closed with 1013 so far. */
    private double tooSlow() throws IOException {
        return Scrape.of(URI.create("http" + at("metrics").toString().substring(2)))
                .lines()
                .filter(line -> line.startsWith("veche_closes_total{code=\"1013\"}"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Whether the server ends the connection, and has not sent it as much as everyone else. */
    private static boolean endsWithin(Socket socket, long bytes) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long read = 0;
        try {
            for (int some = 0; some >= 0; some = socket.getInputStream().read(buffer)) {
                read += some;
            }
        } catch (SocketException reset) {
            return read < bytes;
        }
        return read < bytes;
    }
}
