package veche.deployment;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A {@code wamp.2.json} client that comes back whenever its connection ends, at a moment of its own within the window that
 * the server named, and tries again in the same way.
 */
abstract class Returning {
    private static final Pattern WINDOW = Pattern.compile(".*within (\\d+) ms");
    private static final int WELCOME = 2;

    private final Crowd crowd;
    private final URI endpoint;
    private volatile int window = 1000;
    private volatile boolean leaving;
    private volatile Link link;

    Returning(Crowd crowd, URI endpoint) {
        this.crowd = crowd;
        this.endpoint = endpoint;
    }

    /** The session is open. */
    abstract void welcomed();

    abstract void hear(int type, JsonArray message);

    /** One connection of this client's. */
    private final class Link implements WebSocket.Listener {
        private final AtomicBoolean lost = new AtomicBoolean();
        private final StringBuilder parts = new StringBuilder();
        private CompletableFuture<WebSocket> sending;

        private synchronized void send(WebSocket socket, String message) {
            CompletableFuture<WebSocket> before = sending == null ? CompletableFuture.completedFuture(socket) : sending;
            sending = before.thenCompose(ready -> socket.sendText(message, true));
        }

        @Override
        public void onOpen(WebSocket socket) {
            link = this;
            opened = socket;
            send(socket, "[1,\"veche\",{\"roles\":{\"publisher\":{},\"subscriber\":{}}}]");
            socket.request(1);
        }

        private WebSocket opened;

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                String text = parts.toString();
                parts.setLength(0);
                try (JsonReader reader = Json.createReader(new StringReader(text))) {
                    heard(reader.readArray());
                }
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            Matcher named = WINDOW.matcher(reason);
            if (named.matches()) {
                window = Integer.parseInt(named.group(1));
            }
            gone(code);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            gone(1006);
        }

        private void gone(int code) {
            if (lost.compareAndSet(false, true) && !leaving) {
                crowd.away(code);
                comeAgain();
            }
        }
    }

    private void heard(JsonArray message) {
        int type = message.getInt(0);
        if (type == WELCOME) {
            welcomed();
        } else {
            hear(type, message);
        }
    }

    void say(String message) {
        Link current = link;
        current.send(current.opened, message);
    }

    void come() {
        crowd.http()
                .newWebSocketBuilder()
                .subprotocols("wamp.2.json")
                .buildAsync(endpoint, new Link())
                .whenComplete((socket, failure) -> {
                    if (failure != null && !leaving) {
                        comeAgain();
                    }
                });
    }

    private void comeAgain() {
        crowd.timer().schedule(this::come, ThreadLocalRandom.current().nextInt(window), TimeUnit.MILLISECONDS);
    }

    void leave() {
        leaving = true;
        if (link != null) {
            link.opened.abort();
        }
    }
}
