package veche.deployment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.junit.jupiter.api.Test;
import veche.matrix.Behaviour;
import veche.matrix.Shows;
import veche.testing.RawClient;
import veche.testing.TextClient;

/** Rooms of the plain dialect and the greeting, over real sockets and alike on every server. */
@ArquillianTest
@RunAsClient
class ChatIT extends DeployedWar {
    private static final int MAX_BINARY_BYTES = 1 << 20;

    @Test
    void aTextIsBroadcastToTheRoomIncludingItsSender() {
        TextClient ann = join();
        TextClient bob = join();
        ann.send("Привет, вече!");
        ann.awaitTexts(List.of("Привет, вече!"));
        bob.awaitTexts(List.of("Привет, вече!"));
    }

    @Test
    void aClientOfTheJakartaApiSendsAndReceives() throws Exception {
        TextClient ann = join();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        Endpoint endpoint = new Endpoint() {
            @Override
            public void onOpen(Session session, EndpointConfig config) {
                session.addMessageHandler(String.class, (MessageHandler.Whole<String>) received::add);
            }
        };
        try (Session session = ContainerProvider.getWebSocketContainer()
                .connectToServer(endpoint, ClientEndpointConfig.Builder.create().build(), chat())) {
            session.getBasicRemote().sendText("from Jakarta");
            ann.awaitTexts(List.of("from Jakarta"));
            assertEquals("from Jakarta", received.poll(20, TimeUnit.SECONDS));
        }
    }

    @Test
    void allClientsReceiveOneOrderThatKeepsTheOrderOfEachSender() {
        TextClient ann = join();
        TextClient bob = join();
        int each = 100;
        Thread second = new Thread(() -> IntStream.range(0, each).forEach(n -> bob.send("bob " + n)));
        second.start();
        IntStream.range(0, each).forEach(n -> ann.send("ann " + n));
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
    void roomsAreIsolated() {
        TextClient first = join();
        TextClient second = connect(at("chat?room=" + room + "-b"));
        first.send("to the first");
        second.send("to the second");
        first.awaitTexts(List.of("to the first"));
        second.awaitTexts(List.of("to the second"));
    }

    @Test
    void aTextIsTruncatedToFiftyCharactersWithoutSplittingOne() {
        TextClient ann = join();
        ann.send("🎻".repeat(60));
        ann.send("x".repeat(51));
        ann.send("y".repeat(50));
        ann.awaitTexts(List.of("🎻".repeat(50), "x".repeat(50), "y".repeat(50)));
    }

    @Test
    @Shows(Behaviour.UTF8)
    void aTextMayBeFragmentedWithinACharacter() throws IOException {
        TextClient ann = join();
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
    void aBinaryMessageIsRelayedIntact() {
        byte[] picture = new byte[MAX_BINARY_BYTES];
        new Random(7).nextBytes(picture);
        TextClient ann = join();
        TextClient bob = join();
        ann.send(picture);
        assertArrayEquals(picture, bob.awaitBinary());
        assertArrayEquals(picture, ann.awaitBinary());
    }

    /** All four at once, since each takes the five seconds between the greeting and the close. */
    @Test
    void helloGreetsAndClosesWith1000() {
        Map<String, List<String>> answers = Map.of(
                "Меня зовут Джон", List.of("Привет с сервера, Джон!", "Пока!"),
                "Здравствуйте", List.of("Привет с сервера, Гость!", "Пока!"),
                "My name is John", List.of("Hello from server, John!", "Bye!"),
                "Hi", List.of("Hello from server, Guest!", "Bye!"));
        Map<String, TextClient> clients = new HashMap<>();
        answers.keySet().forEach(text -> clients.put(text, connect(at("hello"))));
        clients.forEach((text, client) -> client.send(text));
        clients.forEach((text, client) -> {
            client.awaitTexts(List.of(answers.get(text).get(0)));
            TextClient.Closed closed = client.awaitClosed();
            Behaviour.NORMAL.seen(closed.code());
            assertEquals(new TextClient.Closed(1000, answers.get(text).get(1)), closed);
        });
    }

    @Test
    @Shows(Behaviour.PINGS)
    void anIdleClientIsPinged() throws IOException {
        try (RawClient raw = new RawClient(chat())) {
            assertEquals(0, raw.awaitPing().length);
        }
    }
}
