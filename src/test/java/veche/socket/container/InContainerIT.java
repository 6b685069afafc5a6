package veche.socket.container;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.inject.Inject;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import veche.deployment.DeploymentOrder;
import veche.deployment.SecondServerSuite;
import veche.dialect.CloseCode;
import veche.dialect.HandshakeInfo;
import veche.dialect.wamp.Realm;
import veche.matrix.Behaviour;
import veche.matrix.Shows;
import veche.socket.ConnectionHandler;
import veche.socket.Gateway;
import veche.socket.SessionRegistry;

/** Tests inside the server: injection, the registry, and the identity of each connection. */
@ArquillianTest
@Order(DeploymentOrder.OWN)
@Tag(SecondServerSuite.TAG)
class InContainerIT {
    private static final int HANDSHAKES = 100;
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Inject
    private SessionRegistry registry;

    @Inject
    private Gateway gateway;

    @Inject
    private Realm realm;

    @ArquillianResource
    private URL base;

    @Deployment
    static WebArchive war() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/veche.war"));
    }

    /** The JDK's default threads would outlive the application by a minute and keep its class loader. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final HttpClient http = HttpClient.newBuilder().executor(threads).build();

    private final List<WebSocket> sockets = new ArrayList<>();

    /** An open socket would keep the client's selector running. */
    @AfterEach
    void closeTheClient() {
        sockets.forEach(WebSocket::abort);
        threads.shutdown();
    }

    private WebSocket open(URI endpoint, WebSocket.Listener listener) throws Exception {
        WebSocket socket = within(client().buildAsync(endpoint, listener));
        sockets.add(socket);
        return socket;
    }

    private WebSocket.Builder client() {
        return http.newWebSocketBuilder();
    }

    private URI chat(String query) {
        return URI.create("ws://127.0.0.1:" + base.getPort() + base.getPath() + "chat?" + query);
    }

    private static <T> T within(CompletableFuture<T> future) throws Exception {
        return future.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Waits without Awaitility, which is not deployed to the server. */
    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TIMEOUT.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "Condition not met within " + TIMEOUT);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    @Test
    @Shows(Behaviour.INJECTION)
    void theGatewayIsInjectedAndAMessageIsDelivered() throws Exception {
        assertNotNull(gateway);
        CompletableFuture<String> received = new CompletableFuture<>();
        WebSocket socket = open(chat("room=inside"), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                received.complete(text.toString());
                return null;
            }
        });
        within(socket.sendText("round", true));
        assertEquals("round", within(received));
        socket.abort();
    }

    @Test
    void applicationCodePublishesToARoomAndReceivesItsMessages() throws Exception {
        CompletableFuture<String> receivedByClient = new CompletableFuture<>();
        CompletableFuture<String> receivedByApplication = new CompletableFuture<>();
        WebSocket socket = open(chat("room=realm"), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                receivedByClient.complete(text.toString());
                return null;
            }
        });
        Realm.Binding binding = within(realm.subscribe(
                        "veche.room.realm", event -> receivedByApplication.complete(event.kwarg("text", String.class)))
                .toCompletableFuture());
        within(realm.publish("veche.room.realm", "from the application").toCompletableFuture());
        assertEquals("from the application", within(receivedByClient));
        within(socket.sendText("from a client", true));
        assertEquals("from a client", within(receivedByApplication));
        within(binding.end().toCompletableFuture());
        socket.abort();
    }

    @Test
    void theRegistryTracksOpenConnections() throws Exception {
        WebSocket socket = open(chat("room=inside&name=Member"), new WebSocket.Listener() {});
        await(() -> opened("Member").size() == 1);
        ConnectionHandler handler = opened("Member").iterator().next();
        assertEquals("127.0.0.1", handler.handshake().remoteAddress());
        assertEquals("inside", handler.handshake().parameters().get("room"));
        within(socket.sendClose(WebSocket.NORMAL_CLOSURE, ""));
        await(() -> opened("Member").isEmpty());
    }

    @Test
    void aHundredConcurrentHandshakesKeepTheirIdentities() throws Exception {
        List<CompletableFuture<WebSocket>> handshakes = new ArrayList<>();
        for (int n = 0; n < HANDSHAKES; n++) {
            handshakes.add(client().header("x-mark", "mark " + n)
                    .buildAsync(chat("room=crowd&name=Guest-" + n), new WebSocket.Listener() {}));
        }
        List<WebSocket> sockets = new ArrayList<>();
        for (CompletableFuture<WebSocket> open : handshakes) {
            sockets.add(within(open));
        }
        await(() -> crowd().size() == HANDSHAKES);
        Set<String> seen = crowd().stream()
                .map(ConnectionHandler::handshake)
                .map(InContainerIT::identity)
                .collect(Collectors.toSet());
        Set<String> expected = IntStream.range(0, HANDSHAKES)
                .mapToObj(n -> "Guest-" + n + " Guest-" + n + " mark " + n + " 127.0.0.1")
                .collect(Collectors.toSet());
        assertEquals(expected, seen);
        assertEquals(
                HANDSHAKES,
                crowd().stream()
                        .map(one -> one.handshake().author().id())
                        .distinct()
                        .count());
        sockets.forEach(WebSocket::abort);
    }

    /** Connects a client and returns its close code and reason. */
    private CompletableFuture<String> closing(String name) throws Exception {
        CompletableFuture<String> closed = new CompletableFuture<>();
        open(chat("room=inside&name=" + name), new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
                closed.complete(code + " " + reason);
                return null;
            }
        });
        await(() -> opened(name).size() == 1);
        return closed;
    }

    private ConnectionHandler one(String name) {
        return opened(name).iterator().next();
    }

    @Test
    @Shows(value = Behaviour.FAULT, as = "1011")
    void aServerFailureReachesTheClientWithAnIncidentId() throws Exception {
        CompletableFuture<String> closed = closing("Victim");
        one("Victim").connection().fail(new IllegalStateException("planted"));
        String close = within(closed);
        assertTrue(close.matches("1011 Incident [0-9a-f-]{36}"), close);
    }

    @Test
    @Shows(value = Behaviour.POLICY, as = "1008")
    void aPolicyCloseReachesTheClient() throws Exception {
        CompletableFuture<String> closed = closing("Kicked");
        one("Kicked").close(CloseCode.POLICY, "Kicked");
        assertEquals("1008 Kicked", within(closed));
    }

    @Test
    @Shows(value = Behaviour.COME_BACK, as = "1013")
    void aTryAgainLaterCloseReachesTheClient() throws Exception {
        CompletableFuture<String> closed = closing("Slow");
        one("Slow").connection().closeSlowConsumer("Too slow; come back");
        assertEquals("1013 Too slow; come back", within(closed));
    }

    private static String identity(HandshakeInfo handshake) {
        return handshake.author().name() + " " + handshake.parameters().get("name") + " "
                + handshake.headers().get("x-mark") + " " + handshake.remoteAddress();
    }

    private Collection<ConnectionHandler> crowd() {
        return registry.all().stream()
                .filter(handler ->
                        "crowd".equals(handler.handshake().parameters().get("room")))
                .toList();
    }

    private Collection<ConnectionHandler> opened(String name) {
        return registry.all().stream()
                .filter(handler -> handler.handshake().author().name().equals(name))
                .toList();
    }
}
