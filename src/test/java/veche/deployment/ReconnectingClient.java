package veche.deployment;

import static veche.testing.MessageType.HELLO;
import static veche.testing.MessageType.WELCOME;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import veche.testing.MessageListener;

/**
 * A {@code wamp.2.json} client that reconnects whenever its connection ends or cannot be opened, after a random time
 * within the window that the server announced. It never blocks, since hundreds share the threads of one HTTP client.
 */
abstract class ReconnectingClient {
    private static final Pattern WINDOW = Pattern.compile(".*within (\\d+) ms");

    private final ReconnectingClients clients;
    private final URI endpoint;
    private volatile int windowMillis = 1000;
    private volatile boolean stopping;
    private volatile Link link;

    ReconnectingClient(ReconnectingClients clients, URI endpoint) {
        this.clients = clients;
        this.endpoint = endpoint;
    }

    /** The WAMP session is open. */
    abstract void onWelcome();

    abstract void onMessage(int type, JsonArray message);

    /** One connection of this client. */
    private final class Link extends MessageListener {
        private final AtomicBoolean lost = new AtomicBoolean();
        private WebSocket socket;
        private CompletableFuture<WebSocket> sending;

        /** The JDK's client accepts a message only when the previous one has been sent. */
        private synchronized void send(String message) {
            sending = sending.thenCompose(ready -> socket.sendText(message, true));
        }

        @Override
        public void onOpen(WebSocket opened) {
            link = this;
            socket = opened;
            sending = CompletableFuture.completedFuture(opened);
            send("[" + HELLO + ",\"veche\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]");
            opened.request(1);
        }

        @Override
        protected void onMessage(String text) {
            try (JsonReader reader = Json.createReader(new StringReader(text))) {
                dispatch(reader.readArray());
            }
        }

        @Override
        protected void onClosed(int code, String reason) {
            Matcher announced = WINDOW.matcher(reason);
            if (announced.matches()) {
                windowMillis = Integer.parseInt(announced.group(1));
            }
            if (lost.compareAndSet(false, true) && !stopping) {
                clients.disconnected(code);
                reconnect();
            }
        }
    }

    private void dispatch(JsonArray message) {
        int type = message.getInt(0);
        if (type == WELCOME) {
            onWelcome();
        } else {
            onMessage(type, message);
        }
    }

    void send(String message) {
        link.send(message);
    }

    void connect() {
        clients.http()
                .newWebSocketBuilder()
                .subprotocols("wamp.2.json")
                .buildAsync(endpoint, new Link())
                .whenComplete((socket, failure) -> {
                    if (failure != null && !stopping) {
                        reconnect();
                    }
                });
    }

    private void reconnect() {
        clients.timer()
                .schedule(this::connect, ThreadLocalRandom.current().nextInt(windowMillis), TimeUnit.MILLISECONDS);
    }

    void stop() {
        stopping = true;
        if (link != null) {
            link.socket.abort();
        }
    }
}
